"""What is listed or taken out for somebody: as they may read it in the chat, and nothing of a report about themselves."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from handlers.actions import Begin
from handlers.people import Person
from storage.database import Database
from storage.glance import glance
from tests.handlers.conftest import a_house
from tests.samples import DANA, HELEN, LEE, MARIA, RAVI
from tests.scenes import has_sent

SECRET = "a secret of this test"
URL = "sqlite:///hallpass.db"
QUEUE = ("requests", "list", "--waiting-for", "building_principal", "--json")
Run = Callable[..., tuple[int, str, str]]
Line = dict[str, Any]
EVERYTHING = {"own-phone", "about-maria", "about-helen", "diary"}


@pytest.fixture
def cases(maple_grove: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Dana has asked, noted, and reported worries about the principal and about the superintendent."""
    monkeypatch.setenv("HALLPASS_SECRET_KEY", SECRET)

    async def play() -> None:
        async with a_house(maple_grove, Database(URL, (SECRET,))) as house:
            await has_sent(house)
            await house.sends(DANA, Begin("concern"), {"person": MARIA.id, "what": "about-maria"})
            await house.sends(DANA, Begin("concern"), {"person": HELEN.id, "what": "about-helen"})
            await house.sends(DANA, Begin("diary"), {"what": "The bus"})

    asyncio.run(play())
    return maple_grove


def told(lines: list[Line]) -> set[str]:
    """Which cases these are: a report by what it says."""
    return {one["fields"]["what"] if one["process"] == "concern" else one["process"] for one in lines}


READS = [
    (None, EVERYTHING),
    (DANA, EVERYTHING),
    (HELEN, {"own-phone", "about-maria"}),
    (MARIA, {"own-phone", "about-helen"}),
    (LEE, set()),
    (RAVI, set()),
]


@pytest.mark.parametrize(("who", "reads"), READS)
def test_the_register_for_somebody_holds_what_they_may_read(cases: Path, hallpass: Run, who: Person | None, reads: set[str]) -> None:
    listed = hallpass("requests", "list", "--json", *(["--for", who.email.upper()] if who else []))[1]

    assert told(json.loads(listed)) == reads


@pytest.mark.parametrize(("who", "reads"), READS)
def test_so_does_what_is_taken_out_for_them_in_every_format(cases: Path, hallpass: Run, who: Person | None, reads: set[str]) -> None:
    asked = ["--for", who.email] if who else []
    out = {form: hallpass("records", "export", "--format", form, "--to", "-", *asked)[1] for form in ("jsonl", "csv", "packet")}

    assert told([json.loads(line) for line in out["jsonl"].splitlines()]) == reads
    for said in ("about-maria", "about-helen", "The bus"):
        read = (said if said in EVERYTHING else "diary") in reads
        assert [said in out["csv"], said in out["packet"]] == [read, read]


def test_the_record_keeps_for_whom_it_was(cases: Path, hallpass: Run) -> None:
    hallpass("records", "export", "--format", "csv", "--to", "-", "--for", HELEN.email)

    lines = asyncio.run(glance(Database(URL, (SECRET,)), wiring.clock, lambda work: work.record.of("")))  # type: ignore[arg-type]
    assert lines[-1].detail.startswith(f"2 requests as csv, with students' names, as {HELEN.email} may read (by ")


def test_a_queue_for_somebody_leaves_out_what_is_about_them(cases: Path, hallpass: Run) -> None:
    def queue(*asked: str) -> list[str]:
        return sorted(one["process"] for one in json.loads(hallpass(*QUEUE, *asked)[1]))

    assert queue() == ["concern", "concern", "own-phone"]
    assert queue("--for", MARIA.email) == ["concern", "own-phone"]
    assert queue("--for", LEE.email) == []


def test_who_is_in_no_directory_is_said(cases: Path, hallpass: Run) -> None:
    for words in (("requests", "list"), ("records", "export", "--format", "csv", "--to", "-")):
        status, out, err = hallpass(*words, "--for", "nobody@maplegrove.example")

        assert (status, out) == (1, "")
        assert "Nobody in this directory has the address nobody@maplegrove.example" in err
