"""What growth costs: a press beside a hundred thousand kept requests, and turns with a second replica. Prints figures, judges nothing."""

import asyncio
import itertools
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.bench.bench_clicks import cards, pressed
from tests.bench.bench_slack import AT_ONCE, Turns, asked, cpu, keys, url, with_everybody
from tests.bench.scorecard import keep
from tests.loopback.slack import LoopbackSlack
from tests.loopback.slack.lines import HttpLine
from tests.served import DATABASE, Served
from tests.storage.conftest import a_database

WARM, ROUNDS = 2, 6
MUCH, LITTLE = 100_000, 1_000  # requests


async def test_a_press_among_many_requests(tmp_path: Path) -> None:
    """A press until it is acknowledged, which is once it is kept, in two installations, one of which has kept a hundred times as much."""
    took: list[list[float]] = [[], []]
    async with AsyncExitStack() as stack:
        places = []
        for name, kept in (("many", MUCH), ("few", LITTLE)):
            (tmp_path / name).mkdir()
            slack = await stack.enter_async_context(LoopbackSlack())
            with_everybody(slack)
            served = await stack.enter_async_context(Served(tmp_path / name, "west-st-francois-r4", keys(slack), fresh=True))
            slack.app_url = url(served.port)
            await cards(slack, 1)
            await served.stop()
            _filled(tmp_path / name / DATABASE, kept)
            assert await served.runs("migrate") == 0  # seals what was put there, which takes a minute
            await served.start()
            places.append((slack, served.process))
        for _ in range(4):
            for place, (slack, process) in enumerate(places):
                took[place] += (await pressed(slack, process, await cards(slack, 4))).acks
    keep("F13", 1000 * statistics.median(took[0]), 1000 * statistics.median(took[1]))


def _filled(database: Path, many: int) -> None:
    """Copy a request that is there so many times, of five hundred others, denied long ago, with its stages."""
    with closing(sqlite3.connect(database)) as opened, opened:
        for table, linked in (("requests", {}), ("stages", {"request": "request || '-' || numbers.value"})):
            names = [row[1] for row in opened.execute(f"PRAGMA table_info({table})") if row[1] != "number"]
            whose = {"requester": "requester || '-' || (numbers.value % 500)"} if table == "requests" else {}
            new = {"id": "id || '-' || numbers.value", "status": "'denied'", **whose, **linked}
            opened.execute(
                f"INSERT INTO {table} ({', '.join(names)}) "  # noqa: S608  # our own names
                "WITH RECURSIVE numbers (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < ?) "
                f"SELECT {', '.join(new.get(name, name) for name in names)} FROM {table}, numbers",
                [many],
            )


@pytest.fixture
def places() -> Iterator[tuple[str, str]]:
    """Two PostgreSQL databases: what either Slack delivers has the same numbers."""
    with a_database() as one, a_database() as other:
        yield one, other


class Balanced(LoopbackSlack):
    """A Slack in front of several replicas: each delivery goes to the next of them, one that is sent again as well."""

    turn: Iterator[str] = iter(())

    @property
    def _line(self) -> HttpLine:
        assert self._session
        return HttpLine(self, self._session, next(self.turn))


@dataclass
class Side:
    """So many replicas behind one Slack, and what they did: turns a second, and milliseconds of processor time a turn, theirs and ours."""

    slack: Balanced
    replicas: list[Served]
    rates: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    load: list[float] = field(default_factory=list)

    async def round(self) -> None:
        since, ours, theirs = time.perf_counter(), time.process_time(), self._cpu()
        await asyncio.gather(*(asked(self.slack, number, Turns()) for number in range(AT_ONCE)))
        self.rates.append(AT_ONCE / (time.perf_counter() - since))
        self.load.append(1000 * (time.process_time() - ours) / AT_ONCE)
        self.used.append(1000 * (self._cpu() - theirs) / AT_ONCE)

    def _cpu(self) -> float:
        return sum(cpu(one.process) for one in self.replicas)


async def test_two_replicas(tmp_path: Path, places: tuple[str, str]) -> None:
    """In turn, as every figure; each replica has warmed up. What is left of two processors beside them PostgreSQL and the load take."""
    async with AsyncExitStack() as stack:
        sides = [await _side(stack, tmp_path / str(many), many, place) for many, place in zip((2, 1), places, strict=True)]
        for _, side in itertools.product(range(WARM + ROUNDS), sides):
            await side.round()
    two, one = (statistics.median(side.rates[WARM:]) for side in sides)
    keep("F16", two, one, "turns/s")
    for side in sides:
        used, load = statistics.median(side.used[WARM:]), statistics.median(side.load[WARM:])
        print(f"{len(side.replicas)} replicas: {used:.2f} ms of processor time a turn, and {load:.2f} of the load")


async def _side(stack: AsyncExitStack, folder: Path, many: int, place: str) -> Side:
    slack, replicas = await stack.enter_async_context(Balanced()), []
    with_everybody(slack)
    for number in range(many):
        (folder / str(number)).mkdir(parents=True)
        settings = {**keys(slack), "DATABASE_URL": place}
        replicas.append(await stack.enter_async_context(Served(folder / str(number), "west-st-francois-r4", settings, fresh=True)))
    slack.turn = itertools.cycle([url(one.port) for one in replicas])
    return Side(slack, replicas)
