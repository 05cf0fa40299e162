"""What people say, press, send and install in Teams, and what they get back in the same breath. Not here: whether it is Microsoft's.

Source: msteams-docs, Work-with-universal-actions-for-adaptive-cards.md, respond-to-task-module-submit.md; fifteen seconds to each answer.
"""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import Any, assert_never

from adapters.teams import dialogs
from adapters.teams.activity import Heard, Incoming, Installed, Invoked, Json, Kind, Removed
from adapters.teams.carry import REFRESH
from adapters.teams.chat import TeamsChat
from adapters.teams.hands import Hands
from adapters.teams.people import TeamsPeople, address_of
from adapters.teams.turns import Replied, Turns, delivery_of
from handlers.cards import Reply, Say
from handlers.desk import Desk
from handlers.ports import CannotDeliver
from handlers.trouble import place_of

CLOSING = 8.0  # seconds until Teams is answered, ready or not: it waits fifteen
SLOW = 1.0  # seconds after which the person sees that an answer is being worked on
PRESS = "adaptiveCard/action"
log = logging.getLogger(__name__)


class Listener:
    """One bot's way in: `take` is what the gateway hands everything to."""

    def __init__(self, desk: Desk, people: TeamsPeople, chat: TeamsChat) -> None:
        self._desk, self._chat = desk, chat
        self._turns = Turns(desk, people)
        self._hands = Hands(desk, chat)
        self._running: set[asyncio.Task[None]] = set()

    async def take(self, incoming: Incoming) -> Json | None:
        """Do what came in; return what an `Invoked` is answered with."""
        match incoming:
            case Heard():
                await self._meet(incoming)
                await self._within(self._heard(incoming), incoming)
                return None
            case Invoked():
                return await self._invoked(incoming)
            case Installed():
                await self._installed(incoming)
                return None
            case Removed(kind=Kind.personal, sender=sender):
                await self._chat.part(address_of(sender))
                return None
            case Removed():
                return None
            case _:
                assert_never(incoming)

    async def close(self) -> None:
        """Wait until everything begun is done."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def _meet(self, incoming: Heard | Invoked | Installed) -> bool:
        """Keep where somebody can be talked to alone, as soon as Teams shows it; say whether that is news."""
        if incoming.kind is not Kind.personal or not incoming.sender.aad:
            return False
        return await self._chat.meet(address_of(incoming.sender), replace(incoming.ref, user=incoming.sender.id))

    async def _installed(self, installed: Installed) -> None:
        if await self._meet(installed):
            self._beside(self._chat.say(installed.ref, self._hands.greeting(), f"welcome:{installed.activity}"), installed)

    async def _heard(self, heard: Heard) -> None:
        """Answer words, or a button of a client that only submits."""
        if heard.value is None and not self._turns.begins(heard):
            await self._answered(await self._turns.heard(heard), heard)
        else:
            await self._chat.once(delivery_of(heard.ref, heard.activity), lambda: self._filled(heard))

    async def _answered(self, replies: Sequence[Reply], heard: Heard) -> None:
        """Hand over each once: answers have keys of their own, whispers have none."""

        async def over() -> None:
            for reply in replies:
                await self._hands.over(reply, heard.ref, heard.kind, heard.sender)

        said = any(isinstance(reply, Say) for reply in replies)
        await (over() if said else self._chat.once(delivery_of(heard.ref, heard.activity), over))

    async def _filled(self, heard: Heard) -> None:
        """Open what begins a request, or do what a button of an old client says."""
        if heard.value is None:
            replied = Replied(await self._turns.began(heard.ref, heard.activity, heard.sender))
            await self._hands.afterwards(replied, heard, "What would you like to do?")
            return
        replied = await self._turns.pressed(heard.value, heard.activity, heard.ref, heard.sender)
        await self._hands.afterwards(replied, heard)

    async def _invoked(self, invoked: Invoked) -> Json | None:
        if invoked.name == PRESS:  # a message action may come from a chat between two others
            await self._meet(invoked)
            return await self._pressed(invoked)
        if (wanted := dialogs.wanted(invoked)) is None:
            return None
        if wanted.words:
            return dialogs.shown(await self._turns.asked(wanted.words, invoked))
        if not wanted.data:
            return dialogs.opening(await self._turns.began(invoked.ref, invoked.activity, invoked.sender))
        replied = await self._turns.pressed(wanted.data, invoked.activity, invoked.ref, invoked.sender)
        return dialogs.answered(replied)

    async def _pressed(self, invoked: Invoked) -> Json:
        action = invoked.value.get("action")
        data = _data(action) if isinstance(action, dict) else {}
        if data.get("verb") == REFRESH:
            seen = await self._turns.seen(str(data.get("id", "")), invoked.sender)
            return self._hands.answered(seen, invoked.sender.id)
        replied = await self._turns.pressed(data, invoked.activity, invoked.ref, invoked.sender)
        if isinstance(replied.reply, Say) and invoked.reply_to:
            self._beside(self._hands.instead(replied.reply, invoked), invoked)
        return self._hands.answered(replied, invoked.sender.id)

    async def _within(self, work: Coroutine[Any, Any, None], heard: Heard) -> None:
        """Wait for the work as long as Teams does; what takes longer is begun, and shows that it is. Raises what it raised by then."""
        task = self._beside(work, heard)
        done, _ = await asyncio.wait({task}, timeout=SLOW)
        if not done:
            with contextlib.suppress(CannotDeliver, TimeoutError):
                await self._chat.working(heard.ref)
            await asyncio.wait({task}, timeout=CLOSING - SLOW)

    def _beside(self, work: Coroutine[Any, Any, None], about: Heard | Invoked | Installed) -> asyncio.Task[None]:
        task = asyncio.create_task(self._safely(work, about))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _safely(self, work: Coroutine[Any, Any, None], about: Heard | Invoked | Installed) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001  # whatever it is, a person gets a sentence and we get the place
            log.error("what came from Teams broke", extra={"kind": type(error).__name__, "place": place_of(error)})  # noqa: TRY400
            broke: Reply = self._desk.broke()
            with contextlib.suppress(CannotDeliver):  # then nobody can be told
                await self._hands.whisper(broke, about.ref, about.kind, about.sender)


def _data(action: Json) -> Json:
    """Return what a button carries; nothing where that has another shape than any button of ours."""
    carried = action.get("data")
    return {**(carried if isinstance(carried, dict) else {}), "verb": action.get("verb", "")}
