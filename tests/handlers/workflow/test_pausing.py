"""Since when a stage's time stands still, and what the answer makes of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from handlers.ids import QuestionId, StageId
from handlers.workflow.pausing import over_since, paused_since, resumed
from handlers.workflow.request import Request, Waits
from handlers.workflow.said import Question
from tests.samples import MARIA, NOON, a_request

FIRST, SECOND = StageId("r1.s1"), StageId("r1.s2")
DAY = timedelta(days=1)


def after(days: int) -> datetime:
    return NOON + days * DAY


def asked(*times: tuple[int, int | None], stage: StageId = FIRST) -> Request:
    """Dana's request with questions: on which day each was asked, and answered if it was."""
    questions = tuple(
        Question(QuestionId(f"q{number}"), stage, MARIA.id, "Which team?", after(begun), answered_at=None if over is None else after(over))
        for number, (begun, over) in enumerate(times)
    )
    return replace(a_request(), questions=questions)


@pytest.mark.parametrize(
    ("times", "since"),
    [
        ((), None),
        (((1, 2),), None),
        (((1, None),), 1),
        (((1, None), (2, None)), 1),
        (((1, 4), (3, None)), 1),  # before the first was answered the next was asked
        (((1, 2), (3, None)), 3),
        (((1, 3), (2, 5), (4, None)), 1),
        (((1, 9), (2, 3), (8, None)), 1),
        (((1, None), (2, 3)), 1),
    ],
)
def test_it_stands_still_since_the_first_of_the_questions_that_waited_without_a_break(
    times: tuple[tuple[int, int | None], ...], since: int | None
) -> None:
    assert paused_since(asked(*times), FIRST) == (None if since is None else after(since))


def test_a_question_at_another_stage_stops_nothing_here() -> None:
    assert paused_since(asked((1, None), stage=SECOND), FIRST) is None


@pytest.mark.parametrize(
    ("times", "answered", "since"),
    [
        (((1, 4),), "q0", 1),
        (((1, 3), (2, 4)), "q1", 1),
        (((1, 4), (2, None)), "q0", None),  # another still waits
        (((1, 4),), "q9", None),
    ],
)
def test_the_last_answer_ends_it(times: tuple[tuple[int, int | None], ...], answered: str, since: int | None) -> None:
    assert over_since(asked(*times), QuestionId(answered)) == (None if since is None else after(since))


def test_what_was_still_to_come_comes_later_and_what_was_done_stays() -> None:
    waits = Waits(remind=after(1), escalate=after(2), lapse=after(9))

    moved = resumed(waits, after(3), after(6), lambda at: at + 2 * DAY)

    assert moved == Waits(remind=after(6), escalate=after(2), lapse=after(11))
    assert resumed(Waits(), after(3), None, lambda at: at + DAY) == Waits()
