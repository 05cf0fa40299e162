"""The desk's reply, handed to Slack: into the thread, to one person alone, or as a modal. Not here: what people say and press."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import replace
from typing import assert_never

from adapters.slack import mending, modal
from adapters.slack.chat import SlackChat
from adapters.slack.draw import Json, draw
from adapters.slack.people import Sender
from adapters.slack.place import Place
from handlers.cards import Card, Faults, Open, Reply, Say, Whisper
from handlers.desk import Desk
from handlers.ports import CannotDeliver

log = logging.getLogger(__name__)


class Hands:
    """What comes back from the desk, and where it goes."""

    def __init__(self, chat: SlackChat, desk: Desk) -> None:
        self._chat, self._desk = chat, desk

    async def over(self, reply: Reply, place: Place, sender: Sender, trigger: str = "") -> None:
        """Hand a reply over; `trigger` opens a modal within three seconds of what was pressed."""
        match reply:
            case Say(card, key, ours) if not place.private:
                await self._chat.say(place, card, key, sender.user, ours=ours)
                await self._chat.agent.entitle(place, card.title)
            case Open(form):
                await self._open(modal.draw_form(form, str(place)), trigger, place, sender)
            case Say() | Whisper():
                await self.whisper(reply, place, sender)
            case Faults():
                raise TypeError(reply)  # only a form that was sent has faults, and it is answered in place
            case _:
                assert_never(reply)

    async def whisper(self, reply: Reply, place: Place, sender: Sender) -> None:
        """Tell the person alone."""
        await self._chat.whisper(place, sender.user, card_of(reply))

    async def sorry(self, place: Place, sender: Sender) -> None:
        """Tell the person that it is our fault."""
        await self.whisper(self._desk.broke(), place, sender)

    async def while_reading(self, answering: asyncio.Future[Reply], place: Place) -> None:
        """Show that we are at it, where the answer takes a moment."""
        await self._chat.agent.while_reading(answering, place)

    async def _open(self, view: Json, trigger: str, place: Place, sender: Sender) -> None:
        """A trigger lives for three seconds, ours and Slack's together: whoever comes too late is told to press again."""
        try:
            await self._chat.call("views.open", trigger_id=trigger, view=view)
        except CannotDeliver as why:
            log.warning("form not opened: %s", why)
            await self.whisper(self._desk.too_slow(), place, sender)

    async def wait(self, trigger: str) -> Json:
        """Open a modal that asks for a moment; return it as Slack keeps it."""
        answer = await self._chat.call("views.open", trigger_id=trigger, view=modal.waiting())
        view: Json = answer["view"]
        return view

    async def into(self, working: Awaitable[Reply], view: Json, place: Place, sender: Sender) -> None:
        """Put into a modal that is open what comes of the work, once it is done."""
        reply = await working
        try:
            await self._chat.call("views.update", view_id=view["id"], view=_shown(reply, view, place))
        except CannotDeliver:  # she closed it meanwhile
            if isinstance(reply, Whisper | Faults):
                await self.whisper(self._desk.not_sent(reply) if isinstance(reply, Faults) else reply, place, sender)
        if isinstance(reply, Say):
            await self.over(reply, place, sender)


def _shown(reply: Reply, view: Json, place: Place) -> Json:
    """`view` is the modal that was sent, where one was: only then are there faults."""
    match reply:
        case Open(form):
            return modal.draw_form(form, str(place))
        case Faults(sentences):
            return mending.again(view, sentences)
        case Say(card) | Whisper(card):
            return told(card)
        case _:
            assert_never(reply)


def card_of(reply: Reply) -> Card:
    """Return the one card of a reply to words; no form comes of them."""
    match reply:
        case Say(card) | Whisper(card):
            return card
        case Open() | Faults():
            raise TypeError(reply)
        case _:
            assert_never(reply)


def told(card: Card) -> Json:
    """Return a card as a modal that only tells it; what can be pressed stands in the messages."""
    return modal.told(card.title, draw(replace(card, buttons=()))["blocks"])
