"""The message around a card: markers and their clauses, and the way in which a stale card asks to be drawn anew."""

import json

import pytest

from adapters.teams.aside import plain
from adapters.teams.carry import carried, drawn
from handlers.actions import Approve
from handlers.cards import Button, Card, Facts, Listing, Note, Quote, Source, Text
from handlers.ids import StageId
from tests.gallery import gallery
from tests.loopback.teams.limits import in_activity, size

GALLERY = {name: one for name, one in gallery().items() if isinstance(one, Card)}
VIEWER = "29:1abc"
BUTTON = (Button("Approve", Approve(StageId("r1.s1"))),)
POSTED = "decide:r1:r1.s1"


@pytest.mark.parametrize("name", GALLERY)
def test_teams_shows_every_message(name: str) -> None:
    message = carried(GALLERY[name], VIEWER)

    assert in_activity(message, update=False, personal=True) == []
    assert ("entities" in message) == bool(GALLERY[name].sources)


@pytest.mark.parametrize("name", [name for name, card in GALLERY.items() if card.sources])
def test_only_answers_cite(name: str) -> None:
    assert name.startswith("answer-")


def test_of_an_answer_to_which_no_clause_is_near_nothing_is_cited() -> None:
    assert "entities" not in carried(Card("I do not know."))


def test_each_marker_has_its_clause() -> None:
    long = Source("word " * 100, "Policy 12 Staff and Students Online, " + "paragraph " * 20)
    message = carried(Card("Yes [2].", sources=(Source("All may.", "Policy 1, item 2"), long)))

    (root,) = message["entities"]
    assert message["text"] == r"Yes \[2\]. [1] [2]"
    assert root["citation"][0]["appearance"] == {"@type": "DigitalDocument", "name": "Policy 1, item 2", "abstract": "All may."}
    assert in_activity(message, update=False, personal=True) == []


def test_more_clauses_than_teams_takes_are_not_cited() -> None:
    message = carried(Card("Yes.", sources=tuple(Source(f"{number}", f"item {number}") for number in range(30))))

    assert in_activity(message, update=False, personal=True) == []
    assert size(message) < 100_000


def test_a_posted_card_asks_to_be_drawn_anew_for_its_reader() -> None:
    refresh = drawn(Card("Decide", (), BUTTON, again=POSTED), VIEWER)["refresh"]

    assert refresh["userIds"] == [VIEWER]
    assert (refresh["action"]["verb"], refresh["action"]["data"]) == ("refresh", {"id": POSTED})


def test_where_nobody_knows_what_its_reader_is_called_everybody_in_the_chat_is_meant() -> None:
    assert "userIds" not in drawn(Card("Decide", (), BUTTON, again=POSTED))["refresh"]  # an empty list would mean nobody


@pytest.mark.parametrize("card", [Card("Decided", again=POSTED), Card("An answer", (), BUTTON)])
def test_what_is_over_and_what_was_not_posted_stays_as_it_is(card: Card) -> None:
    assert "refresh" not in drawn(card, VIEWER)


def test_what_a_refresh_carries_is_ids_alone() -> None:
    card = Card("Ada Finch", (Facts((("Students", "Ada Finch"),)),), BUTTON, again=POSTED)

    assert "Ada" not in json.dumps(drawn(card, VIEWER)["refresh"])


@pytest.mark.parametrize(
    ("card", "aside"),
    [
        (Card("No.", (Text("Ask her."), Note("A note"), Listing("Do", ("this",)))), True),
        (Card("To do", (), BUTTON), False),
        (Card("Sent", (Facts((("Students", "Ada Finch"),)),)), False),
        (Card("Says", (Quote("All may.", "item 2"),)), False),
    ],
)
def test_only_plain_words_are_said_aside(card: Card, *, aside: bool) -> None:
    assert plain(card) == aside
