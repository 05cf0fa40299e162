"""A district's calendar: what its settings say, and the days without school that were imported. Not here: counting."""

from handlers.people import DistrictKey
from handlers.policy.pack import Pack
from handlers.policy.times import Weekday
from handlers.ports import Work
from handlers.workflow.school_days import Calendar


def calendar(work: Work, pack: Pack) -> Calendar:
    """Return the days and hours in which the district's people are at work."""
    chosen = pack.settings.time
    week = tuple(day in chosen.school_week for day in Weekday)
    holidays = frozenset((*chosen.holidays, *work.calendars.of(DistrictKey(pack.key))))
    return Calendar(pack.settings.zone, chosen.begins, chosen.ends, week, holidays)
