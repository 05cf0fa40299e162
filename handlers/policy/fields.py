"""What a person filled in, held against what the pack's form asks. Not here: the sentences for what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never
from urllib.parse import urlsplit

from handlers.policy.forms import Asked

TICKED = "yes"


class Wrong(StrEnum):
    """Why a field cannot be taken."""

    missing = "missing"
    too_long = "too_long"
    not_a_choice = "not_a_choice"
    not_a_date = "not_a_date"
    not_yet = "not_yet"
    not_an_address = "not_an_address"
    not_ticked = "not_ticked"
    too_wide = "too_wide"
    over = "over"
    before_start = "before_start"
    needs_words = "needs_words"
    not_somebody = "not_somebody"


@dataclass(frozen=True, slots=True)
class Fault:
    """One field and what is wrong with it."""

    field: Asked
    wrong: Wrong


@dataclass(frozen=True, slots=True)
class Misfilled:
    """A form that cannot be taken as it was sent: the fields that are wrong, all at once."""

    faults: tuple[Fault, ...]


def check(fields: Sequence[Asked], values: Mapping[str, str], today: date | None = None) -> dict[str, str] | tuple[Fault, ...]:
    """Return the cleaned values of exactly these fields, or every fault at once; other values are dropped.

    A field that is not asked is as if it were not there: nothing is wanted in it, and what stands in it is dropped.

    With `today` the dates are of what has happened: none may lie after it.
    """
    cleaned = _asked(fields, values)
    asked = (field for field in fields if field.name in cleaned)
    faults = tuple(Fault(field, wrong) for field in asked if (wrong := _wrong(field, cleaned[field.name], today)) is not None)
    return faults or {name: value for name, value in cleaned.items() if value}


def is_asked(when: Mapping[str, Sequence[str]], values: Mapping[str, str]) -> bool:
    """Say whether a field is asked, given the values of the fields before it."""
    return all(values.get(name, "") in wanted for name, wanted in when.items())


def _asked(fields: Sequence[Asked], values: Mapping[str, str]) -> dict[str, str]:
    """Return the cleaned value of each field that is asked; one that hangs on a hidden field is hidden with it."""
    cleaned: dict[str, str] = {}
    for field in fields:
        if is_asked(field.when, cleaned):
            cleaned[field.name] = _clean(field, values.get(field.name, ""))
    return cleaned


def _clean(field: Asked, value: str) -> str:
    """Drop what cannot be seen, make every kind of space a plain one; keep line breaks where the field has lines."""
    kept = "\n".join(_visible(line) for line in value.splitlines()).strip()
    return kept if field.kind == "text" else " ".join(kept.split())


def _visible(line: str) -> str:
    return "".join(" " if char.isspace() else char for char in line if char.isprintable() or char.isspace())


def _wrong(field: Asked, value: str, today: date | None) -> Wrong | None:
    if not value:
        return _empty(field)
    if len(value) > field.longest:
        return Wrong.too_long
    return _misfit(field, value) or _ahead(field, value, today)


def _empty(field: Asked) -> Wrong | None:
    if not field.required:
        return None
    return Wrong.not_ticked if field.kind == "check" else Wrong.missing


def _misfit(field: Asked, value: str) -> Wrong | None:
    match field.kind:
        case "choice":
            return None if value in field.options else Wrong.not_a_choice
        case "date":
            return None if _is_date(value) else Wrong.not_a_date
        case "url":
            return None if _is_address(value) else Wrong.not_an_address
        case "check":
            return None if value == TICKED else Wrong.not_ticked
        case "line" | "text" | "person":  # who may be named is known elsewhere
            return None
        case _:
            assert_never(field.kind)


def _ahead(field: Asked, value: str, today: date | None) -> Wrong | None:
    if field.kind != "date" or today is None:
        return None
    return Wrong.not_yet if date.fromisoformat(value) > today else None


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value  # 20260302 and 2026-W10-1 are dates too, but nobody reads them
    except ValueError:
        return False


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "").strip(".") and " " not in value
