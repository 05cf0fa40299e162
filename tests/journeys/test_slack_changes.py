"""What changes a request or a permission, in Slack, by the real process: ask, narrow, revoke, renew, give back; and pressed too late."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.test_slack import DANA, FORM, LEE, MARIA, now, playing, requested, shown_to, until_said
from tests.loopback.slack import LoopbackSlack, Message, View


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    async for one in playing(tmp_path, "http"):
        yield one


async def opened(slack: LoopbackSlack, who: str, message: Message | View, label: str, callback: str) -> View:
    """The form that a button opens."""
    await slack.presses(who, message, label=label)
    return await slack.until(lambda: view if (view := slack.modal(who)) and view.callback_id == callback else None)


async def told(slack: LoopbackSlack, who: str, words: str) -> None:
    """Wait until it stands before her: in a message, or in a modal where a press was slow."""
    await slack.until(lambda: words in "".join(map(slack.text_of, shown_to(slack, who))))


def labels(slack: LoopbackSlack, shown: Message | View) -> list[str]:
    return [label for label, _, _ in slack.buttons(shown)]


async def approved(slack: LoopbackSlack) -> tuple[Message, Message]:
    """Maria has approved; return her card, and Dana's own."""
    card = await requested(slack)
    await slack.presses(MARIA, card, label="Approve")
    await slack.until(lambda: labels(slack, now(slack, card)) == ["Revoke"])
    own = await until_said(slack, DANA, "Your request")
    await slack.until(lambda: labels(slack, now(slack, own)) == ["Renew", "Give it back"])
    return card, own


async def test_asked_answered_approved_with_changes_and_revoked(slack: LoopbackSlack) -> None:
    card = await requested(slack)
    form = await opened(slack, MARIA, card, "Ask a question", "request_more")
    assert (await slack.submits(MARIA, form, {"question": "Until when do you need it?"})).errors == {}

    question = await until_said(slack, DANA, "has a question before deciding")
    form = await opened(slack, DANA, question, "Answer", "answer_more")
    assert "Until when do you need it?" in slack.text_of(form)
    assert (await slack.submits(DANA, form, {"reply": "Until the season is over"})).errors == {}
    await until_said(slack, MARIA, "Dana Whitlock answered")
    await slack.until(lambda: "Until the season is over" in slack.text_of(now(slack, card)))
    await slack.until(lambda: not slack.buttons(now(slack, question)))

    form = await opened(slack, MARIA, now(slack, card), "Approve with changes", "approve_changed")
    empty = await slack.submits(MARIA, form, {"conditions": "  "}, anyway=True)
    assert set(empty.errors) == {"conditions"}
    terms = {"channel": "phone calls", "ends": "2099-06-05", "conditions": "Only about the bus"}
    assert (await slack.submits(MARIA, form, terms)).errors == {}
    outcome = await until_said(slack, DANA, "Approved with changes")
    assert "June 5, 2099" in slack.text_of(outcome)
    assert "Only about the bus" in slack.text_of(outcome)

    await slack.until(lambda: labels(slack, now(slack, card)) == ["Revoke"])
    form = await opened(slack, MARIA, now(slack, card), "Revoke", "revoke")
    assert (await slack.submits(MARIA, form, {"reason": "The number was passed on"})).errors == {}
    assert "The number was passed on" in slack.text_of(await until_said(slack, DANA, "Revoked by Maria Ortiz"))
    await slack.until(lambda: not slack.buttons(now(slack, card)))


async def test_a_request_is_corrected_and_what_was_read_before_decides_nothing(slack: LoopbackSlack) -> None:
    card = await requested(slack)
    stale = card.copy()
    own = await until_said(slack, DANA, "Your request")

    form = await opened(slack, DANA, own, "Correct", "request_correct")
    assert set((await slack.submits(DANA, form, {"reason": "  "}, anyway=True)).errors) == {"reason"}
    assert (await slack.submits(DANA, form, {"reason": "Rides change on the way"})).errors == {}
    await slack.until(lambda: f"Rides change on the way, instead of {FORM['reason']}" in slack.text_of(now(slack, card)))

    await slack.presses(MARIA, stale, label="Approve")
    await told(slack, MARIA, "This was corrected: please read it again.")
    assert "Approve" in labels(slack, now(slack, card))
    await slack.presses(MARIA, now(slack, card), label="Approve")
    await slack.until(lambda: labels(slack, now(slack, card)) == ["Revoke"])


async def test_a_student_leaves_and_the_permission_goes_on_for_the_other(slack: LoopbackSlack) -> None:
    card = await requested(slack, {**FORM, "students": "Ada Finch\nBo Reyes"})
    await slack.presses(MARIA, card, label="Approve")
    own = await until_said(slack, DANA, "Your request")
    await slack.until(lambda: "Take a student out" in labels(slack, now(slack, own)))

    form = await opened(slack, DANA, now(slack, own), "Take a student out", "withdraw_student")
    assert (await slack.submits(DANA, form, {"student": "Bo Reyes", "left": "the school"})).errors == {}

    news = await until_said(slack, MARIA, "A student has left")
    assert "Bo Reyes" in slack.text_of(news)
    assert not any("Bo Reyes" in one.text for one in slack.messages)  # nothing that a locked screen shows
    await slack.until(lambda: "Bo Reyes, who has left the school" in slack.text_of(now(slack, card)))
    assert labels(slack, now(slack, card)) == ["Revoke", "Take a student out"]

    form = await opened(slack, MARIA, now(slack, card), "Take a student out", "withdraw_student")
    assert (await slack.submits(MARIA, form, {"student": "Ada Finch", "left": "the class or activity"})).errors == {}
    await slack.until(lambda: labels(slack, now(slack, own)) == ["Renew"])
    assert "the last student who was named has left" in slack.text_of(now(slack, own))


async def test_a_renewal_is_a_new_request_filled_in_as_before(slack: LoopbackSlack) -> None:
    _, own = await approved(slack)

    form = await opened(slack, DANA, now(slack, own), "Renew", "renew")
    again = await slack.submits(DANA, form, {"unavailable": ["yes"]})  # all else stands there, as it was sent before
    assert again.errors == {}

    card = await until_said(slack, MARIA, "renews an earlier request")
    assert str(FORM["reason"]) in slack.text_of(card)
    assert labels(slack, card)[:2] == ["Approve", "Deny"]


async def test_what_is_given_back_ends_and_nobody_revokes_it_any_more(slack: LoopbackSlack) -> None:
    card, own = await approved(slack)
    stale = now(slack, card).copy()

    await slack.presses(DANA, now(slack, own), label="Give it back")
    await slack.until(lambda: "Given back by" in slack.text_of(now(slack, card)))
    await slack.until(lambda: labels(slack, now(slack, own)) == ["Renew"])

    await slack.presses(MARIA, stale, label="Revoke")
    await told(slack, MARIA, "It has ended.")


async def test_old_buttons_and_other_hands_change_nothing(slack: LoopbackSlack) -> None:
    card = await requested(slack)
    stale = card.copy()
    form = await opened(slack, MARIA, card, "Ask a question", "request_more")
    await slack.submits(MARIA, form, {"question": "Which team?"})
    question = await until_said(slack, DANA, "has a question before deciding")
    waiting = await opened(slack, DANA, question, "Answer", "answer_more")
    old = question.copy()
    for label in ("Ask a question", "Approve with changes"):
        before = len(slack.answers(LEE))
        await slack.presses(LEE, now(slack, card), label=label)
        await slack.until(lambda: slack.answers(LEE)[before:])  # noqa: B023  # looked at at once
    assert "This is not yours." in slack.text_of(slack.answers(LEE)[-1])

    await slack.presses(MARIA, now(slack, card), label="Approve")
    await until_said(slack, DANA, "You may go ahead")
    await slack.submits(DANA, waiting, {"reply": "Varsity"})
    await told(slack, DANA, "It was approved by Maria Ortiz.")
    for label in ("Ask a question", "Approve with changes"):
        before = len(shown_to(slack, MARIA))
        await slack.presses(MARIA, stale, label=label)
        await slack.until(lambda: len(shown_to(slack, MARIA)) > before)  # noqa: B023
    await told(slack, MARIA, "This one was already answered.")
    before = len(slack.answers(DANA))
    await slack.presses(DANA, old, label="Answer")
    await slack.until(lambda: len(slack.answers(DANA)) > before or slack.modal(DANA))


async def test_the_home_tab_has_live_permissions_and_what_may_be_revoked(slack: LoopbackSlack) -> None:
    await slack.opens_home(MARIA)
    await slack.opens_home(DANA)
    await approved(slack)

    await slack.until(lambda: "Your live permissions and duties" in slack.text_of(slack.homes[DANA]))
    await slack.until(lambda: "Give it back" in labels(slack, slack.homes[DANA]))
    home = await slack.until(lambda: slack.homes[MARIA] if "Revoke" in labels(slack, slack.homes[MARIA]) else None)
    assert "Live permissions that you may revoke" in slack.text_of(home)

    form = await opened(slack, MARIA, home, "Revoke", "revoke")
    await slack.submits(MARIA, form, {"reason": "The season is over"})
    await slack.until(lambda: "Revoke" not in labels(slack, slack.homes[MARIA]))
    await slack.until(lambda: "Give it back" not in labels(slack, slack.homes[DANA]))
