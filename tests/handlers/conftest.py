"""The house as a fixture: fresh for each test, with everybody in the directory."""

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import reduce
from pathlib import Path

import pytest

from bot.loops import Courier
from handlers.desk import Desk
from handlers.people import Platform
from handlers.policy.facts import Facts
from handlers.policy.understand.reading import Reading
from handlers.ports import Work
from storage.database import Database
from storage.packs import DiskPacks
from storage.work import open_store
from tests.fakes import KeepingChat
from tests.house import House
from tests.samples import EVERYBODY, MAPLE_GROVE, NOON

PACKS = Path(__file__).parents[1] / "packs"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The house on a fresh database, with everybody in the directory."""
    async with a_house(tmp_path) as house:
        yield house


@asynccontextmanager
async def a_house(folder: Path, database: Database | None = None) -> AsyncIterator[House]:
    """Build the house for as long as it is needed, on a database of its own in the folder or on a given one."""
    packs, chat = DiskPacks(PACKS), KeepingChat()
    store = await open_store(database or f"sqlite:///{folder}/house.db", lambda: NOON)
    made: list[House] = []
    courier = Courier(store, packs, {Platform.web: chat}, lambda: made[0].clock())  # noqa: PLW0108  # the house is made after it
    ids = (f"{number:04d}" for number in itertools.count(1))

    def understand(turns: Sequence[str]) -> Reading:
        counted = turns if made[0].adding_up else turns[-1:]
        read = [made[0].understood.get(turn, Reading(Facts(), understood=False)) for turn in counted]
        facts = reduce(Facts.plus, (one.facts for one in read))
        return Reading(facts, understood=read[-1].understood)

    def wake() -> None:
        made[0].woken += 1

    def clock() -> datetime:
        return made[0].clock()

    desk = Desk(store, packs, understand, clock, lambda: next(ids), wake)
    made.append(House(store, desk, chat, courier, packs))
    await store.write(_seat)
    yield made[0]
    await store.close()


def _seat(work: Work) -> None:
    work.directory.replace(MAPLE_GROVE, EVERYBODY)
