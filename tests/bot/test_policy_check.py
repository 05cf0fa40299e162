"""`hallpass policy check` and `compare`: the proof in a terminal, as JSON and as a page; one question under several packs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from handlers.policy import prove

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def attached(maple_grove: Path, hallpass: Run) -> Path:
    hallpass("policy", "attach", "maple-grove", "policy.txt")
    return maple_grove


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the situations: for what is made of a proof, and not for the proof."""
    monkeypatch.setattr(prove, "MOST", 20)


def test_a_pack_is_proven_matter_by_matter(attached: Path, hallpass: Run) -> None:
    status, out, _ = hallpass("policy", "check", "maple-grove")

    assert status == 0
    assert "7 sentences: 6 became rules" in out
    assert "being in touch with students" in out
    assert out.rstrip().endswith("Nothing to mend.")


@pytest.mark.usefixtures("few")
def test_what_is_to_be_mended_is_named_and_the_status_says_so(attached: Path, hallpass: Run) -> None:
    (attached / "policies" / "maple-grove" / "coverage.toml").write_text('[silent]\nphone_call = "not a word"\n', encoding="utf-8")

    status, out, _ = hallpass("policy", "check")

    assert status == 1
    assert "1 thing to mend:\n  - coverage.toml, [silent]: phone_call is declared silent, and rules speak of it." in out


def test_a_coverage_file_that_is_none_is_refused_in_one_sentence(attached: Path, hallpass: Run) -> None:
    (attached / "policies" / "maple-grove" / "coverage.toml").write_text("[quotes]\nx = 1\n", encoding="utf-8")

    status, _, err = hallpass("policy", "check", "maple-grove")

    assert status == 1
    assert "[quotes] is no part of this file." in err


@pytest.mark.usefixtures("few")
def test_without_its_text_the_sentences_cannot_be_proven(maple_grove: Path, hallpass: Run) -> None:
    _, out, _ = hallpass("policy", "check", "maple-grove")

    assert "No text is attached" in out


@pytest.mark.usefixtures("few")
def test_other_programs_read_the_proof_as_json(attached: Path, hallpass: Run) -> None:
    (proof,) = json.loads(hallpass("policy", "check", "--json")[1])

    assert proof["key"] == "maple-grove"
    assert {"locator": "paragraph 1, sentence 1", "became": "rule", "why": "A1"} in proof["sentences"]
    assert proof["faults"] == []
    assert all(matter["situations"] == sum(matter["rulings"].values()) for matter in proof["matters"])


@pytest.mark.usefixtures("few")
def test_the_text_is_written_as_a_page_coloured_by_what_it_became(attached: Path, hallpass: Run) -> None:
    status, _, _ = hallpass("policy", "check", "maple-grove", "--html", "proof.html")

    page = (attached / "proof.html").read_text(encoding="utf-8")
    assert status == 0
    assert '<mark class="rule" title="paragraph 1, sentence 1">Staff write to students' in page
    assert "e-mail.<small>A1</small></mark>" in page
    assert "Nothing to mend." in page


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["--html", "proof.html"], "A page shows one pack: name it"), (["maple-grove", "--html", "no/proof.html"], "cannot be written")],
)
@pytest.mark.usefixtures("few")
def test_a_page_that_cannot_be_written_is_refused(attached: Path, hallpass: Run, words: list[str], sentence: str) -> None:
    status, _, err = hallpass("policy", "check", *words)

    assert status == 1
    assert sentence in err


def test_one_question_is_compared_under_the_packs(attached: Path, hallpass: Run) -> None:
    question = "Can I text my players from my own phone?"

    status, out, _ = hallpass("policy", "compare", question)
    as_json = json.loads(hallpass("policy", "compare", "--pack", "maple-grove", "--json", question)[1])

    assert status == 0
    assert "maple-grove  needs approval  the building principal, the technology department  the students' parents or guardians" in out
    assert "maple-grove, paragraph 2, sentence 1: You may text students" in out
    assert as_json["maple-grove"]["verdict"] == "needs_approval"
