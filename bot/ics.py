"""A calendar file (.ics) becomes days without school. Only whole days count. Not here: keeping them, the command."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar

from bot.terminal import Refused

LARGEST = 1_000_000  # bytes: thousands of events
LONGEST = 366  # days of one event
YEARS = 3  # ahead, for what comes every year
PLAIN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY"})
HINT = "Save the calendar again as an .ics file with one entry for each holiday."


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days, each with its name, and how many entries were left out because they are no whole days."""

    days: Mapping[date, str]
    left_out: int


def read(file: Path, today: date) -> Holidays:
    """Return the whole days of a calendar file; what comes every year is taken for the next years. Raises Refused."""
    calendar, days, left_out = _parsed(file), dict[date, str](), 0
    for event in calendar.walk("VEVENT"):
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        first = _day(event, "DTSTART", file.name)
        if isinstance(first, datetime):
            left_out += 1
            continue
        for start in _starts(event, first, today, file.name):
            days |= dict.fromkeys(_each(event, start, start - first, file.name), _name(event))
    if not days:
        raise Refused(f"{file.name} names no whole day without school. Nothing was changed. {HINT}")
    return Holidays(dict(sorted(days.items())), left_out)


def _parsed(file: Path) -> Any:  # noqa: ANN401  # the library's own tree
    try:
        raw = file.read_bytes()
    except OSError as why:
        raise Refused(f"{file.name} cannot be read ({why.strerror or why}): check the name and that you may read it.") from None
    if len(raw) > LARGEST:
        raise Refused(f"{file.name} is larger than 1 MB: export the holidays only.")
    try:
        return Calendar.from_ical(raw.decode("utf-8-sig"))
    except (ValueError, IndexError, KeyError):  # whatever the library makes of what is no calendar
        raise Refused(f"{file.name} is no calendar file that can be read. Nothing was changed. {HINT}") from None


def _day(event: Any, part: str, name: str) -> date:  # noqa: ANN401  # the library's own tree
    try:
        found = getattr(event.get(part), "dt", None)
    except ValueError:  # so the library tells of what is broken
        found = None
    if not isinstance(found, date):
        raise Refused(f"In {name} the entry {_name(event)!r} has no day that can be read. Nothing was changed. {HINT}")
    return found


def _starts(event: Any, first: date, today: date, name: str) -> Iterator[date]:  # noqa: ANN401  # the library's own tree
    """Yield the entry's first day, and those of the years to come where it says that it comes every year."""
    yield first
    rule = event.get("RRULE")
    if rule is None and event.get("RDATE") is None:
        return
    if rule is None or not _every_year(rule, first) or event.get("EXDATE") is not None:
        raise Refused(
            f"In {name} the entry {_name(event)!r} comes again by a rule that is not understood: only “every year on the same day” is."
            f" Nothing was changed. {HINT}"
        )
    until = rule.get("UNTIL", [date.max])[0]
    last = min(until.date() if isinstance(until, datetime) else until, today + timedelta(days=YEARS * 366))
    times = int(rule.get("COUNT", [LONGEST])[0])
    for year in range(first.year + 1, min(last.year, first.year + times - 1) + 1):
        again = _same_day(first, year)
        if again is not None and again <= last:
            yield again


def _every_year(rule: Any, first: date) -> bool:  # noqa: ANN401  # the library's own tree
    same = {"BYMONTH": first.month, "BYMONTHDAY": first.day, "INTERVAL": 1}
    plain = set(rule) <= PLAIN and rule.get("FREQ") == ["YEARLY"]
    return plain and all([int(one) for one in rule[part]] == [wanted] for part, wanted in same.items() if part in rule)


def _each(event: Any, start: date, moved: timedelta, name: str) -> list[date]:  # noqa: ANN401  # the library's own tree
    """Return every day of an entry; its end is the first day that no longer belongs to it."""
    end = start + timedelta(days=1)
    if event.get("DTEND") is not None:
        end = _day(event, "DTEND", name) + moved
    elif isinstance(getattr(event.get("DURATION"), "dt", None), timedelta):
        end = start + event.get("DURATION").dt
    many = (end - start).days
    if not 1 <= many <= LONGEST:
        raise Refused(f"In {name} the entry {_name(event)!r} lasts {many} days, which cannot be meant. Nothing was changed. {HINT}")
    return [start + timedelta(days=one) for one in range(many)]


def _same_day(first: date, year: int) -> date | None:
    try:
        return first.replace(year=year)
    except ValueError:  # the 29th of February
        return None


def _name(event: Any) -> str:  # noqa: ANN401  # the library's own tree
    return " ".join(str(event.get("SUMMARY", "No school")).split())[:100] or "No school"
