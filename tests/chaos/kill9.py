"""Lines 1 and 2: kill -9 at random moments while Slack is flaky, on SQLite with one process, or on PostgreSQL with three."""

import asyncio
import itertools
import random
from pathlib import Path

from tests.chaos.checker import judged
from tests.chaos.cluster import Cluster, a_cluster
from tests.chaos.faults import flaky, kill_again_and_again
from tests.chaos.figures import Figures, told
from tests.chaos.profile import Profile
from tests.lives import TWO, History, a_life

PATIENCE = 420.0  # seconds for each step of a life: where starting takes twenty, all the kills may fall into one
QUIET = 3.0


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    """With the address of a PostgreSQL database there are three processes."""
    dice, line = random.Random(profile.seed), 2 if url else 1  # noqa: S311  # where the kills fall, not a secret
    async with a_cluster(folder, replicas=3 if url else 1, url=url, people=profile.people) as town:
        history, over = History(), asyncio.Event()
        flaky(town.slack, dice, profile.late)
        lives = [asyncio.create_task(living(town, user, history, over)) for user in town.staff]
        worst = await kill_again_and_again(town, profile.kills, dice)
        over.set()
        await asyncio.gather(*lives)
        town.slack.heals()
        await town.quiet(QUIET)
        tried = told(line, "kills", f"{profile.kills}, {worst} of them right after Slack took a message")
        return [tried, *await judged(town, history, TWO, line)]


async def living(town: Cluster, user: str, history: History, over: asyncio.Event) -> None:
    """One life after another until it is over, and at least one."""
    for number in itertools.count():
        if number and over.is_set():
            return
        await a_life(town, user, f"Student {number} of {user}", history, TWO, PATIENCE)
