"""Line 5: very many clicks on one card at the same moment are one decision and one notice."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from tests.chaos.cluster import Cluster, a_cluster
from tests.chaos.figures import Figures, at_most, count, none_of
from tests.chaos.profile import Profile
from tests.lives import EXCUSES, TWO
from tests.loopback.slack import Message
from tests.town import DANA, MARIA, RAVI

LINE, WITHIN, LONGEST, HELD = 5, 15.0, 60.0, 1.5  # seconds


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    """With the address of a PostgreSQL database there are three processes."""
    async with a_cluster(folder, replicas=3 if url else 1, url=url) as town:
        return await _clicked(town, profile, (await _card(town)).copy())


async def _card(town: Cluster) -> Message:
    """Somebody else decides after this one: until then nothing but the decision itself keeps a second one out, no duty that is there."""
    slack = town.slack
    await slack.presses(DANA, await town.asked(DANA, TWO.question), label="Ask for approval")
    form = await slack.until(lambda: view if (view := slack.modal(DANA)) and view.callback_id == "request" else None)
    await slack.submits(DANA, form, TWO.form | {"students": "Ada Finch"})
    return await town.said(MARIA, "Ada Finch")


async def _clicked(town: Cluster, profile: Profile, card: Message) -> Figures:
    town.slack.patience = LONGEST  # it is counted how long it takes: nobody gives up
    begun = time.monotonic()
    async with _held(town):
        clicks = asyncio.gather(*(town.slack.presses(MARIA, card, label="Approve") for _ in range(profile.clicks)))
        await asyncio.sleep(HELD)
    pressed = await clicks
    took = time.monotonic() - begun
    await town.slack.until(lambda: town.outcomes(DANA), timeout=30)
    await town.quiet()
    decided = await town.sql("SELECT count(*) FROM record WHERE what = 'approved'")
    asked = [one for one in town.slack.answers(RAVI) if town.key(one).startswith("decide:")]
    return [
        count(LINE, f"decisions of {profile.clicks} clicks", 1, decided[0][0]),
        count(LINE, "notices", 1, len(town.outcomes(DANA))),
        count(LINE, "cards for who decides next", 1, len(asked)),
        none_of(LINE, "told that it broke", [one for one in EXCUSES if one in town.told(MARIA)]),
        none_of(LINE, "not acknowledged", [one.status for one in pressed if one.status != 200]),
        at_most(LINE, "until all were acknowledged", WITHIN * profile.stretch, took),
        none_of(LINE, "messages twice", town.doubled()),
    ]


@asynccontextmanager
async def _held(town: Cluster) -> AsyncIterator[None]:
    """On PostgreSQL nobody may change the request for a moment: all who come have read it as it was, and wait behind one another."""
    if not town.url.startswith("postgresql"):
        yield
        return
    connection = await asyncpg.connect(town.url)
    try:
        async with connection.transaction():
            await connection.execute("SELECT id FROM requests FOR UPDATE")
            yield
    finally:
        await connection.close()
