"""The shapes of the register of channels: what an approval brings into it, and how a district keeps it. Not here: the register itself."""

from datetime import date
from typing import Self

from pydantic import Field, field_validator, model_validator

from handlers.people import Role
from handlers.policy.shapes import Key, Shape


class Registers(Shape):
    """Where each part of a channel's entry is told: a field of the form, or for the last two also a duty, by the first thing it asks.

    With an address that a duty hands in the entry begins when it is handed in, otherwise at the approval, or once others have done what
    was directed: then it is the channel of whoever it was directed at.
    """

    platform: Key
    purpose: Key
    address: Key | None = None
    administrators: Key | None = None
    when: dict[Key, tuple[str, ...]] = Field(default_factory=dict)  # only where each of these fields has one of the values


class Upkeep(Shape):
    """How the register is kept up: every part is the district's choice."""

    keeper: Role = Role.technology_department  # who checks and closes, and is asked where the owner has left
    tells: tuple[Role, ...] = (Role.building_principal,)  # who is told, besides the keeper, what nobody confirmed
    recertify: str = ""  # a day of each year, month and day as in "08-15", on which owners are asked; empty: `months` later
    months: int = Field(default=12, ge=1, le=36)  # from opening or the last confirmation until the owner is asked again
    remind: int = Field(default=5, ge=1, le=60)  # school days until the owner is asked once more
    close: int = Field(default=20, ge=2, le=120)  # school days until what nobody confirmed is to be closed

    @field_validator("recertify")
    @classmethod
    def _a_day(cls, day: str) -> str:
        if day and (len(day) != 5 or not _is_day(day)):  # noqa: PLR2004  # MM-DD
            message = "write month and day as in 08-15; February 29 is not in every year"
            raise ValueError(message)
        return day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.close <= self.remind:
            message = "`close` has to come after `remind`"
            raise ValueError(message)
        return self


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(f"2001-{day}")
    except ValueError:
        return False
    return True
