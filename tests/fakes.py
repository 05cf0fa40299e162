"""Stand-ins for the ports that reach outside: a chat that keeps what it was given, and one that is away. Never for storage."""

import asyncio
from dataclasses import dataclass, field

from handlers.cards import Card
from handlers.obstacles import Obstacle
from handlers.people import Address
from handlers.ports import CannotDeliver, Chat


@dataclass
class KeepingChat(Chat):
    """Keeps each message as its reader sees it now; a key that comes twice is one message."""

    messages: dict[str, tuple[Address, Card]] = field(default_factory=dict)
    away: list[CannotDeliver] = field(default_factory=list)
    shared: dict[str, str] = field(default_factory=dict)
    unreachable: dict[str, Obstacle] = field(default_factory=dict)  # by user
    vanished: set[str] = field(default_factory=set)  # messages that can no longer be rewritten
    slow: dict[str, asyncio.Event] = field(default_factory=dict)  # by user: nothing is posted before that
    rewritten: list[str] = field(default_factory=list)  # messages, as often as they were
    unheard: set[str] = field(default_factory=set)  # users: the next message to them arrives, and we hear no more of it

    async def post(self, to: Address, card: Card, key: str, beneath: str = "", shared: str = "", *, again: bool = False) -> str:
        """Keep the card as a new message, unless the chat is away."""
        self._perhaps_away()
        if to.user in self.unreachable:
            raise CannotDeliver("nobody there", permanent=True, obstacle=self.unreachable[to.user])
        if to.user in self.slow:
            await self.slow[to.user].wait()
        self.messages.setdefault(key, (to, card))
        self.shared[key] = shared
        if to.user in self.unheard:
            self.unheard.remove(to.user)
            raise CannotDeliver("cut off", permanent=False, after=0.0)
        return key

    async def update(self, to: Address, message: str, card: Card) -> None:
        """Rewrite a message in its place."""
        self._perhaps_away()
        if message in self.vanished:
            raise CannotDeliver("no such message", permanent=True, obstacle=Obstacle.vanished)
        self.messages[message] = (to, card)
        self.rewritten.append(message)

    def of(self, email: str) -> list[Card]:
        """Return what this person sees, oldest first."""
        return [card for to, card in self.messages.values() if to.user == email]

    def _perhaps_away(self) -> None:
        if self.away:
            raise self.away.pop(0)
