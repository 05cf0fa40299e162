"""Line 15: three processes whose clocks differ by ten minutes; leases and delays go by the database's clock, so nobody notices."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.chaos.checker import judged
from tests.chaos.cluster import a_cluster
from tests.chaos.faults import Chance
from tests.chaos.figures import Figures, count, told
from tests.chaos.profile import Profile
from tests.lives import TWO, History, a_life
from tests.town import DANA, QUESTION

LINE, OFF = 15, ("-10m", "+0", "+10m")
SLOW, HALF = 2.5, 0.5  # seconds that half of the messages take: time enough to take them from whoever holds them
FAKER = "libfaketime.so.1"
PLACES = ("/usr/lib/x86_64-linux-gnu/faketime", "/usr/lib/aarch64-linux-gnu/faketime", "/usr/lib/faketime", "/usr/local/lib/faketime")
UNAUTHORIZED = 401


async def run(profile: Profile, folder: Path, url: str) -> Figures:
    """What Slack signs is refused where the clock is more than five minutes off: only the middle one is asked, all three deliver."""
    each = {number: _clock(off) for number, off in enumerate(OFF)}
    async with a_cluster(folder, replicas=len(OFF), url=url, people=profile.people, each=each) as town:
        slack, history = town.slack, History()
        slack.retry_after = ()
        refused = []
        for door in (slack.doors[0], slack.doors[2]):
            slack.doors, all_doors = [door], slack.doors
            refused.append((await slack.says(DANA, QUESTION)).status)
            slack.doors = all_doors
        slack.doors, slack.retry_after = slack.doors[1:2], (0.02, 0.05, 0.1)
        dice = random.Random(profile.seed)  # noqa: S311  # which calls are slow, not a secret
        slack._api.faults.append(Chance("chat.postMessage", delay=SLOW, odds=HALF, dice=dice))
        each_lives = max(1, profile.lives // len(town.staff))

        async def living(user: str) -> None:
            for number in range(each_lives):
                await a_life(town, user, f"Student {number} of {user}", history, TWO)

        await asyncio.gather(*(living(user) for user in town.staff))
        await town.quiet(5.0)
        waiting = await town.sql("SELECT count(*) FROM outbox WHERE done_at IS NULL AND \"to\" <> ''")
        return [
            told(LINE, "clocks", ", ".join(OFF)),
            count(LINE, "signed requests refused by clocks that are off", 2, refused.count(UNAUTHORIZED)),
            count(LINE, "cards that still wait", 0, waiting[0][0]),
            *await judged(town, history, TWO, LINE),
        ]


def _clock(off: str) -> dict[str, str]:
    """A clock that is off, by Debian's faketime: the process itself knows nothing of it."""
    library = next((str(path) for place in PLACES if (path := Path(place) / FAKER).exists()), None)
    if library is None:
        pytest.skip("no libfaketime here (Debian: apt install faketime)")
    return {"LD_PRELOAD": library, "FAKETIME": off, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
