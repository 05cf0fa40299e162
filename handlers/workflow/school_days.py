"""School time: which days school is in session, when people may be written to, so many school days from here. Pure, no clock.

Not here: which holidays a district has, what is to happen then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from handlers.days import day_of, in_zone

DAY = timedelta(days=1)
WEEK = (True, True, True, True, True, False, False)  # Monday to Friday


@dataclass(frozen=True, slots=True)
class Calendar:
    """A district's school days and hours; without any day in its week it is refused with a ValueError by whatever counts with it."""

    zone: str = "UTC"  # in which days and hours are meant
    begins: time = time(7)
    ends: time = time(17)  # the first moment that is too late
    week: tuple[bool, ...] = WEEK
    holidays: frozenset[date] = frozenset()


def in_session(day: date, calendar: Calendar) -> bool:
    """Say whether it is a school day."""
    return _week(calendar)[day.weekday()] and day not in calendar.holidays


def first_working(moment: datetime, calendar: Calendar) -> datetime:
    """Return the moment itself within the hours of a school day, else the first that comes after it."""
    local = moment.astimezone(in_zone(calendar.zone))
    day, late = local.date(), local.time() >= calendar.ends
    if in_session(day, calendar) and calendar.begins <= local.time() < calendar.ends:
        return moment
    return begin(_offset(day + timedelta(days=1) if late else day, 0, calendar), calendar)


def school_days_after(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """Return the same hour so many school days later; what comes at night or on a holiday counts as coming when school begins again."""
    start = first_working(moment, calendar)
    local = start.astimezone(in_zone(calendar.zone))
    return _moment(_offset(local.date(), days, calendar), local.time(), calendar) if days else start


def school_days_before(day: date, days: int, calendar: Calendar) -> datetime:
    """Return when school begins on the day that is so many school days before this one."""
    return begin(_offset(day, -days, calendar), calendar)


def school_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Count the school days from the first up to, and not including, the last; negative where the last is earlier."""
    if last < first:
        return -school_days_between(last + DAY, first + DAY, calendar)
    weeks, rest = divmod((last - first).days, len(WEEK))
    week = _week(calendar)
    days = weeks * sum(week) + sum(week[(first.weekday() + one) % len(WEEK)] for one in range(rest))
    return days - sum(first <= day < last and week[day.weekday()] for day in calendar.holidays)


def begin(day: date, calendar: Calendar) -> datetime:
    """Return the moment at which the hours of a day begin."""
    return _moment(day, calendar.begins, calendar)


def year_end(moment: datetime, month_and_day: str, zone: str) -> date | None:
    """Return the last day of the school year in which the moment lies; None where the district names no such day."""
    if not month_and_day:
        return None
    today = day_of(moment, zone)
    this = date.fromisoformat(f"{today.year}-{month_and_day}")
    return this if today <= this else date.fromisoformat(f"{today.year + 1}-{month_and_day}")


def _offset(day: date, days: int, calendar: Calendar) -> date:
    """Return the day itself or the first in session after it, and from there so many days in session on, or back."""
    found = day
    while not in_session(found, calendar):
        found += DAY
    for _ in range(abs(days)):
        found += DAY if days > 0 else -DAY
        while not in_session(found, calendar):
            found += DAY if days > 0 else -DAY
    return found


def _moment(day: date, at: time, calendar: Calendar) -> datetime:
    return datetime.combine(day, at, in_zone(calendar.zone)).astimezone(UTC)


def _week(calendar: Calendar) -> Sequence[bool]:
    if not any(calendar.week):
        raise ValueError("a week without any school day")
    return calendar.week
