"""Which timer has which work done. Each reads today's state first, and does nothing where it no longer applies."""

from collections.abc import Callable, Mapping
from datetime import datetime

from handlers import expire, hours, overdue, recertify, unanswered
from handlers.kept import Leaving
from handlers.ports import Packs, Work
from handlers.timers import Timer

Fire = Callable[[Work, Packs, Leaving, datetime], None]

FIRES: Mapping[Timer, Fire] = {
    Timer.remind: unanswered.remind,
    Timer.escalate: unanswered.escalate,
    Timer.lapse: unanswered.lapse,
    Timer.warn: expire.warn,
    Timer.end: expire.end,
    Timer.due: overdue.due,
    Timer.later: hours.fire,
    Timer.recertify: recertify.fire,
}


def fire(work: Work, packs: Packs, leaving: Leaving, now: datetime) -> None:
    """Do what the timer is for; `now` is never before the moment it was set for, though this machine's clock be behind."""
    FIRES[Timer(leaving.kind)](work, packs, leaving, max(now, leaving.at) if leaving.at else now)
