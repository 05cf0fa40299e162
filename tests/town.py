"""A workspace of the loopback Slack with the cast in it, and the real bot that serves it: what stories of Slack are played in."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.loopback.slack import Delivery, Json, LoopbackSlack, Message, View
from tests.served import SLACK_IDS, Served

DISTRICT = "west-st-francois-r4"
QUESTION = "Can I text my players from my own phone?"
DANA, LEE, MARIA, NGOZI, RAVI, HELEN = "UDANA", "ULEE", "UMARIA", "UNGOZI", "URAVI", "UHELEN"
FORM: Json = {"activity": "Varsity soccer", "channel": "text messages", "reason": "Bus times change on the way", "unavailable": ["yes"]}


@dataclass
class Town:
    """The workspace, and the process that serves it."""

    slack: LoopbackSlack
    served: Served

    async def asked(self, user: str, words: str = QUESTION) -> Message:
        """Somebody asks; return the answer."""
        said = await self.slack.says(user, words)
        return await self.answered(user, said)

    async def answered(self, user: str, said: Delivery) -> Message:
        """The answer to what was said, once it is there."""
        return (await self.slack.until(lambda: self.answers_to(user, said)))[0]

    def answers_to(self, user: str, said: Delivery) -> list[Message]:
        """Every answer to what was said."""
        thread = said.payload["event"]["ts"]
        return [one for one in self.slack.answers(user) if one.thread_ts == thread]

    async def form(self, user: str) -> View:
        """A form for approval, filled in by nobody yet."""
        await self.slack.presses(user, await self.asked(user), label="Ask for approval")
        return await self.slack.until(lambda: view if (view := self.slack.modal(user)) and view.callback_id == "request" else None)

    async def requested(self, user: str, students: str, decider: str = MARIA) -> Message:
        """Somebody asks for approval; return the card of whoever decides."""
        sent = await self.slack.submits(user, await self.form(user), FORM | {"students": students})
        assert (sent.errors, sent.trouble) == ({}, None)
        await self.slack.closes(user, await self.slack.until(lambda: self.slack.modal(user)), everything=True)
        return await self.said(decider, students)

    async def said(self, user: str, words: str, seconds: float = 60) -> Message:
        """The newest message to this person that says so, once it is there."""
        slack = self.slack
        return (await slack.until(lambda: [one for one in slack.answers(user) if words in slack.text_of(one)], timeout=seconds))[-1]

    def now(self, message: Message) -> Message:
        """The message as it stands now."""
        return self.slack.message(message.channel, message.ts)

    def labels(self, message: Message) -> list[str]:
        """What can be pressed on the message as it stands now."""
        return [label for label, _, _ in self.slack.buttons(self.now(message))]

    def outcomes(self, user: str) -> list[Message]:
        """The cards that tell this person of a decision."""
        return [one for one in self.slack.answers(user) if self.key(one).startswith("outcome:")]

    def key(self, message: Message) -> str:
        """The key under which the bot posted it; nothing if it has none."""
        return str(self.slack.metadata_of(message).get("key", ""))

    def doubled(self) -> list[str]:
        """The keys of answers and cards that stand somewhere more than once."""
        counted = Counter(key for one in self.slack.messages if not one.deleted and (key := self.key(one)))
        return [key for key, times in counted.items() if times > 1]

    def told(self, user: str) -> str:
        """Everything that stands before this person: messages, what only they see, and modals."""
        slack = self.slack
        shown: list[Message | View] = [*slack.answers(user), *slack.whispers(user), *slack.modals.get(user, [])]
        return "\n".join(slack.text_of(one) for one in shown)

    async def quiet(self, seconds: float = 1.5) -> None:
        """Wait until Slack has not been called for so long: whatever was to come twice has come."""
        before = -1
        while before != len(self.slack.calls):
            before = len(self.slack.calls)
            await asyncio.sleep(seconds)

    def rows(self, statement: str, *values: str) -> list[Any]:
        """What stands in the database, behind the bot's back."""
        with closing(sqlite3.connect(self.served.folder / "served.db")) as database:
            return database.execute(statement, values).fetchall()

    async def ready(self) -> int:
        """The status of /readyz."""
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{self.served.port}/readyz") as answer:
            return answer.status


@asynccontextmanager
async def a_town(folder: Path, way_in: str = "http", **settings: str) -> AsyncIterator[Town]:
    """The cast, the bot, and the way between them: "http", or "socket"."""
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url}
        way = {"SLACK_APP_TOKEN": slack.app_token} if way_in == "socket" else {"SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(folder, DISTRICT, tokens | way | settings) as served:
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events" if way_in == "http" else None
            yield Town(slack, served)


async def two_supervisors(town: Town) -> None:
    """Give Dana and Lee a second supervisor, the assistant principal: either may decide."""
    people = town.served.folder / "people.csv"
    lines = people.read_text().splitlines()
    twice = [line.replace("maria.ortiz@", "ngozi.okafor@") for line in lines if line.startswith(("dana", "lee"))]
    people.write_text("\n".join([*lines, *twice]) + "\n")
    assert await town.served.runs("people", "import", "people.csv", "--district", DISTRICT) == 0
