"""School days as a district counts them, for whatever waits. Not here: what is waited for."""

from datetime import datetime, timedelta

from handlers.days import in_zone
from handlers.policy.pack import Pack

WEEKEND = 5  # Saturday; Monday is 0
HOUR = 8  # of the day: nobody is written to at night


def after(moment: datetime, days: int, pack: Pack) -> datetime:
    """Return the moment so many weekdays later; on a weekend, or before eight, it is the next weekday at eight."""
    found = moment.astimezone(in_zone(pack.settings.zone))
    while days > 0 or found.weekday() >= WEEKEND:
        days -= found.weekday() < WEEKEND
        found += timedelta(days=1)
    return max(found, found.replace(hour=HOUR, minute=0, second=0, microsecond=0))
