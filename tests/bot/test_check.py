"""`hallpass check`: every fault at once, before people meet it."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from handlers.ids import RequestId
from handlers.kept import Leaving
from handlers.people import DistrictKey
from handlers.ports import Work
from storage.work import open_store
from tests.samples import NOON

HERE = DistrictKey("maple-grove")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def in_order(maple_grove: Path, hallpass: Run) -> Path:
    """Maple Grove with its people, one more in the technology department, and its text."""
    with (maple_grove / "people.csv").open("a", encoding="utf-8") as file:
        file.write("tess.moreau@maplegrove.example,Tess Moreau,technology_department,,,,,,\n")
    hallpass("people", "import", "people.csv")
    hallpass("policy", "attach", "maple-grove", "policy.txt")
    return maple_grove


def test_check_tells_every_fault_at_once(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")

    status, _, err = hallpass("check")

    assert status == 1
    assert "PORT is 'http'" in err
    assert "nobody is in the directory: run `hallpass people import" in err
    assert "text is not attached: run `hallpass policy attach" in err


def test_check_tries_everybody_as_requester(in_order: Path, hallpass: Run) -> None:
    file = in_order / "people.csv"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if "superintendent" not in line and "technology" not in line))
    hallpass("people", "import", "people.csv")

    status, _, err = hallpass("check")

    assert status == 1
    assert (
        "nobody could decide 'own-phone' for dana.whitlock@maplegrove.example and 4 others:"
        " give somebody else the role technology_department." in err
    )


def test_check_finds_a_notice_that_nobody_would_read(in_order: Path, hallpass: Run) -> None:
    file = in_order / "people.csv"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if "superintendent" not in line and ",building_p" not in line))
    hallpass("people", "import", "people.csv")

    _, _, err = hallpass("check")

    assert "nobody could be told of 'family' for " in err
    assert "give somebody else the role building_principal" in err


def test_check_is_content_when_all_is_in_order_and_notes_who_is_last(in_order: Path, hallpass: Run) -> None:
    status, out, err = hallpass("check")

    assert (status, err) == (0, "")
    assert (
        "Note: maple-grove: nobody could answer 'own-phone', 'family', 'logo', 'concern', 'persists' for helen.brandt@maplegrove.example"
        in out
    )
    assert out.splitlines()[-1] == "All good: 1 pack, the database and the directory are in order."


def test_check_finds_a_text_that_the_pack_was_not_written_for(in_order: Path, hallpass: Run) -> None:
    with sqlite3.connect(in_order / "hallpass.db") as database:
        database.execute("UPDATE texts SET text = 'Staff may do as they like.'")
    database.close()

    status, _, err = hallpass("check")

    assert status == 1
    assert err.startswith("maple-grove: the attached text is not the one the pack was written for")
    assert "“" not in hallpass("policy", "show", "maple-grove")[1]


def test_check_says_that_nobody_is_served(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HALLPASS_DISTRICT")

    status, out, err = hallpass("check")

    assert (status, out) == (1, "")
    assert err.startswith("Nobody is in any directory yet: run `hallpass people import")


def test_check_tells_when_the_database_cannot_be_used(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///no/such/folder/x.db")

    status, _, err = hallpass("check")

    assert status == 1
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1


def test_check_tells_of_cards_that_were_given_up(in_order: Path, hallpass: Run) -> None:
    def give_up(work: Work) -> None:
        dana = next(one for one in work.directory.people(HERE) if one.email.startswith("dana"))
        work.outbox.put(Leaving("k1", "l1", HERE, "follow", RequestId("r1"), "r1", dana.id, "c1"))
        (claimed,) = work.outbox.claim(1)
        work.outbox.failed(claimed, "the channel is gone", None)

    async def write() -> None:
        store = await open_store("sqlite:///hallpass.db", lambda: NOON)
        await store.write(give_up)
        await store.close()

    asyncio.run(write())

    status, _, err = hallpass("check")

    assert status == 1
    assert "1 card could not be delivered to dana.whitlock@maplegrove.example (the channel is gone)" in err
    assert "`hallpass requests show r1`" in err


def test_check_looks_at_all_that_serve_needs_once_a_platform_is_set_up(
    in_order: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")

    status, out, err = hallpass("check")

    assert status == 1
    assert "HALLPASS_SECRET_KEY is not set" in err
    assert "neither SLACK_SIGNING_SECRET" in err
    assert "no card reaches" in out
    assert "on Slack: put the ids into people.csv" in out


def test_check_tells_whom_teams_does_not_reach(in_order: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAMS_APP_ID", "app")
    assert "on Teams: put the ids into people.csv" in hallpass("check")[1]

    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert "on Slack or Teams: put the ids into people.csv" in hallpass("check")[1]


def test_check_is_quiet_about_those_whom_slack_reaches(in_order: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    file = in_order / "people.csv"
    lines = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    bound = [[*line[:5], "T1", line[0].partition("@")[0], *line[7:]] for line in lines[1:]]
    file.write_text("\n".join(",".join(line) for line in [lines[0], *bound]) + "\n", encoding="utf-8")
    hallpass("people", "import", "people.csv")

    assert "no card reaches" not in hallpass("check")[1]
