"""School time: nothing falls on a night, a weekend or a holiday, and a school day more is never earlier."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.workflow.school_days import (
    WEEK,
    Calendar,
    begin,
    first_working,
    in_session,
    school_days_after,
    school_days_before,
    school_days_between,
    year_end,
)

ZONES = ("America/Chicago", "America/New_York", "UTC", "Asia/Kathmandu", "Australia/Lord_Howe")
CHICAGO = Calendar("America/Chicago", holidays=frozenset({date(2026, 11, 26), date(2026, 11, 27)}))  # Thanksgiving
MORNING = ZoneInfo("America/Chicago")

moments = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
numbers = st.integers(0, 40)
calendars = st.builds(
    Calendar,
    st.sampled_from(ZONES),
    st.sampled_from([time(6), time(7, 30), time(9)]),
    st.sampled_from([time(15), time(17), time(22)]),
    st.tuples(*[st.booleans()] * 7).filter(any),
    st.frozensets(st.dates(date(2024, 1, 1), date(2031, 1, 1)), max_size=60),
)


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=MORNING).astimezone(UTC)  # type: ignore[misc,arg-type]


@given(moments, numbers, calendars)
def test_it_is_always_an_hour_of_a_school_day_and_never_earlier(moment: datetime, days: int, calendar: Calendar) -> None:
    found = school_days_after(moment, days, calendar)

    here = found.astimezone(ZoneInfo(calendar.zone))
    assert found >= moment
    assert in_session(here.date(), calendar)
    assert calendar.begins <= here.time() < calendar.ends


@given(moments, numbers, calendars)
def test_so_many_school_days_lie_between(moment: datetime, days: int, calendar: Calendar) -> None:
    first, last = (
        one.astimezone(ZoneInfo(calendar.zone)).date()
        for one in (first_working(moment, calendar), school_days_after(moment, days, calendar))
    )

    assert school_days_between(first, last, calendar) == days
    assert sum(in_session(first + timedelta(days=one), calendar) for one in range((last - first).days)) == days


@given(moments, moments, numbers, calendars)
def test_who_asks_later_is_not_served_earlier(one: datetime, other: datetime, days: int, calendar: Calendar) -> None:
    early, late = sorted((one, other))

    assert school_days_after(early, days, calendar) <= school_days_after(late, days, calendar)
    assert school_days_after(early, days, calendar) < school_days_after(early, days + 1, calendar)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 40), calendars)
def test_a_warning_comes_as_school_begins_on_an_earlier_day(last: date, days: int, calendar: Calendar) -> None:
    found = school_days_before(last, days, calendar)

    day = found.astimezone(ZoneInfo(calendar.zone)).date()
    assert day < last
    assert in_session(day, calendar)
    assert found == begin(day, calendar)
    assert sum(in_session(day + timedelta(days=one), calendar) for one in range((last - day).days)) == days


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        (local(2026, 11, 23, 10), 2, local(2026, 11, 25, 10)),
        (local(2026, 11, 24, 10), 2, local(2026, 11, 30, 10)),  # over Thanksgiving and the weekend
        (local(2026, 11, 21, 10), 1, local(2026, 11, 24, 7)),  # a Saturday counts as Monday morning
        (local(2026, 11, 23, 23), 0, local(2026, 11, 24, 7)),  # never at night
        (local(2026, 11, 23, 5), 0, local(2026, 11, 23, 7)),
        (local(2026, 3, 6, 10), 1, local(2026, 3, 9, 10)),  # the clocks went forward between: the same hour, 71 hours later
        (local(2026, 10, 30, 10), 1, local(2026, 11, 2, 10)),  # and back: 73 hours
    ],
)
def test_days_as_people_count_them(asked: datetime, days: int, due: datetime) -> None:
    assert school_days_after(asked, days, CHICAGO) == due


def test_the_last_school_day_before_a_sunday_is_the_friday() -> None:
    assert school_days_before(date(2026, 11, 22), 1, CHICAGO) == local(2026, 11, 20, 7)


def test_a_week_without_school_is_no_calendar() -> None:
    with pytest.raises(ValueError, match="without any school day"):
        in_session(date(2026, 3, 2), Calendar(week=(False,) * len(WEEK)))


@pytest.mark.parametrize(
    ("moment", "last"),
    [
        (local(2026, 6, 30, 23), date(2026, 6, 30)),
        (local(2026, 7, 1, 0), date(2027, 6, 30)),
        (local(2026, 3, 2, 12), date(2026, 6, 30)),
    ],
)
def test_the_school_year_ends_when_the_district_says(moment: datetime, last: date) -> None:
    assert year_end(moment, "06-30", "America/Chicago") == last
    assert year_end(moment, "", "America/Chicago") is None


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(-400, 400), st.integers(-40, 40), calendars)
def test_days_are_counted_as_others_count_them(day: date, apart: int, days: int, calendar: Calendar) -> None:
    other = np.busdaycalendar(weekmask=list(calendar.week), holidays=sorted(calendar.holidays))

    assert in_session(day, calendar) == np.is_busday(day, busdaycal=other)
    assert school_days_between(day, day + timedelta(days=apart), calendar) == np.busday_count(
        day, day + timedelta(days=apart), busdaycal=other
    )
    assert school_days_before(day, days, calendar) == begin(
        np.busday_offset(day, -days, roll="forward", busdaycal=other).astype(date), calendar
    )
