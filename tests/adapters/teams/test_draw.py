"""Every card and form of the product as Teams would take it; and what a person typed is never markup."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from adapters.teams import draw, form
from handlers.actions import Approve, Deny
from handlers.cards import TICKED, Button, Card, Facts, Field, Form, Kind, Listing, Note, Quote, Text, Tone
from handlers.ids import StageId
from tests.gallery import gallery
from tests.loopback.teams.cards import in_card

GALLERY = gallery()
CARDS = {name: one for name, one in GALLERY.items() if isinstance(one, Card)}
FORMS = {name: one for name, one in GALLERY.items() if isinstance(one, Form)}
WORDS = st.text(max_size=4000)
STAGE = StageId("r1.s1")


@pytest.mark.parametrize("name", CARDS)
def test_card(name: str, snapshot: SnapshotAssertion) -> None:
    drawn = draw.draw(CARDS[name])

    assert in_card(drawn) == []
    assert drawn == snapshot(name=name).use_extension(JSONSnapshotExtension)


@pytest.mark.parametrize("name", FORMS)
def test_form(name: str, snapshot: SnapshotAssertion) -> None:
    drawn = form.draw_form(FORMS[name])

    assert in_card(drawn) == []
    assert drawn == snapshot(name=name).use_extension(JSONSnapshotExtension)


@given(WORDS, WORDS, st.lists(st.tuples(WORDS, WORDS), max_size=30))
def test_no_card_is_too_heavy_for_teams(title: str, text: str, rows: list[tuple[str, str]]) -> None:
    blocks = (Text(text * 5), Facts(tuple(rows)), Quote(text * 5, title), Listing(title, (text, "")), Note(text))
    drawn = draw.draw(Card(title or "-", blocks, (Button("Go", Approve(STAGE), Tone.stop, confirm="Sure?"),)))

    assert len(json.dumps(drawn, ensure_ascii=False).encode("utf-16-le")) < 100_000


def test_what_is_too_heavy_is_left_out_from_the_end_and_that_is_said() -> None:
    drawn = draw.draw(Card("Much", tuple(Text(f"{number} " + "x" * 4000) for number in range(30))))

    said = [block["text"] for block in drawn["body"]]
    assert said[1].startswith("0 ")
    assert said[-1] == "There is more than Teams can show here."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*bold* _it_ [a](http://x)", r"\*bold\* \_it\_ \[a\](http://x)"),
        ("- one", r"\- one"),
        ("1. one", r"\1. one"),
        ("# head", r"\# head"),
        ("{{DATE(2026-11-20T18:40:00Z)}}", "{\u200b{DATE(2026-11-20T18:40:00Z)}}"),
        ("<at>Everybody</at>", "<\u200bat>Everybody</at>"),
        ("Ada Finch, 10 a.m.", "Ada Finch, 10 a.m."),
    ],
)
def test_what_somebody_typed_is_shown_as_it_was_typed(typed: str, shown: str) -> None:
    assert draw.words(typed) == shown


def test_a_moment_is_told_in_the_readers_own_zone() -> None:
    drawn = draw.draw(Card("Sent", (Facts((("When", datetime(2026, 11, 20, 18, 40, 5, tzinfo=UTC)),)),)))

    assert drawn["body"][1]["facts"][0]["value"] == "{{DATE(2026-11-20T18:40:05Z,SHORT)}} {{TIME(2026-11-20T18:40:05Z)}}"


def test_more_buttons_than_teams_shows_stand_in_rows_of_their_own() -> None:
    drawn = draw.draw(Card("Choose", (), tuple(Button(f"{number}", Approve(StageId(f"s{number}"))) for number in range(8))))

    assert in_card(drawn) == []
    assert [action["title"] for action in drawn["body"][-1]["actions"]] == list("012345")
    assert [action["title"] for action in drawn["actions"]] == ["6", "7"]


def test_no_button_is_cut_off_at_the_right() -> None:
    drawn = draw.draw(CARDS["decide-open"])

    assert [action["title"] for action in drawn["body"][-1]["actions"]] == ["Approve", "Deny", "Approve with changes", "Give away"]
    assert [action["title"] for action in drawn["actions"]] == ["Ask a question", "Ask somebody else to decide"]


def test_a_card_that_is_too_heavy_keeps_all_its_buttons() -> None:
    buttons = tuple(Button(f"{number}" * 30, Approve(StageId(f"s{number}"))) for number in range(3))
    drawn = draw.draw(Card("Much", tuple(Text("x" * 4000) for _ in range(30)), buttons))

    assert [one["actions"][0]["title"][0] for one in drawn["body"][-2:]] == ["0", "1"]
    assert drawn["actions"][0]["title"][0] == "2"


def test_a_form_that_is_to_be_mended_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    asking = Form("Deny", Deny(STAGE), (Field("reason", "Reason", Kind.text), Field("seen", "Seen", Kind.check)))

    drawn = form.draw_form(asking, {"reason": "No *team*", "seen": TICKED}, {"reason": "Say more."})

    reason, wrong, seen = drawn["body"][1:]
    assert (reason["value"], wrong["text"], seen["value"]) == ("No *team*", "Say more.", TICKED)


def test_what_was_filled_in_comes_back_under_the_fields_own_names() -> None:
    asking = Form("Deny", Deny(STAGE), (Field("reason", "Reason", Kind.text),))
    send, back = form.draw_form(asking)["actions"]

    assert form.sent(send["verb"], {**send["data"], "reason": "Too far"}) == (Deny(STAGE), {"reason": "Too far"})
    assert form.sent(back["verb"], back["data"]) == (Deny(STAGE), None)
    assert form.sent(back["verb"], {**back["data"], "reason": "Too far"}) == (Deny(STAGE), None)
    assert form.sent("deny", {"id": STAGE, "reason": "Too far"}) == (Deny(STAGE), {"reason": "Too far"})
    assert form.sent("approve", {"id": STAGE}) == (Approve(STAGE), None)
