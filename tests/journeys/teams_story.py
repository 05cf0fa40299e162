"""What the stories in Teams share: a district whose people are there, and what is said since a story began. Not here: stories."""

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.loopback.teams import Delivery, LoopbackTeams, Message
from tests.served import SLACK_IDS, Served

QUESTION = "Can I text my players from my own phone?"
TWO_STAGES = "Can I use Discord to contact my students?"
FORM = {
    "students": "Ada Finch",
    "activity": "Varsity soccer",
    "channel": "text messages",
    "reason": "Bus times change on the way",
    "unavailable": "yes",
}
TWO_STAGE_FORM = {"students": "Ada Finch", "reason": "Homework", "channel": "a messaging app"}
CAST = tuple(SLACK_IDS)
DISTRICT = "west-st-francois-r4"
SENT = {"form": "sent"}
BACK = {"form": "back"}


@dataclass
class Story:
    """One Teams and the process that serves it; what was there before the story began is not looked at."""

    teams: LoopbackTeams
    served: Served
    folder: Path
    since: int = 0
    times: "itertools.count[int]" = field(default_factory=itertools.count)

    def begins(self) -> "Story":
        """From here on nothing that was said before counts."""
        self.since = len(self.teams.messages)
        self.teams.toasts.clear()
        self.teams.typing.clear()
        self.teams.heals()
        return self

    async def rests(self) -> "Story":
        """Wait until everything of the stories before has left, then begin."""
        await self.settles()
        return self.begins()

    async def settles(self) -> None:
        """Wait until everything has left, and that was kept."""
        async with asyncio.timeout(90):
            while self._waiting():  # noqa: ASYNC110  # another process: there is no event to wait for
                await asyncio.sleep(0.02)

    def _waiting(self) -> int:
        with sqlite3.connect(f"file:{self.folder}/served.db?mode=ro", uri=True) as database:
            return int(
                database.execute("SELECT count(*) FROM outbox WHERE done_at IS NULL AND dead_at IS NULL AND \"to\" <> ''").fetchone()[0]
            )

    def answers(self, person: str, in_: str | Message | None = None) -> list[Message]:
        """What Hallpass said there since the story began."""
        new = {id(one) for one in self.teams.messages[self.since :]}
        return [one for one in self.teams.answers(person, in_) if id(one) in new]

    def told(self, person: str, in_: str | Message | None = None) -> str:
        """All of it, and the few words beside buttons."""
        words = [self.teams.text_of(one, person) for one in self.answers(person, in_)]
        return "\n".join([*words, *self.teams.toasts.get(person, [])])

    async def said(self, person: str, words: str, in_: str | Message | None = None, patience: float = 60) -> Message:
        """The newest message to this person that says so, once it is there."""

        def found() -> list[Message]:
            return [one for one in self.answers(person, in_) if words in self.teams.text_of(one, person)]

        return (await self.teams.until(found, timeout=patience))[-1]

    def labels(self, message: Message, person: str | None = None) -> list[str]:
        """What can be pressed on a message."""
        return [label for label, _, _ in self.teams.buttons(message, person)]

    def toast(self, person: str) -> str:
        """The last words beside a button."""
        return self.teams.toasts[person][-1]

    async def asked(self, words: str = QUESTION, who: str = "dana", in_: str | Message | None = None) -> Message:
        await self.teams.says(who, words, in_)
        return await self.said(who, "approval", in_)

    async def sent(self, who: str = "dana", words: str = QUESTION, form: dict[str, str] | None = None) -> Delivery:
        """Somebody asks for approval, whoever gets it."""
        answer = await self.asked(words, who)
        await self.teams.presses(who, answer, "Ask for approval")
        sent = await self.teams.presses(who, answer, "Send request", filled=form or self.unlike())
        assert (sent.errors, sent.trouble) == ({}, None)
        return sent

    async def requested(self, who: str = "dana") -> Message:
        """The supervisor's card of a request unlike any other."""
        form = self.unlike()
        await self.sent(who, form=form)
        return await self.said("maria", form["reason"])

    def unlike(self) -> dict[str, str]:
        """The form filled in for a student of its own: the same one would be held up."""
        number = next(self.times)
        return FORM | {"students": f"{FORM['students']}{number}", "reason": f"{FORM['reason']}, time {number}"}

    async def form(self, person: str, message: Message, label: str, /, **filled: Any) -> Delivery:
        """Open a form in the message's place and send it."""
        await self.teams.presses(person, message, label)
        return await self.teams.presses(person, message, data=SENT, filled=filled)

    async def approved(self, who: str = "dana") -> tuple[Message, Message]:
        """Maria has approved; return her card, and the requester's own."""
        card = await self.requested(who)
        await self.teams.presses("maria", card, "Approve")
        await self.teams.until(lambda: self.labels(card) == ["Revoke"])
        own = await self.said(who, "Your request: ")
        await self.teams.until(lambda: "Renew" in self.labels(own))
        return card, own


@asynccontextmanager
async def a_story(
    folder: Path, *, installed: tuple[str, ...] = CAST, tenants: Mapping[str, str] | None = None, log: Path | None = None, **more: str
) -> AsyncIterator[Story]:
    """A district whose people are in Teams, with the app installed for some; some are in other tenants, where nobody has it."""
    other = tenants or {}
    async with LoopbackTeams() as teams:
        for name in CAST:
            teams.person(name, name=name.title(), tenant=other.get(name), installed=name in installed and name not in other)
        ids = {name: (teams.people[name].tenant, teams.people[name].aad_object_id) for name in CAST}
        allowed = {"TEAMS_ALLOWED_TENANTS": ",".join({teams.tenant, *other.values()})}
        async with Served(folder, DISTRICT, teams.settings() | allowed | more, teams=ids, log=log) as served:
            teams.app_url = f"http://127.0.0.1:{served.port}/api/messages"
            greeted = [name for name in installed if name not in other]
            for name in greeted:
                await teams.installs(name)
            await teams.until(lambda: all(map(teams.answers, greeted)), timeout=60)  # said beside the answer to what was installed
            yield Story(teams, served, folder)
