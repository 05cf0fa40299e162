"""What people say, press and send in Slack, acknowledged in time and begun. Not here: what is done with it (turns).

Source: docs.slack.dev/interactivity/handling-user-interaction: an answer within three seconds, whatever the database does.
"""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Coroutine
from typing import Any, assert_never

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack import mending, modal
from adapters.slack.agent import A_MOMENT
from adapters.slack.chat import SlackChat
from adapters.slack.draw import Json
from adapters.slack.hands import Hands, told
from adapters.slack.payload import by_command, by_event, by_press, came_as, changed_at, pressed_at, said_at, trigger
from adapters.slack.people import Sender, SlackPeople
from adapters.slack.place import Place
from adapters.slack.turning import Turning
from adapters.slack.turns import PROMPT, REQUEST, Turns, opens_a_form
from adapters.slack.under_way import UnderWay, done, settled
from adapters.slack.words import said
from handlers.cards import Faults, Open, Reply, Say, Whisper
from handlers.desk import Desk
from handlers.ports import CannotDeliver

CLOSING = 2.2  # seconds until Slack is answered about words or a modal, ready or not
RETRY, LAST = "x-slack-retry-num", "3"  # Slack brings an event four times in all
COMMAND, SHORTCUT = "/hallpass", "ask_policy"
VERB = re.compile(r"[a-z_]+\.\d+")
FIELD = re.compile(r"^[a-z0-9][a-z0-9_-]*$")  # of a form, on which others hang
LOOKS = 3  # of the loop, until Slack was told of all that is kept with one commit: an answer takes far longer than its acknowledgement
WORDS = (None, "file_share", "me_message", "thread_broadcast")  # the subtypes of a message in which a person says something


class Unheard(Exception):  # noqa: N818  # named for what happened
    """A message that was not kept; Slack, told so, sends it again."""


class Listener:
    """One workspace's way in. Slack gets its answer at once; what follows runs beside it and is waited for when we stop."""

    def __init__(self, desk: Desk, people: SlackPeople, chat: SlackChat) -> None:
        self._hands = Hands(chat, desk)
        self._turns = Turns(desk, people, chat, self._hands)
        self._turning = Turning(desk, people, chat)
        self._hearing: UnderWay[Reply] = UnderWay()
        self._pressing: UnderWay[Reply] = UnderWay()
        self._running: set[asyncio.Task[None]] = set()
        chat.on_news = self._refresh

    def attach(self, app: AsyncApp) -> None:
        """Put the listeners on a Bolt app, which asks one after the other: what comes most often stands first."""
        app.event("message")(self.message)
        app.action(VERB)(self.press)
        app.event("app_mention")(self.mention)
        app.event("app_home_opened")(self.home_opened)
        app.command(COMMAND)(self.command)
        app.shortcut(SHORTCUT)(self.shortcut)
        app.shortcut(REQUEST)(self.begin)
        app.action(FIELD)(self.turn)
        app.view(re.compile(r"[a-z_]+"))(self.submit)

    async def close(self) -> None:
        """Wait until everything begun is done."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def message(self, body: Json, event: Json, request: AsyncBoltRequest) -> None:
        """Hear what somebody wrote in a direct message; our own words, edits and other bots are nothing said."""
        if event.get("channel_type") == "im" and not event.get("bot_id") and event.get("subtype") in WORDS:
            await self._hear(body, event, request)

    async def mention(self, body: Json, event: Json, request: AsyncBoltRequest) -> None:
        """Hear what somebody asked in a channel by naming us."""
        if not event.get("bot_id"):
            await self._hear(body, event, request)

    async def home_opened(self, body: Json, event: Json) -> None:
        """Draw the home tab as things stand now; where her direct messages were opened, offer what can be asked."""
        sender = by_event(body, event)
        if event.get("tab") == "home":
            self._beside(self._turns.show_home(sender), Place(), sender)
        elif event.get("tab") == "messages":
            self._beside(self._turns.suggest(event["channel"]), Place(), sender)

    async def command(self, ack: AsyncAck, body: Json) -> None:
        """Take `/hallpass …`: its answers are for the person alone."""
        await ack()
        sender, place = by_command(body), Place(body["channel_id"], private=True)
        self._beside(self._turns.command(body, place, sender), place, sender)

    async def shortcut(self, ack: AsyncAck, body: Json) -> None:
        """Take a message's words as a question; the answer is for whoever wants to know, not for the channel."""
        opened, message, sender = trigger(body), body["message"], by_press(body)
        await ack()
        thread = message.get("thread_ts", "")
        place = Place(body["channel"]["id"], thread, private=True, live=bool(thread))
        self._beside(self._turns.ask_privately(said(message.get("text", "")), place, sender, opened), place, sender)

    async def begin(self, ack: AsyncAck, body: Json) -> None:
        """Let somebody say what they want to ask permission for."""
        opened, sender = trigger(body), by_press(body)
        await ack()
        self._beside(self._turns.begin(opened, Place(), sender), Place(), sender)

    async def press(self, ack: AsyncAck, body: Json, action: Json) -> None:
        """Do what a button says. Slack hears of it once it is kept, for it brings no press again; or when it will wait no longer."""
        sender, place, opened = by_press(body), pressed_at(body), trigger(body)
        working, first = self._pressing.begin(opened, lambda: self._turns.pressed(action, opened, sender))
        await settled(working, PROMPT if opens_a_form(action) else CLOSING)
        await ack()
        if first and working:
            self._beside(self._turns.follow(working, action, opened, place, sender), place, sender)

    async def turn(self, ack: AsyncAck, body: Json) -> None:
        """Draw a form anew whose fields hang on what was chosen."""
        sender, at, opened = by_press(body), changed_at(body), trigger(body)
        modal.sent(body["view"])
        await ack()
        self._beside(self._turning.turn(body["view"], at, opened, sender), Place(), sender)

    async def submit(self, ack: AsyncAck, body: Json, view: Json) -> None:
        """Take a modal that was sent: it closes, stays open with what is to be mended, or says that it takes a moment."""
        place, sender = modal.sent(view)[2], by_press(body)
        working = asyncio.ensure_future(self._turns.sent(view, sender))
        if not await done(working, CLOSING):
            await ack(response_action="update", view=modal.waiting())
            self._beside(self._hands.into(working, view, Place.read(place), sender), Place.read(place), sender)
            return
        reply = working.result()
        match reply:
            case Faults(sentences):
                await ack(**mending.answer(view, sentences))
            case Whisper(card):
                await ack(response_action="update", view=told(card))
            case Open(form):
                await ack(response_action="update", view=modal.draw_form(form, place))
            case Say():
                await ack()
                self._beside(self._hands.over(reply, Place.read(place), sender), Place.read(place), sender)
            case _:
                assert_never(reply)

    async def _hear(self, body: Json, event: Json, request: AsyncBoltRequest) -> None:
        """Raises Unheard where the answer is not kept, or not yet: Slack then sends the event again."""
        sender, place = by_event(body, event), said_at(event)
        working, first = self._hearing.begin(came_as(body, event), lambda: self._answering(body, event, place, sender))
        if first and working and not await done(working, A_MOMENT):
            self._beside(self._hands.while_reading(working, place), place, sender)
        if not await settled(working, CLOSING - A_MOMENT if first else CLOSING):
            if working and working.done() and request.headers.get(RETRY) == [LAST]:  # nobody will bring it again
                self._beside(self._hands.sorry(place, sender), place, sender)
            raise Unheard

    def _answering(self, body: Json, event: Json, place: Place, sender: Sender) -> asyncio.Future[Reply]:
        """Begin to hear it and then to say it, in one task; return where the answer stands as soon as it is kept."""
        kept: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._beside(self._answered(kept, self._turns.heard(body, event, place, sender), place, sender), place, sender)
        return kept

    async def _answered(self, kept: asyncio.Future[Reply], hearing: Awaitable[Reply], place: Place, sender: Sender) -> None:
        try:
            reply = await hearing
        except asyncio.CancelledError:
            kept.cancel()
            raise
        except Exception as error:  # noqa: BLE001  # Slack is told that it was not heard
            kept.set_exception(error)
            self._turns.broke(error)
        else:
            kept.set_result(reply)
            for _ in range(LOOKS):
                await asyncio.sleep(0)
            await self._hands.over(reply, place, sender)

    def _refresh(self, user: str) -> None:
        """Draw a home tab anew that somebody has opened before."""
        if sender := self._turns.whose_home(user):
            self._beside(self._turns.show_home(sender), Place(), sender)

    def _beside(self, work: Coroutine[Any, Any, None], place: Place, sender: Sender) -> None:
        task = asyncio.create_task(self._safely(work, place, sender))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _safely(self, work: Coroutine[Any, Any, None], place: Place, sender: Sender) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001  # whatever it is, a person gets a sentence and we get the place
            reply = self._turns.broke(error)
            with contextlib.suppress(CannotDeliver):  # then nobody can be told
                await self._hands.whisper(reply, place, sender)
