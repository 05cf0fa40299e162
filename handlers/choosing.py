"""Somebody is chosen from those who may be asked: whom a form's values name, or what is wrong with them. Not here: the form's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


def _meant(people: Sequence[Person], filled: Mapping[str, str]) -> Person | None:
    mail = filled.get("email", "").casefold()
    if mail:
        return next((one for one in people if one.email.casefold() == mail), None)
    return next((one for one in people if one.id == filled.get("person")), None)


def _fault(fields: Sequence[Asked], filled: Mapping[str, str]) -> Fault:
    return Fault(fields[1], Wrong.not_a_choice) if filled.get("email") else Fault(fields[0], Wrong.missing)
