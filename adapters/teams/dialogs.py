"""Dialogs: the message action "Ask the policy about this", and forms that open over a message. Not here: what is done with them.

Source: learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots (task/fetch, task/submit; a
dialog's card knows only Action.Submit), .../messaging-extensions/how-to/action-commands/define-action-command (messagePayload).
"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from adapters.teams import hands
from adapters.teams.activity import Invoked, Json, at
from adapters.teams.draw import CARD, draw
from adapters.teams.form import draw_form
from adapters.teams.turns import Replied
from handlers.cards import Open, Reply, Say, Whisper

FETCHES, SUBMITS = ("task/fetch", "composeExtension/fetchTask"), ("task/submit", "composeExtension/submitAction")
TITLE = "Hallpass"
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a dialog is asked for: an answer to a message's words, or what a button in it says; neither: how a request begins."""

    words: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def wanted(invoked: Invoked) -> Wanted | None:
    """Return what the dialog is about, None for what is no dialog of ours."""
    if invoked.name not in (*FETCHES, *SUBMITS):
        return None
    data = invoked.value.get("data")
    data = data if isinstance(data, dict) else {}
    if invoked.name in FETCHES and not data:
        return Wanted(words=_plain(at(invoked.value, "messagePayload", "body", "content")))
    return Wanted(data=data)


def opening(reply: Reply) -> Json:
    """Return the dialog in which a request begins."""
    return _going_on(draw_form(reply.form)) if isinstance(reply, Open) else shown(reply)


def shown(reply: Reply) -> Json:
    """Return the dialog that tells a reply to words."""
    if isinstance(reply, Say | Whisper):
        return _going_on(draw(reply.card))
    raise TypeError(reply)


def answered(replied: Replied) -> Json:
    """Return what comes after a button of a dialog was pressed: the next card, or the words with which it closes."""
    if (card := hands.card_of(replied)) is not None:
        return _going_on(card)
    if isinstance(replied.reply, Whisper):
        return {"task": {"type": "message", "value": hands.plainly(replied.reply.card)}}
    raise TypeError(replied)


def _going_on(card: Json) -> Json:
    dialog = {"title": TITLE, "height": "medium", "width": "medium", "card": {"contentType": CARD, "content": _submitting(card)}}
    return {"task": {"type": "continue", "value": dialog}}


def _submitting(part: Any) -> Any:  # noqa: ANN401  # any part of a card
    """Return the card with every button as its own fallback: a dialog takes no Action.Execute."""
    if isinstance(part, list):
        return [_submitting(one) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "Action.Execute":
        return part["fallback"]
    return {key: _submitting(value) for key, value in part.items()}


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
