"""Line 4: every delivery four times at the same moment, on PostgreSQL each to another replica: the same as once."""

import asyncio
from math import isfinite
from pathlib import Path

from tests.chaos.checker import judged
from tests.chaos.cluster import a_cluster
from tests.chaos.figures import Figures, count, none_of, told
from tests.chaos.profile import Profile
from tests.lives import TWO, History, a_life

LINE, COPIES, LONGEST = 4, 4, 20.0


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    """With the address of a PostgreSQL database there are three processes."""
    async with a_cluster(folder, replicas=3 if url else 1, url=url, people=profile.people) as town:
        slack, history = town.slack, History()
        slack.copies, slack.patience = COPIES, slack.patience * min(profile.stretch, LONGEST)
        each = max(1, profile.lives // len(town.staff))

        async def living(user: str) -> None:
            for number in range(each):
                await a_life(town, user, f"Student {number} of {user}", history, TWO)

        await asyncio.gather(*(living(user) for user in town.staff))
        await town.quiet(3.0)
        requests = await town.sql("SELECT count(*) FROM requests")
        decided = await town.sql("SELECT count(*) FROM record WHERE what = 'approved'")
        lives = each * len(town.staff)
        slow = [one for one in slack.statuses_told if one is None or one >= 500]  # nothing kept within Slack's time is no answer either
        said = [len([found for found in town.answers_to(user, one) if town.key(found)]) for user, one in history.questions]
        return [
            told(LINE, "deliveries", str(len(slack.statuses_told))),
            none_of(LINE, "answered 5xx, or not at all", slow if isfinite(profile.stretch) else []),
            none_of(LINE, "never acknowledged", [one.kind for one in slack.deliveries if one.status != 200]),
            none_of(LINE, "broke", [line for line in town.logs().splitlines() if "what came from Slack broke" in line]),
            count(LINE, "requests", lives, requests[0][0]),
            count(LINE, "decisions", lives * len(TWO.deciders), decided[0][0]),
            none_of(LINE, "questions not answered exactly once", [times for times in said if times != 1]),
            *await judged(town, history, TWO, LINE),
        ]
