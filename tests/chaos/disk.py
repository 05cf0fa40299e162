"""Line 9: the disk is full. Nothing is promised that is not kept, we are not ready, and all is well by itself once there is room."""

import asyncio
import contextlib
import resource
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.chaos.cluster import Cluster, a_cluster
from tests.chaos.figures import Figures, count, none_of, told
from tests.chaos.profile import Profile
from tests.loopback.slack import Delivery
from tests.served import DATABASE
from tests.town import DANA, FORM, LEE, MARIA, QUESTION

LINE, SIZE, TRIES, PATIENCE = 9, 24 * 2**20, 15, 60.0
CHUNK, PAGE = 2**16, 4096


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:  # only a SQLite file is ours to fill up
    """On a small file system of its own where one may be mounted; otherwise no file of the process may grow."""
    with _small(folder) as (place, mounted):
        async with a_cluster(place, people=2) as town:
            card, form = await town.requested(DANA, "Ada Finch"), await town.form(LEE)
            await town.quiet()
            with _ballast(place) if mounted else _no_growth(town):
                was = await _until(town, 503)
                asked, pressed, sent = await _tried(town, card, form)
                held = await town.ready()
            now = await _until(town, 200)
            kept = await town.sql("SELECT count(*) FROM record WHERE what = 'approved'")
            promised = [one for one in asked if one.status == 200] + [one for one in pressed if _promised(town, one)]
            lived = await _lives_again(town, card)
            whole = town.rows("PRAGMA integrity_check")[0][0]
            return [
                told(LINE, "what was full", "a file system of its own" if mounted else "no file may grow"),
                told(LINE, "tried meanwhile", f"{len(asked)} questions, {len(pressed)} presses, {len(sent)} forms"),
                none_of(LINE, "acknowledged and not kept", promised),
                count(LINE, "decisions kept meanwhile", 0, kept[0][0]),
                none_of(LINE, "forms said to be sent", [one for one in town.slack.answers(LEE) if town.key(one).startswith("follow:")]),
                count(LINE, "not ready while full (503)", 503, held if was == 503 else was),
                count(LINE, "ready again by itself (200)", 200, now),
                count(LINE, "decided once there was room", 1, lived),
                none_of(LINE, "integrity", [] if whole == "ok" else [whole]),
                none_of(LINE, "the file itself", _broken(place)),
            ]


async def _tried(town: Cluster, card: object, form: object) -> tuple[list[Delivery], list[Delivery], list[Delivery]]:
    slack, before = town.slack, town.slack.retry_after
    slack.retry_after = ()
    asked = [await slack.says(DANA, f"{QUESTION} {number}") for number in range(TRIES)]
    pressed = [await slack.presses(MARIA, card, label="Approve") for _ in range(TRIES)]  # type: ignore[arg-type]
    sent = [await slack.submits(LEE, form, FORM | {"students": "Ben Okri"})]  # type: ignore[arg-type]
    slack.retry_after = before
    await asyncio.sleep(0.5)
    return asked, pressed, sent


def _promised(town: Cluster, pressed: Delivery) -> bool:
    """A press is acknowledged whatever came of it; what is said then must not be that it is done."""
    return pressed.status != 200 or "Approved." in town.told(MARIA)


async def _lives_again(town: Cluster, card: object) -> int:
    await town.slack.presses(MARIA, card, label="Approve")  # type: ignore[arg-type]
    await town.slack.until(lambda: town.outcomes(DANA), timeout=PATIENCE)
    await town.quiet()
    return len(town.outcomes(DANA))


async def _until(town: Cluster, status: int) -> int:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while await town.ready() != status:  # noqa: ASYNC110  # another process
                await asyncio.sleep(0.1)
    return await town.ready()


@contextlib.contextmanager
def _small(folder: Path) -> Iterator[tuple[Path, bool]]:
    with tempfile.TemporaryDirectory(dir=folder) as above:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", above]
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        try:
            yield Path(above), mounted
        finally:
            if mounted:
                subprocess.run(["umount", above], check=True)


@contextlib.contextmanager
def _ballast(place: Path) -> Iterator[None]:
    """Fill what is left, to the last page."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (CHUNK, PAGE):
            with contextlib.suppress(OSError):
                while file.write(b"\0" * size) == size:
                    pass
    try:
        yield
    finally:
        ballast.unlink()


@contextlib.contextmanager
def _no_growth(town: Cluster) -> Iterator[None]:
    process = town.served.process
    limits = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, limits)


def _broken(place: Path) -> list[str]:
    with closing(sqlite3.connect(place / DATABASE)) as database:
        return [one for (one,) in database.execute("PRAGMA foreign_key_check").fetchall()]
