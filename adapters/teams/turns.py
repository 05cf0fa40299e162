"""What is done with what was said, pressed and sent in Teams: who it was, what the desk says to it. Not here: how it is shown."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from weakref import WeakValueDictionary

from adapters.teams import form
from adapters.teams.activity import Heard, Invoked, Kind, Sender
from adapters.teams.once import NAMED
from adapters.teams.people import TeamsPeople
from adapters.teams.refs import TeamsRef
from handlers import actions
from handlers.actions import Pressed, Said, Submitted, View
from handlers.cards import Card, Faults, Open, Reply, Say, Whisper
from handlers.desk import Desk
from handlers.people import Person

COMMAND = "/hallpass"
LISTS = {"mine": View.mine, "inbox": View.inbox}
HELP = ("", "help", "ask")  # the last as the command menu writes it, with no question yet
REQUEST, DELEGATE, ASK = "request", "delegate", "ask "
MOST = 10  # cards of a list at once
CHAT = timedelta(minutes=30)  # a chat has no threads: what comes after so long a silence is a new question


@dataclass(frozen=True, slots=True)
class Replied:
    """What a button or a form came to; `form` with what was typed stays open where something has to be mended."""

    reply: Reply
    form: Open | None = None
    typed: Mapping[str, str] | None = None


class Turns:
    """One thing said, pressed or sent at a time."""

    def __init__(self, desk: Desk, people: TeamsPeople) -> None:
        self._desk, self._people = desk, people
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def heard(self, heard: Heard) -> tuple[Reply, ...]:
        """Answer words; two messages of one conversation in their order, for the second builds on the first."""
        async with self._turn(f"{heard.ref.target}:{heard.sender.id}"):
            person = await self._people.at(heard.sender)
            if person is None:
                return (await self._stranger(heard.ref, heard.sender),)
            words = heard.text.removeprefix(COMMAND).strip()
            if (command := words.casefold()) in LISTS:
                return await self._listed(LISTS[command], person)
            if command in HELP:
                return (Say(_card(self._desk.help()), f"help:{heard.activity}"),)
            if command == DELEGATE:
                return (Whisper(await self._desk.standing(person)),)
            if command.startswith(ASK):
                return (await self._asked(words[len(ASK) :], heard, person),)
            return (await self._told(words, heard, person),)

    def begins(self, heard: Heard) -> bool:
        """Whether these words only begin a request: the form's first question follows."""
        return heard.text.removeprefix(COMMAND).strip().casefold() == REQUEST

    async def began(self, ref: TeamsRef, activity: str, sender: Sender) -> Reply:
        """Let somebody say what she wants, or choose what she may start."""
        person = await self._people.at(sender)
        if person is None:
            return await self._stranger(ref, sender)
        return await self._desk.press(Pressed(actions.Begin(actions.EVERYTHING), delivery_of(ref, activity)), person)

    async def asked(self, words: str, invoked: Invoked) -> Reply:
        """Answer a question of its own, for the person alone."""
        person = await self._people.at(invoked.sender)
        if person is None:
            return await self._stranger(invoked.ref, invoked.sender)
        return await self._alone(words, delivery_of(invoked.ref, invoked.activity), person)

    async def pressed(self, data: Mapping[str, Any], activity: str, ref: TeamsRef, sender: Sender) -> Replied:
        """Do what a button says, or take a form that was filled in."""
        person = await self._people.at(sender)
        if person is None:
            return Replied(await self._stranger(ref, sender))
        action, values = form.sent(str(data.get("verb", "")).partition(".")[0], data)
        delivery = delivery_of(ref, activity)
        if action is None:
            return Replied(self._desk.unknown())
        if data.get("form") == form.BACK:
            return Replied(await self._desk.again(action, person), typed={})  # whatever it says takes the form's place
        if values is None:
            return Replied(await self._desk.press(Pressed(action, delivery), person))
        return await self._submitted(action, values, delivery, person)

    async def _asked(self, words: str, heard: Heard, person: Person) -> Reply:
        """Answer a question under the command: for the person alone, wherever it stands."""
        if heard.kind is Kind.personal or not heard.text.startswith(COMMAND):
            return await self._told(words, heard, person)
        reply = await self._alone(words, delivery_of(heard.ref, heard.activity), person)
        return Whisper(_card(reply))

    async def _told(self, words: str, heard: Heard, person: Person) -> Reply:
        lasts = None if heard.ref.thread else CHAT
        return await self._desk.hear(Said(words, _thread(heard), delivery_of(heard.ref, heard.activity), lasts, NAMED), person)

    async def _alone(self, words: str, delivery: str, person: Person) -> Reply:
        return await self._desk.hear(Said(words, f"alone:{delivery}", delivery), person)

    async def seen(self, posted: str, sender: Sender) -> Replied:
        """Draw a card anew; nobody pressed anything, so nobody's e-mail is looked up for it."""
        person = await self._people.at(sender)
        return Replied(self._desk.stranger() if person is None else await self._desk.see(posted, person), typed={})

    async def _submitted(self, action: actions.Action, values: Mapping[str, str], delivery: str, person: Person) -> Replied:
        reply = await self._desk.submit(Submitted(action, values, delivery), person)
        if not isinstance(reply, Faults):
            return Replied(reply, typed=values)
        again = await self._desk.press(Pressed(action, f"{delivery}.again"), person)
        return Replied(reply, again, values) if isinstance(again, Open) else Replied(again)

    async def _listed(self, view: View, person: Person) -> tuple[Reply, ...]:
        cards = await self._desk.look(view, person)
        return tuple(Whisper(card) for card in cards[:MOST]) or (self._desk.nothing(view),)

    async def _stranger(self, ref: TeamsRef, sender: Sender) -> Reply:
        return self._desk.stranger(await self._people.perhaps(ref, sender))

    def _turn(self, conversation: str) -> asyncio.Lock:
        return self._locks.setdefault(conversation, asyncio.Lock())  # gone as soon as nobody holds it


def _thread(heard: Heard) -> str:
    """A channel's thread is a conversation of its own; a chat goes on and on, and the short memory of it ends by itself."""
    return heard.ref.target if heard.kind is not Kind.channel or heard.ref.thread else f"{heard.ref.target}:{heard.activity}"


def delivery_of(ref: TeamsRef, activity: str) -> str:
    """Activity ids are unique in a conversation."""
    return f"teams:{ref.conversation}:{activity}"


def _card(reply: Reply) -> Card:
    return reply.card if isinstance(reply, Say | Whisper) else Card("")
