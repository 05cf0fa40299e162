"""The fields that ask at which school the students are, where a district lets that say which principal is meant. Not here: who that is."""

from collections.abc import Mapping, Sequence

from handlers.policy.forms import Asked, Process

SCHOOL, OTHER = "school", "other_school"
NAMES = frozenset({SCHOOL, OTHER})
MEANT, ALSO = "School of the students", "A second school of theirs"
HINT = "Who decides there is asked (district setting)."
FEWEST = 2  # schools between which there is something to choose


def asking(process: Process, schools: Sequence[str]) -> Process:
    """Return the process with a choice of school among its fields."""
    own = tuple(field for field in process.fields if field.name not in NAMES)
    options = tuple(schools)
    school = Asked(name=SCHOOL, label=MEANT, kind="choice", options=options, hint=HINT)
    other = Asked(name=OTHER, label=ALSO, kind="choice", options=options, required=False, hint="Leave it out where there is none.")
    return process.model_copy(update={"fields": (*own, school, other)})


def chosen(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the schools that were chosen, each once."""
    return tuple(dict.fromkeys(values[name] for name in (SCHOOL, OTHER) if values.get(name)))
