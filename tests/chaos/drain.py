"""Told to stop in the middle of things, a process ends in time, with status 0, and has told everybody what it had promised them."""

import asyncio
import time
from pathlib import Path
from signal import SIGTERM

from tests.chaos.cluster import a_cluster
from tests.chaos.figures import Figures, at_most, count, none_of, told
from tests.chaos.profile import Profile
from tests.loopback.slack import Delivery
from tests.town import MARIA, QUESTION

LINE, WITHIN, SLOW = 1, 20.0, 1.0
FOREVER = 10**6


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    """SIGTERM while Slack is slow and everybody has just asked or pressed."""
    async with a_cluster(folder, replicas=1, url=url, people=profile.people) as town:
        cards = [await town.requested(user, f"Student of {user}") for user in town.staff]
        await town.quiet(0.5)
        town.slack.fail("*", times=FOREVER, delay=SLOW)
        asking = [asyncio.create_task(town.slack.says(user, QUESTION)) for user in town.staff]
        pressing = [asyncio.create_task(town.slack.presses(MARIA, card, label="Approve")) for card in cards]
        asked: list[Delivery] = await asyncio.gather(*asking)
        await asyncio.gather(*pressing)
        begun = time.monotonic()
        status = await town.dies(0, SIGTERM)
        took = time.monotonic() - begun
        answered = [bool(town.answers_to(user, one)) for user, one in zip(town.staff, asked, strict=True)]
        town.slack.heals()
        await town.replicas[0].start()
        await town.slack.until(lambda: all(town.outcomes(user) for user in town.staff), timeout=60)
        await town.quiet(3.0)
        again = [len(town.answers_to(user, one)) for user, one in zip(town.staff, asked, strict=True)]
        return [
            told(LINE, "answers said before it ended", f"{sum(answered)} of {len(answered)}"),
            at_most(LINE, "until it ended", WITHIN * profile.stretch, took),
            count(LINE, "exit status", 0, status),
            none_of(LINE, "questions not answered exactly once", [times for times in again if times != 1]),
            none_of(LINE, "messages twice", town.doubled()),
        ]
