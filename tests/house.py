"""A house to play scenes in: real SQLite, a real pack, the real desk and courier, and a chat that keeps its messages."""

import asyncio
import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import text

from bot.loops import Courier
from handlers.actions import Action, Pressed, Said, Submitted, View
from handlers.cards import Card, Faults, Form, Open, Reply, Say, Whisper
from handlers.desk import Desk
from handlers.people import Person
from handlers.policy.facts import Facts
from handlers.policy.understand.reading import Reading
from handlers.ports import Store, Work
from storage.packs import DiskPacks
from tests.fakes import KeepingChat
from tests.samples import NOON


@dataclass
class House:
    """Everything a test needs to play a scene."""

    store: Store
    desk: Desk
    chat: KeepingChat
    courier: Courier
    packs: DiskPacks
    understood: dict[str, Reading] = field(default_factory=dict)
    adding_up: bool = False
    woken: int = 0
    later: timedelta = timedelta()
    _deliveries: "itertools.count[int]" = field(default_factory=itertools.count)
    _minutes: "itertools.count[int]" = field(default_factory=itertools.count)

    def clock(self) -> datetime:
        """A minute later at each look, so that the record has an order to show."""
        return self.now + timedelta(minutes=next(self._minutes))

    @property
    def now(self) -> datetime:
        """What the store's clock says."""
        return NOON + self.later

    def waits_until(self, moment: datetime) -> None:
        """Let the time be no earlier than this moment from now on."""
        self._minutes = itertools.count(int((moment - NOON).total_seconds() // 60))

    def means(self, words: str, facts: Facts) -> str:
        """Let these words mean these facts: what understanding does is tested elsewhere."""
        self.understood[words] = Reading(facts, understood=True)
        return words

    def adds_up(self) -> None:
        """Let a turn's facts count beside those of the turns before it, as real understanding does."""
        self.adding_up = True

    async def says(self, who: Person, words: str, thread: str = "t1", delivery: str = "") -> Reply:
        """Somebody writes in a thread."""
        return await self.desk.hear(Said(words, thread, delivery or self.delivery()), who)

    async def presses(self, who: Person, action: Action, delivery: str = "") -> Reply:
        """Somebody presses a button."""
        return await self.desk.press(Pressed(action, delivery or self.delivery()), who)

    async def sends(self, who: Person, action: Action, values: dict[str, str], delivery: str = "") -> Reply:
        """Somebody sends a form."""
        return await self.desk.submit(Submitted(action, values, delivery or self.delivery()), who)

    async def looks(self, who: Person, view: View) -> tuple[Card, ...]:
        """Somebody looks up a view."""
        return await self.desk.look(view, who)

    async def post_is_out(self) -> None:
        """Wait until everything that was put has left."""
        while await self.courier.round():  # noqa: ASYNC110  # the courier tells nobody of it
            await asyncio.sleep(0.001)

    async def time_passes(self, span: timedelta) -> None:
        """Let so much time pass for everything at once, the database's clock too, then what is due be done."""
        self.later += span
        await self.store.write(_nearer, span)
        await self.post_is_out()

    async def until(self, moment: datetime) -> None:
        """Let time pass until then."""
        await self.time_passes(moment - self.now)

    def sees(self, who: Person) -> list[Card]:
        """What stands in somebody's thread now."""
        return self.chat.of(who.addresses[0].user)

    def delivery(self) -> str:
        """The id of one more event of the platform."""
        return f"delivery-{next(self._deliveries)}"


def _nearer(work: Work, span: timedelta) -> None:
    """A database's clock cannot be moved: what waits comes nearer instead."""
    there = work.outbox._connection  # type: ignore[attr-defined]
    moved = {
        "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', available_at, :seconds || ' seconds')",
        "postgresql": "available_at + CAST(:seconds || ' seconds' AS interval)",
    }
    nearer = f"UPDATE outbox SET available_at = {moved[there.dialect.name]} WHERE done_at IS NULL"  # noqa: S608  # ours, both
    there.execute(text(nearer), {"seconds": f"{-span.total_seconds():.3f}"})


def button(card: Card, begins: str) -> Action:
    """Return what the card's button with this label does."""
    return next(one.action for one in card.buttons if one.label.startswith(begins))


def said(reply: Reply) -> Card:
    """Return the card of an answer in the thread."""
    assert isinstance(reply, Say)
    return reply.card


def whispered(reply: Reply) -> Card:
    """Return the card that only the person who pressed sees."""
    assert isinstance(reply, Whisper)
    return reply.card


def opened(reply: Reply) -> Form:
    """Return the form that opens."""
    assert isinstance(reply, Open)
    return reply.form


def faulty(reply: Reply) -> dict[str, str]:
    """Return what is wrong in a form that stays open, by field."""
    assert isinstance(reply, Faults)
    return dict(reply.sentences)
