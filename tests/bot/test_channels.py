"""`hallpass channels` and `hallpass requests list --waiting-for`, as a person and a program read them."""

import asyncio
import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from handlers.ids import ChannelId, RequestId
from handlers.people import Role
from handlers.ports import Work
from handlers.workflow.channel import Channel
from handlers.workflow.request import Status
from storage.packs import DiskPacks
from storage.work import open_store
from tests.gallery import PACKS
from tests.samples import DANA, EVERYBODY, MAPLE_GROVE, NOON, RAVI, a_duty, a_request, a_stage

LATE = datetime(2026, 3, 2, 5, 59, tzinfo=UTC)  # in Chicago it is still the day before
FORMULA = "=HYPERLINK(1)"
DUTY = replace(a_duty("r1.d1", "Look at the page", RAVI, role=Role.technology_department), taken_by=RAVI.id, taken_at=NOON, due=LATE)
APPROVED = replace(a_request("r1", duties=[DUTY]), status=Status.approved)
OVER = replace(a_request("r2"), status=Status.revoked)
WAITS = a_request("r3", stages=[a_stage("r3.s1", Role.technology_department, RAVI)])


def fill(work: Work) -> None:
    work.directory.replace(MAPLE_GROVE, EVERYBODY)
    for one in (APPROVED, OVER, WAITS, a_request("r4")):
        work.requests.add(one)
    entry = Channel(ChannelId("r1.c"), MAPLE_GROVE, RequestId("r1"), DANA.id, "a page", FORMULA, "https://x.example", "", NOON)
    work.channels.add(replace(entry, checked_at=NOON, checked_by=RAVI.id, note="Opens"))
    work.channels.add(replace(entry, id=ChannelId("r2.c"), request=RequestId("r2")))


async def _filled(url: str) -> None:
    store = await open_store(url, lambda: NOON)
    await store.write(fill)
    await store.close()


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    url = f"sqlite:///{tmp_path}/x.db"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr("bot.wiring.packs", lambda: DiskPacks(PACKS))
    asyncio.run(_filled(url))
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(argv) == 0
    return capsys.readouterr().out


def test_the_register_is_a_table(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "channels", "list").splitlines()

    assert [line.split()[0] for line in lines[2:]] == ["r1.c", "r2.c"]
    assert "live" in lines[2]
    assert "closed" in lines[3]


def test_a_program_reads_why_it_is_closed(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = json.loads(printed(capsys, "channels", "list", "--district", MAPLE_GROVE, "--json"))

    assert (first["state"], first["why"], first["checked_by"]) == ("live", None, "ravi.menon@maplegrove.example")
    assert (second["state"], second["why"]) == ("closed", "The permission was revoked.")


def test_a_spreadsheet_gets_no_formula(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "2 channels written" in printed(capsys, "channels", "list", "--csv", str(filled / "register.csv"))

    with (filled / "register.csv").open(encoding="utf-8-sig") as file:
        assert [row["purpose"] for row in csv.DictReader(file)] == [f"'{FORMULA}"] * 2
    assert main(["channels", "list", "--csv", str(filled / "none" / "register.csv")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_one_channel_is_shown(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Owner: Dana Whitlock" in printed(capsys, "channels", "show", "r1.c")
    assert json.loads(printed(capsys, "channels", "show", "r1.c", "--json"))["request"] == "r1"

    assert main(["channels", "show", "none"]) == 1
    assert "There is no channel none" in capsys.readouterr().err


def test_what_waits_for_a_role_is_a_list_by_age(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, "requests", "list", "--waiting-for", "technology_department", "--json"))

    assert [(one["kind"], one["request"], one["taken_by"]) for one in found] == [
        ("duty", "r1", "ravi.menon@maplegrove.example"),
        ("decision", "r3", None),
    ]
    lines = printed(capsys, "requests", "list", "--waiting-for", "technology_department").splitlines()
    assert "2026-03-02 06:00" in lines[2]  # noon in London
    assert "taken by Ravi Menon since March 2, 2026, due March 1, 2026" in lines[2]
    assert "decide text_students" in lines[3]


def test_a_role_that_nobody_has_is_wrong_usage(filled: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["requests", "list", "--waiting-for", "janitor"])
