"""A modal that was sent is shown again with all that was typed in it, and each sentence beneath its field."""

from typing import Any

import pytest

from adapters.slack import mending, modal
from handlers.actions import Approve
from handlers.cards import Field, Form, Kind, Text
from handlers.ids import StageId
from tests.loopback.slack.forms import fill, kept_inputs
from tests.loopback.slack.limits import in_view

FORM = Form(
    "Ask for permission to write to students",
    Approve(StageId("s1")),
    (
        Field("reason", "Why", Kind.text, value="what was known"),
        Field("starts", "From", Kind.date),
        Field("channel", "How", Kind.choice, options=("Text", "E-mail")),
        Field("agreed", "I agree", Kind.check),
        Field("url", "Address", Kind.url, required=False),
    ),
    (Text("The principal decides."),),
)
TYPED = {"reason": "Bus times", "starts": "2026-03-02", "channel": "E-mail", "agreed": ["yes"], "url": "https://team.example"}


def sent(typed: dict[str, Any], view: dict[str, Any] | None = None) -> dict[str, Any]:
    """The form as Slack hands it in."""
    drawn = view or modal.draw_form(FORM, "D1:2.3::")
    values: dict[str, Any] = {}
    for (block, action), given in fill(drawn["blocks"], kept_inputs(drawn["blocks"], {}), typed).items():
        values.setdefault(block, {})[action] = given
    return {**drawn, "id": "V1", "hash": "1.2", "state": {"values": values}, "root_view_id": "V1", "app_id": "A1"}


def standing(view: dict[str, Any]) -> dict[str, str]:
    """What stands in its fields when it comes up."""
    values = {block: {action: given} for (block, action), given in kept_inputs(view["blocks"], {}).items()}
    return modal.sent({"state": {"values": values}})[1]


@pytest.mark.parametrize("typed", [TYPED, dict.fromkeys(TYPED)], ids=["filled in", "emptied"])
def test_what_was_typed_stands_there_again(typed: dict[str, Any]) -> None:
    shown = mending.again(sent(typed), [("reason", "Why: please use at most 5 characters.")])

    assert in_view(shown) == []
    assert standing(shown) == modal.sent(sent(typed))[1]
    assert modal.sent({**shown, "state": {}})[::2] == (Approve(StageId("s1")), "D1:2.3::")
    assert (shown["title"], shown["submit"]) == (modal.draw_form(FORM)["title"], modal.draw_form(FORM)["submit"])


def test_each_sentence_stands_beneath_its_field_and_one_without_a_field_at_the_end() -> None:
    shown = mending.again(sent(TYPED), [("starts", "From: too late."), ("gone", "Gone: please fill this in.")])

    ids = [block.get("block_id") for block in shown["blocks"]]
    assert ids[ids.index("starts") + 1] == "starts.fault"
    assert ids[-1] == "gone.fault"
    assert shown["blocks"][ids.index("starts.fault")]["elements"][0]["text"] == "Please mend. From: too late."


def test_a_modal_without_sentences_gets_its_faults_in_slacks_own_way() -> None:
    assert mending.answer(sent(TYPED), [("reason", "Why: x")]) == {"response_action": "errors", "errors": {"reason": "Why: x"}}


def test_old_sentences_make_room_for_new_ones() -> None:
    once = mending.again(sent(TYPED), [("reason", "Why: too long.")])

    answer = mending.answer(sent(TYPED, once), [("starts", "From: too late.")])

    assert answer["response_action"] == "update"
    assert [block["block_id"] for block in answer["view"]["blocks"] if block.get("block_id", "").endswith(".fault")] == ["starts.fault"]
