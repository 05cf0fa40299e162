"""What growth costs: a press beside a hundred thousand kept requests, and turns with a second replica. Prints figures, judges nothing."""

import asyncio
import itertools
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest

from tests.bench.bench_clicks import cards, pressed
from tests.bench.bench_slack import AT_ONCE, Turns, asked, keys, measured, url, with_everybody
from tests.bench.scorecard import keep
from tests.loopback.slack import LoopbackSlack
from tests.served import DATABASE, Served
from tests.storage.conftest import a_database

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


async def test_two_replicas(tmp_path: Path, places: tuple[str, str]) -> None:
    rates: list[float] = []
    for many, place in zip((2, 1), places, strict=True):
        async with AsyncExitStack() as stack, LoopbackSlack() as slack:
            with_everybody(slack)
            folders = [tmp_path / f"{many}-{number}" for number in range(many)]
            found = []
            for folder in folders:
                folder.mkdir()
                found.append(
                    await stack.enter_async_context(
                        Served(folder, "west-st-francois-r4", {**keys(slack), "DATABASE_URL": place}, fresh=True)
                    )
                )
            turn = itertools.cycle([url(one.port) for one in found])
            slack.app_url = next(turn)
            await measured(slack, found[0].process, 20, 4)
            taken = []
            for _ in range(4):
                since = time.perf_counter()
                await asyncio.gather(*(_asks(slack, number, turn) for number in range(AT_ONCE)))
                taken.append(AT_ONCE / (time.perf_counter() - since))
            rates.append(statistics.median(taken))
    keep("F16", rates[0], rates[1], "turns/s")


async def _asks(slack: LoopbackSlack, number: int, turn: Iterator[str]) -> None:
    slack.app_url = next(turn)
    await asked(slack, number, Turns())
