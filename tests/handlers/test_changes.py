"""A request changes before its decision, a permission after it: through the door, as people would."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.actions import Approve, Delegate, Deny, View, Withdraw
from handlers.ask_more import submit_answer, submit_ask
from handlers.cards import Whisper
from handlers.change import submit as submit_change
from handlers.changing import AnswerMore, ApproveChanged, AskMore, Changing, Renew, Revoke
from handlers.decide import decide
from handlers.ids import AnswerId, QuestionId, RequestId, StageId
from handlers.people import DistrictKey, Person, PersonId, Role, Seat
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.revoke import submit as submit_revoke
from handlers.telling import redraw
from handlers.wording.plain import plain
from handlers.workflow.asking import Asked
from handlers.workflow.moves import Decision, Move, Settled
from handlers.workflow.refused import Already, Unknown
from handlers.workflow.request import Request
from handlers.workflow.said import Change, Question
from storage.inbox import SqlInbox
from storage.requests import SqlRequests
from tests.house import House, button, faulty, opened, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, NOON, RAVI, SCHOOL, a_person
from tests.scenes import (
    LOGO,
    TEAM,
    all_kept,
    asks,
    both_have_agreed,
    denies,
    has_given_notice,
    has_sent,
    kept,
    lines,
    one_has_agreed,
    recorded,
    seat,
    takes_back,
)

TERMS = {"ends": "2026-06-05", "conditions": "Only until the season is over"}
UNTIL = Change("ends", "Until", "", "2026-06-05")
LAST_MOMENT = datetime(2026, 6, 6, 4, 59, 59, tzinfo=UTC)  # of June 5 in Maple Grove
STRANGER = replace(MARIA, district=DistrictKey("willow"))
UNKNOWN = "I cannot find that for you."


def shown(house: House, who: Person) -> str:
    """Everything that stands in somebody's thread now."""
    return "\n".join(plain(card) for card in house.sees(who))


# Approving with changes


async def test_maria_narrows_the_terms_and_everybody_reads_them(house: House) -> None:
    request = await has_sent(house)
    form = opened(await house.presses(MARIA, button(house.sees(MARIA)[0], "Approve with changes")))
    assert [field.name for field in form.fields] == ["ends", "conditions"]

    assert whispered(await house.sends(MARIA, form.action, TERMS)).title == "Approved."
    await house.post_is_out()
    assert "Only until the season is over" in plain(house.sees(RAVI)[0])
    assert (await kept(house)).ends is None
    await house.presses(RAVI, Approve(request.stages[1].id))
    await house.post_is_out()

    done = await kept(house)
    assert (done.status, done.fields["ends"], done.starts, done.ends) == ("approved", "2026-06-05", None, LAST_MOMENT)
    assert done.stages[0].changes == (UNTIL,)
    assert done.stages[0].reason == TERMS["conditions"]
    outcome = next(card for card in house.sees(DANA) if card.title.startswith("Approved with changes"))
    assert "June 5, 2026" in plain(outcome)
    assert "on these terms" in plain(outcome)
    assert await recorded(house, request) == ["sent", "changed", "approved", "approved"]
    assert (await lines(house, request))[1].detail == "Until: nothing → June 5, 2026"


async def test_a_later_decider_narrows_further_and_never_wider(house: House) -> None:
    request = await has_sent(house)
    await house.sends(MARIA, ApproveChanged(request.stages[0].id), TERMS)
    later = ApproveChanged(request.stages[1].id)

    assert faulty(await house.sends(RAVI, later, TERMS | {"ends": "2026-07-01"})) == {
        "ends": "Until: please stay within what was asked for."
    }
    await house.sends(RAVI, later, TERMS | {"ends": "2026-05-01"})

    done = await kept(house)
    assert (done.fields["ends"], done.status) == ("2026-05-01", "approved")
    assert done.stages[1].changes == (replace(UNTIL, before="2026-06-05", after="2026-05-01"),)


async def test_the_processs_own_fields_are_offered_filled_in_and_what_he_wrote_is_not(house: House) -> None:
    wanted = {"what": "The mascot on a sign", "sure": "yes", "size": "large", "place": "The gym", "starts": "2026-04-01"}
    await house.sends(DANA, await asks(house, LOGO), wanted)
    request = await kept(house)

    form = opened(await house.presses(HELEN, ApproveChanged(request.stages[0].id)))
    assert [(field.name, field.value) for field in form.fields] == [
        ("size", "large"),
        ("starts", "2026-04-01"),
        ("ends", ""),
        ("conditions", ""),
    ]
    await house.sends(HELEN, form.action, {"size": "small", "starts": "2026-04-01", "conditions": "A small one"})

    done = await kept(house)
    assert done.fields == {name: value for name, value in wanted.items() if name != "place"} | {"size": "small"}
    assert done.starts == datetime(2026, 4, 1, 5, tzinfo=UTC)  # when the day begins there
    assert done.ends is None


async def test_words_that_are_no_longer_asked_for_go_and_are_repeated_nowhere(house: House) -> None:
    wanted = {"what": "The mascot on a sign", "sure": "yes", "size": "large", "place": "Ada Finch's locker", "starts": "2026-04-01"}
    await house.sends(DANA, await asks(house, LOGO), wanted)
    await house.post_is_out()
    request = await kept(house)

    await house.sends(HELEN, ApproveChanged(request.stages[0].id), {"size": "small", "starts": "2026-04-01", "conditions": "A small one"})
    await house.post_is_out()

    done = await kept(house)
    assert "place" not in done.fields
    assert done.stages[0].changes == (
        Change("size", "Size", "large", "small"),
        Change("place", "Where it would hang", "Ada Finch's locker", "", dropped=True),
    )
    assert "Where it would hang: No longer asked for" in shown(house, DANA)
    assert [line.detail for line in await lines(house, request) if line.what == "changed"] == [
        "Size: large → small",
        "Where it would hang: no longer asked for",
    ]
    assert not any("Ada Finch" in line.detail for line in await lines(house, request))


async def test_a_choice_that_asks_for_words_of_hers_is_refused_with_a_sentence(house: House) -> None:
    await house.sends(DANA, await asks(house, LOGO), {"what": "A sign", "sure": "yes", "size": "small"})
    request = await kept(house)

    faults = faulty(await house.sends(HELEN, ApproveChanged(request.stages[0].id), {"size": "large", "conditions": "A large one"}))

    assert faults == {
        "size": "Size: with this the form asks for more, which only whoever sent the request can say. Please leave it as it was."
    }
    assert (await kept(house)) == request


async def test_today_is_the_districts_day_in_the_evening_too(house: House) -> None:
    request = await has_sent(house)
    evening = datetime(2026, 3, 3, 2, tzinfo=UTC)  # March 2, eight in the evening there
    last_day = {"ends": "2026-03-02", "conditions": "Only today"}

    settled = await house.store.write(submit_change, house.packs, request.stages[0].id, last_day, MARIA, delivery="once", now=evening)

    assert isinstance(settled, Settled)


async def test_a_condition_alone_is_a_change(house: House) -> None:
    request = await has_sent(house)

    await house.sends(MARIA, ApproveChanged(request.stages[0].id), {"conditions": "Only about buses"})
    await house.post_is_out()

    assert await recorded(house, request) == ["sent", "approved"]
    assert "Approved with changes by: Maria Ortiz" in shown(house, RAVI)


async def test_terms_without_a_sentence_stay_open(house: House) -> None:
    request = await has_sent(house)

    assert set(faulty(await house.sends(MARIA, ApproveChanged(request.stages[0].id), {"ends": "soon"}))) == {"ends", "conditions"}
    assert (await kept(house)).stages[0].status == "open"


async def test_the_same_terms_twice_are_one_decision(house: House) -> None:
    request = await has_sent(house)
    action = ApproveChanged(request.stages[0].id)

    first = await house.sends(MARIA, action, TERMS, delivery="once")
    again = await house.sends(MARIA, action, TERMS, delivery="once")

    assert first == again
    assert await recorded(house, request) == ["sent", "changed", "approved"]


async def test_terms_that_come_too_late_or_from_others_change_nothing(house: House) -> None:
    request = await one_has_agreed(house)
    first, second = (ApproveChanged(stage.id) for stage in request.stages)

    for who, action in ((MARIA, first), (LEE, second), (DANA, second), (MARIA, second), (STRANGER, second)):
        assert "Nothing was changed" in plain(whispered(await house.presses(who, action)))
        assert "Nothing was changed" in plain(whispered(await house.sends(who, action, TERMS)))
        assert "Nothing was changed" in plain(whispered(await house.sends(who, action, {})))
    assert (await kept(house)) == request
    assert (await recorded(house, request)).count("refused") == 9


async def test_terms_for_a_stage_that_is_gone_are_nothing(house: House) -> None:
    assert await house.store.write(submit_change, house.packs, StageId("none"), TERMS, MARIA, delivery="d", now=NOON) == Unknown()


async def test_of_two_deciders_the_first_counts(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await has_sent(house)
    monkeypatch.setattr(SqlRequests, "settle", lambda *_: False)

    assert "Nothing was changed" in plain(whispered(await house.sends(MARIA, ApproveChanged(request.stages[0].id), TERMS)))
    assert await recorded(house, request) == ["sent"]


# Asking


async def has_asked(house: House, words: str = "Which team is it?") -> tuple[Request, QuestionId]:
    """Maria has asked Dana; the cards are out."""
    request = await has_sent(house)
    await house.sends(MARIA, AskMore(request.stages[0].id), {"question": words})
    await house.post_is_out()
    request = await kept(house)
    return request, request.questions[0].id


async def test_maria_asks_and_dana_answers_and_nobody_has_decided(house: House) -> None:
    await has_sent(house)
    form = opened(await house.presses(MARIA, button(house.sees(MARIA)[0], "Ask a question")))
    assert whispered(await house.sends(MARIA, form.action, {"question": "Which team is it?"})).title == "Asked."
    await house.post_is_out()
    assert "Asked: Which team is it? (Maria Ortiz)" in plain(house.sees(MARIA)[0])

    card = next(card for card in house.sees(DANA) if "has a question" in card.title)
    form = opened(await house.presses(DANA, button(card, "Answer")))
    assert whispered(await house.sends(DANA, form.action, {"reply": "The varsity team"})).title == "Answered."
    await house.post_is_out()

    request = await kept(house)
    assert request.status == "pending"
    assert "Answered: The varsity team" in plain(house.sees(MARIA)[0])
    assert any(card.title.startswith("Dana Whitlock answered") for card in house.sees(MARIA))
    assert not any(one.label == "Answer" for card in house.sees(DANA) for one in card.buttons)
    assert await recorded(house, request) == ["sent", "asked", "answered"]
    assert "varsity" not in plain((await house.looks(HELEN, View.records))[0])  # words may name a student
    assert house.woken == 3


async def test_several_questions_each_have_their_answer(house: House) -> None:
    request, first = await has_asked(house)
    await house.sends(MARIA, AskMore(request.stages[0].id), {"question": "Until when?"})
    second = (await kept(house)).questions[1].id

    await house.sends(DANA, AnswerMore(second), {"reply": "June"})
    await house.sends(DANA, AnswerMore(first), {"reply": "Varsity"})

    assert [(one.question, one.answer) for one in (await kept(house)).questions] == [
        ("Which team is it?", "Varsity"),
        ("Until when?", "June"),
    ]


async def test_only_who_may_decide_now_asks(house: House) -> None:
    request = await has_sent(house)

    for who, stage in ((LEE, 0), (DANA, 0), (RAVI, 1), (STRANGER, 0)):
        action = AskMore(request.stages[stage].id)
        assert "Nothing was changed" in plain(whispered(await house.presses(who, action)))
        assert "Nothing was changed" in plain(whispered(await house.sends(who, action, {"question": "Why?"})))
    assert (await kept(house)).questions == ()
    assert await recorded(house, request) == ["sent"]


async def test_only_the_requester_answers(house: House) -> None:
    _, question = await has_asked(house)

    for who in (MARIA, LEE, replace(DANA, district=DistrictKey("willow"))):
        assert whispered(await house.presses(who, AnswerMore(question))).title == UNKNOWN
        assert whispered(await house.sends(who, AnswerMore(question), {"reply": "x"})).title == UNKNOWN


async def test_an_answer_after_the_decision_is_refused(house: House) -> None:
    request, question = await has_asked(house)
    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()
    assert "Nobody waits for an answer any more" in shown(house, DANA)
    assert "approved by Maria Ortiz" in plain(whispered(await house.presses(DANA, AnswerMore(question))))

    await denies(house, await kept(house), RAVI, 1)
    assert "denied by Ravi Menon" in plain(whispered(await house.sends(DANA, AnswerMore(question), {"reply": "Varsity"})))
    assert (await kept(house)).questions[0].answer == ""


async def test_an_answer_counts_once(house: House) -> None:
    request, question = await has_asked(house)

    first = await house.sends(DANA, AnswerMore(question), {"reply": "Varsity"}, delivery="once")
    again = await house.sends(DANA, AnswerMore(question), {"reply": "Varsity"}, delivery="once")
    other = whispered(await house.sends(DANA, AnswerMore(question), {"reply": "No, junior"}))

    assert first == again
    assert other.title == whispered(await house.presses(DANA, AnswerMore(question))).title == "You already answered this."
    assert await recorded(house, request) == ["sent", "asked", "answered"]
    assert (await kept(house)).questions[0].answer == "Varsity"


async def test_a_question_that_comes_twice_is_one(house: House) -> None:
    request = await has_sent(house)
    action = AskMore(request.stages[0].id)

    first = await house.sends(MARIA, action, {"question": "Which?"}, delivery="once")
    again = await house.sends(MARIA, action, {"question": "Which?"}, delivery="once")

    assert first == again
    assert len((await kept(house)).questions) == 1
    assert whispered(await house.sends(LEE, action, {"question": "Which?"}, delivery="once")).title == UNKNOWN


async def test_empty_words_stay_open(house: House) -> None:
    request, question = await has_asked(house)

    assert set(faulty(await house.sends(MARIA, AskMore(request.stages[0].id), {"question": " "}))) == {"question"}
    assert set(faulty(await house.sends(DANA, AnswerMore(question), {"reply": ""}))) == {"reply"}


async def test_the_same_question_was_first_between_reading_and_writing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request, question = await has_asked(house)
    noted = iter([None, question])
    monkeypatch.setattr(SqlInbox, "first", lambda *_: False)
    monkeypatch.setattr(SqlInbox, "result", lambda *_: next(noted))
    values = {"question": "Which?"}

    asked = await house.store.write(
        submit_ask, house.packs, request.stages[0].id, values, MARIA, new=QuestionId("new"), delivery="once", now=NOON
    )

    assert asked == Asked(request, request.questions[0])


def between(monkeypatch: pytest.MonkeyPatch, house: House, write: str, happens: Callable[[Work], object]) -> None:
    """Let something be kept after a unit has read and before it writes, as another process may on PostgreSQL."""
    real = getattr(SqlRequests, write)
    units = house.store._units  # type: ignore[attr-defined]

    def late(self: SqlRequests, *args: object) -> bool:
        units.run(self._connection, happens)
        return bool(real(self, *args))

    monkeypatch.setattr(SqlRequests, write, late)


@pytest.mark.parametrize(("move", "told"), [(Move.approve, "It was approved by Maria Ortiz"), (Move.deny, "It was denied by Maria Ortiz")])
async def test_somebody_decided_between_reading_and_asking(
    house: House, monkeypatch: pytest.MonkeyPatch, move: Decision, told: str
) -> None:
    request = await has_sent(house)
    stage = request.stages[0].id
    await house.sends(MARIA, Delegate(stage), {"person": HELEN.id})
    between(monkeypatch, house, "ask", lambda work: decide(work, house.packs, stage, move, MARIA, "No", delivery="hers", now=NOON))

    for _ in range(2):
        assert told in plain(whispered(await house.sends(HELEN, AskMore(stage), {"question": "Which?"}, delivery="once")))

    assert (await kept(house)).questions == ()


async def test_a_question_that_can_be_kept_neither_now_nor_read_again_is_unknown(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request, question = await has_asked(house)
    for write in ("ask", "reply"):
        monkeypatch.setattr(SqlRequests, write, lambda *_: False)

    assert whispered(await house.sends(MARIA, AskMore(request.stages[0].id), {"question": "Which?"})).title == UNKNOWN
    assert whispered(await house.sends(DANA, AnswerMore(question), {"reply": "Varsity"})).title == UNKNOWN


async def test_somebody_decided_between_reading_and_answering(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request, question = await has_asked(house)
    stage = request.stages[0].id
    between(monkeypatch, house, "reply", lambda work: decide(work, house.packs, stage, Move.approve, MARIA, "", delivery="hers", now=NOON))

    for _ in range(2):
        reply = await house.sends(DANA, AnswerMore(question), {"reply": "Varsity"}, delivery="once")
        assert "It was approved by Maria Ortiz" in plain(whispered(reply))


@pytest.mark.parametrize(("delivery", "title"), [("once", "Answered."), ("other", "You already answered this.")])
async def test_she_answered_between_reading_and_answering(house: House, monkeypatch: pytest.MonkeyPatch, delivery: str, title: str) -> None:
    _, question = await has_asked(house)

    def answers(work: Work) -> None:
        monkeypatch.undo()
        submit_answer(work, house.packs, question, {"reply": "Varsity"}, DANA, delivery="once", now=NOON)

    between(monkeypatch, house, "reply", answers)

    assert whispered(await house.sends(DANA, AnswerMore(question), {"reply": "Junior"}, delivery)).title == title
    assert (await kept(house)).questions[0].answer == "Varsity"


async def test_a_new_question_is_not_posted_only_to_be_rewritten_at_once(house: House) -> None:
    request = await has_sent(house)

    await house.sends(MARIA, AskMore(request.stages[0].id), {"question": "Which?"})

    rewritten = "SELECT DISTINCT kind FROM outbox WHERE redraw"
    redrawn = await house.store.read(lambda work: work.outbox._connection.exec_driver_sql(rewritten).scalars().all())  # type: ignore[attr-defined]
    assert sorted(redrawn) == ["decide", "follow"]


# Revoking


async def test_who_decided_revokes_with_a_reason_and_everybody_reads_it(house: House) -> None:
    request = await both_have_agreed(house)
    form = opened(await house.presses(RAVI, button(next(card for card in house.sees(RAVI) if card.title.startswith("Approved")), "Revoke")))
    assert "Please name no student here" in form.fields[0].hint  # the record keeps the reason for good
    assert set(faulty(await house.sends(RAVI, form.action, {"reason": " "}))) == {"reason"}

    assert whispered(await house.sends(RAVI, form.action, {"reason": "The number was passed on"})).title == "Revoked."
    await house.post_is_out()

    done = await kept(house)
    assert (done.status, done.stopped_by, done.why_stopped) == ("revoked", RAVI.id, "The number was passed on")
    assert "The number was passed on" in plain(next(card for card in house.sees(DANA) if card.title.startswith("Revoked by Ravi Menon")))
    assert "The number was passed on" in shown(house, MARIA)
    assert not any(
        one.label in ("Revoke", "Renew", "Give it back") for who in EVERYBODY for card in house.sees(who) for one in card.buttons
    )
    last = (await lines(house, request))[-1]
    assert (last.what, last.before, last.after, last.detail) == ("revoked", "approved", "revoked", "The number was passed on")


async def test_whoever_holds_the_role_today_or_stands_in_may_revoke_and_nobody_else(house: House) -> None:
    request = await both_have_agreed(house)
    successor = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))
    await seat(house, *EVERYBODY, successor)

    for who in (successor, HELEN, MARIA):
        assert opened(await house.presses(who, Revoke(request.id))).title == "Revoke the permission of Dana Whitlock"
    assert whispered(await house.presses(DANA, Revoke(request.id))).title == "Nobody decides their own request."
    assert whispered(await house.presses(STRANGER, Revoke(request.id))).title == UNKNOWN
    for delivery in ("once", "once", "twice"):
        assert whispered(await house.presses(NGOZI, Revoke(request.id), delivery=delivery)).title == "This is not yours."
    assert whispered(await house.sends(NGOZI, Revoke(request.id), {"reason": "x"})).title == "This is not yours."
    assert [line.detail for line in await lines(house, request) if line.what == "refused"] == ["tried to revoke it"] * 4


async def test_only_a_permission_is_revoked_and_only_once(house: House) -> None:
    request = await has_sent(house)
    assert whispered(await house.presses(HELEN, Revoke(request.id))).title == "There is no permission yet."
    await denies(house, request)
    assert "denied by Maria Ortiz" in plain(whispered(await house.presses(HELEN, Revoke(request.id))))
    notice = await has_given_notice(house)
    assert whispered(await house.presses(HELEN, Revoke(notice.id))).title == UNKNOWN
    granted = await both_have_agreed(house)

    first = await house.sends(HELEN, Revoke(granted.id), {"reason": "Why"}, delivery="once")
    again = await house.sends(HELEN, Revoke(granted.id), {"reason": "Why"}, delivery="once")

    assert first == again
    assert "It was revoked" in plain(whispered(await house.sends(MARIA, Revoke(granted.id), {"reason": "Me too"})))
    assert (await recorded(house, granted)).count("revoked") == 1


async def test_somebody_revoked_between_reading_and_writing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await both_have_agreed(house)
    monkeypatch.setattr(SqlRequests, "stop", lambda *_: False)
    revoking = {"reason": "Why"}

    assert await house.store.write(submit_revoke, house.packs, request.id, revoking, HELEN, delivery="d", now=NOON) == Already(request)
    noted = iter([None, f"revoked:{request.id}:{HELEN.id}"])
    monkeypatch.setattr(SqlInbox, "result", lambda *_: next(noted))
    assert await house.store.write(submit_revoke, house.packs, request.id, revoking, HELEN, delivery="d", now=NOON) == Settled(request)


async def test_a_requester_of_whom_nothing_is_left_does_not_stand_in_the_way(house: House) -> None:
    request = replace(_renamed(await both_have_agreed(house)), requester=PersonId("gone"))
    await house.store.write(lambda work: work.requests.add(request))

    assert opened(await house.presses(HELEN, Revoke(request.id))).title == "Revoke the permission of a former colleague"


# Renewing


async def test_dana_renews_and_it_is_decided_afresh(house: House) -> None:
    request = await both_have_agreed(house)
    card = next(card for card in house.sees(DANA) if card.title.startswith("Your request"))
    form = opened(await house.presses(DANA, button(card, "Renew")))
    assert {field.name: field.value for field in form.fields} == TEAM | {"channel": ""}

    assert whispered(await house.sends(DANA, form.action, TEAM)).title == "Sent."
    await house.post_is_out()

    new, old = await all_kept(house)
    assert (new.renews, new.status, new.process, old) == (request.id, "pending", "own-phone", request)
    assert [line.detail for line in await lines(house, new)] == [f"renews an earlier request (record {request.id[:8]})"]
    assert "Dana Whitlock sent the request, which renews an earlier request" in plain((await house.looks(HELEN, View.records))[0])
    assert "renews an earlier request" in shown(house, MARIA)


async def test_a_renewal_that_comes_twice_or_is_not_filled_in_sends_no_second(house: House) -> None:
    request = await both_have_agreed(house)
    assert set(faulty(await house.sends(DANA, Renew(request.id), {}))) == {"students", "reason"}

    await house.sends(DANA, Renew(request.id), TEAM, delivery="once")
    await house.sends(DANA, Renew(request.id), TEAM, delivery="once")

    assert len(await all_kept(house)) == 2


async def test_the_outcome_says_who_ended_it(house: House) -> None:
    request = await both_have_agreed(house)
    await takes_back(house, request)

    assert "Afterwards you gave it back. You may not go ahead." in shown(house, DANA)


async def test_the_outcome_says_that_the_last_day_is_over(house: House) -> None:
    request = await both_have_agreed(house)
    await house.store.write(lambda work: work.requests.stop(replace(request, ends=NOON - timedelta(days=1))))
    await house.store.write(redraw, request, "the day after")
    await house.post_is_out()

    assert "It has ended. You may not go ahead." in shown(house, DANA)


async def test_what_was_given_back_is_renewed_and_what_was_revoked_is_not(house: House) -> None:
    request = await both_have_agreed(house)
    await takes_back(house, request)
    assert opened(await house.presses(DANA, Renew(request.id))).send == "Send request"

    other = await both_have_agreed(house)
    await house.sends(HELEN, Revoke(other.id), {"reason": "Why"})
    for reply in (await house.presses(DANA, Renew(other.id)), await house.sends(DANA, Renew(other.id), TEAM)):
        assert "It was revoked" in plain(whispered(reply))


async def test_nobody_renews_what_is_not_hers_or_no_permission(house: House) -> None:
    request = await has_sent(house)
    assert whispered(await house.presses(DANA, Renew(request.id))).title == "There is no permission yet."
    assert whispered(await house.presses(LEE, Renew(request.id))).title == UNKNOWN
    assert whispered(await house.presses(DANA, Renew((await has_given_notice(house)).id))).title == UNKNOWN


async def test_rules_that_no_longer_offer_it_are_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await both_have_agreed(house)
    pack = house.packs.get(MAPLE_GROVE)
    renamed = repacked(pack, policy="Policy 13")  # other words, same rules
    without = repacked(pack, processes={})
    silent = repacked(pack, rules=[rule.model_dump() for rule in pack.rules if rule.process != "own-phone"])

    for now, told in ((renamed, ""), (without, "That answer is no longer open."), (silent, "That answer is no longer open.")):
        monkeypatch.setattr(house.packs, "get", lambda _, now=now: now)
        reply = await house.presses(DANA, Renew(request.id))
        assert isinstance(reply, Whisper) == bool(told)
        if told:
            assert whispered(reply).title == told


def repacked(pack: Pack, **other: object) -> Pack:
    """The pack with something else in it."""
    return Pack.model_validate(pack.model_dump() | other)


async def test_a_renewal_that_nobody_could_decide_is_said(house: House) -> None:
    request = await both_have_agreed(house)
    await seat(house, DANA, LEE)

    assert "Nobody could decide this yet" in whispered(await house.presses(DANA, Renew(request.id))).title


async def test_a_permission_whose_answer_is_gone_is_asked_for_anew(house: House) -> None:
    request = replace(_renamed(await both_have_agreed(house)), answer=AnswerId("none"))
    await house.store.write(lambda work: work.requests.add(request))

    assert whispered(await house.presses(DANA, Renew(request.id))).title == "That answer is no longer open."


# What has ended, and the home page


async def test_a_permission_whose_last_day_is_over_has_ended(house: House) -> None:
    request = await both_have_agreed(house)
    await house.store.write(lambda work: work.requests.stop(replace(request, ends=NOON - timedelta(days=1))))

    (card,) = [card for card in await house.looks(DANA, View.mine) if card.title.startswith("Your request")]
    assert "Status: Ended" in plain(card)
    assert [one.label for one in card.buttons] == ["Renew"]
    assert "It has ended" in plain(whispered(await house.presses(HELEN, Revoke(request.id))))
    assert opened(await house.presses(DANA, Renew(request.id))).send == "Send request"
    assert [section.heading for section in await house.desk.home(HELEN)][3:] == []


async def test_the_home_page_has_its_parts(house: House) -> None:
    granted = await both_have_agreed(house)
    asked, question = await has_asked(house)
    titles = {section.heading: [card.title[:12] for card in section.cards] for section in await house.desk.home(DANA)}
    assert titles == {
        "Waiting for you": ["Maria Ortiz "],
        "Your requests": ["Your request"],
        "Your live permissions and duties": ["To do: Copy ", "To do: Hand ", "Your request"],
    }

    await house.sends(DANA, AnswerMore(question), {"reply": "Varsity"})
    assert [len(section.cards) for section in await house.desk.home(DANA)] == [0, 1, 3]
    for who, counts in ((MARIA, [1, 0, 1, 1]), (HELEN, [0, 0, 0, 1]), (LEE, [0, 0, 0])):
        assert [len(section.cards) for section in await house.desk.home(who)] == counts
    assert "messages" not in (await house.desk.home(MARIA))[3].rest  # a successor was never sent a card
    revocable = (await house.desk.home(MARIA))[3].cards[0]
    assert button(revocable, "Revoke") == Revoke(granted.id)
    assert "Ada Finch" not in plain(revocable)
    assert asked.id != granted.id


async def test_a_permission_of_somebody_unknown_is_shown_to_nobody(house: House) -> None:
    request = await both_have_agreed(house)
    await house.store.write(lambda work: work.requests.add(replace(_renamed(request), requester=PersonId("gone"))))

    assert [len(section.cards) for section in await house.desk.home(HELEN)] == [0, 0, 0, 1]


def _renamed(request: Request) -> Request:
    stages = tuple(replace(stage, id=StageId(f"x.{at}")) for at, stage in enumerate(request.stages))
    return replace(request, id=RequestId("x"), stages=stages, duties=(), questions=())


@pytest.mark.parametrize(
    "action",
    [
        ApproveChanged(StageId("none")),
        AskMore(StageId("none")),
        AnswerMore(QuestionId("none")),
        Revoke(RequestId("none")),
        Renew(RequestId("none")),
    ],
)
async def test_what_does_not_exist_gets_a_sentence(house: House, action: Changing) -> None:
    assert whispered(await house.presses(MARIA, action)).title == UNKNOWN
    assert whispered(await house.sends(MARIA, action, {"reason": "x", "question": "x", "reply": "x", **TERMS})).title == UNKNOWN


async def test_deny_and_withdraw_go_on_beside_a_question(house: House) -> None:
    request, _ = await has_asked(house)

    await house.sends(MARIA, Deny(request.stages[0].id), {"reason": "No answer"})

    assert (await kept(house)).status == "denied"
    assert isinstance((await kept(house)).questions[0], Question)
    assert "denied by" in plain(whispered(await house.presses(DANA, Withdraw(request.id))))
