"""A letter's template and what it is told become a letter. Not here: which facts a request tells it, how a template is filled in, files."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import assert_never

from handlers.policy.forms import Asked, Process

# What every letter is told, as words; `asked` beside them has the request's fields.
TOLD = (
    "district",  # the district's name
    "policy",  # how it names the document
    "dates",  # when that was adopted and revised
    "clause",  # where the duty to send this letter stands
    "permitted_by",  # where the permission stands
    "staff",  # the staff member's name
    "school",  # her schools
    "approved_by",  # who agreed, with their roles
    "since",  # the first day
    "until",  # the last day; empty where none was named
    "day",  # today
    "contact",  # who sends the letter, and is asked about it
    "contact_role",
    "contact_email",
)
ASKED = "asked"
LONGEST = 20_000  # characters of a letter; one page has about 3,000
ITEM, HEADING = "- ", "# "


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its heading, and its paragraphs; a line break stays one, and a paragraph that begins with a dash is an item."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unwritable:
    """Why a template makes no letter, and on which of its lines."""

    line: int
    why: str


def write(template: str, told: Mapping[str, object]) -> Letter | Unwritable:
    """Return the letter; its first line, after `# `, is the heading, and empty lines part its paragraphs."""
    from handlers.policy.templates import filled  # noqa: PLC0415  # Jinja takes 2 MiB, and most districts have no letters

    text = filled(template, told)
    if isinstance(text, Unwritable):
        return text
    if len(text) > LONGEST:
        return Unwritable(1, f"it makes a letter of more than {LONGEST:,} characters")
    return _letter(text)


def may_be_told(field: Asked) -> bool:
    """Whether a letter may say what stands in the field: nothing that may name a student, and no free text, where anybody may be named."""
    match field.kind:
        case "text" | "check" | "person":
            return False
        case "line" | "choice" | "date" | "url":
            return not field.student_names
        case _:
            assert_never(field.kind)


def trial(template: str, processes: Mapping[str, Process], name: str) -> Unwritable | None:
    """Return the first thing that is wrong with a template, tried on each of its forms, filled in whole and as little as may be."""
    owing = [process for process in processes.values() if any(duty.letter == name for duty in process.duties)]
    for process, whole in product(owing, (True, False)):
        asked = {field.name: _sample(field, whole=whole) for field in process.fields if may_be_told(field)}
        tried = write(template, {**dict.fromkeys(TOLD, "sample"), **({} if whole else {"until": ""}), ASKED: asked})
        if isinstance(tried, Unwritable):
            return tried
    return None if owing else _unread(template)


def _unread(template: str) -> Unwritable | None:
    """Nobody sends it, so that nothing is known of what it is told: it has to be a template all the same."""
    from handlers.policy.templates import misspelt  # noqa: PLC0415

    return misspelt(template)


def _sample(field: Asked, *, whole: bool) -> str:
    if not whole and (not field.required or field.when):
        return ""
    return field.options[0] if field.options else "sample"


def _letter(text: str) -> Letter:
    lines = [line.strip() for line in text.strip().splitlines()]
    heading = lines.pop(0).removeprefix(HEADING) if lines and lines[0].startswith(HEADING) else ""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line or line.startswith(ITEM):
            paragraphs.append([])
        if line:
            paragraphs[-1].append(line)
    return Letter(heading, tuple("\n".join(one) for one in paragraphs if one))
