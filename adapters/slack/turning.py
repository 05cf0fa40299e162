"""A form in a modal, drawn anew when a field changes on which others hang. Not here: which fields those are, what a form asks.

Source: docs.slack.dev/reference/methods/views.update: what stands in an input that stays is kept, and a hash keeps old news out.
"""

import asyncio
import contextlib
from weakref import WeakValueDictionary

from adapters.slack import modal
from adapters.slack.chat import SlackChat
from adapters.slack.draw import Json
from adapters.slack.memory import forget_some
from adapters.slack.people import Sender, SlackPeople
from handlers.actions import Begin, Done, Pressed, Request
from handlers.cards import Open
from handlers.changing import ApproveChanged, Correct, Renew
from handlers.desk import Desk
from handlers.ports import CannotDeliver

PACKS_OWN = (
    Request,
    Begin,
    Done,
    Renew,
    ApproveChanged,
    Correct,
)  # whose forms have a pack's fields, some of them asked only at times


class Turning:
    """One change at a time in each modal, the newest last."""

    def __init__(self, desk: Desk, people: SlackPeople, chat: SlackChat) -> None:
        self._desk, self._people, self._chat = desk, people, chat
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._drawn: dict[str, tuple[float, str]] = {}  # by view: the change it shows, and its hash since

    async def turn(self, view: Json, at: float, trigger: str, sender: Sender) -> None:
        """Show the fields that are asked now; where the form is no longer offered, sending it will say why."""
        action, values, place = modal.sent(view)
        person = await self._people.at(sender)
        if person is None or not isinstance(action, PACKS_OWN):
            return
        lock = self._locks.setdefault(view["id"], asyncio.Lock())
        async with lock:
            newest, last = self._drawn.get(view["id"], (0.0, ""))
            if at < newest:
                return
            reply = await self._desk.press(Pressed(action, trigger), person)
            if isinstance(reply, Open):
                await self._draw(view, modal.draw_form(reply.form.filled(values), place), at, last)

    async def _draw(self, view: Json, drawn: Json, at: float, last: str) -> None:
        """A change made before Slack showed what came of the one before bears the hash before it: then ours is the last."""
        for known in filter(None, (view["hash"], last)):
            with contextlib.suppress(CannotDeliver):  # closed, or changed since: whoever changed it draws it
                answer = await self._chat.call("views.update", view_id=view["id"], hash=known, view=drawn)
                forget_some(self._drawn)
                self._drawn[view["id"]] = at, str(answer["view"]["hash"])
                return
