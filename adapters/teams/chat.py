"""The way out to Teams: cards posted, rewritten and said where somebody asked. Not here: how a card looks, what a refusal means.

Teams has no way to look a message up, so one whose fate is unknown is sent again: twice is better than never.
"""

import asyncio
from collections.abc import Awaitable, Callable

from adapters.patience import patiently
from adapters.teams.aside import Asides
from adapters.teams.carry import carried
from adapters.teams.connector import NotFound
from adapters.teams.draw import Json, message
from adapters.teams.gateway import TeamsGateway
from adapters.teams.once import Once
from adapters.teams.refs import TeamsRef
from handlers.cards import Card, Text
from handlers.obstacles import Obstacle
from handlers.people import Address, Platform
from handlers.ports import CannotDeliver, Chat, Clock, Store, Work

CANNOT = Card("I cannot write to you alone yet.", (Text("Please add me to your own chats, and ask me again there."),))
APART = "@"  # between a message's id and where it stands; ids hold no such sign


class TeamsChat(Chat):
    """One bot, in the tenants that may talk to it."""

    def __init__(self, gateway: TeamsGateway, store: Store, clock: Clock) -> None:
        self._gateway, self._store, self._clock = gateway, store, clock
        self._known: dict[Address, str] = {}  # what is kept of a reader, so that it is not written again at each word
        self._once = Once(store)
        self._asides = Asides(gateway)

    async def meet(self, reader: Address, ref: TeamsRef) -> bool:
        """Keep where this reader is talked to alone; say whether that is news."""
        if self._known.get(reader) == str(ref):
            return False
        first = await self._store.write(_meet, reader, str(ref), self._clock())
        self._known[reader] = str(ref)
        return first

    async def part(self, reader: Address) -> None:
        """Forget where this reader was talked to: the app was taken away."""
        self._known.pop(reader, None)
        await self._store.write(lambda work: work.conversations.drop(reader))

    async def post(self, to: Address, card: Card, key: str, beneath: str = "", shared: str = "", *, again: bool = False) -> str:  # noqa: ARG002  # what Teams cannot do
        """Post the card to the person's own chat; return where it stands. There are no threads there, and no department's channel."""
        ref = await self.alone(to)
        try:
            return f"{await self._gateway.send(ref, carried(card, ref.user))}{APART}{ref}"
        except NotFound:  # the conversation that we knew is gone: there may be another
            await self.part(to)
        ref = await self.alone(to, ref.service_url)
        return f"{await self._gateway.send(ref, carried(card, ref.user))}{APART}{ref}"

    async def update(self, to: Address, message: str, card: Card) -> None:  # noqa: ARG002  # the message says where it stands
        """Rewrite a card where it stands, for everybody who sees it."""
        activity, _, row = message.partition(APART)
        await self.rewrite(TeamsRef.read(row), activity, card)

    async def rewrite(self, ref: TeamsRef, activity: str, card: Card) -> None:
        """Rewrite a message of ours. Raises CannotDeliver."""
        await self._gateway.update(ref, activity, carried(card, ref.user))

    async def say(self, ref: TeamsRef, card: Card, key: str, *, ours: bool = False) -> None:
        """Answer where it was asked, once for each key however often it is asked; waits out whatever passes."""
        said = carried(card)
        await self._once.do(key, lambda: patiently(lambda: self._gateway.send(ref, said)), ours=ours)

    def is_saying(self, key: str) -> bool:
        """Say whether an answer is on its way at this moment, or waits until Teams takes it."""
        return self._once.is_under_way(key)

    async def once(self, key: str, work: Callable[[], Awaitable[object]]) -> None:
        """Do what answers a delivery, unless it was done before."""

        async def done() -> bool:
            await work()
            return True

        await self._once.do(key, done)

    async def whisper(self, reader: Address, ref: TeamsRef, card: Card, member: str = "") -> None:
        """Tell one person: aside, where they spoke before others as this `member` (29:…), else in their own chat.

        Where that cannot be opened nobody else hears it either.
        """
        if not await self._asides.told(ref, member, card):
            await self._tell(reader, ref, carried(card))

    async def tell(self, reader: Address, ref: TeamsRef, card: Json, summary: str) -> None:
        """Say something to one person, in their own chat; where that cannot be, say so where it was asked, and nothing of what it is."""
        await self._tell(reader, ref, message(card, summary))

    async def _tell(self, reader: Address, ref: TeamsRef, said: Json) -> None:
        async def send() -> None:
            await self._gateway.send(await self.alone(reader, ref.service_url), said)

        if not await patiently(send):
            await patiently(lambda: self._gateway.send(ref, carried(CANNOT)))

    async def alone(self, reader: Address, near: str = "") -> TeamsRef:
        """Return where this person is talked to alone, opened where it is not known yet. Raises CannotDeliver.

        `near` is a service URL of the same tenant.
        """
        row, anywhere = await self._store.read(_where, reader)
        if row:
            return TeamsRef.read(row)
        near = near or (TeamsRef.read(anywhere).service_url if anywhere else "")
        if not near:
            why = "nobody of the tenant has talked to us yet, so Teams has not said where it is reached"
            raise CannotDeliver(why, permanent=True, obstacle=Obstacle.uninstalled)
        ref = await self._gateway.open_personal(reader.tenant, reader.user, near)
        await self.meet(reader, ref)
        return ref

    async def working(self, ref: TeamsRef) -> None:
        """Show that an answer is being worked on, as far as Teams lets us."""
        async with asyncio.timeout(1):
            await self._gateway.typing(ref)

    async def put(self, ref: TeamsRef, card: Json, summary: str) -> None:
        """Say something as a card that is drawn already. Raises CannotDeliver."""
        await self._gateway.send(ref, message(card, summary))


def _meet(work: Work, reader: Address, row: str, at: object) -> bool:
    first = work.conversations.of(reader) is None
    work.conversations.keep(reader, row, at)  # type: ignore[arg-type]
    return first


def _where(work: Work, reader: Address) -> tuple[str | None, str | None]:
    return work.conversations.of(reader), work.conversations.newest(Platform.teams, reader.tenant)
