"""A final state is final in the database, too: whatever comes later changes nothing."""

import asyncio
from dataclasses import replace

import pytest

from handlers.ids import QuestionId
from handlers.ports import Store, Work
from handlers.workflow.request import Request, StageStatus, Status
from handlers.workflow.said import Question
from tests.samples import DANA, MARIA, NOON, a_duty, a_request

FINAL = (Status.denied, Status.withdrawn, Status.lapsed, Status.ended, Status.revoked)


def everything_at_once(work: Work, request: Request) -> list[bool]:
    """Try every move on a request whose stages still look open, as somebody who read it earlier would."""
    stage = replace(request.stages[0], status=StageStatus.approved, decided_by=MARIA.id, decided_at=NOON)
    question = Question(QuestionId("q1"), stage.id, MARIA.id, "Why?", NOON)
    return [
        work.requests.settle(replace(request, status=Status.approved, stages=(stage, *request.stages[1:])), stage),
        work.requests.withdraw(replace(request, status=Status.withdrawn)),
        work.requests.stop(replace(request, status=Status.revoked, ends=NOON, stopped_by=MARIA.id)),
        work.requests.ask(request.id, question),
        work.requests.reply(request.id, replace(question, answer="Because", answered_at=NOON)),
        work.requests.finish(request.id),
        work.requests.resume(request.id),
    ]


@pytest.mark.parametrize("status", FINAL)
async def test_nothing_moves_a_request_in_a_final_state(store: Store, status: Status) -> None:
    request = replace(a_request(), status=status)
    await store.write(lambda work: work.requests.add(request))

    assert await store.write(everything_at_once, request) == [False] * 7

    assert await store.read(lambda work: work.requests.get(request.id)) == request


async def test_what_waited_for_others_waits_again_once(store: Store) -> None:
    request = replace(a_request(duties=[a_duty("r1.d1", "Hand it over", DANA)]), stages=(), addressee=DANA.id, status=Status.ended)
    await store.write(lambda work: work.requests.add(request))

    resumed = await asyncio.gather(*(store.write(lambda work: work.requests.resume(request.id)) for _ in range(4)))

    assert sorted(resumed) == [False, False, False, True]
    assert await store.read(lambda work: work.requests.get(request.id)) == replace(request, status=Status.pending)
