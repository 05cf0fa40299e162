"""Line 6: Slack is away, by turns with an error, a request to slow down, and silence; all is acknowledged, and delivered after it."""

import asyncio
import time
from pathlib import Path

from tests.chaos.cluster import Cluster, a_cluster
from tests.chaos.figures import Figures, at_most, count, none_of, part, told
from tests.chaos.profile import Profile
from tests.lives import in_order
from tests.loopback.slack import Delivery
from tests.loopback.slack.faults import Fault
from tests.town import MARIA, QUESTION

LINE, PROMPT, WITHIN, FOREVER = 6, 1.0, 120.0, 10**6
OTHER = "Can I text parents?"
PAUSE = 0.5  # seconds between two things that people do
AWAY = (Fault("*", FOREVER, status=503), Fault("*", FOREVER, status=429, retry_after=1), Fault("*", FOREVER, delay=11, drop="before"))


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    async with a_cluster(folder, url=url, people=profile.people) as town:
        cards = [await town.requested(user, f"Student of {user}") for user in town.staff]
        await town.quiet(0.5)
        by_turns = asyncio.create_task(_by_turns(town))
        asked: list[tuple[str, Delivery]] = []
        pressed: list[Delivery] = []
        end = time.monotonic() + profile.outage
        while time.monotonic() < end:
            for number, user in enumerate(town.staff):
                asked.append((user, await town.slack.says(user, (QUESTION, OTHER)[len(asked) % 2])))
                if number < len(cards) and len(pressed) < len(cards):
                    pressed.append(await town.slack.presses(MARIA, cards[len(pressed)], label="Approve"))
                await asyncio.sleep(PAUSE)
        by_turns.cancel()
        town.slack.heals()
        return await _after(town, profile, asked, pressed)


async def _by_turns(town: Cluster) -> None:
    while True:
        for away in AWAY:
            town.slack._api.faults[:] = [away]
            await asyncio.sleep(2.0)


async def _after(town: Cluster, profile: Profile, asked: list[tuple[str, Delivery]], pressed: list[Delivery]) -> Figures:
    begun = time.monotonic()
    await town.slack.until(lambda: all(town.answers_to(*one) for one in asked), timeout=WITHIN * 2)
    await town.slack.until(lambda: all(town.outcomes(user) for user in town.staff), timeout=WITHIN * 2)
    took = time.monotonic() - begun
    await town.quiet()
    tries = [one for _, one in asked] + pressed
    stamps = {user: [float(town.answers_to(who, one)[0].ts) for who, one in asked if who == user] for user in town.staff}
    return [
        told(LINE, "questions and presses while Slack was away", f"{len(asked)} and {len(pressed)} in {profile.outage:g} s"),
        none_of(LINE, "not acknowledged", [one.status for one in tries if one.status != 200]),
        at_most(LINE, "acknowledged, p99", PROMPT * profile.stretch, part([one.seconds for one in tries], 0.99)),
        at_most(LINE, "all delivered after it", WITHIN * profile.stretch, took),
        told(LINE, "people whose threads were answered in another order", str(sum(at != sorted(at) for at in stamps.values()))),
        none_of(LINE, "cards out of order", [wrong for user in town.staff for wrong in in_order(town, user)]),
        count(LINE, "outcomes", len(pressed), sum(len(town.outcomes(user)) for user in town.staff)),
        none_of(LINE, "messages twice", town.doubled()),
    ]
