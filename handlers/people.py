"""People of a district: who they are, which roles they hold where, how a platform reaches them. Nothing about rules."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", str)
StandInId = NewType("StandInId", str)
DistrictKey = NewType("DistrictKey", str)

HALLPASS = PersonId("")  # who did it where no person did, and whom a timer is for


ADMINISTRATOR = PersonId("administrator")  # whoever looks after the installation, at its command line; in no directory


class Role(StrEnum):
    """A part that a policy gives to somebody; the words are those of the directory file."""

    staff = "staff"
    supervisor = "supervisor"
    building_principal = "building_principal"
    assistant_principal = "assistant_principal"
    technology_department = "technology_department"
    technology_director = "technology_director"
    superintendent = "superintendent"
    counselor = "counselor"
    compliance_officer = "compliance_officer"
    records_officer = "records_officer"
    parents = "parents"
    law_enforcement = "law_enforcement"
    children_division = "children_division"
    board = "board"


# Named by verdicts only: nobody with one of these ever uses the bot.
OUTSIDE = frozenset({Role.parents, Role.law_enforcement, Role.children_division, Role.board})

# Held at one school: only the people of the requester's own schools count.
OF_A_SCHOOL = frozenset({Role.building_principal, Role.assistant_principal, Role.counselor})


class Platform(StrEnum):
    """Where a person can be met."""

    web = "web"
    slack = "slack"
    teams = "teams"


@dataclass(frozen=True, slots=True)
class Address:
    """A person's identity on one platform: never an e-mail alone, always within a tenant."""

    platform: Platform
    tenant: str
    user: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One role at one school (empty: the whole district), and who supervises the person in it."""

    role: Role
    school: str = ""
    supervisor: PersonId | None = None


@dataclass(frozen=True, slots=True)
class StandIn:
    """Whoever decides beside somebody for some days, from `starts` until just before `ends`; `last_day` is the day as it was given."""

    id: StandInId
    district: DistrictKey
    person: PersonId  # in whose place
    to: PersonId
    starts: datetime
    ends: datetime
    last_day: date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the district's directory; `stand_in` holds at this moment, where that was read (handlers.naming)."""

    id: PersonId
    district: DistrictKey
    email: str
    name: str
    seats: tuple[Seat, ...] = ()
    addresses: tuple[Address, ...] = ()
    stand_in: StandIn | None = None
    zone: str = ""  # in which the person's clock stands, where the directory says so; empty: the district's

    @property
    def roles(self) -> frozenset[Role]:
        """Every role the person holds somewhere."""
        return frozenset(seat.role for seat in self.seats)

    @property
    def schools(self) -> frozenset[str]:
        """The schools of all the person's seats, the district-wide ones left out."""
        return frozenset(seat.school for seat in self.seats if seat.school)

    @property
    def supervisors(self) -> frozenset[PersonId]:
        """Who supervises the person in any seat."""
        return frozenset(seat.supervisor for seat in self.seats if seat.supervisor)
