"""The home tab: what waits for me, my own requests. Not here: which they are."""

from collections.abc import Iterable

from adapters.slack.draw import Json, draw, plain
from handlers.cards import Card

MOST_BLOCKS = 100  # of a view; docs.slack.dev/reference/views
DIVIDER: Json = {"type": "divider"}


def home(waiting: Iterable[Card], mine: Iterable[Card]) -> Json:
    """Return the view, within Slack's limit: what does not fit is said to be more."""
    parts = [[_heading("Waiting for you")], *map(_drawn, waiting), [_heading("Your requests")], *map(_drawn, mine)]
    blocks: list[Json] = []
    for part in parts:
        if len(blocks) + len(part) >= MOST_BLOCKS:
            blocks.append({"type": "context", "elements": [plain("There is more: the messages tab has every card.")]})
            break
        blocks += part
    return {"type": "home", "blocks": blocks}


def _heading(words: str) -> Json:
    return {"type": "header", "text": plain(words)}


def _drawn(card: Card) -> list[Json]:
    blocks: list[Json] = draw(card)["blocks"]
    return [*blocks, DIVIDER]
