"""Line 18, the soak: people ask and live on without a pause, and the process does not grow. `--soak 86400` is the day that is owed.

A round is as many new questions as a school of a hundred asks in a month, and lives beside them; what the harness remembers of it is
thrown away.
"""

import asyncio
import itertools
import statistics
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.chaos.cluster import Cluster, a_cluster
from tests.chaos.figures import Figures, at_most, count, none_of, told
from tests.chaos.latency import resident
from tests.chaos.profile import Profile
from tests.lives import History, a_life

LINE, PEOPLE, QUESTIONS, LIVES, GROWTH = 18, 8, 400, 4, 5.0
WARM, FEWEST = 0.2, 4  # of the rounds: caches fill; rounds at each end that are compared
ABOUT = (
    "text my players",
    "post a picture of my class",
    "email a parent",
    "open a group chat",
    "friend a student",
    "call a student at home",
)
WITH = ("from my own phone", "on my own page", "at night", "for practice times", "on Discord", "before the trip")


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    """Rounds until the time is over; the memory after each, once it is quiet."""
    async with a_cluster(folder, url=url, people=PEOPLE, fresh=True) as town:
        weights, asked, lived, ends = list[float](), 0, 0, time.monotonic() + profile.soak
        questions, unanswered = _questions(), list[str]()
        for number in itertools.count():
            history = History()
            unanswered += await _round(town, questions, history, number)
            asked, lived = asked + QUESTIONS, lived + len(history.done)
            await town.quiet(0.5)
            weights.append(resident(town))
            _forget(town)
            if time.monotonic() > ends and len(weights) > 2 * FEWEST:
                break
        warm = weights[int(WARM * len(weights)) :]
        early, late = statistics.median(warm[:FEWEST]), statistics.median(warm[-FEWEST:])
        return [
            told(LINE, "soak", f"{profile.soak:.0f} s, {asked} questions nobody had asked before"),
            count(LINE, "soak, lives", (number + 1) * LIVES, lived),
            none_of(LINE, "soak, questions acknowledged and not answered", unanswered),
            told(LINE, "soak, resident", f"{early:.1f} MB, and {late:.1f} MB at the end; {_course(weights)}"),
            at_most(LINE, "soak, grown by", GROWTH, 100 * (late / early - 1), "%"),
        ]


def _course(weights: list[float]) -> str:
    """Ten of them, evenly apart: what fills up flattens, what leaks does not."""
    return "tenths " + " ".join(f"{weights[place * (len(weights) - 1) // 9]:.0f}" for place in range(10))


def _questions() -> Iterator[str]:
    """Questions of which no two are alike."""
    for number in itertools.count(1):
        for about, how in itertools.product(ABOUT, WITH):
            yield f"Can I {about} {how}, {number} of us?"


async def _round(town: Cluster, questions: Iterator[str], history: History, number: int) -> list[str]:
    gate = asyncio.Semaphore(PEOPLE)
    wrong = list[str]()

    async def ask(user: str, words: str) -> None:
        async with gate:
            said = await town.slack.says(user, words)
            thread = said.payload["event"]["ts"]
            try:
                await town.slack.until(partial(_stands, town, thread), timeout=60)
            except AssertionError:
                wrong.append(words)

    asking = (ask(town.staff[place % PEOPLE], next(questions)) for place in range(QUESTIONS))
    living = (a_life(town, user, f"Student {number} of {user}", history) for user in town.staff[:LIVES])
    await asyncio.gather(*asking, *living)
    return wrong


def _stands(town: Cluster, thread: str) -> bool:
    return any(one.thread_ts == thread for one in town.slack.messages[-4 * PEOPLE :])


def _forget(town: Cluster) -> None:
    """The town's people do not look back: what they search would grow from round to round."""
    slack = town.slack
    for kept in (slack.messages, slack.calls, slack.deliveries, slack.statuses, slack.prompts, slack.titles, town.slack.statuses_told):
        kept.clear()
