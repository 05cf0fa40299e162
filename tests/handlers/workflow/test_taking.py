"""A duty is taken once, and then only taken over, by its owners and while it is to be done."""

from dataclasses import replace

import pytest

from handlers.ids import DutyId
from handlers.people import Person
from handlers.workflow.refused import DutyOver, NotYours, Unknown
from handlers.workflow.request import DutyStatus, Request
from handlers.workflow.taking import Taken, TakenBefore, take
from tests.samples import DANA, LEE, MARIA, NOON, a_duty, a_request

DUTY = DutyId("r1.d1")


def owed(taken_by: Person | None = None, status: DutyStatus = DutyStatus.open) -> Request:
    duty = a_duty("r1.d1", "Inform the parents", MARIA, LEE)
    return a_request(duties=[replace(duty, taken_by=taken_by.id if taken_by else None, status=status)])


def test_the_first_has_it():
    moved = take(owed(), DUTY, MARIA.id, NOON)

    assert isinstance(moved, Taken)
    assert (moved.duty.taken_by, moved.duty.taken_at, moved.before) == (MARIA.id, NOON, None)


@pytest.mark.parametrize("over", [False, True])
def test_who_has_it_keeps_it(over: bool):  # noqa: FBT001  # a parameter
    request = owed(MARIA)

    assert take(request, DUTY, MARIA.id, NOON, over=over) == Taken(request.duties[0], MARIA.id)


def test_the_second_takes_nothing_unless_over():
    request = owed(MARIA)

    assert take(request, DUTY, LEE.id, NOON) == TakenBefore(request.duties[0])
    moved = take(request, DUTY, LEE.id, NOON, over=True)
    assert isinstance(moved, Taken)
    assert (moved.duty.taken_by, moved.before) == (LEE.id, MARIA.id)


def test_what_is_done_or_somebody_elses_or_not_there_is_not_taken():
    done = owed(status=DutyStatus.done)

    assert take(done, DUTY, MARIA.id, NOON) == DutyOver(done.duties[0])
    assert take(owed(), DUTY, DANA.id, NOON) == NotYours((MARIA.id, LEE.id))
    assert take(owed(), DutyId("none"), MARIA.id, NOON) == Unknown()
