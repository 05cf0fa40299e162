"""A decider asks, the requester answers: who, when, how often."""

from dataclasses import replace

import pytest

from handlers.ids import QuestionId, StageId
from handlers.people import Person
from handlers.workflow.asking import Asked, Replied, answer, ask
from handlers.workflow.moves import Move, Settled, settle
from handlers.workflow.refused import NotYours, OwnRequest, Refusal, StageOver, TooEarly, Unknown
from handlers.workflow.request import Request
from handlers.workflow.said import Question
from handlers.workflow.untimely import AnsweredBefore
from tests.samples import DANA, LEE, MARIA, NOON, RAVI, a_request

FIRST, SECOND = StageId("r1.s1"), StageId("r1.s2")
ASKED = Question(QuestionId("q1"), FIRST, MARIA.id, "Which team?", NOON)
WAITING = replace(a_request(), questions=(ASKED, replace(ASKED, id=QuestionId("q2"))))


def test_who_may_decide_asks_and_everything_else_stays():
    assert ask(a_request(), FIRST, MARIA.id, "Which team?", ASKED.id, NOON) == Asked(replace(a_request(), questions=(ASKED,)), ASKED)


@pytest.mark.parametrize(
    ("who", "stage", "why"),
    [
        (DANA, FIRST, OwnRequest()),
        (LEE, FIRST, NotYours((MARIA.id,))),
        (RAVI, SECOND, TooEarly(a_request(), a_request().stages[1])),
        (MARIA, StageId("none"), Unknown()),
    ],
)
def test_nobody_else_asks_and_nobody_too_early(who: Person, stage: StageId, why: Refusal):
    assert ask(a_request(), stage, who.id, "Why?", ASKED.id, NOON) == why


def test_the_requester_answers_the_one_that_she_was_asked():
    replied = answer(WAITING, ASKED.id, DANA.id, "Varsity", NOON)

    assert isinstance(replied, Replied)
    assert replied.question == replace(ASKED, answer="Varsity", answered_at=NOON)
    assert replied.request.questions == (replied.question, WAITING.questions[1])


@pytest.mark.parametrize(("who", "question"), [(MARIA, "q1"), (LEE, "q1"), (DANA, "q9")])
def test_what_others_were_asked_is_unknown(who: Person, question: str):
    assert answer(WAITING, QuestionId(question), who.id, "Varsity", NOON) == Unknown()


def test_an_answer_counts_once():
    replied = answer(WAITING, ASKED.id, DANA.id, "Varsity", NOON)
    assert isinstance(replied, Replied)

    assert answer(replied.request, ASKED.id, DANA.id, "Junior", NOON) == AnsweredBefore(replied.question)


def test_after_the_stage_is_decided_nobody_waits_for_the_answer():
    settled = settle(WAITING, FIRST, Move.approve, MARIA.id, "", NOON)
    assert isinstance(settled, Settled)

    assert answer(settled.request, ASKED.id, DANA.id, "Varsity", NOON) == StageOver(settled.request, settled.request.stages[0])


def test_a_question_at_a_stage_that_is_gone_is_unknown():
    lost: Request = replace(WAITING, questions=(replace(ASKED, stage=StageId("none")),))

    assert answer(lost, ASKED.id, DANA.id, "Varsity", NOON) == Unknown()
