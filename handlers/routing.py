"""At which schools a role is meant: the requester's own, or the students', as the district chooses; and what decides side by side."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.people import OF_A_SCHOOL, Person, PersonId, Role, Seat
from handlers.policy.forms import Process, Step
from handlers.policy.pack import Settings
from handlers.policy.schools import FEWEST, asking, chosen
from handlers.workflow.chain import at, holders
from handlers.workflow.request import Request

Steps = Sequence[tuple[Step, str]]


def of_district(directory: Sequence[Person]) -> tuple[str, ...]:
    """Return every school that anybody sits at, by name."""
    return tuple(sorted({school for person in directory for school in person.schools}))


def form(process: Process, settings: Settings, directory: Sequence[Person]) -> Process:
    """Return the process as it is asked: with the students' school where that says who decides, and there are several."""
    held = any(step.role in OF_A_SCHOOL for step in process.stages)
    schools = of_district(directory)
    return asking(process, schools) if settings.school_of == "students" and held and len(schools) >= FEWEST else process


def steps(process: Process, settings: Settings, requester: Person, directory: Sequence[Person], values: Mapping[str, str]) -> Steps:
    """Return the stages with the school of each, empty where any of hers will do: several for a role that other people hold at each."""
    return [(step, school) for step in process.stages for school in _schools(step.role, settings, requester, directory, values)]


def turns(process: Process, found: Steps) -> list[int | None]:
    """Return the number that stages have in common which are decided side by side; None for one that stands alone."""
    numbers = [step.order or process.stages.index(step) + 1 for step, _ in found]
    many = Counter(numbers)
    return [number if many[number] > 1 else None for number in numbers]


def asker(settings: Settings, requester: Person, directory: Sequence[Person], values: Mapping[str, str]) -> Person:
    """Return the requester as the roles are held for her: before the students' school is known, as of every school."""
    if settings.school_of == "staff" or chosen(values):
        return requester
    return _at_all(requester, of_district(directory))


def as_sent(request: Request, requester: Person) -> Person:
    """Return the requester as of the schools at which her request was decided."""
    schools = tuple(dict.fromkeys(stage.school for stage in request.stages if stage.school))
    return _at_all(requester, schools) if schools else requester


def _at_all(requester: Person, schools: Sequence[str]) -> Person:
    return replace(requester, seats=(*requester.seats, *(Seat(Role.staff, school) for school in schools)))


def _schools(role: Role, settings: Settings, requester: Person, directory: Sequence[Person], values: Mapping[str, str]) -> tuple[str, ...]:
    """Two schools with the same people are one: nobody is asked twice. Where nobody holds the role at one, it goes up for that one."""
    named = chosen(values) if settings.school_of == "students" else tuple(sorted(requester.schools))
    if role not in OF_A_SCHOOL or not named or (settings.school_of == "staff" and len(named) < FEWEST):
        return ("",)
    apart: dict[frozenset[PersonId], str] = {}
    for school in named:
        apart.setdefault(frozenset(holders(role, at(requester, school), directory)), school)
    return tuple(apart.values()) if len(apart) > 1 or settings.school_of == "students" else ("",)
