"""The real bot as one process or several on one database, behind one loopback Slack that takes each of its doors in turn. Not: faults."""

import asyncio
import contextlib
import itertools
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from tests.loopback.slack import Ack, Delivery, LoopbackSlack
from tests.loopback.slack.lines import HttpLine
from tests.served import CAST, DATABASE, SLACK_IDS, Served
from tests.storage.conftest import run_sql
from tests.town import DISTRICT, Town


class Doors(LoopbackSlack):
    """Brings things to each replica in turn; `copies` of each at the same moment, each to another one."""

    def __init__(self) -> None:
        super().__init__()
        self.doors: list[str] = []
        self.copies = 1
        self.turn = itertools.count()
        self.statuses_told: list[int | None] = []

    @property
    def _line(self) -> HttpLine:
        assert self._session
        return HttpLine(self, self._session, self.doors[next(self.turn) % len(self.doors)])

    async def _try(self, delivery: Delivery, retry: tuple[int, str | None]) -> Ack:
        lines = [self._line for _ in range(self.copies)]
        acks = await asyncio.gather(*(line.send(delivery, self.patience, retry, self._disguise) for line in lines))
        self.statuses_told += [one.status for one in acks]
        delivery.tries.append(acks[0])
        return acks[0]


@dataclass
class Cluster(Town):
    """A town that is served by replicas."""

    slack: Doors
    replicas: list[Served] = field(default_factory=list)
    staff: Sequence[str] = ()
    url: str = ""

    async def sql(self, statement: str) -> list[Any]:
        """What stands in the database, behind the bot's back."""
        return await run_sql(self.url, statement)

    async def dies(self, number: int, sign: signal.Signals = signal.SIGKILL) -> int:
        return await self.replicas[number].stop(sign)

    def logs(self) -> str:
        """Everything that any of them has logged."""
        return "\n".join(one.log.read_text(encoding="utf-8") for one in self.replicas if one.log and one.log.exists())


@asynccontextmanager
async def a_cluster(
    folder: Path,
    *,
    replicas: int = 1,
    url: str = "",
    people: int = 6,
    each: Mapping[int, Mapping[str, str]] | None = None,
    fresh: bool = False,
) -> AsyncIterator[Cluster]:
    """The cast and more staff; replicas need the address of a PostgreSQL database; `each` is more environment for some of them.

    `fresh` has them load their code themselves, where their weight counts.
    """
    ids, cast = crowd(people)
    async with Doors() as slack, contextlib.AsyncExitStack() as stack:
        for name, user in ids.items():
            slack.user(user, name=name.title())
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        keys |= {"DATABASE_URL": url} if url else {}
        served = []
        for number in range(replicas):
            more = {**keys, **(each or {}).get(number, {})}
            one = Served(folder, DISTRICT, more, slack=ids, cast=cast, log=folder / f"{number}.log", fresh=fresh)
            served.append(one)
            if number == 0:
                await stack.enter_async_context(one)
            else:
                stack.push_async_callback(one.stop, signal.SIGKILL)
        await asyncio.gather(*(one.start() for one in served[1:]))
        slack.doors = [f"http://127.0.0.1:{one.port}/slack/events" for one in served]
        slack.app_url = slack.doors[0]
        staff = tuple(ids[name] for name in ids if name.startswith(("dana", "lee")))
        place = make_url(url).render_as_string(hide_password=False) if url else f"sqlite:///{folder / DATABASE}"
        yield Cluster(slack, served[0], served, staff[:people], place)


def crowd(people: int) -> tuple[dict[str, str], str]:
    """The cast, with so many staff that `people` of them may live at once: each has an own place in the workspace."""
    lines, ids = CAST.read_text(encoding="utf-8").splitlines(), dict(SLACK_IDS)
    template = next(line for line in lines if line.startswith("dana"))
    for number in range(2, people):
        lines.append(template.replace("dana.", f"dana{number}.").replace("Dana ", f"Dana {number} "))
        ids[f"dana{number}"] = f"UDANA{number}"
    return ids, "\n".join(lines) + "\n"
