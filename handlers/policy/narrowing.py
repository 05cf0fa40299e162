"""The terms on which a decider may approve instead: which fields, and whether what was filled in can be taken. No sentences.

Days become only narrower than was asked for; of a choice any option that the form offers may be taken.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.policy.fields import Fault, Wrong, check, is_asked
from handlers.policy.forms import Asked, Process

STARTS, ENDS = "starts", "ends"
UNTIL = Asked(name=ENDS, label="Until", kind="date", required=False, hint="The last day on which it holds.")
CONDITIONS = Asked(
    name="conditions", label="What you change, in a sentence", kind="text", longest=1000, hint="Whoever asked will read this."
)
TERMS = frozenset({"choice", "date"})  # the rest is the requester's own words, which nobody puts into her mouth


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The fields as they hold from now on, those that differ with their values before and after, and the decider's own sentence."""

    fields: Mapping[str, str]
    changed: tuple[tuple[Asked, str, str], ...]
    conditions: str


def narrowable(process: Process, fields: Mapping[str, str]) -> tuple[Asked, ...]:
    """Return the fields that a decider may change of a request with these `fields`; a last day can always be set.

    `when` names fields among them only: what hangs on anything else hangs on what was asked for, which stays.
    """
    own = tuple(field for field in _askable(process, fields) if is_term(field))
    return own if any(field.name == ENDS for field in own) else (*own, UNTIL)


def is_term(field: Asked) -> bool:
    """Say whether a decider may change the field, or whether it is the requester's own words."""
    return field.kind in TERMS and not field.student_names


def narrow(process: Process, fields: Mapping[str, str], values: Mapping[str, str], today: date) -> Narrowed | tuple[Fault, ...]:
    """Return the terms as changed, or every fault at once. `fields` are the request's own, `values` what the decider filled in.

    What is no longer asked under the new terms is dropped, as if it had never been filled in.
    """
    terms = narrowable(process, fields)
    filled = check((*terms, CONDITIONS), values)
    if isinstance(filled, tuple):
        return filled
    conditions = filled.pop(CONDITIONS.name)
    words = tuple(field for field in _askable(process, fields) if not is_term(field))
    faults = (*_out_of_bounds(terms, fields, filled, today), *_out_of_reach(words, terms, fields, filled))
    if faults:
        return faults
    dropped = tuple(field for field in words if fields.get(field.name) and not is_asked(field.when, filled))
    gone = {field.name for field in (*terms, *dropped)}
    kept = {name: value for name, value in fields.items() if name not in gone} | filled
    return Narrowed(kept, tuple(_changed((*terms, *dropped), fields, filled)), conditions)


def _askable(process: Process, fields: Mapping[str, str]) -> tuple[Asked, ...]:
    """Return the fields that are asked whatever the decider fills in, or on some of it: `when` then says on what."""
    found: dict[str, Asked] = {}
    for field in process.fields:
        when = _when(field, found, fields)
        if when is not None:
            found[field.name] = field if when == field.when else field.model_copy(update={"when": when})
    return tuple(found.values())


def _when(field: Asked, found: Mapping[str, Asked], fields: Mapping[str, str]) -> dict[str, tuple[str, ...]] | None:
    """Return on which of the decider's fields it hangs, None where what was asked for rules it out."""
    when: dict[str, tuple[str, ...]] = {}
    for name, wanted in field.when.items():
        other = found.get(name)
        if other is None or not (is_term(other) or fields.get(name, "") in wanted):
            return None
        for on, values in ({name: wanted} if is_term(other) else other.when).items():
            when[on] = tuple(value for value in when.get(on, values) if value in values)
    return when


def _out_of_bounds(terms: Sequence[Asked], fields: Mapping[str, str], filled: Mapping[str, str], today: date) -> Iterator[Fault]:
    for field in terms:
        wrong = _wider(field.name, fields, filled, today) if is_asked(field.when, filled) else None
        if wrong is not None:
            yield Fault(field, wrong)


def _out_of_reach(words: Sequence[Asked], terms: Sequence[Asked], fields: Mapping[str, str], filled: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the fields whose new value asks for words that only the requester could give."""
    missing = [field for field in words if field.required and not fields.get(field.name) and is_asked(field.when, filled)]
    for term in terms:
        if fields.get(term.name, "") != filled.get(term.name, "") and any(term.name in field.when for field in missing):
            yield Fault(term, Wrong.needs_words)


def _changed(terms: Sequence[Asked], fields: Mapping[str, str], filled: Mapping[str, str]) -> Iterator[tuple[Asked, str, str]]:
    for field in terms:
        before, after = fields.get(field.name, ""), filled.get(field.name, "")
        if before != after:
            yield field, before, after


def _wider(name: str, fields: Mapping[str, str], filled: Mapping[str, str], today: date) -> Wrong | None:
    """Days are compared as they are written, year first: nothing may begin earlier or last longer than was asked for."""
    before, after = fields.get(name, ""), filled.get(name, "")
    match name:
        case "starts":
            return Wrong.too_wide if before and (not after or after < before) else None
        case "ends":
            return _too_long(before, after) or _out_of_order(filled.get(STARTS, ""), after, today.isoformat())
        case _:
            return None


def _too_long(before: str, after: str) -> Wrong | None:
    return Wrong.too_wide if before and (not after or after > before) else None


def _out_of_order(starts: str, ends: str, today: str) -> Wrong | None:
    if not ends:
        return None
    if ends < today:
        return Wrong.over
    return Wrong.before_start if ends < starts else None
