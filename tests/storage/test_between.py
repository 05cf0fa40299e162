"""What another process keeps between reading and writing: on PostgreSQL the second waits, reads again and says what happened."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.ask_more import submit_answer, submit_ask
from handlers.decide import decide
from handlers.firing import fire
from handlers.ids import QuestionId, RequestId, StageId
from handlers.kept import Leaving
from handlers.people import HALLPASS, PersonId, StandInId
from handlers.ports import Store, Work
from handlers.stand_in import Named as NamedStandIn
from handlers.stand_in import submit
from handlers.timers import Timer
from handlers.workflow.asking import Asked, Replied
from handlers.workflow.moves import Decision, Move
from handlers.workflow.refused import Already, StageOver
from handlers.workflow.request import Request, Status
from handlers.workflow.untimely import AnsweredBefore
from storage.engine import address, postgres
from storage.packs import DiskPacks
from storage.unit import Units
from storage.work import open_store
from tests.samples import DANA, EVERYBODY, HELEN, MAPLE_GROVE, MARIA, NGOZI, NOON, RAVI, a_request

# With SQLite there is one writer, and nothing comes in between.
pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("url", ["postgres"], indirect=True)]

PACKS = DiskPacks(Path(__file__).parents[1] / "packs")
FIRST = StageId("r1.s1")
QUESTION = QuestionId("q0")


def sent(work: Work) -> None:
    """Dana's request waits for Maria, who asked Helen to decide, too."""
    work.directory.replace(MAPLE_GROVE, EVERYBODY)
    work.requests.add(a_request())
    work.requests.ask_also(FIRST, HELEN.id, MARIA.id)


def asks(work: Work, delivery: str = "once", new: str = "q1") -> object:
    return submit_ask(work, PACKS, FIRST, {"question": "Which?"}, HELEN, new=QuestionId(new), delivery=delivery, now=NOON)


def replies(work: Work, delivery: str = "once") -> object:
    return submit_answer(work, PACKS, QUESTION, {"reply": "Varsity"}, DANA, delivery=delivery, now=NOON)


def decides(work: Work, move: Decision = Move.approve) -> object:
    return decide(work, PACKS, FIRST, move, MARIA, "No", delivery="hers", now=NOON)


def lapses(work: Work) -> None:
    fire(work, PACKS, Leaving("t", "t", MAPLE_GROVE, Timer.lapse, RequestId("r1"), FIRST, HALLPASS, "t"), NOON)


def names(work: Work, to: PersonId = NGOZI.id, delivery: str = "once", new: str = "i1") -> object:
    values = {"person": to, "starts": "2026-03-02", "ends": "2026-03-06"}
    return submit(work, PACKS, MARIA.id, values, MARIA, new=StandInId(new), delivery=delivery, now=NOON)


@asynccontextmanager
async def another(url: str, unit: Callable[[Work], object]) -> AsyncIterator[AsyncConnection]:
    """Another process has done this and not yet kept it."""
    engine = postgres(address(url))
    try:
        async with engine.connect() as connection:
            await connection.run_sync(lambda sync: Units(lambda: NOON, "another").run(sync, unit))
            yield connection
    finally:
        await engine.dispose()


async def beside(store: Store, url: str, first: Callable[[Work], object], second: Callable[[Work], object]) -> object:
    """Return what the second comes to that has read before the first is kept, and waits for it."""
    async with another(url, first) as connection:
        waiting = asyncio.create_task(store.write(second))
        blocked = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
        async with asyncio.timeout(10):
            while not (await connection.execute(blocked)).scalar_one():  # noqa: ASYNC110  # nothing tells when the other waits
                await asyncio.sleep(0.01)
        await connection.commit()
        return await waiting


async def kept(store: Store) -> Request:
    (request,) = await store.read(lambda work: work.requests.all(MAPLE_GROVE))
    return request


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url, lambda: NOON)
    await opened.write(sent)
    yield opened
    await opened.close()


async def test_a_question_that_loses_against_an_approval_is_told_so_and_again_so(store: Store, url: str) -> None:
    refused = await beside(store, url, decides, asks)

    assert isinstance(refused, StageOver)
    assert refused.stage.decided_by == MARIA.id
    again = await store.write(asks)
    assert isinstance(again, StageOver)
    assert (await kept(store)).questions == ()


async def test_the_same_question_at_the_same_moment_is_one(store: Store, url: str) -> None:
    asked = await beside(store, url, asks, lambda work: asks(work, new="q2"))

    (question,) = (await kept(store)).questions
    assert isinstance(asked, Asked)
    assert asked.question == question


async def test_a_reply_that_loses_against_a_decision_is_told_so(store: Store, url: str) -> None:
    await store.write(lambda work: asks(work, "before", QUESTION))

    refused = await beside(store, url, decides, replies)

    assert isinstance(refused, StageOver)
    assert isinstance(await store.write(replies), StageOver)
    assert (await kept(store)).status is Status.pending


async def test_the_same_reply_at_the_same_moment_is_one(store: Store, url: str) -> None:
    await store.write(lambda work: asks(work, "before", QUESTION))

    assert isinstance(await beside(store, url, replies, replies), Replied)
    assert isinstance(await store.write(lambda work: replies(work, "another")), AnsweredBefore)


async def test_a_decision_that_comes_as_the_time_is_over_is_told_so_and_moves_nothing(store: Store, url: str) -> None:
    refused = await beside(store, url, lapses, decides)

    assert isinstance(refused, Already)
    assert (refused.request.status, (await kept(store)).status) == (Status.lapsed, Status.lapsed)
    assert [line.what for line in await store.read(lambda work: work.record.of(RequestId("r1")))] == ["lapsed"]


async def test_a_decision_that_comes_just_before_counts(store: Store, url: str) -> None:
    await beside(store, url, lambda work: decides(work, Move.deny), lapses)

    assert (await kept(store)).status is Status.denied
    assert [line.what for line in await store.read(lambda work: work.record.of(RequestId("r1")))] == ["denied"]


async def test_of_two_stand_ins_named_at_the_same_moment_the_last_counts(store: Store, url: str) -> None:
    named = await beside(store, url, names, lambda work: names(work, RAVI.id, "twice", "i2"))

    assert isinstance(named, NamedStandIn)
    assert named.stand_in.to == RAVI.id
    assert await store.read(lambda work: work.stand_ins.of(MARIA.id)) == named.stand_in


async def test_the_same_naming_at_the_same_moment_is_one(store: Store, url: str) -> None:
    named = await beside(store, url, names, lambda work: names(work, new="i2"))

    assert isinstance(named, NamedStandIn)
    assert named.stand_in.id == "i1"
