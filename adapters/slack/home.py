"""The home tab: a person's own page within Slack's limits, each part with its share of the room. Not here: what stands in it."""

from collections.abc import Sequence

from adapters.slack.draw import Json, draw, plain
from handlers.cards import Card, Section

MOST_BLOCKS = 100  # of a view; docs.slack.dev/reference/views
AROUND = 2  # blocks of each part besides its cards: the heading, and what is said of the cards that do not fit
DIVIDER: Json = {"type": "divider"}


def home(sections: Sequence[Section]) -> Json:
    """Return the view: the parts take turns with a card each until there is no room, so that no part crowds another out."""
    waiting = [[_drawn(card) for card in section.cards] for section in sections]
    shown: list[list[list[Json]]] = [[] for _ in sections]
    room = MOST_BLOCKS - AROUND * len(sections)
    for turn in range(max((len(cards) for cards in waiting), default=0)):
        for cards, chosen in zip(waiting, shown, strict=True):
            if turn == len(chosen) and turn < len(cards) and len(cards[turn]) <= room:  # in their order: none is passed over
                chosen.append(cards[turn])
                room -= len(cards[turn])
    parts = [_part(section, chosen) for section, chosen in zip(sections, shown, strict=True)]
    return {"type": "home", "blocks": [block for part in parts for block in part]}


def _part(section: Section, shown: Sequence[Sequence[Json]]) -> list[Json]:
    left = len(section.cards) - len(shown)
    more: list[Json] = [{"type": "context", "elements": [plain(f"And {left} more: {section.rest}")]}] if left else []
    return [{"type": "header", "text": plain(section.heading)}, *(block for card in shown for block in card), *more]


def _drawn(card: Card) -> list[Json]:
    blocks: list[Json] = draw(card)["blocks"]
    return [*blocks, DIVIDER]
