"""The people of Maple Grove, and builders of what they ask for; shared by all tests. Not here: stand-ins (fakes.py)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from handlers.ids import AnswerId, DutyId, RequestId, StageId
from handlers.people import Address, DistrictKey, Person, PersonId, Platform, Role, Seat
from handlers.workflow.request import Duty, Request, Stage, StageStatus, Status

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MAPLE_GROVE = DistrictKey("maple-grove")
SCHOOL = "Maple Grove High School"


def today() -> date:
    """The day that a form of our packs' districts calls today: at London's midnight theirs is still the day before."""
    return datetime.now(ZoneInfo("America/Chicago")).date()


def a_person(key: str, name: str, *seats: Seat) -> Person:
    """Somebody of the district, who can be met in the browser."""
    email = f"{name.lower().replace(' ', '.')}@maplegrove.example"
    return Person(PersonId(key), MAPLE_GROVE, email, name, seats, (Address(Platform.web, MAPLE_GROVE, email),))


_MARIA, _HELEN = PersonId("maria"), PersonId("helen")

DANA = a_person("dana", "Dana Whitlock", Seat(Role.staff, SCHOOL, _MARIA))  # a coach
LEE = a_person("lee", "Lee Santos", Seat(Role.staff, SCHOOL, _MARIA))  # a colleague
MARIA = a_person("maria", "Maria Ortiz", Seat(Role.building_principal, SCHOOL, _HELEN), Seat(Role.supervisor, SCHOOL))
NGOZI = a_person("ngozi", "Ngozi Okafor", Seat(Role.assistant_principal, SCHOOL, _MARIA))
RAVI = a_person("ravi", "Ravi Menon", Seat(Role.technology_department), Seat(Role.technology_director))
HELEN = a_person("helen", "Helen Brandt", Seat(Role.superintendent), Seat(Role.records_officer))
EVERYBODY = (DANA, LEE, MARIA, NGOZI, RAVI, HELEN)


def a_stage(key: str, role: Role, *people: Person, status: StageStatus = StageStatus.open) -> Stage:
    """One decision, by any of these people."""
    return Stage(StageId(key), role, tuple(person.id for person in people), status)


def a_duty(key: str, what: str, *owners: Person, role: Role = Role.staff) -> Duty:
    """Something that these people have to do."""
    return Duty(DutyId(key), "give_address", what, role, tuple(one.id for one in owners))


def a_request(key: str = "r1", *, requester: Person = DANA, stages: Sequence[Stage] = (), duties: Sequence[Duty] = ()) -> Request:
    """Dana's request to text her team: first Maria decides, then Ravi."""
    two = (
        a_stage(f"{key}.s1", Role.building_principal, MARIA),
        a_stage(f"{key}.s2", Role.technology_department, RAVI, status=StageStatus.waiting),
    )
    return Request(
        id=RequestId(key),
        district=requester.district,
        process="text_students",
        rule="R1",
        answer=AnswerId("a1"),
        requester=requester.id,
        fields={"activity": "Girls' basketball", "reason": "Bus times change during the day"},
        fingerprint="sha256:0001",
        status=Status.pending,
        opened_at=NOON,
        stages=tuple(stages) or two,
        duties=tuple(duties),
    )
