"""How a card looks in Teams: values in, an Adaptive Card out, within Teams' limits by construction. Not here: forms, sentences, sending.

Source: adaptivecards.io (1.5), learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format (Markdown, {{DATE}}).
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, assert_never

from handlers.cards import Block, Button, Card, Facts, Link, Listing, Note, Quote, Text, Tone
from handlers.spelling import spell

Json = dict[str, Any]

VERSION = "1.5"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
CARD = "application/vnd.microsoft.card.adaptive"
HEAVIEST = 80_000  # bytes of a message in UTF-16; Teams refuses more than 100 KB, its own envelope among them
ROW, WIDE = 6, 58  # buttons that Teams shows side by side, and characters: what is wider is cut off at the right
STYLES = {Tone.good: "positive", Tone.stop: "destructive"}
GROUNDS = {Tone.good: "good", Tone.warn: "warning", Tone.stop: "attention"}

_MARKS = re.compile(r"([\\`*_\[\]~])")
_LEADING = re.compile(r"^(\s*)([#>+-]|\d+[.)])(?=\s)", re.MULTILINE)


def draw(card: Card) -> Json:
    """Return the Adaptive Card."""
    return adaptive(card.title, [*blocks_of(card.blocks)], [_button(button) for button in card.buttons], card.tone)


def adaptive(title: str, body: list[Json], actions: list[Json], tone: Tone = Tone.plain) -> Json:
    """Return a card of these parts, light enough for Teams: what is too much is left out from the end, and that is said.

    Buttons that do not fit side by side stand in rows of their own, in their order; the last row is the card's.
    """
    head = _head(title, tone)
    *rows, last = _rows(actions)
    above: list[Json] = [{"type": "ActionSet", "actions": row} for row in rows]
    drawn = {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": VERSION,
        "fallbackText": title,
        "body": [head, *body, *above],
        **({"actions": last} if last else {}),
    }
    while _weight(drawn) > HEAVIEST and len(body) > 1:
        body = body[: max(1, len(body) * 3 // 4)]
        drawn["body"] = [head, *body, _small("There is more than Teams can show here."), *above]
    return drawn


def message(card: Json, summary: str) -> Json:
    """Return the message that carries a card; `summary` is what a notification and a screen reader's alert say."""
    return {"type": "message", "summary": summary, "attachments": [{"contentType": CARD, "content": card}]}


def words(text: str) -> str:
    """Return the text for where Teams reads Markdown and dates: it is shown as it was written."""
    escaped = _MARKS.sub(r"\\\1", text)
    if "\n" in text or not text[:1].isalpha():  # as a rule nothing can lead, and looking for it takes twice as long as all the rest
        escaped = _LEADING.sub(r"\1\\\2", escaped)
    return escaped.replace("{{", "{\u200b{").replace("<at>", "<\u200bat>")


def blocks_of(blocks: Iterable[Block]) -> list[Json]:
    """Return the blocks of a card or a form."""
    return [one for block in blocks for one in _block(block)]


def execute(label: str, verb: str, data: Json, style: str = "") -> Json:
    """Return a button that is answered at once; clients that do not know it send the same as a message."""
    shape = {"style": style} if style else {}
    fallback = {"type": "Action.Submit", "title": label, "data": {"verb": verb, **data}, **shape}
    return {"type": "Action.Execute", "title": label, "verb": verb, "data": data, "fallback": fallback, **shape}


def _head(title: str, tone: Tone) -> Json:
    """A tone is the ground beneath the title: as letters, Teams' yellow and green are too pale to be read."""
    shape = {"wrap": True, "weight": "Bolder", "size": "Medium", "style": "heading", "color": "Default"}
    head = {"type": "TextBlock", "text": words(title), **shape}
    return {"type": "Container", "style": GROUNDS[tone], "bleed": True, "items": [head]} if tone in GROUNDS else head


def _block(block: Block) -> Iterator[Json]:
    match block:
        case Text(text):
            yield _text(text)
        case Facts(rows):
            yield {"type": "FactSet", "facts": [{"title": words(label), "value": _value(value)} for label, value in rows]}
        case Quote(text, source):
            yield {"type": "Container", "style": "emphasis", "items": [_text(text), _small(source)]}
        case Listing(heading, items):
            yield {**_text(heading), "weight": "Bolder"}
            yield _text("\n".join(f"- {words(item)}" for item in items), already=True)
        case Note(text):
            yield _small(text)
        case Link(label, url):
            yield _text(f"[{words(label)}]({url})", already=True)
        case _:
            assert_never(block)


def _text(text: str, *, already: bool = False) -> Json:
    return {"type": "TextBlock", "text": text if already else words(text), "wrap": True}


def _small(text: str) -> Json:
    return {**_text(text), "size": "Small", "isSubtle": True}


def _value(value: str | datetime) -> str:
    """A moment is written in the reader's own zone by Teams itself; seconds, or it does not read it."""
    if isinstance(value, datetime):
        moment = f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        return f"{{{{DATE({moment},SHORT)}}}} {{{{TIME({moment})}}}}"
    return words("; ".join(value.split("\n"))) or "–"  # a fact is one line


def _button(button: Button) -> Json:
    verb, value = spell(button.action)
    pressed = execute(button.label, verb, {"id": value}, STYLES.get(button.tone, ""))
    if not button.confirm:
        return pressed
    asked = {"type": "AdaptiveCard", "version": VERSION, "body": [_text(button.confirm)], "actions": [pressed]}
    return {"type": "Action.ShowCard", "title": button.label, "card": asked}


def _rows(actions: Sequence[Json]) -> list[list[Json]]:
    """Return the buttons in as few rows as they fit in; one row at least, which may be empty."""
    rows: list[list[Json]] = [[]]
    for action in actions:
        width = sum(len(one["title"]) + 4 for one in (*rows[-1], action))  # each has an edge, and some room beside it
        if rows[-1] and (len(rows[-1]) == ROW or width > WIDE):
            rows.append([])
        rows[-1].append(action)
    return rows


def _weight(card: Json) -> int:
    return len(json.dumps(card, ensure_ascii=False).encode("utf-16-le"))
