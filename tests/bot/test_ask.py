"""`hallpass ask`: one conversation, or many; in words, or as JSON."""

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from bot import wiring
from handlers.policy.understand.reading import Reading, understand

Run = Callable[..., tuple[int, str, str]]
QUESTION = "Can I text my players from my own phone?"


def test_the_answer_is_told_in_words(maple_grove: Path, hallpass: Run) -> None:
    status, out, err = hallpass("ask", QUESTION)

    assert (status, err) == (0, "")
    assert out.startswith("Only with approval from the building principal and the technology department.")
    assert "Rule P1, paragraph 2, sentence 1." in out


def test_asking_leaves_no_database_behind(maple_grove: Path, hallpass: Run) -> None:
    before = set(maple_grove.iterdir())

    hallpass("ask", QUESTION)

    assert set(maple_grove.iterdir()) == before


def test_the_attached_text_is_quoted(maple_grove: Path, hallpass: Run) -> None:
    hallpass("policy", "attach", "maple-grove", "policy.txt")

    _, out, _ = hallpass("ask", "--json", QUESTION)

    answer = json.loads(out)
    quote = "Staff may text students from their own phones once the principal and the technology department agree."
    assert answer["citations"][0]["quote"] == quote
    assert answer["verdict"] == "needs_approval"
    assert answer["approvers"] == ["building_principal", "technology_department"]
    assert answer["notified"] == ["parents"]
    assert answer["process"] == "own-phone"
    assert answer["facts"]["channel"] == "text"
    assert {"fact": "account", "value": "district", "verdict": "allowed"} in answer["would_change"]
    assert answer["ask"] is None


def test_a_follow_up_changes_the_facts(maple_grove: Path, hallpass: Run) -> None:
    _, out, _ = hallpass("ask", "--json", QUESTION, "and from my school e-mail?")

    assert json.loads(out)["verdict"] == "allowed"


def test_the_one_question_comes_with_its_choices(maple_grove: Path, hallpass: Run) -> None:
    _, out, _ = hallpass("ask", "--json", "Can I text my players?")

    answer = json.loads(out)
    assert answer["verdict"] == "unclear"
    assert answer["ask"]["fact"] == "account"
    assert {option["value"] for option in answer["ask"]["options"]} >= {"personal", "district"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ask", " "), "I did not see a question."),
        (("ask", "x" * 40_000), "has 40,000 characters"),
        (("ask", "x" * 40_000, "and now?"), "has 40,000 characters"),
        (("ask", "\x1b\u200b"), "I did not see a question."),
        (("ask", "--district", "nowhere", QUESTION), "There is no policy pack 'nowhere'"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(maple_grove: Path, hallpass: Run, words: Iterable[str], sentence: str) -> None:
    status, out, err = hallpass(*words)

    assert status == 1
    assert out == ""
    assert sentence in err
    assert "Traceback" not in err


def test_without_a_district_the_keys_are_named(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HALLPASS_DISTRICT")

    status, _, err = hallpass("ask", QUESTION)

    assert status == 2
    assert err.startswith("usage: hallpass ask")
    assert "maple-grove" in err


def test_asking_nothing_is_wrong_usage(maple_grove: Path, hallpass: Run) -> None:
    status, _, err = hallpass("ask")

    assert status == 2
    assert err.startswith("usage: hallpass ask")
    assert "nothing was asked" in err


def test_a_wrong_port_stops_no_answer(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")

    assert hallpass("ask", QUESTION)[0] == 0


def test_a_database_that_may_only_be_read_is_enough(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    hallpass("policy", "attach", "maple-grove", "policy.txt")
    before = (maple_grove / "hallpass.db").read_bytes(), set(maple_grove.iterdir())
    monkeypatch.setattr("storage.engine._writable", lambda _: False)  # as for somebody who may not write; root always may

    status, out, _ = hallpass("ask", QUESTION)

    assert status == 0
    assert "Staff may text students from their own phones" in out
    assert ((maple_grove / "hallpass.db").read_bytes(), set(maple_grove.iterdir())) == before


def test_many_questions_are_answered_line_by_line(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [{"id": f"q{number}", "district": "maple-grove", "turns": [QUESTION]} for number in range(3)]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(json.dumps(one) for one in asked) + "\n\n"))

    status, out, err = hallpass("ask", "--batch")

    answers = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [(one["id"], one["answer"]["verdict"]) for one in answers] == [(f"q{number}", "needs_approval") for number in range(3)]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "[" * 100_000,
        '{"id": "q", "district": "maple-grove", "turns": ["\ud800"]}',
        '{"id": "q", "district": "maple-grove", "turns": []}',
        '{"id": 1, "district": "x", "turns": ["a"]}',
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(
    maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    good = json.dumps({"id": "good", "district": "maple-grove", "turns": [QUESTION]})
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n{good}\n"))

    status, out, err = hallpass("ask", "--batch")

    assert status == 1
    assert err.startswith("Line 1: ")
    assert [json.loads(one)["id"] for one in out.splitlines()] == ["good"]


def test_a_batch_line_of_an_unknown_district_does_not_stop_the_others(
    maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [{"id": key, "district": key, "turns": [QUESTION]} for key in ("nowhere", "maple-grove")]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(json.dumps(one) for one in lines)))

    status, out, err = hallpass("ask", "--batch")

    assert status == 1
    assert err.startswith("Line 1: There is no policy pack 'nowhere'")
    assert [json.loads(one)["id"] for one in out.splitlines()] == ["maple-grove"]


def test_whatever_breaks_at_a_line_the_others_are_answered(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def understand_but_break(turns: Sequence[str]) -> Reading:
        if "break" in turns[-1]:
            raise ZeroDivisionError(turns[-1])
        return understand(turns)

    monkeypatch.setattr("bot.verbs.ask.understand", understand_but_break)
    lines = [{"id": turn, "district": "maple-grove", "turns": [turn]} for turn in ("break", QUESTION)]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(json.dumps(one) for one in lines)))

    status, out, err = hallpass("ask", "--batch")

    assert status == 1
    assert err == "Line 1: something broke on our side (ZeroDivisionError). Please report what the line asks.\n"
    assert [json.loads(one)["id"] for one in out.splitlines()] == [QUESTION]


def test_what_cannot_be_seen_is_not_part_of_a_turn(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"id": "\ud800", "district": "maple-grove", "turns": ["\x00", f"\u202e{QUESTION}\ud800"]}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(asked)))

    status, out, err = hallpass("ask", "--batch")

    assert (status, err) == (0, "")
    assert json.loads(out)["id"] == "\ud800"
    assert json.loads(out)["answer"]["verdict"] == "needs_approval"


def test_the_command_speaks_utf_8_whatever_the_locale(maple_grove: Path) -> None:
    asked = [{"id": "q\u00e9", "district": key, "turns": [QUESTION]} for key in ("chsd-230", "\u00e9")]
    root = str(Path(wiring.__file__).parents[1])

    ran = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--batch"],
        input=b"\xff\n" + "\n".join(json.dumps(one, ensure_ascii=False) for one in asked).encode(),
        env={"PYTHONPATH": root, "PATH": "", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )

    assert ran.returncode == 1
    assert json.loads(ran.stdout)["id"] == "q\u00e9"
    assert len(ran.stderr.decode().splitlines()) == 2
