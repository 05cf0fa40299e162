"""A duty that was closed, because what it belongs to was taken back: nobody takes, gives or opens it again."""

from dataclasses import replace

from handlers.ids import DutyId
from handlers.workflow.refused import Already, NotYours, Unknown
from handlers.workflow.reopening import reopen
from handlers.workflow.request import DutyStatus, Status
from handlers.workflow.taking import in_hand, take
from tests.samples import DANA, LEE, MARIA, NOON, a_duty, a_request

CLOSED = replace(a_duty("r1.d1", "Hand over the messages", DANA), status=DutyStatus.closed)
REQUEST = a_request(duties=[CLOSED])
NOBODYS = DutyId("r1.d9")


def test_it_is_over_for_its_owner() -> None:
    assert reopen(REQUEST, CLOSED.id, DANA.id, (), "Not all of them", NOON) == Already(REQUEST)
    assert take(REQUEST, CLOSED.id, DANA.id, NOON) == Already(REQUEST)
    assert in_hand(REQUEST, CLOSED.id, DANA.id) == Already(REQUEST)


def test_what_was_done_before_it_was_taken_back_is_over_too() -> None:
    done = replace(CLOSED, status=DutyStatus.done, done_by=DANA.id, done_at=NOON)
    back = replace(REQUEST, stages=(), duties=(done,), status=Status.withdrawn, addressee=DANA.id)

    assert reopen(back, done.id, DANA.id, (), "Not all of them", NOON, waits=True) == Already(back)


def test_it_is_none_of_a_colleagues() -> None:
    assert isinstance(reopen(REQUEST, CLOSED.id, LEE.id, (MARIA.id,), "Why?", NOON), NotYours)
    assert in_hand(REQUEST, CLOSED.id, LEE.id) == NotYours(CLOSED.owners)


def test_one_that_is_not_there_cannot_be_found() -> None:
    assert reopen(REQUEST, NOBODYS, DANA.id, (), "Why?", NOON) == Unknown()
    assert in_hand(REQUEST, NOBODYS, DANA.id) == Unknown()
