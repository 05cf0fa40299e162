"""Whom a card may have to name: nobody who had a part in a request becomes a former colleague."""

from dataclasses import replace

import pytest

from handlers.ids import QuestionId, StageId
from handlers.naming import named
from handlers.people import Person, PersonId
from handlers.ports import Work
from handlers.workflow.parts import Delegation
from handlers.workflow.request import Question, Request
from tests.house import House
from tests.samples import DANA, EVERYBODY, LEE, MAPLE_GROVE, NOON, a_duty, a_request
from tests.scenes import seat

FIRST, SECOND = a_request().stages
DUTY = a_duty("d1", "Copy the principal", DANA)


@pytest.mark.parametrize(
    "request_",
    [
        replace(a_request(), requester=LEE.id),
        replace(a_request(), stopped_by=LEE.id),
        replace(a_request(), questions=(Question(QuestionId("q1"), StageId("r1.s1"), LEE.id, "Which team?", NOON),)),
        a_request(stages=[replace(FIRST, people=(LEE.id,)), SECOND]),
        a_request(stages=[replace(FIRST, added=(LEE.id,)), SECOND]),
        a_request(stages=[replace(FIRST, decided_by=LEE.id), SECOND]),
        a_request(stages=[replace(FIRST, delegations=(Delegation(LEE.id, DANA.id),)), SECOND]),
        a_request(stages=[replace(FIRST, delegations=(Delegation(DANA.id, LEE.id),)), SECOND]),
        a_request(duties=[replace(DUTY, owners=(LEE.id,))]),
        a_request(duties=[replace(DUTY, taken_by=LEE.id)]),
        a_request(duties=[replace(DUTY, done_by=LEE.id)]),
    ],
    ids=["requester", "stopped-by", "asked-by", "decider", "added", "decided-by", "asked", "asker", "owner", "taken-by", "done-by"],
)
async def test_whoever_has_left_is_still_named(house: House, request_: Request) -> None:
    await seat(house, *(person for person in EVERYBODY if person is not LEE))

    assert (await house.store.read(known, request_))[LEE.id].name == LEE.name


def known(work: Work, request: Request) -> dict[PersonId, Person]:
    return named(work, MAPLE_GROVE, [request])
