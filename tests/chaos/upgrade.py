"""Line 16: for one step of the schema the program before it and this one serve the same PostgreSQL; nobody notices."""

import asyncio
import io
import itertools
import subprocess
import tarfile
from pathlib import Path
from signal import SIGTERM

import pytest

from storage.migrate import Version, version_state
from tests.chaos.checker import judged
from tests.chaos.cluster import Cluster, a_cluster
from tests.chaos.figures import Figure, Figures, told
from tests.chaos.profile import Profile
from tests.lives import TWO, History, a_life
from tests.served import ROOT, Served
from tests.town import DISTRICT

LINE, STEPS, COPIES = 16, "storage/migrations/versions", 2
PARTS = ("adapters", "bot", "handlers", "policies", "storage")


async def run(profile: Profile, folder: Path, url: str) -> Figures:
    """The one before makes the database and serves; then the schema goes up beneath it, this one joins, and the other leaves."""
    before = _before(folder / "before")
    async with a_cluster(folder, url=url, people=profile.people, each={0: {"PYTHONPATH": str(before)}}) as town:
        older, over, history = await version_state(url), asyncio.Event(), History()
        lives = [asyncio.create_task(_living(town, user, history, over)) for user in town.staff]
        await _lived(history, len(town.staff))
        newer = Served(folder, DISTRICT, _without(town.served.settings, "PYTHONPATH"), slack=town.served.slack, log=folder / "1.log")
        said = await newer.says("migrate")
        after, alone = await version_state(url), len(history.done)
        try:
            await _joins_and_takes_over(town, newer, profile.lives, history)
            over.set()
            await asyncio.gather(*lives)
            await town.quiet(3.0)
            return [
                Figure(LINE, "the database of the one before", Version.older, older, older is Version.older),
                Figure(LINE, "after the step", Version.current, after, after is Version.current),
                told(LINE, "the step", said.strip().splitlines()[-1]),
                told(LINE, "lives before the step, and in all", f"{alone} and {len(history.done)}"),
                *await judged(town, history, TWO, LINE),
            ]
        finally:
            over.set()
            await newer.stop()


async def _joins_and_takes_over(town: Cluster, newer: Served, many: int, history: History) -> None:
    """The one before lives on the new schema alone for a while, then with this one at its side; every delivery comes to both."""
    await _lived(history, len(history.done) + len(town.staff))
    await newer.start()
    town.replicas.append(newer)
    town.slack.doors.append(town.slack.doors[0].replace(str(town.served.port), str(newer.port)))
    town.slack.copies = COPIES
    await _lived(history, len(history.done) + many)
    town.slack.copies, town.slack.doors = 1, town.slack.doors[1:]
    assert await town.dies(0, SIGTERM) == 0


async def _living(town: Cluster, user: str, history: History, over: asyncio.Event) -> None:
    for number in itertools.count():
        if over.is_set():
            return
        await a_life(town, user, f"Student {number} of {user}", history, TWO)


async def _lived(history: History, many: int) -> None:
    async with asyncio.timeout(600):
        while len(history.done) < many:  # noqa: ASYNC110  # other processes
            await asyncio.sleep(0.1)


def _without(settings: object, name: str) -> dict[str, str]:
    return {key: value for key, value in dict(settings).items() if key != name}  # type: ignore[call-overload]


def _before(folder: Path) -> Path:
    """Put there the last of this checkout's history before its newest step, or steps where several came at once."""
    now = sorted(one.name for one in (ROOT / STEPS).glob("0*.py"))
    for commit in _git("log", "--first-parent", "--format=%H").decode().split():
        there = (Path(one).name for one in _git("ls-tree", "--name-only", commit, f"{STEPS}/").decode().split())
        then = sorted(name for name in there if name.startswith("0"))
        if then and len(then) < len(now) and then == now[: len(then)]:
            break
    else:
        pytest.skip("no history here: the program before the newest step is not to be had")
    with tarfile.open(fileobj=io.BytesIO(_git("archive", commit, *PARTS))) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _git(*words: str) -> bytes:
    return subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, check=False).stdout
