"""Any district's document, imported by command alone: never a dangerous answer, and the deciding clause among the first quotes."""

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from bot.__main__ import main

DOCUMENTS = Path(__file__).parents[1] / "documents"
QUESTIONS = Path(__file__).parent / "drafts"
VERDICT, CITED = 0.9, 0.95  # floors, to be raised with what is reached


@dataclass(frozen=True)
class Score:
    """One question's outcome; `cited` is None where no clause decides."""

    asked: str
    right: bool
    dangerous: bool
    cited: bool | None
    labelled: bool


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> list[Score]:
    with pytest.MonkeyPatch.context() as patch:
        here = tmp_path_factory.mktemp("drafts")
        patch.setattr(wiring, "POLICIES", here / "policies")
        patch.setenv("DATABASE_URL", f"sqlite:///{here / 'drafts.db'}")
        return [score for file in sorted(QUESTIONS.glob("*.jsonl")) for score in _scores(file, patch)]


def test_no_answer_from_a_draft_does_harm(scores: list[Score]) -> None:
    assert [score.asked for score in scores if score.dangerous] == []


def test_the_deciding_clause_is_among_the_first_three_quotes(scores: list[Score]) -> None:
    decided = [score for score in scores if score.cited is not None]

    assert sum(score.cited or False for score in decided) >= CITED * len(decided)


def test_most_verdicts_are_right(scores: list[Score]) -> None:
    assert sum(score.right for score in scores) >= VERDICT * len(scores)


def test_every_answer_says_that_nobody_reviewed_it(scores: list[Score]) -> None:
    assert all(score.labelled for score in scores)


def _scores(file: Path, patch: pytest.MonkeyPatch) -> Iterator[Score]:
    items = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    _said(["policy", "import", file.stem, str(DOCUMENTS / items[0]["document"])])
    asked = [{"id": str(place), "district": file.stem, "turns": [item["asked"]]} for place, item in enumerate(items)]
    patch.setattr("sys.stdin", io.StringIO("".join(f"{json.dumps(one)}\n" for one in asked)))
    answers = [json.loads(line)["answer"] for line in _said(["ask", "--batch"]).splitlines()]
    yield from (_score(item, answer) for item, answer in zip(items, answers, strict=True))


def _said(words: list[str]) -> str:
    with redirect_stdout(io.StringIO()) as said:
        assert main(words) == 0
    return said.getvalue()


def _score(item: Mapping[str, Any], answer: Mapping[str, Any]) -> Score:
    quotes = [citation["quote"] for citation in answer["citations"][:3]]
    return Score(
        item["asked"],
        right=answer["verdict"] in item["accepted"],
        dangerous=answer["verdict"] in item["dangerous"],
        cited=any(item["deciding"] in quote for quote in quotes) if item["deciding"] else None,
        labelled=answer["draft"] and "Unreviewed draft" in answer["text"],
    )
