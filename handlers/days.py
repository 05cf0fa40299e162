"""Days as a district counts them: from midnight to midnight in its own time zone. Not here: which days school is in session."""

from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

NAMELESS = "UTC"


def in_zone(name: str) -> tzinfo:
    """Return the zone of that name in the IANA database. Raises ValueError for one that this machine does not know."""
    if name == NAMELESS:  # needs no database
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name[:60]!r} is no time zone that this machine knows") from error


def day_of(moment: datetime, zone: str) -> date:
    """Return which day the moment belongs to."""
    return moment.astimezone(in_zone(zone)).date()


def begins(day: date, zone: str) -> datetime:
    """Return the day's first moment."""
    return datetime.combine(day, time(), in_zone(zone)).astimezone(UTC)


def ends(day: date, zone: str) -> datetime:
    """Return the day's last second."""
    return datetime.combine(day, time.max.replace(microsecond=0), in_zone(zone)).astimezone(UTC)
