"""The house as a fixture: fresh for each test, with everybody in the directory."""

import itertools
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from functools import reduce
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.loops import Courier
from handlers.desk import Desk
from handlers.people import Person, Platform
from handlers.policy.facts import Facts
from handlers.policy.understand.reading import Reading
from handlers.ports import Work
from storage.database import Database
from storage.packs import DiskPacks
from storage.work import open_store
from tests.fakes import KeepingChat
from tests.house import House
from tests.samples import EVERYBODY, NOON

PACKS = Path(__file__).parents[1] / "packs"
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of its own is made in it


@contextmanager
def a_folder() -> Iterator[Path]:
    """A folder for as long as it is needed: in memory where there is such a disk, for commits wait for it."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Pytest's own, in memory: the house stands there, and some open its database once more."""
    with a_folder() as folder:
        yield folder


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The house on a fresh database, with everybody in the directory."""
    async with a_house(tmp_path) as house:
        yield house


@asynccontextmanager
async def a_house(
    folder: Path, database: Database | str = "", packs: DiskPacks | None = None, people: Sequence[Person] = EVERYBODY
) -> AsyncIterator[House]:
    """Build the house for as long as it is needed, on a database of its own or on the one given, with these people in its directory."""
    packs, chat = packs or DiskPacks(PACKS), KeepingChat()
    if not database:
        shutil.copy(await _empty(), folder / "house.db")
    made: list[House] = []
    store = await open_store(database or f"sqlite:///{folder}/house.db", lambda: made[0].now if made else NOON)
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
    await store.write(_seat, people)
    yield made[0]
    await store.close()


_ready: list[TemporaryDirectory[str]] = []


async def _empty() -> Path:
    """A database of this version with nothing in it, made once a process: to make one takes longer than most scenes."""
    if not _ready:
        _ready.append(TemporaryDirectory())
        await (await open_store(f"sqlite:///{_ready[0].name}/empty.db", lambda: NOON)).close()
    return Path(_ready[0].name) / "empty.db"


def _seat(work: Work, people: Sequence[Person]) -> None:
    work.directory.replace(people[0].district, people)
