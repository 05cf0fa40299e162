"""How long a district lets things wait: its own choices, never the policy's. Not here: counting, or what is done then."""

import re
from datetime import date, time
from enum import StrEnum
from typing import Self

from pydantic import Field, field_validator, model_validator

from handlers.policy.shapes import Shape

LONGEST = 200  # school days: a year has fewer
_MONTH_AND_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


class Weekday(StrEnum):
    """A day of the week, as settings name it."""

    monday = "monday"
    tuesday = "tuesday"
    wednesday = "wednesday"
    thursday = "thursday"
    friday = "friday"
    saturday = "saturday"
    sunday = "sunday"


_WEEK = (Weekday.monday, Weekday.tuesday, Weekday.wednesday, Weekday.thursday, Weekday.friday)


class Times(Shape):
    """The `[time]` of a district's settings. Days are school days; 0 says never."""

    remind_after: int = Field(default=2, ge=0, le=LONGEST)  # whoever decides, and again each time as many have passed
    escalate_after: int = Field(default=5, ge=0, le=LONGEST)  # then the fallback is asked, too
    lapse_after: int = Field(default=20, ge=0, le=LONGEST)  # then the request is over, without a decision
    warn_before: tuple[int, ...] = (14, 1)  # how long before a permission ends its holder is told
    remind_duty_after: int = Field(default=2, ge=0, le=LONGEST)  # between a duty's due day, a second reminder, and telling the fallback
    begins: time = time(7)  # nobody is reminded before
    ends: time = time(17)  # nor from then on
    school_week: tuple[Weekday, ...] = _WEEK
    holidays: tuple[date, ...] = ()  # besides those that were imported
    year_ends: str = ""  # month and day: a permission for which nobody names a last day ends then; empty: it does not

    @field_validator("year_ends")
    @classmethod
    def _every_year_has_it(cls, day: str) -> str:
        if day and not _MONTH_AND_DAY.fullmatch(day):
            raise ValueError("year_ends is month and day, such as 06-30")
        if day:
            date.fromisoformat(f"2026-{day}")  # not the 29th of February, nor the 31st of June
        return day

    @field_validator("warn_before")
    @classmethod
    def _in_the_future(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if any(one < 1 or one > LONGEST for one in days):
            raise ValueError(f"warn_before are numbers of school days, from 1 to {LONGEST}")
        return days

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.school_week:
            raise ValueError("school_week needs at least one day")
        if self.begins >= self.ends:
            raise ValueError("begins must come before ends")
        if self.lapse_after and self.lapse_after <= max(self.remind_after, self.escalate_after):
            raise ValueError("lapse_after must be more than remind_after and escalate_after, or nobody would be asked again before")
        return self
