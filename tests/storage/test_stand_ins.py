"""Who stands in for whom: one for each person, only in their days, by the clock."""

from dataclasses import replace
from datetime import date, timedelta

from handlers.people import DistrictKey, StandIn, StandInId
from handlers.ports import Store, Work
from tests.samples import HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, NOON

NOW = StandIn(StandInId("i1"), MAPLE_GROVE, MARIA.id, NGOZI.id, NOON, NOON + timedelta(days=5), date(2026, 3, 6))
LATER = replace(NOW, id=StandInId("i2"), person=HELEN.id, starts=NOON + timedelta(seconds=1))
OVER = replace(NOW, id=StandInId("i3"), person=LEE.id, starts=NOON - timedelta(days=2), ends=NOON)
ELSEWHERE = replace(NOW, id=StandInId("i4"), person=NGOZI.id, district=DistrictKey("oak-hollow"))


def name(work: Work, stand_in: StandIn) -> None:
    work.stand_ins.name(stand_in)


async def named(store: Store, *stand_ins: StandIn) -> None:
    for one in stand_ins:
        await store.write(name, one)


async def test_a_stand_in_comes_back_as_it_was_named(store: Store) -> None:
    await named(store, NOW)

    assert await store.read(lambda work: work.stand_ins.of(MARIA.id)) == NOW
    assert await store.read(lambda work: work.stand_ins.of(NGOZI.id)) is None


async def test_only_those_of_the_district_hold_whose_days_have_come_and_are_not_over(store: Store) -> None:
    await named(store, NOW, LATER, OVER, ELSEWHERE)

    assert await store.read(lambda work: work.stand_ins.holding(MAPLE_GROVE)) == (NOW,)
    assert await store.read(lambda work: work.stand_ins.of(HELEN.id)) == LATER
    assert await store.read(lambda work: work.stand_ins.of(LEE.id)) is None


async def test_another_takes_the_place_of_the_first(store: Store) -> None:
    other = replace(NOW, id=StandInId("i9"), to=LEE.id)

    await named(store, NOW, other)

    assert await store.read(lambda work: work.stand_ins.holding(MAPLE_GROVE)) == (other,)


async def test_what_has_begun_is_told_once(store: Store) -> None:
    await named(store, NOW, LATER, OVER)
    assert await store.read(lambda work: work.stand_ins.begun()) == (NOW,)

    await store.write(lambda work: work.stand_ins.told(NOW))

    assert await store.read(lambda work: work.stand_ins.begun()) == ()
    assert await store.read(lambda work: work.stand_ins.holding(MAPLE_GROVE)) == (NOW,)


async def test_it_is_ended_once(store: Store) -> None:
    await named(store, NOW)

    def end(work: Work) -> bool:
        return work.stand_ins.end(NOW.id)

    assert [await store.write(end), await store.write(end)] == [True, False]
    assert await store.read(lambda work: work.stand_ins.holding(MAPLE_GROVE)) == ()


async def test_a_unit_sees_whom_it_named_and_whom_it_ended(store: Store) -> None:
    def unit(work: Work) -> list[tuple[StandIn, ...]]:
        seen = [work.stand_ins.holding(MAPLE_GROVE)]
        work.stand_ins.name(NOW)
        seen.append(work.stand_ins.holding(MAPLE_GROVE))
        work.stand_ins.end(NOW.id)
        return [*seen, work.stand_ins.holding(MAPLE_GROVE)]

    assert await store.write(unit) == [(), (NOW,), ()]
