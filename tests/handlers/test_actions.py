import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.actions import (
    Action,
    Answer,
    Approve,
    Delegate,
    Deny,
    Done,
    EndStandIn,
    NameStandIn,
    Reassign,
    Request,
    Take,
    TakeOver,
    Withdraw,
)
from handlers.changing import AnswerMore, ApproveChanged, AskMore, Correct, Renew, Revoke, TakeOut
from handlers.ids import AnswerId, DutyId, QuestionId, RequestId, StageId
from handlers.people import PersonId, StandInId
from handlers.spelling import LONGEST, read, spell

printable = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=LONGEST - 3)
actions = st.one_of(
    st.builds(Request, printable.map(AnswerId)),
    st.builds(Approve, printable.map(StageId)),
    st.builds(Deny, printable.map(StageId)),
    st.builds(Withdraw, printable.map(RequestId)),
    st.builds(Done, printable.map(DutyId)),
    st.builds(Answer, printable.map(AnswerId), st.integers(0, 99)),
    st.builds(Delegate, printable.map(StageId)),
    st.builds(NameStandIn, printable.map(PersonId)),
    st.builds(EndStandIn, printable.map(StandInId)),
    st.builds(Take, printable.map(DutyId)),
    st.builds(TakeOver, printable.map(DutyId)),
    st.builds(ApproveChanged, printable.map(StageId)),
    st.builds(AskMore, printable.map(StageId)),
    st.builds(AnswerMore, printable.map(QuestionId)),
    st.builds(Revoke, printable.map(RequestId)),
    st.builds(Renew, printable.map(RequestId)),
    st.builds(Correct, printable.map(RequestId)),
    st.builds(TakeOut, printable.map(RequestId)),
)


@given(actions)
def test_what_a_button_spells_is_what_is_read_when_it_is_pressed(action: Action):
    verb, value = spell(action)

    assert read(verb, value) == action


@given(actions, actions)
def test_two_actions_are_never_spelled_alike(one: Action, other: Action):
    assert (spell(one) == spell(other)) == (one == other)


@pytest.mark.parametrize(
    ("action", "spelling"),
    [
        (Request(AnswerId("a1")), ("request", "a1")),
        (Approve(StageId("r1.s2")), ("approve", "r1.s2")),
        (Deny(StageId("r1.s2")), ("deny", "r1.s2")),
        (Withdraw(RequestId("r1")), ("withdraw", "r1")),
        (Done(DutyId("r1.d1")), ("done", "r1.d1")),
        (Answer(AnswerId("a1"), 7), ("answer", "a1.7")),
        (Delegate(StageId("r1.s2")), ("delegate", "r1.s2")),
        (Reassign(StageId("r1.s1")), ("delegate_away", "r1.s1")),
        (NameStandIn(PersonId("p1")), ("delegate_name", "p1")),
        (EndStandIn(StandInId("i1")), ("delegate_end", "i1")),
        (Take(DutyId("r1.d1")), ("take", "r1.d1")),
        (TakeOver(DutyId("r1.d1")), ("take_over", "r1.d1")),
        (Correct(RequestId("r1")), ("request_correct", "r1")),
        (ApproveChanged(StageId("r1.s2")), ("approve_changed", "r1.s2")),
        (AskMore(StageId("r1.s2")), ("request_more", "r1.s2")),
        (AnswerMore(QuestionId("q1")), ("answer_more", "q1")),
        (Revoke(RequestId("r1")), ("revoke", "r1")),
        (Renew(RequestId("r1")), ("renew", "r1")),
        (TakeOut(RequestId("r1")), ("withdraw_student", "r1")),
    ],
    ids=lambda part: type(part).__name__,
)
def test_a_button_that_was_drawn_years_ago_still_reads_the_same(action: Action, spelling: tuple[str, str]):
    assert spell(action) == spelling
    assert read(*spelling) == action


@pytest.mark.parametrize("verb", ["request", "approve", "deny", "withdraw", "done", "answer", "delegate", "delegate_end", "take"])
@pytest.mark.parametrize(
    "value", ["", "x" * (LONGEST + 1), "r1\n", "r1\x00.s1", "\u202er1", "r1\u2028", "\ud800"], ids=lambda value: ascii(value[:6])
)
def test_a_value_that_no_button_carries_is_nothing(verb: str, value: str):
    assert read(verb, value) is None


@pytest.mark.parametrize("verb", ["", "Approve", "approve ", "revoked", "__class__"])
def test_a_verb_that_nobody_taught_us_is_nothing(verb: str):
    assert read(verb, "r1.s1") is None


@pytest.mark.parametrize("value", ["a1", ".1", "a1.", "a1.x", "a1.-1", "a1.100", "a1.²", "a1.\u0661", "a1. 1", "a1.1e1"])
def test_an_answer_needs_a_question_and_a_position(value: str):
    assert read("answer", value) is None


def test_only_the_last_dot_parts_a_question_from_the_position():
    assert read("answer", "a.1.7") == Answer(AnswerId("a.1"), 7)


@given(st.text(), st.text())
def test_no_words_whatever_break_the_reading(verb: str, value: str):
    action = read(verb, value)

    assert action is None or spell(action)[0] == verb


def test_an_id_may_be_as_long_as_the_longest_and_not_longer():
    assert read("approve", "x" * LONGEST) == Approve(StageId("x" * LONGEST))
    assert read("approve", "x" * LONGEST + "x") is None
