"""Every card and form of the product within Slack's limits, by Slack's own models; and what a person typed is never markup."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from adapters.slack import draw, modal
from handlers.actions import Answer, Approve
from handlers.cards import Button, Card, Facts, Field, Form, Kind, Listing, Note, Quote, Text, Tone
from handlers.ids import AnswerId, StageId
from tests.gallery import gallery

GALLERY = gallery()
CARDS = {name: one for name, one in GALLERY.items() if isinstance(one, Card)}
FORMS = {name: one for name, one in GALLERY.items() if isinstance(one, Form)}
WORDS = st.text(max_size=4000)


def checked(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Have Slack's own models look at the blocks; they raise at what Slack would refuse."""
    parsed = Block.parse_all(blocks)
    assert len(parsed) == len(blocks)
    for block in parsed:
        block.to_dict()
    return blocks


@pytest.mark.parametrize("name", CARDS)
def test_card(name: str, snapshot: SnapshotAssertion) -> None:
    drawn = draw.draw(CARDS[name])

    assert checked(drawn["blocks"])
    assert len(drawn["blocks"]) <= 50
    assert drawn["text"]
    assert drawn == snapshot(name=name).use_extension(JSONSnapshotExtension)


@pytest.mark.parametrize("name", FORMS)
def test_form(name: str, snapshot: SnapshotAssertion) -> None:
    drawn = modal.draw_form(FORMS[name], "D1:1.2:")

    checked(drawn["blocks"])
    View(**drawn).to_dict()
    assert drawn == snapshot(name=name).use_extension(JSONSnapshotExtension)


@given(WORDS, WORDS, st.lists(st.tuples(WORDS, WORDS), max_size=30))
def test_no_text_is_too_long_for_slack(title: str, text: str, rows: list[tuple[str, str]]) -> None:
    card = Card(
        title or "–",
        (Text(text), Facts(tuple(rows)), Quote(text, title), Listing(title, (text, "")), Note(text)),
        (Button(title or "Go", Approve(StageId("s1")), Tone.stop, confirm=text),),
    )

    drawn = draw.draw(card)

    assert len(checked(drawn["blocks"])) <= 50
    assert drawn["blocks"][-1]["type"] == "actions"  # whatever is cut, the buttons stay


def test_what_a_person_typed_is_never_read_as_markup() -> None:
    said = "<!channel> <@U1> <https://bad.example|the policy> *bold* & more"
    card = Card(said, (Text(said), Facts(((said, said),)), Quote(said, said), Listing(said, (said,)), Note(said)), summary=said)

    marked = [one for one in _texts(draw.draw(card)) if one["type"] == "mrkdwn"]

    assert marked  # labels are bold
    assert all("<" not in one["text"] for one in marked)
    assert "<" not in draw.draw(card)["text"]


def test_nothing_of_a_long_text_is_left_out() -> None:
    words = " ".join(f"word{number}" for number in range(2000))

    drawn = draw.draw(Card("Title", (Text(words),)))

    assert " ".join(block["text"]["text"] for block in drawn["blocks"][1:]).split() == words.split()


def test_a_moment_is_shown_in_the_readers_zone_and_says_utc_where_it_cannot_be() -> None:
    at = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    drawn = draw.draw(Card("Title", (Facts((("When", at),)),)))

    assert drawn["blocks"][1]["fields"][1]["text"] == "<!date^1772452800^{date_short_pretty}, {time}|2 Mar 2026, 12:00 UTC>"


def test_a_buttons_id_begins_with_its_verb_and_its_value_is_an_id_alone() -> None:
    buttons = (Button("Text", Answer(AnswerId("a1"), 0)), Button("E-mail", Answer(AnswerId("a1"), 1)))

    (actions,) = [block for block in draw.draw(Card("How?", (), buttons))["blocks"] if block["type"] == "actions"]

    assert [(one["action_id"], one["value"]) for one in actions["elements"]] == [("answer.0", "a1.0"), ("answer.1", "a1.1")]


def test_what_is_filled_in_comes_back_under_the_packs_own_names() -> None:
    fields = (
        Field("reason", "Why", Kind.text),
        Field("starts", "From", Kind.date),
        Field("channel", "How", Kind.choice, options=("Text", "E-mail")),
        Field("agreed", "I agree", Kind.check),
        Field("url", "Address", Kind.url, required=False),
    )
    view = modal.draw_form(Form("Ask", Approve(StageId("s1")), fields), "D1:2.3:")
    state = {
        "reason": {"reason": {"type": "plain_text_input", "value": "Bus times"}},
        "starts": {"starts": {"type": "datepicker", "selected_date": "2026-03-02"}},
        "channel": {"channel": {"type": "static_select", "selected_option": {"value": "Text"}}},
        "agreed": {"agreed": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}},
        "url": {"url": {"type": "url_text_input", "value": None}},
    }

    action, values, place = modal.sent({**json.loads(json.dumps(view)), "state": {"values": state}})

    assert action == Approve(StageId("s1"))
    assert values == {"reason": "Bus times", "starts": "2026-03-02", "channel": "Text", "agreed": "yes", "url": ""}
    assert place == "D1:2.3:"


def _texts(drawn: Any) -> list[dict[str, Any]]:
    if isinstance(drawn, list):
        return [one for part in drawn for one in _texts(part)]
    if not isinstance(drawn, dict):
        return []
    own = [drawn] if drawn.get("type") in ("mrkdwn", "plain_text") else []
    return own + [one for part in drawn.values() for one in _texts(part)]
