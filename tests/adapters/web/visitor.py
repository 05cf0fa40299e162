"""Somebody with a browser at the page, and a desk that replies what the test says, since the real one has its own tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp.test_utils import BaseTestServer

from handlers.actions import Pressed, Said, Submitted, View
from handlers.cards import Card, Reply, Text, Whisper
from handlers.people import Person
from tests.samples import MAPLE_GROVE


@dataclass
class ScriptedDesk:
    """Replies what it was told to, and keeps what it was asked."""

    reply: Reply | Exception = field(default_factory=lambda: Whisper(Card("Noted.", (Text("Nothing was changed."),))))
    cards: tuple[Card, ...] = ()
    asked: list[tuple[Said | Pressed | Submitted | View, Person]] = field(default_factory=list)

    async def hear(self, said: Said, actor: Person) -> Reply:
        return self._replied(said, actor)

    async def press(self, pressed: Pressed, actor: Person) -> Reply:
        return self._replied(pressed, actor)

    async def submit(self, submitted: Submitted, actor: Person) -> Reply:
        return self._replied(submitted, actor)

    async def look(self, view: View, actor: Person) -> tuple[Card, ...]:
        self.asked.append((view, actor))
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.cards

    async def standing(self, actor: Person) -> Card:
        return Card(f"Nobody stands in for {actor.name}.")

    def unknown(self) -> Reply:
        return Whisper(Card("I do not know that button."))

    def _replied(self, what: Said | Pressed | Submitted, actor: Person) -> Reply:
        self.asked.append((what, actor))
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


@dataclass
class Visitor:
    """Somebody with a browser at the page."""

    server: BaseTestServer
    session: aiohttp.ClientSession

    async def sends(self, path: str, **body: object) -> tuple[int, Any]:
        """Send a body as the page does, from the staff member's chair unless it says otherwise."""
        whole = {"district": MAPLE_GROVE, "seat": "staff", "delivery": "d1", **body}
        return await self.posts(path, aiohttp.JsonPayload(whole))

    async def posts(self, path: str, data: Any, *, origin: str | None = "") -> tuple[int, Any]:
        """Send any bytes; an empty origin means the page's own."""
        headers = {} if origin is None else {"Origin": origin or str(self.server.make_url("")).rstrip("/")}
        async with self.session.post(self.server.make_url(path), data=data, headers=headers) as response:
            return response.status, await response.json()

    async def reads(self, path: str, query: Mapping[str, str] = {}, host: str | None = None) -> tuple[int, Any]:  # never changed
        """Read from an address of the page."""
        headers = {} if host is None else {"Host": host}
        async with self.session.get(self.server.make_url(path), params=query, headers=headers) as response:
            return response.status, await response.json()

    async def thread(self, seat: str = "staff") -> list[str]:
        """What stands in the chair's thread, oldest first."""
        _, found = await self.reads("/thread", {"district": MAPLE_GROVE, "seat": seat})
        return [message["html"] for message in found["messages"]]
