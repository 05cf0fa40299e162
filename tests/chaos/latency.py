"""Line 18: how fast and how heavy, with eight people at once and with nobody; the harness shares the machine."""

import asyncio
import os
import time
from math import inf, isfinite
from pathlib import Path

from tests.chaos.cluster import Cluster, a_cluster
from tests.chaos.figures import Figures, at_most, part, told
from tests.chaos.profile import Profile
from tests.lives import History, a_life

LINE, AT_ONCE, ACK, DELIVERY, IDLE = 18, 8, 1.0, 1.0, 3.0
HEAVY = 165.0  # MB: 150, and 15 for the network that reads questions and what runs it
RESTS = 8.0  # seconds during which nobody does anything
MEGABYTE = 1024  # kB


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    async with a_cluster(folder, url=url, people=AT_ONCE, fresh=True) as town:
        history, took = History(), list[float]()

        async def living(user: str) -> None:
            for number in range(max(1, profile.lives // AT_ONCE)):
                await a_life(town, user, f"Student {number} of {user}", history)

        watching = asyncio.create_task(_deliveries(town, history, took))
        begun = time.monotonic()
        await asyncio.gather(*(living(user) for user in town.staff))
        lasted = time.monotonic() - begun
        watching.cancel()
        await town.quiet()
        judged = isfinite(profile.stretch)
        idle = await _idle(town, RESTS if judged else 0.5)
        weight = resident(town)
        return [
            told(LINE, "lives", f"{len(history.done)} at {len(history.done) / lasted:.1f} a second"),
            at_most(LINE, "acknowledged, p50", ACK * profile.stretch, part(history.acks, 0.5)),
            at_most(LINE, "acknowledged, p99", ACK * profile.stretch, part(history.acks, 0.99)),
            at_most(LINE, "question acknowledged to answer seen, p95", DELIVERY * profile.stretch, part(took, 0.95)),
            at_most(LINE, "CPU with nobody there", IDLE if judged else inf, idle, "%"),
            at_most(LINE, "resident", HEAVY if judged else inf, weight, "MB"),
        ]


async def _deliveries(town: Cluster, history: History, took: list[float]) -> None:
    """Note of each question how long after its acknowledgement its answer was there."""
    seen = 0
    while True:
        for user, said in history.questions[seen:]:
            begun = time.monotonic()
            await town.slack.until(lambda user=user, said=said: town.answers_to(user, said), timeout=60)  # type: ignore[misc]
            took.append(time.monotonic() - begun)
            seen += 1
        await asyncio.sleep(0.005)


async def _idle(town: Cluster, seconds: float) -> float:
    """Percent of one core."""
    before = _ticks(town)
    await asyncio.sleep(seconds)
    return 100 * (_ticks(town) - before) / os.sysconf("SC_CLK_TCK") / seconds


def _ticks(town: Cluster) -> int:
    told_by = Path(f"/proc/{town.served.process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(told_by[11]) + int(told_by[12])


def resident(town: Cluster) -> float:
    lines = Path(f"/proc/{town.served.process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / MEGABYTE
