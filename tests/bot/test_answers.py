"""`hallpass answers list`: what people said of the answers; what they asked only where it is wanted."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import wiring
from handlers.ids import AnswerId
from handlers.kept import Answered, Feedback
from handlers.policy.facts import Facts
from handlers.ports import Work
from storage.work import open_store
from tests.samples import DANA, MAPLE_GROVE, NOON

Run = Callable[..., tuple[int, str, str]]
ASKED = "May I text Ada Finch?"


@pytest.fixture
def folder(maple_grove: Path) -> Path:
    """Two answers and what was thought of them; the rules of the second have changed since."""
    version = wiring.packs().get(MAPLE_GROVE).version
    first = Answered(
        AnswerId("a1"), MAPLE_GROVE, DANA.id, "t", (ASKED, "By phone"), Facts(), Facts(), "needs_approval", ("P1",), version, NOON
    )
    second = replace(first, id=AnswerId("a2"), ruling="not_covered", rules=("Z9",), fingerprint="earlier")

    def put(work: Work) -> None:
        work.answers.add(first)
        work.answers.add(second)
        work.feedback.keep(Feedback(first.id, DANA.id, helpful=False, words="Which\nphone?", at=NOON))
        work.feedback.keep(Feedback(second.id, DANA.id, helpful=True, words="", at=NOON + timedelta(days=1)))

    async def write() -> None:
        store = await open_store(f"sqlite:///{maple_grove}/hallpass.db", lambda: NOON)
        try:
            await store.write(put)
        finally:
            await store.close()

    asyncio.run(write())
    return maple_grove


def test_what_was_thought_is_listed_without_what_was_asked(folder: Path, hallpass: Run) -> None:
    status, out, err = hallpass("answers", "list")

    assert (status, err) == (0, "")
    head, _, second, first = out.splitlines()
    assert head.split()[:2] == ["said", "(UTC)"]
    assert "not_covered" in second
    assert "Z9 (an earlier version)" in second
    assert "P1 (paragraph 2, sentence 1)" in first
    assert first.endswith("not helpful  Which phone?")
    assert "Ada Finch" not in out
    assert DANA.id not in out


def test_what_was_asked_is_shown_on_request(folder: Path, hallpass: Run) -> None:
    _, out, _ = hallpass("answers", "list", "--questions")
    assert f"{ASKED} / By phone" in out

    _, out, _ = hallpass("answers", "list", "--questions", "--json")
    assert [one["turns"] for one in json.loads(out)] == [[ASKED, "By phone"]] * 2


def test_only_the_unhelpful_ones_or_those_of_late(folder: Path, hallpass: Run) -> None:
    _, out, _ = hallpass("answers", "list", "--unhelpful", "--json", "--district", MAPLE_GROVE)
    (only,) = json.loads(out)
    assert only == {
        "answer": "a1",
        "district": MAPLE_GROVE,
        "at": NOON.isoformat(),
        "verdict": "needs_approval",
        "citations": [{"rule": "P1", "locator": "paragraph 2, sentence 1"}],
        "policy": {"key": MAPLE_GROVE, "fingerprint": only["policy"]["fingerprint"]},
        "helpful": False,
        "words": "Which\nphone?",
    }

    _, out, _ = hallpass("answers", "list", "--since", f"{NOON + timedelta(days=1):%Y-%m-%d}", "--json")
    assert [one["answer"] for one in json.loads(out)] == ["a2"]

    _, out, _ = hallpass("answers", "list", "--since", f"{NOON + timedelta(days=1):%Y-%m-%d}", "--unhelpful")
    assert out == "There is nothing of that kind.\n"


def test_nothing_said_is_said(maple_grove: Path, hallpass: Run) -> None:
    assert hallpass("answers", "list") == (0, "Nobody has said anything of an answer yet.\n", "")
    assert not (maple_grove / "hallpass.db").exists()


def test_what_is_no_day_is_a_wrong_usage(maple_grove: Path, hallpass: Run) -> None:
    status, _, err = hallpass("answers", "list", "--since", "yesterday")

    assert status == 2
    assert "--since yesterday is no day" in err


def test_the_help_warns_of_names(maple_grove: Path, hallpass: Run) -> None:
    _, out, _ = hallpass("answers", "list", "--help")

    assert "people name students in their questions" in " ".join(out.split())
