"""What people do to what is on their screen: press, refresh, judge an answer; and what Teams makes of the bot's answer to that."""

import asyncio
import copy
import json

from tests.loopback.teams import forms
from tests.loopback.teams.cards import in_card
from tests.loopback.teams.delivery import TROUBLE
from tests.loopback.teams.dialogs import Dialogs
from tests.loopback.teams.reading import Shown
from tests.loopback.teams.records import Delivery, Json, Message, Place

_REFRESH_SECONDS = 60  # msteams-docs: User-Specific-Views.md, only what is older is asked for again


class Pressing(Dialogs):
    """Presses on cards. Whoever is in `watching` has the chat open: their views refresh by themselves."""

    watching: frozenset[str] = frozenset()

    async def presses(
        self,
        person: str,
        shown: Message,
        label: str | None = None,
        *,
        verb: str | None = None,
        data: Json | None = None,
        filled: Json | None = None,
        old: bool = False,
    ) -> Delivery:
        """Press the one button that fits, with the inputs filled in before; `old` clients press an Action.Execute's fallback.

        What the client complains of by itself is not sent. A `copy()` of a message is what somebody still has before them.
        """
        place = self._seen(person, shown)
        card, action = self._wanted(shown, person, label, verb, data)
        if old and action["type"] == "Action.Execute":
            action = action["fallback"]
        gathers = action.get("associatedInputs", "auto") != "none"
        sent = forms.fill(card, filled or {}) if gathers else {}
        if gathers and (errors := forms.unsent(card, sent)):
            return Delivery(shown.id, {}, errors=errors)
        if action["type"] == "Action.Execute":
            return await self._executes(person, place, shown, action, sent, "manual")
        assert action["type"] == "Action.Submit", f"the bot hears nothing of {action['type']}: {action}"
        return await self._pressed_submit(person, place, shown, action, sent)

    def _seen(self, person: str, shown: Message) -> Place:
        place = self._place_of(shown)
        assert person in place.members, f"{person} does not see {place.name}"
        assert shown.reader in {None, person}, f"only {shown.reader} sees this message"
        return place

    def _wanted(self, shown: Shown, person: str, label: str | None, verb: str | None, data: Json | None) -> tuple[Json, Json]:
        """The one button that is meant, and the card it is on."""
        found = []
        for card, one in self.actions(shown, person):
            meant = ((label, one.get("title")), (verb, one.get("verb")))
            if all(said in {None, there} for said, there in meant) and (data or {}).items() <= one.get("data", {}).items():
                found.append((card, one))
        assert len(found) == 1, f"{len(found)} fit {(label, verb, data)}: {self.buttons(shown, person)}"
        return found[0]

    async def _executes(self, person: str, place: Place, shown: Message, action: Json, sent: dict[str, str], trigger: str) -> Delivery:
        kept = {key: action[key] for key in ("title", "id", "verb") if key in action}
        data: Json = {**action.get("data", {}), **sent}
        value: Json = {"action": {"type": "Action.Execute", **kept, "data": data}, "trigger": trigger}
        told = self.invoke("adaptiveCard/action", person, place, shown.thread, value, shown.id)
        delivery = await self.deliver(told)
        delivery.message = self._live(shown)
        delivery.trouble = self._followed(person, delivery.message, delivery)
        return delivery

    def _live(self, shown: Message) -> Message:
        return next((one for one in self.messages if (one.place, one.id) == (shown.place, shown.id)), shown)

    def _followed(self, person: str, message: Message, delivery: Delivery) -> str | None:
        """Do what the bot answered: another card for this person, or words; else the client tells of trouble."""
        told = delivery.body
        if delivery.status != 200 or not isinstance(told, dict) or not isinstance(told.get("statusCode"), int):
            return TROUBLE
        match told["statusCode"], told.get("type"), told.get("value"):
            case 200, "application/vnd.microsoft.card.adaptive", dict() as card:
                return self._takes_view(person, message, card)
            case 200, "application/vnd.microsoft.activity.message", str() as words if words:
                self.toasts.setdefault(person, []).append(words)
                return None
            case int() as status, "application/vnd.microsoft.error", {"code": str(), "message": str() as words} if status >= 400:
                return words
        self.wrong([f"an answer to adaptiveCard/action that Teams refuses: {json.dumps(told)[:300]}"])
        return TROUBLE

    def _takes_view(self, person: str, message: Message, card: Json) -> str | None:
        """Only whoever pressed gets this card; all others keep what they had."""
        if found := in_card(card):
            self.wrong([f"the answer to {person}: {line}" for line in found])
            return TROUBLE
        message.views[person], message.viewed_at[person] = copy.deepcopy(card), self.now()
        return None

    async def _pressed_submit(self, person: str, place: Place, shown: Message, action: Json, sent: dict[str, str]) -> Delivery:
        """Action.Submit comes as a message with a value, unless its data says how else (msteams-docs: cards-actions.md)."""
        data = {**action.get("data", {}), **sent}
        special = data.get("msteams") or {}
        if special.get("type") == "task/fetch":
            return await self.opens(person, shown, data)
        told = self.activity("message", person, place, shown.thread, id=self.message_id(), replyToId=shown.id)
        if special.get("type") == "imBack":
            told["text"] = special.get("value", "")
        elif special.get("type") == "messageBack":
            told |= {key: special[key] for key in ("text", "value") if key in special}
        else:
            told["value"] = data
        told["channelData"] |= {"source": {"name": "message"}, "legacy": {"replyToId": shown.id}}
        return await self.deliver(told)

    async def refreshes(self, person: str, shown: Message, *, by_hand: bool = False) -> Delivery | None:
        """The person's client asks for their own view: by itself only for `refresh.userIds`, and only once a minute."""
        place, message = self._seen(person, shown), self._live(shown)
        refresh = next((card["refresh"] for card in message.seen_by(person) if card.get("refresh")), None)
        assert refresh, f"this card asks for no refresh: {self.text_of(message, person)}"
        meant = self.people[person].mri in refresh.get("userIds", [self.people[person].mri])
        fresh = self.now() - message.viewed_at.get(person, 0.0) < _REFRESH_SECONDS
        if not by_hand and (not meant or fresh):
            return None
        return await self._executes(person, place, message, refresh["action"], {}, "manual" if by_hand else "automatic")

    def on_change(self, message: Message) -> None:
        """A card with a refresh came, or changed: the clients of those who look at it ask for their views."""
        if not any(card.get("refresh") for card in message.cards):
            return
        for person in sorted(self.watching & self._place_of(message).members):
            task = asyncio.ensure_future(self.refreshes(person, message))
            self.background.add(task)
            task.add_done_callback(self.background.discard)

    async def judges(self, person: str, message: Message, reaction: str = "like", words: str = "") -> Delivery:
        """The thumbs beneath an answer, where the message asks for them (bot-messages-ai-generated-content.md)."""
        data = message.activity.get("channelData") or {}
        assert data.get("feedbackLoopEnabled") or data.get("feedbackLoop"), "this message asks for no feedback"
        value = {"actionName": "feedback", "actionValue": {"reaction": reaction, "feedback": json.dumps({"feedbackText": words})}}
        told = self.invoke("message/submitAction", person, self._place_of(message), message.thread, value, message.id)
        delivery = await self.deliver(told)
        delivery.trouble = None if delivery.status == 200 else TROUBLE
        return delivery
