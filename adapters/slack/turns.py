"""What is done with what was said, pressed and sent in Slack: who it was, what the desk says to it. Not here: Slack's deadlines."""

import asyncio
import logging

from adapters.slack import modal
from adapters.slack.chat import Place, SlackChat
from adapters.slack.draw import Json
from adapters.slack.hands import Hands, card_of
from adapters.slack.home import home
from adapters.slack.payload import us
from adapters.slack.people import Sender, SlackPeople
from adapters.slack.words import said
from handlers import actions
from handlers.actions import Pressed, Said, Submitted, View
from handlers.cards import Reply
from handlers.desk import Desk
from handlers.people import Person
from handlers.trouble import place_of

PROMPT = 1.2  # seconds until a form that is not ready yet gets a modal that says so: a trigger lives for three
REQUEST = "request"
LISTS = {"mine": View.mine, "inbox": View.inbox}
log = logging.getLogger(__name__)


class Turns:
    """One thing said, pressed or sent at a time; each may take as long as it takes."""

    def __init__(self, desk: Desk, people: SlackPeople, chat: SlackChat, hands: Hands) -> None:
        self._desk, self._people, self._chat, self._hands = desk, people, chat, hands

    async def hear(self, body: Json, event: Json, place: Place, sender: Sender) -> None:
        words, person = said(event.get("text", ""), us(body)), await self._people.at(sender)
        if person is None:
            await self._hands.over(self._desk.stranger(await self._people.perhaps(sender)), place, sender)
        elif words.casefold() in ("", "help"):
            await self._chat.say(place, card_of(self._desk.help()), f"help:{body['event_id']}")
        else:
            reply = await self._desk.hear(Said(words, str(place), body["event_id"]), person)
            await self._hands.over(reply, place, sender)

    async def command(self, body: Json, place: Place, sender: Sender) -> None:
        person = await self._people.at(sender)
        verb, _, rest = said(body.get("text", "")).partition(" ")
        if person is None:
            await self._hands.whisper(self._desk.stranger(await self._people.perhaps(sender)), place, sender)
        elif verb in LISTS:
            cards = await self._desk.look(LISTS[verb], person)
            for card in cards or (card_of(self._desk.nothing(LISTS[verb])),):
                await self._chat.whisper(place, sender.user, card)
        elif verb == REQUEST:
            await self._hands.ask(body["trigger_id"])
        elif verb == "ask" and rest.strip():
            await self.ask_privately(rest, place, sender, body["trigger_id"])
        else:
            await self._hands.whisper(self._desk.help(), place, sender)

    async def ask_privately(self, words: str, place: Place, sender: Sender, delivery: str) -> None:
        person = await self._people.at(sender)
        if person is None:
            await self._hands.whisper(self._desk.stranger(await self._people.perhaps(sender)), place, sender)
            return
        reply = await self._desk.hear(Said(words, f"{place}:{sender.user}", delivery), person)
        await self._hands.whisper(reply, place, sender)

    async def press(self, trigger: str, action: Json, place: Place, sender: Sender) -> None:
        person = await self._people.at(sender)
        wanted = actions.read(action["action_id"].partition(".")[0], action.get("value", ""))
        if wanted is None or person is None:
            await self._hands.whisper(
                self._desk.unknown() if person else self._desk.stranger(await self._people.perhaps(sender)), place, sender
            )
            return
        working = asyncio.ensure_future(self._desk.press(Pressed(wanted, trigger), person))
        done, _ = await asyncio.wait({working}, timeout=PROMPT)
        if not done and isinstance(wanted, actions.Request | actions.Deny | actions.Done):
            await self._hands.into(working, await self._hands.wait(trigger), place, sender)
        else:
            await self._hands.over(await working, place, sender, trigger)

    async def sent(self, view: Json, sender: Sender) -> Reply:
        """Never raises: Slack waits for an answer."""
        action, values, _ = modal.sent(view)
        try:
            person = await self._people.at(sender)
            if person is not None and view.get("callback_id") == modal.QUESTION:
                return await self._wished(values.get(modal.QUESTION, ""), view["id"], person)
            if action is None or person is None:
                return self._desk.unknown() if person else self._desk.stranger(await self._people.perhaps(sender))
            return await self._desk.submit(Submitted(action, values, f"{view['id']}.sent"), person)
        except Exception as error:  # noqa: BLE001  # whatever it is, a person gets a sentence and we get the place
            return self.broke(error)

    async def _wished(self, words: str, delivery: str, person: Person) -> Reply:
        """Answer with the form itself where the policy wants permission."""
        reply = await self._desk.hear(Said(words, delivery, delivery), person)
        wanted = [button.action for button in card_of(reply).buttons if isinstance(button.action, actions.Request)]
        return await self._desk.press(Pressed(wanted[0], f"{delivery}.form"), person) if wanted else reply

    async def show_home(self, sender: Sender) -> None:
        person = await self._people.at(sender)
        if person is not None:
            view = home(await self._desk.look(View.inbox, person), await self._desk.look(View.mine, person))
            await self._chat.call("views.publish", user_id=sender.user, view=view)

    def broke(self, error: Exception) -> Reply:
        """Say that it is our fault. The error's own words may quote what a person wrote: the log gets its kind and its place."""
        log.error("what came from Slack broke", extra={"kind": type(error).__name__, "place": place_of(error)})
        return self._desk.broke()
