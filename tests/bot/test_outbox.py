"""`hallpass outbox`: what was given up is listed with its reason, and sent again by its id or all at once."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot import wiring
from handlers.ids import RequestId
from handlers.kept import Leaving
from handlers.obstacles import Obstacle
from handlers.people import DistrictKey, PersonId
from handlers.ports import Work
from handlers.undelivered import closed_on
from storage.work import open_store
from tests.samples import NOON

HERE = DistrictKey("maple-grove")
MARIA = "maria.ortiz@maplegrove.example"
Run = Callable[..., tuple[int, str, str]]
NOTHING = "Nothing is waiting: every card was delivered, or is on its way.\n"


@pytest.fixture
def given_up(maple_grove: Path, hallpass: Run) -> list[int]:
    """Two cards to Maria and one to a stranger that nobody tries to send any more; their ids."""
    hallpass("people", "import", "people.csv")
    return asyncio.run(_in_the_store(_give_up))


async def _in_the_store(unit: Callable[[Work], list[int]]) -> list[int]:
    store = await open_store("sqlite:///hallpass.db", lambda: NOON)
    try:
        return await store.write(unit)
    finally:
        await store.close()


def _give_up(work: Work) -> list[int]:
    maria = work.directory.by_email(HERE, MARIA)
    assert maria is not None
    for key, to, redraw in (("a", maria.id, False), ("b", maria.id, True), ("c", PersonId("gone"), False)):
        work.outbox.put(Leaving(key, key, HERE, "decide", RequestId("r1"), "r1.s1", to, "a", redraw=redraw))
    for claimed in work.outbox.claim(9):
        work.outbox.failed(claimed, "Slack said user_disabled", None)
    return [dead.id for dead in work.outbox.dead(HERE)]


def _still_dead(work: Work) -> list[int]:
    return [dead.id for dead in work.outbox.dead(HERE)]


def test_it_lists_what_was_given_up_and_why(given_up: list[int], hallpass: Run) -> None:
    status, out, _ = hallpass("outbox", "list")

    head, _, first, second, third = out.splitlines()
    assert status == 0
    assert head.split()[:6] == ["id", "district", "card", "request", "to", "why"]
    assert (first.split()[0], MARIA in first, "Slack said user_disabled" in first) == (str(given_up[0]), True, True)
    assert "decide, rewritten" in second
    assert "gone" in third


def test_other_programs_read_the_same(given_up: list[int], hallpass: Run) -> None:
    _, out, _ = hallpass("outbox", "list", "--json", "--district", "maple-grove")

    found = json.loads(out)
    assert [one["id"] for one in found] == given_up
    assert {key: found[1][key] for key in ("district", "card", "rewritten", "request", "to", "why")} == {
        "district": "maple-grove",
        "card": "decide",
        "rewritten": True,
        "request": "r1",
        "to": MARIA,
        "why": "Slack said user_disabled",
    }


def test_the_one_that_is_named_is_sent_again(given_up: list[int], hallpass: Run) -> None:
    status, out, _ = hallpass("outbox", "retry", str(given_up[0]), str(given_up[0]))

    assert (status, out) == (0, "1 card will be sent again by `hallpass serve`, within a second where it runs.\n")
    assert asyncio.run(_in_the_store(_still_dead)) == given_up[1:]


def test_all_are_sent_again(given_up: list[int], hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HALLPASS_DISTRICT")

    assert "3 cards will be sent again" in hallpass("outbox", "retry", "--all")[1]
    assert given_up
    assert asyncio.run(_in_the_store(_still_dead)) == []
    for words in (("list",), ("retry", "--all")):
        assert hallpass("outbox", *words) == (0, NOTHING, "")
    assert hallpass("outbox", "list", "--json")[1] == "[]\n"


def test_one_that_is_not_there_sends_none(given_up: list[int], hallpass: Run) -> None:
    status, _, err = hallpass("outbox", "retry", str(given_up[0]), "99")

    assert (status, err) == (1, "No card 99 was given up: `hallpass outbox list` shows every one. Nothing was changed.\n")
    assert asyncio.run(_in_the_store(_still_dead)) == given_up


@pytest.mark.parametrize("words", [(), ("--all", "1"), ("first",)])
def test_which_ones_has_to_be_said(maple_grove: Path, hallpass: Run, words: tuple[str, ...]) -> None:
    status, _, _ = hallpass("outbox", "retry", *words)

    assert status == 2
    assert not (maple_grove / "hallpass.db").exists()


def test_check_says_that_the_departments_channel_did_not_take_a_card(given_up: list[int], hallpass: Run) -> None:
    def note(work: Work) -> list[int]:
        for ago in (0, 1, 2):
            work.inbox.first(closed_on(HERE, f"{wiring.clock() - timedelta(days=ago):%Y-%m-%d}"), Obstacle.uninvited)
        return []

    asyncio.run(_in_the_store(note))
    status, out, err = hallpass("check")

    assert (status, out.count("channel could not be written to")) == (1, 2)
    assert "Hallpass is not a member of the conversation. Invite Hallpass to it." in out
    assert "mend it and run `hallpass outbox retry`" in err
    assert given_up
