"""A request's life in Teams, over the real process: decided in two stages, with changes, questions and second thoughts; duties done."""

import asyncio
import copy
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from tests.journeys.teams_story import BACK, FORM, SENT, TWO_STAGE_FORM, TWO_STAGES, Story, a_story
from tests.samples import today
from tests.scenes import LETTER_SENT

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Story]:
    async with a_story(tmp_path_factory.mktemp("life")) as one:
        people = one.folder / "people.csv"  # of a school with two principals
        people.write_text(people.read_text().replace(",assistant_principal,", ",building_principal,"))
        assert await one.served.runs("people", "import", "people.csv") == 0
        yield one


@pytest_asyncio.fixture(loop_scope="module")
async def story(town: Story) -> Story:
    return await town.rests()


async def test_principal_then_technology_decide(story: Story) -> None:
    teams = story.teams
    await story.sent("lee", TWO_STAGES, TWO_STAGE_FORM)
    first = await story.said("maria", "asks for your decision")

    await teams.presses("maria", first, "Approve")
    assert "Ravi Menon decides next" in story.toast("maria")
    second = await story.said("ravi", "asks for your decision")
    assert "Maria Ortiz" in teams.text_of(second, "ravi")
    await teams.presses("ravi", second, "Approve")

    outcome = await story.said("lee", "Approved: ")
    assert "You may go ahead" in teams.text_of(outcome)
    await teams.until(lambda: story.labels(first) == ["Revoke"] or not story.labels(first))
    await teams.until(lambda: "Ravi Menon" in teams.text_of(first))
    assert not [one for one in teams.notifications["ravi"] if "Ada Finch" in one]


async def test_a_duty_is_done_with_its_evidence_and_not_now_brings_its_card_back(story: Story) -> None:
    teams = story.teams
    await story.approved()
    duty = await story.said("maria", "Inform the parents")

    await teams.presses("maria", duty, "Parents were informed")
    assert "sent" in teams.inputs(duty, "maria")
    await teams.presses("maria", duty, data=BACK)
    assert "Parents were informed" in story.labels(duty, "maria")

    await teams.presses("maria", duty, "Parents were informed")
    ahead = (today() + timedelta(days=40)).isoformat()
    wrong = await teams.presses("maria", duty, data=SENT, filled=LETTER_SENT | {"sent": ahead})
    assert wrong.trouble is None
    assert teams.inputs(duty, "maria")["sent"]["value"] == ahead
    assert "Attention" in str(teams.cards(duty, "maria"))
    await teams.presses("maria", duty, data=SENT, filled=LETTER_SENT | {"sent": today().isoformat()})
    await teams.until(lambda: "Parents were informed" not in story.labels(duty))


async def test_of_two_principals_who_take_a_duty_at_once_one_has_it(story: Story) -> None:
    teams = story.teams
    await story.approved()
    cards = {who: await story.said(who, "Inform the parents") for who in ("maria", "ngozi")}

    await asyncio.gather(*(teams.presses(who, card, "Take") for who, card in cards.items()))

    first = [who for who in cards if "It is yours." in story.toast(who)]
    second = [who for who in cards if "Somebody else works on this." in story.toast(who)]
    assert len(first) == len(second) == 1
    assert first != second
    await teams.until(lambda: all("Taken by" in teams.text_of(card) for card in cards.values()))


async def test_a_denial_keeps_what_was_typed_until_it_is_right(story: Story) -> None:
    teams = story.teams
    card = await story.requested()

    await teams.presses("maria", card, "Deny")
    await teams.presses("maria", card, data=SENT, filled={"reason": "   "})
    assert "Attention" in str(teams.cards(card, "maria"))
    await teams.presses("maria", card, data=SENT, filled={"reason": "The team has an app"})

    assert "The team has an app" in teams.text_of(await story.said("dana", "Denied by"))
    await teams.until(lambda: not story.labels(card))


async def test_not_now_shows_the_card_as_it_stands_by_then(story: Story) -> None:
    teams = story.teams
    card = await story.requested()
    await teams.presses("maria", card, "Deny")
    open_form = card.copy()
    own = await story.said("dana", "Your request: ")
    await teams.presses("dana", own, verb="withdraw")
    await teams.until(lambda: not story.labels(card))

    answered = await teams.presses("maria", open_form, data=BACK)

    assert answered.body["type"] == "application/vnd.microsoft.card.adaptive"
    assert "withdr" in teams.text_of(card, "maria").lower()
    assert not story.labels(card, "maria")


async def test_asked_answered_and_approved_with_changes_then_revoked(story: Story) -> None:
    teams = story.teams
    card = await story.requested()
    await story.form("maria", card, "Ask a question", question="Until when do you need it?")
    question = await story.said("dana", "has a question before deciding")
    await story.form("dana", question, "Answer", reply="Until the season is over")
    await teams.until(lambda: "Until the season is over" in teams.text_of(card))
    await teams.until(lambda: not story.labels(question))

    await teams.presses("maria", card, "Approve with changes")
    terms = {"channel": "phone calls", "ends": "2099-06-05", "conditions": "  "}
    await teams.presses("maria", card, data=SENT, filled=terms)
    assert teams.inputs(card, "maria")["channel"]["value"] == "phone calls"
    assert teams.inputs(card, "maria")["ends"]["value"] == "2099-06-05"
    await teams.presses("maria", card, data=SENT, filled=terms | {"conditions": "Only about the bus"})
    outcome = await story.said("dana", "Approved with changes")
    assert "June 5, 2099" in teams.text_of(outcome)
    assert "Only about the bus" in teams.text_of(outcome)

    await teams.until(lambda: story.labels(card) == ["Revoke"])
    await story.form("maria", card, "Revoke", reason="The number was passed on")
    assert "The number was passed on" in teams.text_of(await story.said("dana", "Revoked by Maria Ortiz"))
    await teams.until(lambda: not story.labels(card))


async def test_a_request_is_corrected_and_what_was_read_before_decides_nothing(story: Story) -> None:
    teams = story.teams
    card = await story.requested()
    stale, own = card.copy(), await story.said("dana", "Your request: ")

    await teams.presses("dana", own, "Correct")
    before = teams.inputs(own, "dana")["reason"]["value"]
    await teams.presses("dana", own, data=SENT, filled={"reason": "  "})
    assert "Correct" not in story.labels(own, "dana")
    await teams.presses("dana", own, data=SENT, filled={"reason": "Rides change on the way"})
    await teams.until(lambda: f"Rides change on the way, instead of {before}" in teams.text_of(card))

    await teams.presses("maria", stale, "Approve")
    assert "This was corrected: please read it again." in story.told("maria")
    assert "Approve" in story.labels(card)
    await teams.presses("maria", card, "Approve")
    await teams.until(lambda: story.labels(card) == ["Revoke"])


async def test_a_student_leaves_and_the_permission_goes_on_for_the_other(story: Story) -> None:
    teams = story.teams
    form = story.unlike() | {"students": "Cy Young\nDee Park"}
    await story.sent(form=form)
    card = await story.said("maria", form["reason"])
    await teams.presses("maria", card, "Approve")
    own = await story.said("dana", "Your request: ")
    await teams.until(lambda: "Take a student out" in story.labels(own))

    await story.form("dana", own, "Take a student out", student="0.1", left="school")

    news = await story.said("maria", "A student has left")
    assert "Dee Park" in teams.text_of(news, "maria")
    await teams.until(lambda: "Dee Park, who has left the school" in teams.text_of(card))
    assert story.labels(card) == ["Revoke", "Take a student out"]
    await story.form("maria", card, "Take a student out", student="1.0", left="activity")
    await teams.until(lambda: story.labels(own) == ["Renew"])
    assert "the last student who was named has left" in teams.text_of(own)


async def test_a_renewal_is_a_new_request_filled_in_as_before(story: Story) -> None:
    teams = story.teams
    _, own = await story.approved()
    story.begins()

    await story.form("dana", own, "Renew", unavailable="yes")

    card = await story.said("maria", "renews an earlier request")
    assert FORM["reason"] in teams.text_of(card)
    assert story.labels(card)[:2] == ["Approve", "Deny"]


async def test_what_is_given_back_has_ended_and_a_late_revocation_is_told_so(story: Story) -> None:
    teams = story.teams
    card, own = await story.approved()
    stale = card.copy()

    await teams.presses("dana", own, verb="withdraw")
    await teams.until(lambda: "Given back by" in teams.text_of(card))
    await teams.presses("maria", stale, "Revoke")

    assert "It has ended." in story.toast("maria")


async def test_taking_back_is_asked_for_first(story: Story) -> None:
    teams = story.teams
    card = await story.requested()
    own = await story.said("dana", "Your request: ")
    [shown] = [one for _, one in teams.actions(own, "dana") if one["type"] == "Action.ShowCard"]
    assert "?" in str(shown["card"]["body"])

    await teams.presses("dana", own, verb="withdraw")

    assert "Withdrawn." in story.toast("dana")
    await teams.until(lambda: not story.labels(card))
    await teams.until(lambda: not story.labels(own))


async def test_a_second_a_late_and_a_stale_press_are_explained_and_change_nothing(story: Story) -> None:
    teams = story.teams
    card = await story.requested()
    stale = card.copy()
    await teams.presses("maria", card, "Approve")
    await story.said("dana", "Approved: ")

    await teams.presses("maria", stale, "Approve")
    assert "already answered" in story.toast("maria")
    late = await teams.presses("maria", stale, "Deny")
    assert "already answered" in story.toast("maria")
    assert late.body["type"] == "application/vnd.microsoft.activity.message"
    assert "Denied" not in story.told("dana")
    assert len([one for one in story.answers("dana") if one.summary.startswith("Approved by")]) <= 1


async def test_two_who_decide_at_once_make_one_decision(story: Story) -> None:
    teams = story.teams
    await story.sent("lee", TWO_STAGES, TWO_STAGE_FORM | {"students": "Ben Okri"})
    copies = {who: await story.said(who, "asks for your decision") for who in ("maria", "ngozi")}

    await asyncio.gather(*(teams.presses(who, copy.copy(), "Approve") for who, copy in copies.items()))

    first = [who for who in copies if story.toast(who).startswith("Approved.")]
    second = [who for who in copies if "already answered" in story.toast(who)]
    assert len(first) == len(second) == 1
    assert first != second
    await teams.until(lambda: not any("Approve" in story.labels(copy) for copy in copies.values()))
    await story.said("ravi", "asks for your decision")
    assert len(story.answers("ravi")) == 1


async def test_the_principal_asks_her_assistant_who_approves(story: Story) -> None:
    teams = story.teams
    card = await story.requested()

    await story.form("maria", card, "Ask somebody else to decide", person="Ngozi Okafor", reason="I am away")
    hers = await story.said("ngozi", "asks for your decision")
    await teams.until(lambda: "Ngozi Okafor decides too" in teams.text_of(card))
    await teams.presses("ngozi", hers, "Approve")

    await teams.until(lambda: "Ngozi Okafor, asked by Maria Ortiz" in teams.text_of(card))
    await story.said("dana", "Approved: ")


async def test_a_stand_in_is_named_and_ended_in_the_chat(story: Story) -> None:
    teams = story.teams
    await teams.says("maria", "Delegate")
    nobody = await story.said("maria", "Nobody stands in for you.")
    days = {"person": "Ngozi Okafor", "ends": (today() + timedelta(days=5)).isoformat()}
    too_long = days | {"ends": (today() + timedelta(days=500)).isoformat()}

    await story.form("maria", nobody, "Name somebody", **too_long)
    assert "at most 60 days (district setting)" in teams.text_of(nobody, "maria")
    await teams.presses("maria", nobody, data=SENT, filled=days)
    await story.sent(form=FORM | {"reason": "Rides home from the match"})
    card, hers = [await story.said(who, "Rides home from the match") for who in ("maria", "ngozi")]
    assert "Ngozi Okafor stands in for Maria Ortiz until" in teams.text_of(hers)
    await teams.presses("ngozi", hers, "Approve")
    await teams.until(lambda: "in place of Maria Ortiz" in teams.text_of(card))

    story.begins()
    await teams.says("maria", "/hallpass delegate")
    standing = await story.said("maria", "stands in for you until")
    await teams.presses("maria", standing, verb="delegate_end")
    assert "It has ended." in story.toast("maria")


async def test_what_is_not_hers_goes_to_the_superintendent_and_a_late_press_says_so(story: Story) -> None:
    teams = story.teams
    card = await story.requested("lee")
    stale = copy.deepcopy(card)

    await story.form("maria", card, "Give away", person="Helen Brandt", reason="It is about the whole district")
    hers = await story.said("helen", "Maria Ortiz gave this to Helen Brandt")
    await teams.until(lambda: "Helen Brandt decides this now" in teams.text_of(card, "maria"))
    assert story.labels(card, "maria") == []

    await teams.presses("maria", stale, "Approve")
    await teams.until(lambda: "This is with somebody else now." in story.told("maria"))
    await teams.presses("helen", hers, "Approve")
    await story.said("lee", "Helen Brandt, given it by Maria Ortiz")


async def test_an_answer_is_judged(story: Story) -> None:
    teams = story.teams
    answer = await story.asked()

    await teams.presses("dana", answer, "Helpful")
    assert "Thank you." in story.toast("dana")
    await story.form("dana", answer, "Not helpful", what="Which phone counts as my own?")

    assert "Thank you." in teams.text_of(answer, "dana")
