"""When the owner of a channel is asked, reminded, and doubted: on a day of the year, or months later, in school days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.ids import ChannelId
from handlers.workflow.channel import Channel, ChannelState, checked, closed, confirmed, doubted
from handlers.workflow.recertifying import Due, Plan, Step, asks_at, due
from tests.samples import DANA, NOON, RAVI, a_request

CHANNEL = Channel(ChannelId("r1.c"), DANA.district, a_request().id, DANA.id, "a page", "soccer", "https://x.example", "", NOON)
PLAN = Plan(
    "",
    12,
    5,
    20,
    after=lambda moment, days: moment + timedelta(days=days),
    opens=lambda day: datetime(day.year, day.month, day.day, 8, tzinfo=UTC),
    day=lambda moment: moment.date(),
)


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opened", "yearly", "months", "expected"),
    [
        (date(2026, 3, 2), "", 12, at(2027, 3, 2)),
        (date(2024, 2, 29), "", 12, at(2025, 2, 28)),
        (date(2026, 11, 30), "", 3, at(2027, 2, 28)),
        (date(2026, 3, 2), "08-15", 12, at(2026, 8, 15)),
        (date(2026, 8, 15), "08-15", 12, at(2027, 8, 15)),
        (date(2026, 12, 31), "08-15", 12, at(2027, 8, 15)),
    ],
)
def test_the_owner_is_asked_once_a_year(opened: date, yearly: str, months: int, expected: datetime) -> None:
    channel = replace(CHANNEL, opened_at=datetime(opened.year, opened.month, opened.day, 12, tzinfo=UTC))

    assert asks_at(channel, replace(PLAN, yearly=yearly, months=months)) == expected


def test_a_confirmation_counts_from_its_own_day() -> None:
    assert asks_at(confirmed(CHANNEL, at(2026, 9, 1)), PLAN) == at(2027, 9, 1)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, Due(Step.wait, NOON + timedelta(days=5))),
        (5, Due(Step.remind, NOON + timedelta(days=20))),
        (19, Due(Step.remind, NOON + timedelta(days=20))),
        (20, Due(Step.doubt, NOON + timedelta(days=20))),
    ],
)
def test_who_was_asked_is_reminded_and_then_doubted(days: int, expected: Due) -> None:
    assert due(replace(CHANNEL, asked_at=NOON), PLAN, NOON + timedelta(days=days)) == expected


def test_nothing_is_due_before_the_year_is_over_and_then_it_is_asked() -> None:
    asks = asks_at(CHANNEL, PLAN)

    assert due(CHANNEL, PLAN, asks - timedelta(seconds=1)) == Due(Step.wait, asks)
    assert due(CHANNEL, PLAN, asks) == Due(Step.ask, asks + timedelta(days=5))


@pytest.mark.parametrize("state", [ChannelState.unconfirmed, ChannelState.closed])
def test_of_what_is_not_live_nobody_is_asked(state: ChannelState) -> None:
    assert due(replace(CHANNEL, state=state), PLAN, at(2030, 1, 1)) is None


def test_what_becomes_of_an_entry() -> None:
    asked = replace(CHANNEL, asked_at=NOON, administrators="Dana")

    assert confirmed(asked, NOON).address == CHANNEL.address
    assert confirmed(asked, NOON, "https://y.example").address == "https://y.example"
    assert (doubted(asked, "?", NOON).state, doubted(asked, "?", NOON).asked_at) == (ChannelState.unconfirmed, NOON)
    assert (closed(asked, "over", NOON).state, closed(asked, "over", NOON).asked_at) == (ChannelState.closed, None)
    assert checked(asked, RAVI.id, "fine", "", NOON).administrators == "Dana"
    assert checked(asked, RAVI.id, "fine", "Ravi", NOON).administrators == "Ravi"
