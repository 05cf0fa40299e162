"""How a card looks in Slack: values in, Block Kit out, within Slack's limits by construction. Not here: forms, sentences, sending.

Limits: docs.slack.dev/reference/block-kit. What a person may have typed stands in plain text only, which Slack never reads as markup.
"""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, assert_never

from handlers.cards import Block, Button, Card, Facts, Link, Listing, Note, Quote, Text, Tone
from handlers.spelling import spell

Json = dict[str, Any]

MOST_BLOCKS = 50  # of a message
LONGEST_TEXT = 2900  # characters; a section takes 3,000, counted after Slack has escaped some of them
LONGEST_HEADER = 150
LONGEST_FIELD = 1900  # of 2,000
LONGEST_LABEL = 75  # of a button
LONGEST_CONFIRM, LONGEST_ANSWER = 300, 30
ROWS = 5  # a section takes ten fields, and a row is two
BUTTONS = 5  # in a row; Slack takes 25, and shows five
STYLES = {Tone.good: "primary", Tone.stop: "danger"}


def draw(card: Card, most: int = MOST_BLOCKS) -> Json:
    """Return `text`, which notifications and screen readers say, and `blocks`, at most so many."""
    blocks = [_header(card.title), *(one for block in card.blocks for one in _block(block))]
    buttons = list(_buttons(card.buttons))
    room = most - len(buttons)
    return {"text": escaped(card.summary or card.title), "blocks": [*_cut(blocks, room), *buttons]}


def plain(text: str) -> Json:
    """Return a text that Slack shows as it is: no markup, no mention, no link with another name."""
    return {"type": "plain_text", "text": text, "emoji": False}


def shortened(text: str, most: int) -> str:
    """Return the text, at most so long, cut between words."""
    return text if len(text) <= most else textwrap.shorten(text, most, placeholder=" …") or text[:most]


def escaped(text: str) -> str:
    """Return the text for where Slack reads markup: `<` begins mentions and links, and `&` what stands for them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def blocks_of(blocks: Iterable[Block]) -> list[Json]:
    """Return the blocks of a form or a view."""
    return [one for block in blocks for one in _block(block)]


def _header(title: str) -> Json:
    return {"type": "header", "text": plain(shortened(title, LONGEST_HEADER))}


def _cut(blocks: list[Json], room: int) -> list[Json]:
    if len(blocks) <= room:
        return blocks
    return [*blocks[: room - 1], _small("There is more than Slack can show here.")]


def _block(block: Block) -> Iterator[Json]:
    match block:
        case Text(text):
            yield from ({"type": "section", "text": plain(part)} for part in _parts(text, LONGEST_TEXT))
        case Facts(rows):
            yield from _table(rows)
        case Quote(text, source):
            yield from (_quoted(part) for part in _parts(text, LONGEST_TEXT))
            yield _small(source)
        case Listing(heading, items):
            yield _listed(heading, items)
        case Link(label, url):
            yield {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "link", "url": url, "text": label}]}],
            }
        case Note(text):
            yield from (_small(part) for part in _parts(text, LONGEST_TEXT))
        case _:
            assert_never(block)


def _parts(text: str, most: int) -> Iterator[str]:
    """Yield the text in pieces that fit, nothing left out; an empty text is nothing."""
    while len(text) > most:
        at = max(text.rfind(" ", 0, most), text.rfind("\n", 0, most))
        at = at if at > 0 else most
        yield text[:at]
        text = text[at:].lstrip()
    if text:
        yield text


def _table(rows: Iterable[tuple[str, str | datetime]]) -> Iterator[Json]:
    """Yield label and value side by side; a value too long for that gets blocks of its own."""
    fields: list[Json] = []
    for label, value in rows:
        if isinstance(value, str) and len(value) > LONGEST_FIELD:
            yield from _fields(fields)
            fields = []
            yield {"type": "section", "text": _bold(label)}
            yield from ({"type": "section", "text": plain(part)} for part in _parts(value, LONGEST_TEXT))
        else:
            fields += [_bold(label), _moment(value) if isinstance(value, datetime) else plain(value or "–")]
    yield from _fields(fields)


def _fields(fields: list[Json]) -> Iterator[Json]:
    for at in range(0, len(fields), 2 * ROWS):
        yield {"type": "section", "fields": fields[at : at + 2 * ROWS]}


def _bold(label: str) -> Json:
    return {"type": "mrkdwn", "text": f"*{escaped(shortened(label, LONGEST_FIELD))}*", "verbatim": True}


def _moment(moment: datetime) -> Json:
    """Slack writes the words in the reader's own zone; where it cannot, UTC is said."""
    utc = moment.astimezone(UTC)
    said = f"{utc.day} {utc:%b %Y, %H:%M} UTC"
    return {"type": "mrkdwn", "text": f"<!date^{int(utc.timestamp())}^{{date_short_pretty}}, {{time}}|{said}>"}


def _quoted(text: str) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [_words(text)]}]}


def _listed(heading: str, items: Iterable[str]) -> Json:
    head = {"type": "rich_text_section", "elements": [{**_words(heading), "style": {"bold": True}}]}
    listed = [{"type": "rich_text_section", "elements": [_words(item)]} for item in items]
    return {"type": "rich_text", "elements": [head, {"type": "rich_text_list", "style": "bullet", "elements": listed}]}


def _words(text: str) -> Json:
    return {"type": "text", "text": text or " "}


def _small(text: str) -> Json:
    return {"type": "context", "elements": [plain(shortened(text, LONGEST_TEXT))]}


def _buttons(buttons: tuple[Button, ...]) -> Iterator[Json]:
    drawn = [_button(button, place) for place, button in enumerate(buttons)]
    for at in range(0, len(drawn), BUTTONS):
        yield {"type": "actions", "elements": drawn[at : at + BUTTONS]}


def _button(button: Button, place: int) -> Json:
    verb, value = spell(button.action)
    drawn: Json = {
        "type": "button",
        "text": plain(shortened(button.label, LONGEST_LABEL)),
        "action_id": f"{verb}.{place}",  # alone among its neighbours, as Slack wants it; all that counts is before the dot
        "value": value,
    }
    if button.tone in STYLES:
        drawn["style"] = STYLES[button.tone]
    if button.confirm:
        drawn["confirm"] = _asked_back(button)
    return drawn


def _asked_back(button: Button) -> Json:
    return {
        "title": plain("Are you sure?"),
        "text": plain(shortened(button.confirm, LONGEST_CONFIRM)),
        "confirm": plain(shortened(button.label, LONGEST_ANSWER)),
        "deny": plain("Not now"),
    }
