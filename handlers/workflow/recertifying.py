"""What is due for a channel of the register at a moment: to ask its owner, to remind, to doubt it, or to wait. Pure, no clock.

Not here: whom that concerns, what is sent.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from handlers.workflow.channel import Channel, ChannelState

SchoolDays = Callable[[datetime, int], datetime]  # the moment so many school days later
Opening = Callable[[date], datetime]  # when people may be written to on a day
Day = Callable[[datetime], date]  # on which day a moment is


class Step(StrEnum):
    """What is to be done now."""

    wait = "wait"
    ask = "ask"
    remind = "remind"
    doubt = "doubt"


@dataclass(frozen=True, slots=True)
class Plan:
    """The district's choices: on which day of the year, or how many months later, and how many school days each step waits."""

    yearly: str
    months: int
    remind: int
    close: int
    after: SchoolDays
    opens: Opening
    day: Day


@dataclass(frozen=True, slots=True)
class Due:
    """A step, and when to look again."""

    step: Step
    again: datetime


def due(channel: Channel, plan: Plan, now: datetime) -> Due | None:
    """Return what is due, None for what nobody is asked about any more."""
    if channel.state is not ChannelState.live:
        return None
    if channel.asked_at is None:
        ask = asks_at(channel, plan)
        return Due(Step.wait, ask) if now < ask else Due(Step.ask, plan.after(now, plan.remind))
    remind, doubt = plan.after(channel.asked_at, plan.remind), plan.after(channel.asked_at, plan.close)
    if now < remind:
        return Due(Step.wait, remind)
    return Due(Step.remind, doubt) if now < doubt else Due(Step.doubt, doubt)


def asks_at(channel: Channel, plan: Plan) -> datetime:
    """Return when the owner is asked next: on the district's day of the year, or so many months after somebody last stood for it."""
    last = plan.day(channel.confirmed)
    if not plan.yearly:
        return plan.opens(_months_later(last, plan.months))
    this = date.fromisoformat(f"{last.year}-{plan.yearly}")
    return plan.opens(this if last < this else this.replace(year=last.year + 1))


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, its last where it has fewer."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
