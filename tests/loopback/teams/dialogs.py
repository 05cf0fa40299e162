"""Dialogs (task modules): opened from a button or a message's menu, filled in, sent, closed; and what Teams makes of the answers."""

import json
from typing import Literal

from tests.loopback.teams import forms
from tests.loopback.teams.cards import everything, in_card
from tests.loopback.teams.delivery import TROUBLE
from tests.loopback.teams.people import People
from tests.loopback.teams.records import CARD, Delivery, Dialog, Json, Message

Origin = Literal["task", "composeExtension"]
_SIZES = {"small", "medium", "large"}
_FIELDS = {"title", "height", "width", "card", "completionBotId"}


class Dialogs(People):
    """What is open is in `dialogs`, one a person."""

    async def opens(self, person: str, message: Message, data: Json) -> Delivery:
        """task/fetch: a button whose data says `msteams: {type: task/fetch}` (msteams-docs: invoking-task-modules.md)."""
        place = self._place_of(message)
        value = {"data": data, "context": {"theme": "default"}}
        told = self.invoke("task/fetch", person, place, message.thread, value, message.id)
        opened = Dialog("", person, "task", "", {}, place.id, message.thread, message.id)
        return await self._asked(told, opened, may_close=False)

    async def message_action(self, person: str, command_id: str, message: Message) -> Delivery:
        """A command from the menu of a message, whoever wrote it (msteams-docs: define-action-command.md)."""
        place = self._place_of(message)
        command = {"commandId": command_id, "commandContext": "message", "messagePayload": self._payload(message)}
        value = {**command, "requestId": self.fresh("request"), "context": {"theme": "default"}}
        told = self.invoke("composeExtension/fetchTask", person, place, message.thread, value)
        told["channelData"]["source"] = {"name": "message"}
        opened = Dialog("", person, "composeExtension", "", {}, place.id, message.thread, None, command)
        return await self._asked(told, opened, may_close=False)

    def _payload(self, message: Message) -> Json:
        """The message as its menu tells it."""
        author = next((one for one in self.people.values() if one.mri == message.author), None)
        user = {"userIdentityType": "aadUser", "id": author.aad_object_id, "displayName": author.name} if author else None
        app = None if author else {"applicationIdentityType": "bot", "id": self.app_id, "displayName": self.bot_name}
        body = {"contentType": "html" if author else "text", "content": f"<p>{message.text}</p>" if author else message.text}
        told: Json = {"id": message.id, "replyToId": message.reply_to, "createdDateTime": "2026-03-02T12:00:00.000Z", "body": body}
        people: Json = {"from": {"device": None, "conversation": None, "user": user, "application": app}}
        return {**told, **people, "subject": None, "importance": "normal", "attachments": [], "mentions": [], "reactions": []}

    async def submits(
        self, person: str, dialog: Dialog, answers: Json | None = None, label: str | None = None, *, anyway: bool = False
    ) -> Delivery:
        """Fill in and send. What the client complains of by itself is not sent (`anyway` sends it all the same)."""
        assert self.dialogs.get(person) is dialog or anyway, f"this is not before {person}"
        found = [one for one in everything(dialog.card) if one["type"] == "Action.Submit" and label in {None, one["title"]}]
        assert len(found) == 1, f"{len(found)} buttons fit {label}: {self.buttons(dialog)}"
        sent = forms.fill(dialog.card, answers or {}) if found[0].get("associatedInputs") != "none" else {}
        dialog.errors = forms.unsent(dialog.card, sent) if found[0].get("associatedInputs") != "none" else {}
        if dialog.errors and not anyway:
            return Delivery(dialog.id, {}, errors=dict(dialog.errors))
        place = next(one for one in self.places.values() if one.id == dialog.place)
        value: Json = {**dialog.command, "data": {**found[0].get("data", {}), **sent}, "context": {"theme": "default"}}
        name = "task/submit" if dialog.origin == "task" else "composeExtension/submitAction"
        told = self.invoke(name, person, place, dialog.thread, value, dialog.reply_to)
        return await self._asked(told, dialog, may_close=True)

    def closes(self, person: str) -> None:
        """Close a dialog without sending it: the bot does not hear of that."""
        self.dialogs.pop(person, None)

    async def _asked(self, told: Json, dialog: Dialog, *, may_close: bool) -> Delivery:
        delivery = await self.deliver(told)
        delivery.trouble = self._answered(dialog, delivery, may_close=may_close)
        delivery.errors = dict(dialog.errors)
        return delivery

    def _answered(self, dialog: Dialog, delivery: Delivery, *, may_close: bool) -> str | None:
        """Open, show another card, show words, or close."""
        if delivery.status != 200:
            return TROUBLE
        told = delivery.body if isinstance(delivery.body, dict) else {}
        task, extension = told.get("task") or {}, told.get("composeExtension") or {}
        match task.get("type"), extension.get("type"):
            case "continue", None:
                return self._shows(dialog, task.get("value"))
            case ("message", None) | (None, "message"):
                return self._closed(dialog, task.get("value") or extension.get("text"))
            case None, None if may_close and not told:
                return self._closed(dialog, None)
        self.wrong([f"an answer to {delivery.activity['name']} that Teams refuses: {json.dumps(told)[:300]}"])
        return TROUBLE

    def _closed(self, dialog: Dialog, words: object) -> str | None:
        self.closes(dialog.person)
        if words:
            self.toasts.setdefault(dialog.person, []).append(str(words))
        return None

    def _shows(self, dialog: Dialog, value: object) -> str | None:
        """TaskInfo (msteams-docs: invoking-task-modules.md, the TaskInfo object): a title, a size, and a card."""
        info = value if isinstance(value, dict) else {}
        card = info.get("card") if isinstance(info.get("card"), dict) else {}
        found = in_card((card or {}).get("content"), dialog=True)
        found += [f"unknown property {key} of TaskInfo" for key in sorted(set(info) - _FIELDS)]
        found += [] if (card or {}).get("contentType") == CARD else ["the card of a dialog is an attachment"]
        found += [] if info.get("title") else ["a dialog needs a title"]
        sizes = [info.get(key) for key in ("height", "width")]
        found += [f"{one!r} is no size" for one in sizes if one is not None and not isinstance(one, int) and one not in _SIZES]
        if found:
            self.wrong([f"the dialog of {dialog.person}: {line}" for line in found])
            return TROUBLE
        dialog.id, dialog.title, dialog.errors = self.fresh("dialog"), str(info["title"]), {}
        dialog.card = json.loads(json.dumps((card or {})["content"]))
        self.dialogs[dialog.person] = dialog
        return None
