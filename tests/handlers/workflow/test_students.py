"""A student leaves a permission: who may say so, and what is left of it."""

from dataclasses import replace

import pytest

from handlers.people import Person
from handlers.workflow.refused import Already, NotYours, Refusal, Unknown
from handlers.workflow.request import Request, Status
from handlers.workflow.said import Departure, Left
from handlers.workflow.students import LAST, not_taken_out, take_out
from handlers.workflow.untimely import NotApproved
from tests.samples import DANA, LEE, MARIA, NOON, a_request

GRANTED = replace(a_request(), status=Status.approved, fields={"students": "Ada Finch\nBo Reyes"})
GONE = Departure(NOON, MARIA.id, "Bo Reyes", Left.school)


@pytest.mark.parametrize(
    ("request_", "who", "refused"),
    [
        (GRANTED, DANA, None),
        (GRANTED, MARIA, None),
        (GRANTED, LEE, NotYours((DANA.id, MARIA.id))),
        (a_request(), DANA, NotApproved(a_request())),
        (replace(GRANTED, status=Status.revoked), MARIA, Already(replace(GRANTED, status=Status.revoked))),
        (replace(GRANTED, stages=()), DANA, Unknown()),
    ],
    ids=["requester", "revoker", "colleague", "pending", "revoked", "notice"],
)
def test_whoever_has_it_or_may_revoke_it_takes_somebody_out_of_a_live_one(request_: Request, who: Person, refused: Refusal | None) -> None:
    assert not_taken_out(request_, who.id, [MARIA.id]) == refused


def test_it_goes_on_for_the_others() -> None:
    done = take_out(GRANTED, {"students": "Ada Finch"}, GONE, 1)

    assert (done.request.status, done.request.stopped_by, done.request.departures) == (Status.approved, None, (GONE,))


def test_the_last_one_ends_it() -> None:
    done = take_out(GRANTED, {}, GONE, 0)

    assert (done.request.status, done.request.stopped_by, done.request.why_stopped, done.request.ends) == (
        Status.ended,
        MARIA.id,
        LAST,
        NOON,
    )
