"""Which students a filled-in form names, one by one, and the form without one of them. Not here: whether two names are one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.policy.forms import Asked
from handlers.policy.overlap import each

APART = {"text": "\n", "line": "; "}  # what stands between names, by the kind of their field


@dataclass(frozen=True, slots=True)
class Named:
    """A student's name as it was written, and the field in which it stands."""

    field: Asked
    name: str


def named(fields: Sequence[Asked], given: Mapping[str, str]) -> tuple[Named, ...]:
    """Return the students, in the order in which they stand there."""
    lists = (field for field in fields if field.student_names and field.kind in APART)
    return tuple(Named(field, name) for field in lists for name in each(given.get(field.name, "")))


def without(students: Sequence[Named], one: Named, given: Mapping[str, str]) -> dict[str, str]:
    """Return what was filled in without this one of the students; a field in which nobody is left is empty."""
    rest = APART[one.field.kind].join(other.name for other in students if other.field == one.field and other is not one)
    others = {name: value for name, value in given.items() if name != one.field.name}
    return {**others, one.field.name: rest} if rest else others
