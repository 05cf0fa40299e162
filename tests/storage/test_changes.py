"""Terms, questions and early ends, on both databases: kept whole, and only the first of two counts."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from handlers.ids import QuestionId, RequestId, StageId
from handlers.ports import Store, Work
from handlers.workflow import ending, moves
from handlers.workflow.moves import Move, Settled
from handlers.workflow.parts import Change
from handlers.workflow.permission import spanned, stopped
from handlers.workflow.request import Question, Request, Stage, StageStatus, Status
from handlers.workflow.steps import changed
from tests.samples import DANA, HELEN, MAPLE_GROVE, MARIA, NOON, RAVI, a_request, a_stage
from tests.storage.conftest import Sql

ONE = [a_stage("r1.s1", a_request().stages[0].role, MARIA)]
TERMS = (Change("ends", "Until", "", "2026-06-05"),)
ASKED = Question(QuestionId("q1"), StageId("r1.s1"), MARIA.id, "Which team?", NOON)
REPLIED = replace(ASKED, answer="Varsity", answered_at=NOON)


async def sent(store: Store, request: Request) -> Request:
    await store.write(lambda work: work.requests.add(request))
    return request


def settle(work: Work, request: Request, stage: Stage) -> bool:
    return work.requests.settle(request, stage)


def stop(work: Work, request: Request) -> bool:
    return work.requests.stop(request)


def ask(work: Work, question: Question) -> bool:
    return work.requests.ask(RequestId("r1"), question)


async def kept(store: Store) -> Request:
    found = await store.read(lambda work: work.requests.get(RequestId("r1")))
    assert found is not None
    return found


def approved(request: Request) -> tuple[Request, Stage]:
    """Maria's approval until June."""
    stages = changed(request.stages, replace(request.stages[0], changes=TERMS))
    narrowed = replace(request, fields={**request.fields, "ends": "2026-06-05"}, stages=stages)
    settled = moves.settle(narrowed, StageId("r1.s1"), Move.approve, MARIA.id, "Until June", NOON)
    assert isinstance(settled, Settled)
    return spanned(settled.request), settled.request.stages[0]


async def test_the_terms_of_an_approval_come_back_as_they_were_kept(store: Store) -> None:
    request, stage = approved(await sent(store, a_request(stages=ONE)))

    assert await store.write(lambda work: work.requests.settle(request, stage))

    assert await kept(store) == request
    assert (await kept(store)).ends == datetime(2026, 6, 5, 23, 59, 59, tzinfo=UTC)
    assert await store.read(lambda work: [one.id for one in work.requests.approved(MAPLE_GROVE)]) == ["r1"]


async def test_of_two_terms_the_first_count(store: Store) -> None:
    request, stage = approved(await sent(store, a_request(stages=ONE)))
    other = replace(request, fields={"reason": "Other"})

    won = await asyncio.gather(*(store.write(settle, one, stage) for one in (request, other)))

    assert sorted(won) == [False, True]
    assert (await kept(store)).fields == (request if won[0] else other).fields


async def test_a_renewal_keeps_what_it_renews(store: Store) -> None:
    request = await sent(store, replace(a_request(), renews=RequestId("r0")))

    assert await kept(store) == request


async def test_a_permission_ends_early_once(store: Store) -> None:
    request, stage = approved(await sent(store, a_request(stages=ONE)))
    revoked = stopped(replace(request, status=Status.revoked), HELEN.id, "Passed on", NOON)
    ended = stopped(replace(request, status=Status.ended), DANA.id, "", NOON)
    assert not await store.write(lambda work: work.requests.stop(revoked))
    await store.write(lambda work: work.requests.settle(request, stage))

    won = await asyncio.gather(*(store.write(stop, one) for one in (revoked, ended)))

    assert sorted(won) == [False, True]
    assert await kept(store) == (revoked if won[0] else ended)
    assert await store.read(lambda work: work.requests.approved(MAPLE_GROVE)) == ()


async def test_what_is_over_is_not_among_the_permissions(store: Store) -> None:
    """The store's clock says noon: a permission holds until its last moment, and one without a last day holds on."""
    for key, ends in (("over", NOON - timedelta(seconds=1)), ("last", NOON), ("later", NOON + timedelta(days=1)), ("on", None)):
        await sent(store, replace(a_request(key), status=Status.approved, ends=ends))

    found = await store.read(lambda work: work.requests.approved(MAPLE_GROVE))

    assert [one.id for one in found] == ["on", "later", "last"]


async def test_a_question_and_its_reply_are_kept_once(store: Store) -> None:
    request = await sent(store, a_request())
    later = replace(ASKED, id=QuestionId("q2"), question="Until when?")
    for question in (ASKED, later):
        assert await store.write(ask, question)

    assert await store.write(lambda work: work.requests.reply(request.id, REPLIED))
    assert not await store.write(lambda work: work.requests.reply(request.id, replace(REPLIED, answer="Junior")))

    assert await kept(store) == replace(request, questions=(REPLIED, later))
    assert await store.read(lambda work: work.requests.of_question(later.id)) == await kept(store)
    assert await store.read(lambda work: work.requests.of_question(QuestionId("none"))) is None


async def test_after_the_decision_nobody_asks_or_answers(store: Store) -> None:
    request = await sent(store, a_request())
    assert await store.write(lambda work: work.requests.ask(request.id, ASKED))
    settled = moves.settle(request, StageId("r1.s1"), Move.approve, MARIA.id, "", NOON)
    assert isinstance(settled, Settled)
    await store.write(lambda work: work.requests.settle(settled.request, settled.request.stages[0]))

    assert not await store.write(lambda work: work.requests.ask(request.id, replace(ASKED, id=QuestionId("q2"))))
    assert not await store.write(lambda work: work.requests.reply(request.id, REPLIED))
    waiting = replace(ASKED, id=QuestionId("q3"), stage=StageId("r1.s2"), asked_by=RAVI.id)
    assert await store.write(lambda work: work.requests.ask(request.id, waiting))
    taken_back = ending.withdraw(await kept(store), DANA.id)
    assert isinstance(taken_back, Settled)
    await store.write(lambda work: work.requests.withdraw(taken_back.request))
    assert not await store.write(lambda work: work.requests.reply(request.id, replace(waiting, answer="x", answered_at=NOON)))
    assert [stage.status for stage in (await kept(store)).stages] == [StageStatus.approved, StageStatus.closed]


async def test_what_an_earlier_version_kept_has_neither_terms_nor_an_early_end(store: Store, sql: Sql) -> None:
    request = await sent(store, a_request())
    await sql("UPDATE stages SET changes = NULL")

    assert await kept(store) == request
    assert [stage.changes for stage in (await kept(store)).stages] == [(), ()]
