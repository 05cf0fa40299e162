"""What must hold of a field that is asked only at times: what it hangs on stands before it, and can be so. Not here: asking it."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.policy.fields import TICKED
from handlers.policy.forms import Asked


def misfits(fields: Sequence[Asked]) -> Iterator[tuple[int, str, str]]:
    """Yield the number of each field whose `when` does not fit, what is wrong, to be read after the process's name, and what to do."""
    before: dict[str, Asked] = {}
    for index, field in enumerate(fields):
        yield from ((index, f"field {field.name}: {what}", todo) for what, todo in _misfit(field, before))
        before[field.name] = field


def _misfit(field: Asked, before: Mapping[str, Asked]) -> Iterator[tuple[str, str]]:
    for name, wanted in field.when.items():
        other = before.get(name)
        if other is None:
            yield f"`when` names {name}, which is no field before it.", "Name a field that stands above it in the form."
            continue
        possible = other.options if other.kind == "choice" else (TICKED,) if other.kind == "check" else ()
        if not possible:
            yield f"`when` names {name}, which is neither a choice nor a box to tick.", "Name a field of kind choice or check."
        elif not wanted or not set(wanted) <= set(possible):
            yield f"`when` wants a value that {name} cannot have.", f"Write some of {', '.join(possible)}."
