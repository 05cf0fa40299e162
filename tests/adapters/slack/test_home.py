"""The home tab within Slack's limits, with something of every part."""

from dataclasses import replace

import pytest

from adapters.slack.draw import Json
from adapters.slack.home import MOST_BLOCKS, home
from handlers.cards import Card, Section, Text


def a_section(heading: str, cards: int, blocks: int = 6) -> Section:
    return Section(heading, tuple(Card(f"{heading} {number}", (Text("x"),) * blocks) for number in range(cards)))


def headers(view: Json) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]


def test_everything_that_fits_is_shown_in_its_order():
    view = home([a_section("A", 2, 1), a_section("B", 0), a_section("C", 1, 1)])

    assert headers(view) == ["A", "A 0", "A 1", "B", "C", "C 0"]
    assert "more" not in str(view)


@pytest.mark.parametrize("counts", [(40, 0, 0), (40, 3, 40, 40), (0, 0, 1), (1, 1, 1, 1)])
@pytest.mark.parametrize("blocks", [0, 1, 7, 47])
def test_it_never_outgrows_slacks_limit_and_says_how_many_are_left(counts: tuple[int, ...], blocks: int):
    sections = [a_section(f"S{at}", count, blocks) for at, count in enumerate(counts)]

    view = home(sections)

    shown = headers(view)
    assert len(view["blocks"]) <= MOST_BLOCKS
    for section in sections:
        cards = [title for title in shown if title.startswith(f"{section.heading} ")]
        assert cards == [card.title for card in section.cards[: len(cards)]]
        left = len(section.cards) - len(cards)
        assert (f"And {left} more" in str(view)) or not left


def test_each_part_says_where_the_rest_of_it_is():
    view = home([replace(a_section("A", 40), rest="all are elsewhere."), replace(a_section("B", 40), rest="these come later.")])

    said = [block["elements"][0]["text"] for block in view["blocks"] if block["type"] == "context"]
    assert [one.partition(": ")[2] for one in said if one.startswith("And ")] == ["all are elsewhere.", "these come later."]


def test_no_part_crowds_another_out():
    shown = headers(home([a_section("A", 40), a_section("B", 2), a_section("C", 40)]))

    assert {"A 0", "B 0", "B 1", "C 0", "C 1"} <= set(shown)
