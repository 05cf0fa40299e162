"""Two replicas on one PostgreSQL whose clocks are an hour apart: what is decided, ended and sent does not hang on whose clock is right."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from handlers.decide import decide
from handlers.kept import Claimed, Happening
from handlers.people import Person, StandInId
from handlers.ports import Work
from handlers.stand_in import submit
from handlers.withdraw import take_back
from handlers.workflow.moves import Decision, Move, Settled
from handlers.workflow.refused import Already, Refusal, StageOver
from handlers.workflow.request import Request, StageStatus, Status
from storage.packs import DiskPacks
from storage.work import PostgresStore, SqliteStore, open_store
from tests.samples import DANA, EVERYBODY, MAPLE_GROVE, MARIA, NGOZI, NOON, RAVI, a_request

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("url", ["postgres"], indirect=True)]

PACKS = DiskPacks(Path(__file__).parents[1] / "packs")
HOUR = timedelta(hours=1)


@dataclass
class Replica:
    """A process with a clock of its own."""

    store: PostgresStore | SqliteStore
    now: datetime

    async def decides(self, who: Person, at: int, move: Decision = Move.approve) -> Settled | Refusal:
        stage, delivery = a_request().stages[at].id, f"{who.id}{self.now}"
        return await self.store.write(decide, PACKS, stage, move, who, "", delivery=delivery, now=self.now)

    async def gives_back(self, delivery: str) -> Settled | Refusal:
        return await self.store.write(take_back, a_request().id, DANA, delivery=delivery, now=self.now)


@pytest.fixture
async def behind(url: str) -> AsyncIterator[Replica]:
    store = await open_store(url, lambda: NOON)
    await store.write(_sent)
    yield Replica(store, NOON)
    await store.close()


@pytest.fixture
async def ahead(url: str, behind: Replica) -> AsyncIterator[Replica]:
    store = await open_store(url, lambda: NOON + HOUR)
    yield Replica(store, NOON + HOUR)
    await store.close()


async def test_a_stage_is_decided_once_and_the_record_keeps_the_order_in_which_things_happened(behind: Replica, ahead: Replica) -> None:
    assert isinstance(await ahead.decides(MARIA, 0), Settled)
    assert isinstance(await behind.decides(MARIA, 0, Move.deny), StageOver)
    assert isinstance(await behind.decides(RAVI, 1), Settled)  # by its clock before the first

    lines = await behind.store.read(_lines)
    assert [line.what for line in lines] == ["approved", "approved"]
    assert [line.at for line in lines] == [ahead.now, behind.now]
    assert (await ahead.store.read(_kept)).status is Status.approved


async def test_a_card_of_the_one_ahead_leaves_at_once_by_the_one_behind(behind: Replica, ahead: Replica) -> None:
    await ahead.decides(MARIA, 0)

    assert {one.leaving.to for one in await behind.store.write(_claimed)} == {DANA.id, RAVI.id}
    assert await ahead.store.write(_claimed) == ()  # what one has claimed the other leaves alone


async def test_a_card_of_the_one_behind_leaves_at_once_by_the_one_ahead(behind: Replica, ahead: Replica) -> None:
    await behind.decides(MARIA, 0)

    assert {one.leaving.to for one in await ahead.store.write(_claimed)} == {DANA.id, RAVI.id}
    assert await behind.store.write(_claimed) == ()


async def test_what_is_over_for_one_and_not_for_the_other_is_ended_once(behind: Replica, ahead: Replica) -> None:
    await behind.store.write(_permitted_until, NOON + HOUR / 2)

    assert isinstance(await ahead.gives_back("there"), Already)  # its last moment has passed here
    assert isinstance(await behind.gives_back("here"), Settled)
    assert isinstance(await ahead.gives_back("again"), Already)
    assert isinstance(await behind.gives_back("once more"), Already)
    assert [line.what for line in await ahead.store.read(_lines)] == ["ended"]


async def test_a_stand_in_decides_where_the_days_have_come_and_it_counts_everywhere(behind: Replica, ahead: Replica) -> None:
    await behind.store.write(_stood_in_for)

    assert isinstance(await behind.decides(NGOZI, 0), Settled)
    assert isinstance(await ahead.decides(MARIA, 0), StageOver)


def _sent(work: Work) -> None:
    work.directory.replace(MAPLE_GROVE, EVERYBODY)
    work.requests.add(a_request())


def _permitted_until(work: Work, ends: datetime) -> None:
    for stage in a_request().stages:
        now = work.requests.get(a_request().id) or a_request()
        decided = replace(stage, status=StageStatus.approved, decided_by=stage.people[0], decided_at=NOON)
        work.requests.settle(replace(now, status=Status.approved, stages=(decided,), ends=ends), decided)


def _stood_in_for(work: Work) -> None:
    values = {"person": NGOZI.id, "starts": "2026-03-02", "ends": "2026-03-06"}
    submit(work, PACKS, MARIA.id, values, MARIA, new=StandInId("i1"), delivery="d", now=NOON)


def _kept(work: Work) -> Request:
    return work.requests.get(a_request().id) or a_request()


def _lines(work: Work) -> tuple[Happening, ...]:
    return work.record.of(a_request().id)


def _claimed(work: Work) -> tuple[Claimed, ...]:
    return work.outbox.claim(50)
