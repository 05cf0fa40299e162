"""`hallpass records`: what is taken out is whole and recorded, what was altered is named, what is erased is gone."""

import asyncio
import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import wiring
from bot.records import keys
from handlers.kept import Happening
from handlers.ports import Work
from storage.database import Database
from storage.glance import glance
from tests.handlers.conftest import a_house
from tests.scenes import both_have_agreed, denies, has_sent, kept

SECRET = "a secret of this test"
URL = "sqlite:///hallpass.db"
ADA, BO = "Ada Finch", "Bo Reyes"
REASON = "Ada asked me not to say, and =1+1 is two"
UNSET = "HALLPASS_SECRET_KEY is not set: set it as for `hallpass serve`. Nothing was changed.\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def request_id(maple_grove: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a request that names two students and was denied; there is another, which was approved."""
    monkeypatch.setenv("HALLPASS_SECRET_KEY", SECRET)

    async def play() -> str:
        async with a_house(maple_grove, Database(URL, (SECRET,))) as house:
            await both_have_agreed(house)
            request = await has_sent(house)
            await denies(house, request, reason=REASON)
            return (await kept(house)).id

    return asyncio.run(play())


def recorded(*about: str) -> list[Happening]:
    """What the record says of a request, or of none in particular."""

    def look(work: Work) -> list[Happening]:
        return [one for key in about for one in work.record.of(key)]  # type: ignore[arg-type]  # ids as the command prints them

    return asyncio.run(glance(Database(URL, (SECRET,)), wiring.clock, look))


def approved_id(hallpass: Run) -> str:
    listed = json.loads(hallpass("requests", "list", "--json")[1])
    return next(str(one["id"]) for one in listed if one["status"] == "approved")


def test_what_was_written_verifies(request_id: str, hallpass: Run) -> None:
    status, out, err = hallpass("records", "verify")

    assert (status, err) == (0, "")
    assert out == "maple-grove: 5 rows, and nothing was altered, removed, inserted or moved.\n"
    (told,) = json.loads(hallpass("records", "verify", "--json")[1])
    assert told == {"district": "maple-grove", "rows": 5, "sealed_as_found": 0, "sealed_at": None, "fault": None}


def test_what_was_altered_is_named_in_a_sentence(request_id: str, hallpass: Run, maple_grove: Path) -> None:
    with sqlite3.connect(maple_grove / "hallpass.db") as database:
        database.execute("DROP TRIGGER record_unchanged")
        database.execute("UPDATE record SET what = 'approved' WHERE what = 'denied'")
    database.close()

    status, out, err = hallpass("records", "verify", "--json")

    sentence = "Row 5 of the chain (record 5) is not as it was written: it was altered, inserted or moved."
    assert (status, err) == (1, f"maple-grove: {sentence}\n")
    assert json.loads(out)[0]["fault"] == sentence
    assert hallpass("records", "export", "--format", "packet", "--to", "page.html")[0] == 1
    assert "The record does not verify" in (maple_grove / "page.html").read_text()


def test_nothing_is_proved_of_nothing(maple_grove: Path, hallpass: Run) -> None:
    assert hallpass("records", "verify") == (0, "maple-grove: nothing was recorded yet.\n", "")
    assert hallpass("records", "head") == (0, "Nothing was recorded yet.\n", "")
    assert not (maple_grove / "hallpass.db").exists()


def test_a_head_that_is_kept_elsewhere_finds_a_tail_that_was_cut(request_id: str, hallpass: Run, maple_grove: Path) -> None:
    before = (maple_grove / "hallpass.db").read_bytes()
    assert hallpass("records", "export", "--format", "csv", "--to", "one.csv")[0] == 0
    assert hallpass("records", "head", "--to", "heads.jsonl") == (0, "1 head added to heads.jsonl.\n", "")
    assert hallpass("records", "verify", "--head", "heads.jsonl")[0] == 0
    for left in maple_grove.glob("hallpass.db-*"):
        left.unlink()
    (maple_grove / "hallpass.db").write_bytes(before)

    assert hallpass("records", "verify")[0] == 0
    status, _, err = hallpass("records", "verify", "--head", "heads.jsonl")
    assert (status, "it had 6 rows: its tail was cut off" in err) == (1, True)


def test_a_file_of_heads_has_to_be_one(request_id: str, hallpass: Run, maple_grove: Path) -> None:
    (maple_grove / "heads.jsonl").write_text("nothing\n")

    for file in ("heads.jsonl", "missing.jsonl"):
        status, _, err = hallpass("records", "verify", "--head", file)
        assert (status, err.startswith(f"{file} is no file of heads")) == (1, True)
    assert "cannot be written" in hallpass("records", "head", "--to", "missing/heads.jsonl")[2]


def test_a_sheet_holds_every_case_and_no_formula(request_id: str, hallpass: Run, maple_grove: Path) -> None:
    assert hallpass("records", "export", "--format", "csv", "--to", "all.csv") == (0, "", "")

    raw = (maple_grove / "all.csv").read_bytes()
    head, *rows = csv.reader(io.StringIO(raw.decode(), newline=""))
    assert [row[3] for row in rows] == ["approved", "denied"]
    assert raw.count(b"\r\n") == 3
    last = dict(zip(head, rows[1], strict=True))
    assert last["id"] == request_id
    assert ADA in last["fields"]
    assert REASON in last["decisions"]
    assert last["history"].splitlines()[-1].endswith(f"maria.ortiz@maplegrove.example: denied, {REASON}")
    assert (maple_grove / "all.csv").stat().st_mode & 0o077 == 0


def test_lines_are_the_requests_as_other_programs_read_them(request_id: str, hallpass: Run) -> None:
    _, shown, _ = hallpass("requests", "show", request_id, "--json")
    status, out, _ = hallpass("records", "export", "--format", "jsonl", "--request", request_id, "--to", "-")

    assert (status, json.loads(out)) == (0, json.loads(shown))


def test_a_page_tells_the_story_the_rule_and_the_proof(request_id: str, hallpass: Run, maple_grove: Path) -> None:
    assert hallpass("records", "export", "--format", "packet", "--request", request_id, "--to", "page.html")[0] == 0

    page = (maple_grove / "page.html").read_text()
    for told in (ADA, "Maria Ortiz denied it", "Rows 4, 5 of 5 in the chain of maple-grove; nothing in it was altered.", "1 case of"):
        assert told in page
    assert page.count("<article>") == 1
    assert "http" not in page.split("</style>")[0]  # it asks nothing of any other


def test_names_can_be_withheld_everywhere(request_id: str, hallpass: Run) -> None:
    for form in ("csv", "jsonl", "packet"):
        _, out, _ = hallpass("records", "export", "--format", form, "--to", "-", "--without-names")
        assert "(name withheld)" in out
        for name in (ADA, BO, "Ada", "Finch", "Reyes"):
            assert name not in out


def test_what_was_taken_out_is_itself_recorded(request_id: str, hallpass: Run) -> None:
    hallpass("records", "export", "--format", "jsonl", "--request", request_id, "--to", "-")
    hallpass("records", "export", "--format", "csv", "--from", "2026-01-01", "--to", "2026-12-31", "--to", "x.csv", "--without-names")

    one, every = recorded(request_id, "")[-2:]
    assert (one.what, every.what) == ("exported", "exported")
    assert one.detail.startswith("1 request as jsonl, with students' names (by ")
    assert every.detail.startswith("2 requests as csv, without students' names, from 2026-01-01, to 2026-12-31 (by ")
    assert "An administrator took this out of the record" in hallpass("requests", "show", request_id)[1]
    assert hallpass("records", "verify")[0] == 0


def test_days_are_those_on_which_requests_were_sent(request_id: str, hallpass: Run) -> None:
    for days, lines in ((("--from", "2026-03-02"), 2), (("--to", "2026-03-01"), 0), (("--from", "2026-03-03"), 0)):
        _, out, _ = hallpass("records", "export", "--format", "jsonl", *days, "--to", "-")
        assert len(out.splitlines()) == lines


def test_wrong_usage_is_said_and_nothing_is_written(request_id: str, hallpass: Run, maple_grove: Path) -> None:
    for words in (["--from", "monday", "--to", "x"], ["--to", "2026-09-01"], ["--to", "x", "--to", "y"]):
        assert hallpass("records", "export", "--format", "csv", *words)[0] == 2
    assert hallpass("records", "erase", request_id, "--reason", " ")[0] == 2
    status, _, err = hallpass("records", "export", "--format", "csv", "--to", "missing/x.csv")
    assert (status, "nothing was taken out" in err) == (1, True)
    assert hallpass("records", "export", "--format", "csv", "--request", "none", "--to", "-")[0] == 1
    assert recorded("") == []
    assert not (maple_grove / "x").exists()


def test_what_is_erased_says_so_everywhere(request_id: str, hallpass: Run, maple_grove: Path) -> None:
    status, out, err = hallpass("records", "erase", request_id, "--reason", "The parents asked")

    assert (status, err) == (0, "")
    assert out == f"What was typed about request {request_id} can no longer be read by anybody. The record says so, and stays whole.\n"
    assert hallpass("records", "verify")[0] == 0
    _, shown, _ = hallpass("requests", "show", request_id)
    assert "An administrator erased what people had typed" in shown
    assert "Reason: The parents asked (by " in shown
    told = json.loads(hallpass("requests", "show", request_id, "--json")[1])
    assert told["fields"]["students"].startswith("erased on ")
    assert told["stages"][0]["reason"].startswith("erased on ")
    for form in ("csv", "packet", "jsonl"):
        _, written, _ = hallpass("records", "export", "--format", form, "--request", request_id, "--to", "-")
        assert "erased on " in written
        assert ADA not in written
    status, _, err = hallpass("records", "erase", request_id, "--reason", "Again")
    assert (status, "It was erased before, on " in err) == (1, True)


def test_cards_are_drawn_without_what_was_erased(request_id: str, hallpass: Run, maple_grove: Path) -> None:
    hallpass("records", "erase", request_id, "--reason", "The parents asked")

    async def delivered() -> list[str]:
        async with a_house(maple_grove, Database(URL, (SECRET,))) as house:
            cards = await house.store.read(lambda work: work.outbox.cards(request_id))  # type: ignore[arg-type]
            await house.post_is_out()
            drawn = [str(card) for _, card in house.chat.messages.values()]
            assert len(cards) > 2
            return drawn

    drawn = asyncio.run(delivered())
    assert any("erased on " in card for card in drawn)
    assert not any(ADA in card for card in drawn)


def test_what_is_still_needed_is_not_erased(request_id: str, hallpass: Run, maple_grove: Path) -> None:
    waiting = approved_id(hallpass)
    with sqlite3.connect(maple_grove / "hallpass.db") as database:
        database.execute("UPDATE requests SET status = CASE status WHEN 'approved' THEN 'pending' ELSE 'approved' END")
    database.close()
    for which, why in (
        (waiting, "It waits for a decision: have it decided or withdrawn first. Nothing was changed.\n"),
        (request_id, "Its permission still holds: have it revoked or given back first. Nothing was changed.\n"),
        ("none", "There is no request none: `hallpass requests list` shows every one.\n"),
    ):
        assert hallpass("records", "erase", which, "--reason", "The parents asked") == (1, "", why)


def test_a_duty_that_is_open_keeps_the_words_it_is_about(
    request_id: str, hallpass: Run, maple_grove: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(maple_grove / "hallpass.db") as database:
        database.execute("UPDATE requests SET status = 'ended' WHERE status = 'approved'")
    database.close()
    ended = next(one["id"] for one in json.loads(hallpass("requests", "list", "--json")[1]) if one["status"] == "ended")

    status, _, err = hallpass("records", "erase", ended, "--reason", "The parents asked")

    assert (status, err.startswith("A duty about it is still open (“Copy your supervisor")) == (1, True)


def test_without_the_secret_what_is_sealed_is_not_read(request_id: str, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HALLPASS_SECRET_KEY")

    status, _, err = hallpass("requests", "show", request_id)
    assert (status, "set HALLPASS_SECRET_KEY as for `hallpass serve`" in err) == (1, True)
    for words in (("erase", request_id, "--reason", "x"), ("rekey",)):
        assert hallpass("records", *words) == (
            1,
            "",
            "HALLPASS_SECRET_KEY is not set: set it as for `hallpass serve`. Nothing was changed.\n",
        )


def test_keys_are_put_under_the_newest_secret(request_id: str, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALLPASS_SECRET_KEY", f"a newer one,{SECRET}")
    status, out, _ = hallpass("records", "rekey")
    assert (status, out.split()[0]) == (0, "3")  # two requests, and the district's own
    assert hallpass("records", "rekey")[1].startswith("0 data keys")

    monkeypatch.setenv("HALLPASS_SECRET_KEY", "a newer one")
    assert ADA in hallpass("requests", "show", request_id, "--json")[1]
    assert "HALLPASS_SECRET_KEY lacks" in hallpass("records", "verify")[2]  # the rows were linked under the older one
    monkeypatch.setenv("HALLPASS_SECRET_KEY", SECRET)
    status, _, err = hallpass("records", "rekey")
    assert "HALLPASS_SECRET_KEY lacks" in hallpass("check")[2]
    assert (status, "HALLPASS_SECRET_KEY lacks: put that secret back, behind the newer ones" in err) == (1, True)


@pytest.mark.parametrize("verb", ["verify", "head", "export", "rekey", "erase"])
def test_each_verb_explains_itself_with_an_example(hallpass: Run, verb: str) -> None:
    status, out, _ = hallpass("records", verb, "--help")

    assert (status, "example: " in out) == (0, True)


def test_somebody_without_a_name_is_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert keys.user() == "an unnamed account"


def test_a_bot_that_could_not_read_everything_does_not_serve(request_id: str, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("HALLPASS_SECRET_KEY", "another"), ("SLACK_BOT_TOKEN", "xoxb-1"), ("SLACK_SIGNING_SECRET", "s")):
        monkeypatch.setenv(name, value)

    status, _, err = hallpass("serve")

    assert (status, "which HALLPASS_SECRET_KEY lacks: put that secret back" in err) == (1, True)


def test_the_real_command_proves_and_exports(request_id: str, maple_grove: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        root = str(Path(wiring.__file__).parents[1])
        env = {"PYTHONPATH": root, "DATABASE_URL": URL, "HALLPASS_SECRET_KEY": SECRET}
        return subprocess.run([sys.executable, "-m", "bot", *words], cwd=maple_grove, env=env, capture_output=True, text=True, check=False)

    proved = run("records", "head", "--district", "carthage-r9")
    assert (proved.returncode, proved.stdout, proved.stderr) == (0, "Nothing was recorded yet.\n", "")
    written = run("records", "export", "--district", "carthage-r9", "--format", "csv", "--to", "-")
    assert (written.returncode, written.stdout.count("\n")) == (0, 1)
    assert "example: " in run("records", "--help").stdout
