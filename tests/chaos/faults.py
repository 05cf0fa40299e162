"""A Slack that fails by chance, and whoever kills processes: the nemesis. Not here: what is judged (checker.py)."""

import asyncio
import random
from dataclasses import dataclass, field

from tests.chaos.cluster import Cluster, Doors
from tests.loopback.slack.faults import Fault

AFTER_ACCEPTANCE = 0.3  # of the kills fall right after Slack took a message that nobody noted yet
LATE = 12.0  # seconds: longer than the bot waits for an answer


@dataclass
class Chance(Fault):
    """Meets a call now and then."""

    odds: float = 0.0
    dice: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311  # where faults fall, not a secret

    def meets(self, method: str, channels: set[str]) -> bool:
        if self.method not in {"*", method} or self.dice.random() >= self.odds:
            return False
        self.met += 1
        return True


def flaky(slack: Doors, dice: random.Random, late: float) -> list[Fault]:
    """5 % 500, 3 % 429, 1 % each cut before and after, and some messages that are taken when the sender has given up waiting."""
    plan: list[Fault] = [
        Chance("*", status=500, odds=0.05, dice=dice),
        Chance("*", status=429, retry_after=1, odds=0.03, dice=dice),
        Chance("*", drop="before", odds=0.01, dice=dice),
        Chance("*", drop="after", odds=0.02, dice=dice),
        Chance("chat.postMessage", delay=LATE, odds=late, dice=dice),
    ]
    slack._api.faults.extend(plan)
    return plan


async def kill_again_and_again(town: Cluster, kills: int, dice: random.Random) -> int:
    """Kill any replica at any moment, and start it again; return how many died right after Slack had taken a message."""
    worst, starting = 0, dict[int, asyncio.Task[None]]()
    for _ in range(kills):
        number = dice.choice([one for one in range(len(town.replicas)) if one not in starting])
        if dice.random() < AFTER_ACCEPTANCE:
            before = len(town.slack.messages)
            try:
                await town.slack.until(lambda before=before: len(town.slack.messages) > before, timeout=1.0)  # type: ignore[misc]
                worst += 1
            except AssertionError:  # nobody said anything for a while
                pass
        else:
            await asyncio.sleep(dice.uniform(0.05, 0.9))
        await town.dies(number)
        starting[number] = asyncio.create_task(town.replicas[number].start())
        if len(starting) == len(town.replicas):  # one of them always serves, unless there is only one
            await asyncio.wait(starting.values(), return_when=asyncio.FIRST_COMPLETED)
        starting = {one: task for one, task in starting.items() if not task.done() or task.result()}
    await asyncio.gather(*starting.values())
    return worst
