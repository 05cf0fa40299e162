"""Line 6: Slack is away, by turns with an error, a request to slow down, and silence; all is acknowledged, and delivered after it."""

import asyncio
import itertools
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
        threads = {user: (await town.asked(user)).thread_ts for user in town.staff}
        await town.quiet(0.5)
        by_turns = asyncio.create_task(_by_turns(town))
        asked: list[tuple[str, Delivery]] = []
        pressed: list[Delivery] = []
        end = time.monotonic() + profile.outage
        for turn in itertools.count():  # by turns in a thread that goes on, and in a new one
            if time.monotonic() > end:
                break
            for number, user in enumerate(town.staff):
                asked.append(
                    (user, await town.slack.says(user, OTHER if turn % 2 else QUESTION, thread_ts=threads[user] if turn % 2 else None))
                )
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
    answers = await _answers(town, [said for _, said in asked])
    await town.slack.until(lambda: all(town.outcomes(user) for user in town.staff), timeout=WITHIN * 2)
    took = time.monotonic() - begun
    await town.quiet()
    tries = [one for _, one in asked] + pressed
    stamps = [_stamps(answers, [said for who, said in asked if who == user]) for user in town.staff]
    threads = [
        _stamps(answers, [said for who, said in asked if who == user and said.payload["event"].get("thread_ts")]) for user in town.staff
    ]
    return [
        told(LINE, "questions and presses while Slack was away", f"{len(asked)} and {len(pressed)} in {profile.outage:g} s"),
        none_of(LINE, "not acknowledged", [one.status for one in tries if one.status != 200]),
        at_most(LINE, "acknowledged, p99", PROMPT * profile.stretch, part([one.seconds for one in tries], 0.99)),
        at_most(LINE, "all delivered after it", WITHIN * profile.stretch, took),
        none_of(LINE, "questions not answered", [said.payload["event"]["text"] for _, said in asked if _event(said) not in answers]),
        none_of(LINE, "threads answered in another order than asked", [at for at in threads if at != sorted(at)]),
        told(LINE, "people whose several threads were", str(sum(at != sorted(at) for at in stamps))),  # nobody owes that
        none_of(LINE, "cards out of order", [wrong for user in town.staff for wrong in in_order(town, user)]),
        count(LINE, "outcomes", len(pressed), sum(len(town.outcomes(user)) for user in town.staff)),
        none_of(LINE, "messages twice", town.doubled()),
    ]


def _event(said: Delivery) -> str:
    return str(said.payload["event_id"])


def _stamps(answers: dict[str, str], asked: list[Delivery]) -> list[float]:
    return [float(answers[_event(one)]) for one in asked if _event(one) in answers]


async def _answers(town: Cluster, asked: list[Delivery]) -> dict[str, str]:
    """When each was answered, by the event that asked: the bot's own notes say which answer that was."""
    end = time.monotonic() + WITHIN * 2
    while True:
        stamps = {town.key(one).removeprefix("answer:"): one.ts for one in town.slack.messages if not one.deleted}
        kept = dict(await town.sql("SELECT delivery, result FROM inbox"))
        found = {event: stamps[kept[event]] for event in map(_event, asked) if kept.get(event) in stamps}
        if len(found) == len(asked) or time.monotonic() > end:
            return found
        await asyncio.sleep(0.5)
