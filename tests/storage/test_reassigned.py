"""A stage goes to somebody else while it is decided, on both databases: one of the two happens, and never both."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.actions import Approve, Delegate, Reassign
from handlers.people import Role, Seat
from tests.handlers.conftest import a_house
from tests.house import House, whispered
from tests.samples import EVERYBODY, HELEN, MARIA, NGOZI, SCHOOL, a_person
from tests.scenes import has_sent, kept, seat

ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))  # a second principal
ROUNDS = 12
GONE, DECIDED = "This is with somebody else now.", "This one was already answered."


@pytest.fixture
async def house(url: str, tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path, url) as house:
        await seat(house, *EVERYBODY, ADA)
        yield house


async def test_it_is_decided_by_her_or_goes_to_somebody_else(house: House) -> None:
    for _ in range(ROUNDS):
        stage = (await has_sent(house)).stages[0].id

        both = await asyncio.gather(
            house.presses(MARIA, Approve(stage)), house.sends(ADA, Reassign(stage), {"person": HELEN.id, "reason": "Hers"})
        )

        first = (await kept(house)).stages[0]
        titles = [whispered(one).title for one in both]
        assert titles == (["Approved.", DECIDED] if first.decided_by else [GONE, "It is theirs now."])
        assert (first.decided_by, len(first.reassigned)) in [(MARIA.id, 0), (None, 1)]


async def test_nobody_is_asked_by_somebody_whose_it_is_no_longer(house: House) -> None:
    for _ in range(ROUNDS):
        stage = (await has_sent(house)).stages[0].id

        both = await asyncio.gather(
            house.sends(MARIA, Delegate(stage), {"person": NGOZI.id}),
            house.sends(ADA, Reassign(stage), {"person": HELEN.id, "reason": "Hers"}),
        )

        first = (await kept(house)).stages[0]
        titles = [whispered(one).title for one in both]
        assert titles[0] in ("Asked.", GONE)
        assert (titles[1], first.added) == ("It is theirs now.", ())
