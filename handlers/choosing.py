"""Somebody is chosen from those who may be: whom a form's values name, or what is wrong with them. Not here: the form's words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.people import Person
from handlers.policy.fields import Fault, Misfilled, Wrong, check
from handlers.policy.forms import Asked
from handlers.wording.choosing import asked_person


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is meant, and the form's cleaned values."""

    person: Person
    values: Mapping[str, str]


def chosen(people: Sequence[Person], more: Sequence[Asked], values: Mapping[str, str]) -> Chosen | Misfilled:
    """Return who is meant, or every fault; an e-mail that was typed counts more than a name that was picked."""
    fields = asked_person(people)
    filled = check([*fields, *more], values)
    if isinstance(filled, tuple):
        return Misfilled(filled)
    person = _meant(people, filled)
    return Chosen(person, filled) if person is not None else Misfilled((_fault(fields, filled),))


@dataclass(frozen=True, slots=True)
class Filled:
    """A process's form as it was filled in: its cleaned values, a colleague's name in place of the id, and who that is."""

    values: Mapping[str, str]
    person: Person | None = None


def filled_in(
    fields: Sequence[Asked], people: Sequence[Person], values: Mapping[str, str], to_come: Collection[str], today: date
) -> Filled | Misfilled:
    """Return what was filled in, or every fault; `people` are those whom the field of kind person may name, `to_come` the days ahead."""
    cleaned = check(fields, values)
    wrong = cleaned if isinstance(cleaned, tuple) else ()
    given = values if isinstance(cleaned, tuple) else cleaned
    asked = next((field for field in fields if field.kind == "person"), None)
    person = _named(people, given.get(asked.name, "")) if asked else None
    if asked and given.get(asked.name, "").strip() and person is None:
        wrong = (*wrong, Fault(asked, Wrong.not_somebody))
    wrong = (
        *wrong,
        *(Fault(one, Wrong.over) for one in fields if one.name in to_come and "" < given.get(one.name, "") < today.isoformat()),
    )
    if isinstance(cleaned, tuple) or wrong:
        return Misfilled(tuple({fault.field.name: fault for fault in reversed(wrong)}.values())[::-1])
    return Filled({**cleaned, asked.name: person.name} if asked and person else cleaned, person)


def _named(people: Sequence[Person], given: str) -> Person | None:
    """Return who is meant by an id that was picked, or a work e-mail that was typed."""
    return next((one for one in people if given.strip() and (one.id == given or one.email.casefold() == given.strip().casefold())), None)


def _meant(people: Sequence[Person], filled: Mapping[str, str]) -> Person | None:
    mail = filled.get("email", "").casefold()
    if mail:
        return next((one for one in people if one.email.casefold() == mail), None)
    return next((one for one in people if one.id == filled.get("person")), None)


def _fault(fields: Sequence[Asked], filled: Mapping[str, str]) -> Fault:
    return Fault(fields[1], Wrong.not_a_choice) if filled.get("email") else Fault(fields[0], Wrong.missing)
