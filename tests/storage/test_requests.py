"""Requests: kept whole, decided once, and never half."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Executable

from handlers.ids import AnswerId, DutyId, RequestId, StageId
from handlers.people import DistrictKey, Person, PersonId, Role
from handlers.ports import Store, Work
from handlers.workflow import duties, moves
from handlers.workflow.moves import Fulfilled, Move, Settled
from handlers.workflow.request import Delegation, Duty, DutyStatus, Request, Stage, StageStatus, Status
from handlers.workflow.said import Given
from storage.work import open_store
from tests.samples import DANA, HELEN, LEE, MAPLE_GROVE, MARIA, NOON, RAVI, a_duty, a_request, a_stage
from tests.storage.conftest import AnyStore


def approved(request: Request, stage: str) -> Settled:
    """What Maria's approval makes of a request."""
    settled = moves.settle(request, StageId(stage), Move.approve, MARIA.id, "", NOON)
    assert isinstance(settled, Settled)
    return settled


def add(work: Work, request: Request) -> None:
    work.requests.add(request)


def withdraw(work: Work, request: Request) -> bool:
    return work.requests.withdraw(request)


def fulfil(work: Work, duty: Duty) -> bool:
    return work.requests.fulfil(duty)


def settle(work: Work, request: Request, stage: str) -> bool:
    decided = request.stage(StageId(stage))
    assert decided is not None
    return work.requests.settle(request, decided)


async def found(store: Store, question: Callable[[Work], tuple[Request, ...]]) -> list[str]:
    """The ids of what a question finds, in its order."""
    return [request.id for request in await store.read(question)]


async def kept(store: Store, request: Request) -> Request:
    found = await store.read(lambda work: work.requests.get(request.id))
    assert found is not None
    return found


async def test_a_request_comes_back_as_it_was_sent(store: Store) -> None:
    request = a_request(duties=[a_duty("r1.d1", "Hand in the address", DANA, LEE)])

    await store.write(add, request)

    assert await kept(store, request) == request


async def test_a_request_is_found_by_its_stage_and_by_its_duty(store: Store) -> None:
    request = a_request(duties=[a_duty("r1.d1", "Hand in the address", DANA)])

    await store.write(add, request)

    assert await store.read(lambda work: work.requests.of_stage(StageId("r1.s2"))) == request
    assert await store.read(lambda work: work.requests.of_duty(DutyId("r1.d1"))) == request


async def test_nobody_finds_a_request_that_is_not_there(store: Store) -> None:
    assert await store.read(lambda work: work.requests.get(RequestId("none"))) is None
    assert await store.read(lambda work: work.requests.of_stage(StageId("none"))) is None
    assert await store.read(lambda work: work.requests.of_duty(DutyId("none"))) is None


async def test_the_newest_requests_of_a_district_come_first(store: Store) -> None:
    elsewhere = replace(a_request("r9"), district=DistrictKey("oak-hollow"))

    for request in (a_request("r1"), a_request("r2"), elsewhere, a_request("r3")):
        await store.write(add, request)

    newest = await store.read(lambda work: work.requests.all(MAPLE_GROVE, limit=2))
    assert [request.id for request in newest] == ["r3", "r2"]
    assert await store.read(lambda work: work.requests.all(DistrictKey("nowhere"))) == ()


async def test_requests_are_found_by_what_they_mean_however_old_they_are(store: Store) -> None:
    old = a_request("r1", duties=[a_duty("r1.d1", "Hand in the address", DANA), a_duty("r1.d2", "Tell the parents", MARIA)])
    over = replace(a_request("r2", requester=LEE), status=Status.withdrawn)
    elsewhere = replace(a_request("r3"), district=DistrictKey("oak-hollow"), requester=PersonId("oak"))
    for request in (old, over, elsewhere):
        await store.write(add, request)

    assert await found(store, lambda work: work.requests.waiting_for(MAPLE_GROVE)) == ["r1"]
    assert await found(store, lambda work: work.requests.of_requester(LEE.id)) == []
    assert await found(store, lambda work: work.requests.of_requester(DANA.id)) == ["r1"]
    assert await found(store, lambda work: work.requests.lately_of(LEE.id, 1)) == ["r2"]
    assert await found(store, lambda work: work.requests.owed_by(DANA.id)) == ["r1"]
    assert await found(store, lambda work: work.requests.owed_by(RAVI.id)) == []
    assert await found(store, lambda work: work.requests.handed_in(MAPLE_GROVE)) == []


async def test_of_what_is_over_only_the_newest_are_shown_and_whatever_waits_or_holds_however_old(store: Store) -> None:
    waits, holds = a_request("r1"), replace(a_request("r2"), status=Status.approved, ends=NOON + timedelta(days=1))
    over = [replace(a_request("r3"), status=Status.approved, ends=NOON - timedelta(days=1))]
    over += [replace(a_request(f"r{number}"), status=Status.denied) for number in (4, 5)]
    for request in (waits, holds, *over):
        await store.write(add, request)

    assert await found(store, lambda work: work.requests.lately_of(DANA.id, 2)) == ["r5", "r4", "r2", "r1"]
    assert await found(store, lambda work: work.requests.lately_of(DANA.id, 9)) == ["r5", "r4", "r3", "r2", "r1"]


async def test_a_duty_that_is_done_is_owed_no_longer_and_handed_in_last_first(store: Store) -> None:
    for key in ("r1", "r2"):
        await store.write(add, a_request(key, duties=[a_duty(f"{key}.d1", "Hand in the address", DANA)]))

    for minute, key in enumerate(("r2", "r1")):
        done = replace(a_duty(f"{key}.d1", ""), status=DutyStatus.done, done_by=DANA.id, done_at=NOON + timedelta(minutes=minute))
        await store.write(fulfil, done)

    assert await found(store, lambda work: work.requests.owed_by(DANA.id)) == []
    assert await found(store, lambda work: work.requests.handed_in(MAPLE_GROVE)) == ["r1", "r2"]
    assert await found(store, lambda work: work.requests.handed_in(MAPLE_GROVE, limit=1)) == ["r1"]


async def test_who_stands_in_is_kept_when_it_is_sent_and_when_it_is_decided(store: Store) -> None:
    first, second = a_request().stages
    request = a_request(stages=[replace(first, stands_in=Role.superintendent), second])
    await store.write(add, request)
    assert await kept(store, request) == request

    moved = approved(replace(request, stages=(first, second)), "r1.s1").request  # the principal herself decided
    await store.write(settle, moved, "r1.s1")

    assert (await kept(store, request)).stages[0].stands_in is None


async def test_an_approval_opens_the_next_stage(store: Store) -> None:
    request = a_request()
    await store.write(add, request)
    moved = approved(request, "r1.s1").request

    assert await store.write(settle, moved, "r1.s1")

    assert await kept(store, request) == moved
    assert (await kept(store, request)).open_stage == moved.stage(StageId("r1.s2"))


async def test_the_last_approval_approves_the_request(store: Store) -> None:
    request = a_request(stages=[a_stage("r1.s1", Role.building_principal, MARIA)])
    await store.write(add, request)
    moved = approved(request, "r1.s1").request

    assert await store.write(settle, moved, "r1.s1")

    assert (await kept(store, request)).status is Status.approved


async def test_a_hundred_approvers_at_once_settle_a_stage_once(store: Store) -> None:
    request = a_request()
    await store.write(add, request)
    moved = approved(request, "r1.s1").request

    won = await asyncio.gather(*(store.write(settle, moved, "r1.s1") for _ in range(100)))

    assert won.count(True) == 1
    assert await kept(store, request) == moved


async def test_two_bots_at_once_settle_a_stage_once(store: Store, url: str) -> None:
    other = await open_store(url, lambda: NOON)
    request = a_request()
    await store.write(add, request)
    moved = approved(request, "r1.s1").request

    won = await asyncio.gather(*(one.write(settle, moved, "r1.s1") for _ in range(20) for one in (store, other)))

    assert won.count(True) == 1
    await other.close()


async def test_either_the_approval_or_the_withdrawal_wins_and_never_both(store: Store) -> None:
    requests = [a_request(f"r{number}", stages=[a_stage(f"r{number}.s1", Role.building_principal, MARIA)]) for number in range(25)]
    for request in requests:
        await store.write(add, request)

    for number, request in enumerate(requests):
        approval, taken_back = approved(request, f"{request.id}.s1").request, moves.withdraw(request, DANA.id)
        assert isinstance(taken_back, Settled)
        both = [
            store.write(settle, approval, f"{request.id}.s1"),
            store.write(withdraw, taken_back.request),
        ]
        won = await asyncio.gather(*(both if number % 2 else reversed(both)))

        assert won.count(True) == 1
        assert await kept(store, request) in (approval, taken_back.request)


async def test_nothing_is_settled_after_a_withdrawal(store: Store) -> None:
    request = a_request()
    taken_back = moves.withdraw(request, DANA.id)
    assert isinstance(taken_back, Settled)
    await store.write(add, request)

    assert await store.write(withdraw, taken_back.request)
    assert not await store.write(settle, approved(request, "r1.s1").request, "r1.s1")
    assert not await store.write(withdraw, taken_back.request)

    assert await kept(store, request) == taken_back.request


async def test_nothing_is_settled_after_its_end(store: Store, url: str) -> None:
    """Its stages still wait then: what is read of the request itself has to be enough, also by whoever waited for it."""
    other = await open_store(url, lambda: NOON)
    request = a_request()
    await store.write(add, request)
    moved = approved(request, "r1.s1").request

    ended = await store.write(lambda work: work.requests.finish(request.id))
    won = await asyncio.gather(*(one.write(settle, moved, "r1.s1") for one in (store, other)))

    assert (ended, won) == (True, [False, False])
    assert (await kept(store, request)).status is Status.ended
    await other.close()


async def test_a_decided_stage_is_never_written_over(store: Store) -> None:
    request = a_request()
    await store.write(add, request)
    moved = approved(request, "r1.s1").request
    await store.write(settle, moved, "r1.s1")
    stale = replace(request.stages[1], status=StageStatus.approved, decided_by=RAVI.id, decided_at=NOON)

    assert await store.write(lambda work: work.requests.settle(replace(request, stages=(request.stages[0], stale)), stale))

    assert (await kept(store, request)).stages == (moved.stages[0], stale)


async def test_duties_are_added_after_those_that_are_there(store: Store) -> None:
    first, second = a_duty("r1.d1", "Hand in the address", DANA), a_duty("r1.d2", "Tell the parents", DANA, LEE)
    request = a_request(duties=[first])
    await store.write(add, request)

    await store.write(lambda work: work.requests.oblige(request.id, [second]))
    await store.write(lambda work: work.requests.oblige(request.id, []))

    assert (await kept(store, request)).duties == (first, second)


async def test_a_duty_is_done_once(store: Store) -> None:
    request = a_request(duties=[a_duty("r1.d1", "Hand in the address", DANA)])
    await store.write(add, request)
    done = duties.fulfil(request, DutyId("r1.d1"), DANA.id, "https://example.org/team", NOON)
    assert isinstance(done, Fulfilled)

    won = await asyncio.gather(*(store.write(lambda work: work.requests.fulfil(done.duty)) for _ in range(20)))

    assert won.count(True) == 1
    assert (await kept(store, request)).duties == (done.duty,)


async def test_whom_a_request_is_directed_at_and_about_comes_back(store: Store) -> None:
    request = replace(a_request(), stages=(), addressee=LEE.id, subject=RAVI.id)

    await store.write(add, request)

    assert await kept(store, request) == request


async def test_what_others_have_to_do_ends_once(store: Store) -> None:
    request = replace(a_request(duties=[a_duty("r1.d1", "Hand them over", LEE)]), stages=(), addressee=LEE.id)
    await store.write(add, request)

    ended = await asyncio.gather(*(store.write(lambda work: work.requests.finish(request.id)) for _ in range(5)))

    assert ended.count(True) == 1
    assert (await kept(store, request)).status is Status.ended


async def test_what_is_taken_back_is_owed_by_nobody_any_more(store: Store) -> None:
    first, second = a_duty("r1.d1", "Hand them over", LEE), a_duty("r1.d2", "File them", DANA)
    request = replace(a_request(duties=[first, second]), stages=(), addressee=LEE.id)
    await store.write(add, request)
    await store.write(fulfil, replace(second, status=DutyStatus.done, done_by=DANA.id, done_at=NOON))

    assert await store.write(withdraw, replace(request, status=Status.withdrawn))

    assert [duty.status for duty in (await kept(store, request)).duties] == [DutyStatus.closed, DutyStatus.done]
    assert await found(store, lambda work: work.requests.owed_by(LEE.id)) == []
    assert not await store.write(fulfil, replace(first, status=DutyStatus.done, done_by=LEE.id, done_at=NOON))


numbers = itertools.count()
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
people = st.sampled_from([DANA.id, MARIA.id, RAVI.id, HELEN.id])


@st.composite
def requests(draw: st.DrawFn) -> Request:
    key = f"p{next(numbers)}"
    stages = st.builds(
        Stage,
        id=st.builds(lambda: StageId(f"{key}.s{next(numbers)}")),
        role=st.sampled_from(Role),
        people=st.lists(people, unique=True).map(tuple),
        status=st.sampled_from(StageStatus),
        decided_by=st.none() | people,
        decided_at=st.none() | moments,
        reason=words,
    )
    duties = st.builds(
        Duty,
        id=st.builds(lambda: DutyId(f"{key}.d{next(numbers)}")),
        key=words,
        what=words,
        owner_role=st.sampled_from(Role),
        owners=st.lists(people, unique=True).map(tuple),
        status=st.sampled_from(DutyStatus),
        due=st.none() | moments,
        evidence=words,
        done_by=st.none() | people,
        done_at=st.none() | moments,
        given=st.lists(st.builds(Given, words, words, words), max_size=2).map(tuple),
    )
    return Request(
        id=RequestId(key),
        district=MAPLE_GROVE,
        process=draw(words),
        rule=draw(words),
        answer=AnswerId(draw(words)),
        requester=PersonId(draw(words)),
        fields=draw(st.dictionaries(words, words, max_size=4)),
        fingerprint=draw(words),
        status=draw(st.sampled_from(Status)),
        opened_at=draw(moments),
        stages=tuple(draw(st.lists(stages, max_size=3))),
        duties=tuple(draw(st.lists(duties, max_size=3))),
        starts=draw(st.none() | moments),
        ends=draw(st.none() | moments),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(request=requests())
async def test_any_request_comes_back_as_it_was_sent(store: Store, request: Request) -> None:
    await store.write(add, request)

    assert await kept(store, request) == request


async def test_what_no_database_can_hold_does_not_stop_a_request(store: Store) -> None:
    request = a_request()
    strange = replace(request, fields={"reason": "a\0b"}, rule="half a pair: \ud83d, nothing: \0")

    await store.write(add, strange)

    assert (await kept(store, request)).rule == "half a pair: \ufffd, nothing: \ufffd"


async def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = replace(a_request(), opened_at=datetime(2026, 3, 2))  # noqa: DTZ001  # the point of the test

    with pytest.raises(Exception, match="no time zone"):
        await store.write(add, naive)


async def test_who_is_asked_afterwards_stands_at_that_stage_once(store: Store) -> None:
    request = a_request()
    await store.write(add, request)

    await store.write(lambda work: work.requests.ask_also(request.stages[0].id, LEE.id, MARIA.id))
    await store.write(lambda work: work.requests.ask_also(request.stages[0].id, LEE.id, None))

    first, second = (await kept(store, request)).stages
    assert (first.added, second.added) == ((LEE.id,), ())


async def test_by_whom_somebody_was_asked_and_why_comes_back(store: Store) -> None:
    await store.write(add, a_request())

    first = await store.write(lambda work: work.requests.ask_also(StageId("r1.s1"), LEE.id, MARIA.id, "I am away"))
    second = await store.write(lambda work: work.requests.ask_also(StageId("r1.s1"), LEE.id, HELEN.id))

    assert (first, second) == (True, False)
    stage = (await kept(store, a_request())).stages[0]
    assert (stage.added, stage.delegations) == ((LEE.id,), (Delegation(LEE.id, MARIA.id, "I am away"),))
    assert (stage.delegation(LEE.id), stage.delegation(MARIA.id)) == (stage.delegations[0], None)


async def test_whom_the_bot_asked_was_asked_by_nobody(store: Store) -> None:
    await store.write(add, a_request())

    assert await store.write(lambda work: work.requests.ask_also(StageId("r1.s2"), LEE.id, None))

    stage = (await kept(store, a_request())).stages[1]
    assert (stage.added, stage.delegations) == ((LEE.id,), ())


async def test_nobody_is_asked_about_what_is_decided_or_not_there(store: Store) -> None:
    await store.write(add, a_request())
    settled = approved(a_request(), "r1.s1")
    await store.write(settle, settled.request, "r1.s1")

    def ask(work: Work, stage: str) -> bool:
        return work.requests.ask_also(StageId(stage), LEE.id, MARIA.id)

    asked = [await store.write(ask, one) for one in ("r1.s1", "none", "r1.s2")]

    assert asked == [False, False, True]


async def test_at_whose_asking_a_stand_in_decided_is_kept_with_the_decision(store: Store) -> None:
    await store.write(add, a_request())
    first, second = a_request().stages
    beside = Delegation(LEE.id, MARIA.id, until=date(2026, 3, 6))
    read = replace(a_request(), stages=(replace(first, people=(MARIA.id, LEE.id), delegations=(beside,)), second))
    settled = moves.settle(read, StageId("r1.s1"), Move.approve, LEE.id, "", NOON)
    assert isinstance(settled, Settled)

    assert await store.write(settle, settled.request, "r1.s1")

    assert (await kept(store, a_request())).stages[0].delegations == (beside,)


async def test_of_two_who_take_a_duty_at_once_only_one_has_it(store: Store) -> None:
    request = a_request(duties=[a_duty("r1.d1", "Inform the parents", MARIA, LEE)])
    await store.write(add, request)

    def take(work: Work, who: Person, before: PersonId | None = None) -> bool:
        return work.requests.take(replace(request.duties[0], taken_by=who.id, taken_at=NOON), before)

    won = await asyncio.gather(store.write(take, MARIA), store.write(take, LEE))
    assert sorted(won) == [False, True]

    first = (MARIA, LEE)[won.index(True)]
    assert not await store.write(take, HELEN, RAVI.id)  # it is no longer in those hands
    assert await store.write(take, HELEN, first.id)
    assert (await kept(store, request)).duties[0].taken_by == HELEN.id


async def test_what_is_done_is_not_taken(store: Store) -> None:
    request = a_request(duties=[a_duty("r1.d1", "Inform the parents", MARIA)])
    await store.write(add, request)
    done = replace(request.duties[0], status=DutyStatus.done, done_by=MARIA.id, done_at=NOON)
    await store.write(fulfil, done)

    assert not await store.write(lambda work: work.requests.take(replace(done, taken_by=MARIA.id, taken_at=NOON), None))


async def test_what_a_request_has_none_of_is_not_asked_for(store: AnyStore, asked: list[Executable]) -> None:
    await store.write(add, a_request())
    asked.clear()

    assert await store.read(lambda work: work.requests.get(RequestId("r1"))) == a_request()

    assert len(asked) == 2  # the request with the key to its words, and its stages


async def test_duties_stand_behind_those_that_there_are(store: AnyStore) -> None:
    await store.write(add, a_request(duties=[a_duty("r1.d1", "First")]))

    later = (a_duty("r1.d2", "Second"), a_duty("r1.d3", "Third"))
    await store.write(lambda work: work.requests.oblige(RequestId("r1"), later))

    kept = await store.read(lambda work: work.requests.get(RequestId("r1")))
    assert kept is not None
    assert [duty.what for duty in kept.duties] == ["First", "Second", "Third"]
