"""A card as plain text: for the command line, for JSON, for whoever reads no markup."""

from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from handlers.cards import Block, Card, Facts, Link, Listing, Note, Quote, Text


def plain(card: Card) -> str:
    """Return the card as paragraphs of text, without its buttons."""
    return "\n\n".join([card.title, *("\n".join(_lines(block)) for block in card.blocks)])


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Text(text) | Note(text):
            yield text
        case Link(label, url):
            yield f"{label}: {url}"
        case Quote(text, source):
            yield f"“{text}” ({source})"
        case Facts(rows):
            yield from (f"{label}: {_value(value)}" for label, value in rows)
        case Listing(heading, items):
            yield f"{heading}:"
            yield from (f"  - {item}" for item in items)
        case _:
            assert_never(block)


def _value(value: str | datetime) -> str:
    return value if isinstance(value, str) else f"{value:%Y-%m-%d %H:%M} UTC"
