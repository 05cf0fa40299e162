"""Line 3: replicas die for good in the middle of things; whoever is left finishes all of it, with nobody's help."""

import asyncio
import time
from pathlib import Path

from tests.chaos.checker import judged
from tests.chaos.cluster import a_cluster
from tests.chaos.figures import Figures, at_most, told
from tests.chaos.profile import Profile
from tests.lives import TWO, History, a_life

LINE, WITHIN, PATIENCE = 3, 90.0, 240.0
SLOW, HELD = 5.0, 4  # seconds that Slack takes over so many messages, so that whoever dies holds some of them


async def run(profile: Profile, folder: Path, url: str) -> Figures:
    """Two of three processes on PostgreSQL; nobody starts them again."""
    async with a_cluster(folder, replicas=3, url=url, people=profile.people) as town:
        history = History()
        lives = [asyncio.create_task(a_life(town, user, f"Student of {user}", history, TWO, PATIENCE)) for user in town.staff]
        await town.slack.until(lambda: any(town.key(one).startswith("decide:") for one in town.slack.messages), timeout=60)
        held = town.slack.fail("chat.postMessage", times=HELD, delay=SLOW)
        await town.slack.until(lambda: held.met == HELD or all(life.done() for life in lives), timeout=60)
        for number in (1, 2):
            await town.dies(number)
        begun = time.monotonic()
        town.slack.doors = town.slack.doors[:1]
        await asyncio.gather(*lives)
        took = time.monotonic() - begun
        await town.quiet(3.0)
        return [
            told(LINE, "messages under way when two of three died", str(held.met)),
            at_most(LINE, "until all was done", WITHIN * profile.stretch, took),
            *await judged(town, history, TWO, LINE),
        ]
