"""What is counted: only what was committed, however often the store had to run it, and what could not be delivered."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.loops import Courier
from bot.measured import measured_desk, measured_store
from bot.meters import Meters
from bot.ready import SILENCE, Readiness
from handlers.actions import Answer, Helpful
from handlers.ids import AnswerId
from handlers.kept import Backlog
from handlers.people import Platform
from handlers.ports import CannotDeliver, Store, Work
from tests.handlers.conftest import house as house  # noqa: PLC0414  # the fixture
from tests.house import House, said
from tests.samples import DANA, EVERYBODY, MAPLE_GROVE, NOON
from tests.scenes import TEXTING, has_sent
from tests.storage.test_answers import FIRST


def value(meters: Meters, name: str, **labels: str) -> float:
    return meters.registry.get_sample_value(name, labels) or 0.0


async def test_an_answer_is_counted_and_timed(house: House) -> None:
    meters = Meters()
    house.desk = measured_desk(house.desk, meters, Platform.slack)

    card = said(await house.says(DANA, house.means("May I?", TEXTING)))
    await house.presses(DANA, Helpful(AnswerId(card.buttons[0].action.answer)))  # type: ignore[union-attr]

    assert value(meters, "hallpass_questions_total", verdict="needs_approval", platform="slack") == 1
    assert value(meters, "hallpass_question_seconds_count", platform="slack") == 1
    assert value(meters, "hallpass_database_write_seconds_count") == 2


async def test_an_answer_to_the_bots_question_is_an_answer(house: House) -> None:
    meters = Meters()
    house.desk = measured_desk(house.desk, meters, Platform.teams)
    await house.says(DANA, house.means("May I write?", TEXTING))

    await house.presses(DANA, Answer(AnswerId("none"), 0))

    assert value(meters, "hallpass_question_seconds_count", platform="teams") == 2


async def test_what_was_rolled_back_is_not_counted(house: House) -> None:
    meters = Meters()
    store = measured_store(house.store, meters)

    def breaks(work: Work) -> None:
        work.answers.add(FIRST)
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(breaks)

    assert value(meters, "hallpass_questions_total", verdict="needs_approval", platform="none") == 0
    assert value(meters, "hallpass_database_write_seconds_count") == 1


async def test_what_had_to_run_twice_is_counted_once(house: House) -> None:
    class Twice(Store):
        """As PostgreSQL after a deadlock: the first run is undone."""

        async def write(self, unit: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            def first_in_vain(work: Work) -> Any:
                unit(work.but(answers=Nowhere()), *args, **kwargs)
                return unit(work, *args, **kwargs)

            return await house.store.write(first_in_vain)

        async def read(self, unit: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            return await house.store.read(unit, *args, **kwargs)

    class Nowhere:
        def add(self, answered: object) -> None:
            pass

    meters = Meters()
    await measured_store(Twice(), meters).write(lambda work: work.answers.add(FIRST))

    assert value(meters, "hallpass_questions_total", verdict="needs_approval", platform="none") == 1


async def test_deliveries_are_counted_by_what_became_of_them(house: House) -> None:
    meters = Meters()
    watched = Courier(measured_store(house.store, meters), house.packs, {Platform.web: house.chat}, lambda: NOON)
    house.courier = watched
    house.chat.away += [CannotDeliver("busy", permanent=False, after=0.0), CannotDeliver("gone", permanent=True)]

    await has_sent(house)

    counted = {one: value(meters, "hallpass_deliveries_total", outcome=one, platform="web") for one in ("sent", "retried", "dead")}
    assert counted["retried"] == counted["dead"] == 1
    assert counted["sent"] >= 1


async def test_a_card_for_nobody_has_no_platform(house: House) -> None:
    meters = Meters()
    await house.store.write(lambda work: work.directory.replace(MAPLE_GROVE, [replace(one, addresses=()) for one in EVERYBODY]))
    house.courier = Courier(measured_store(house.store, meters), house.packs, {Platform.web: house.chat}, lambda: NOON)

    await has_sent(house)

    assert value(meters, "hallpass_deliveries_total", outcome="dead", platform="none") >= 1


async def test_a_courier_that_hangs_is_not_ready(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ready = Readiness(house.store, house.courier, {})
    assert (await ready.look())["ready"] is True

    house.courier._looked -= SILENCE + 1

    assert await ready.look() == {"ready": False, "database": "writable", "queue": "stuck"}


async def test_asking_often_writes_seldom(house: House) -> None:
    meters = Meters()
    ready = Readiness(measured_store(house.store, meters), house.courier, {})

    for _ in range(20):
        await ready.look()

    assert value(meters, "hallpass_database_write_seconds_count") == 1


def test_two_registries_stand_side_by_side() -> None:
    one, other = Meters(), Meters()
    one.waits(Backlog(1, 2, 3, 4.0))
    other.waits(None)

    assert value(one, "hallpass_outbox_cards", state="later") == 2
    assert value(other, "hallpass_outbox_cards", state="later") != value(other, "hallpass_outbox_cards", state="later")  # not a number
