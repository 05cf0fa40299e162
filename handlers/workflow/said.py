"""What people say about a request besides asking: terms, corrections, questions, words beside a duty. Values only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.ids import QuestionId, StageId
from handlers.people import PersonId


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a decider changed: its name, what it is called, and its values; an empty one is none.

    `dropped` are the requester's own words that are no longer asked for under the new terms: they are kept, and never repeated.
    """

    name: str
    label: str
    before: str
    after: str
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """When the requester corrected what she had asked for, and what: her own words stay here, and are never repeated in the record."""

    at: datetime
    changes: tuple[Change, ...]


class Left(StrEnum):
    """What a student has left."""

    activity = "activity"
    school = "school"


@dataclass(frozen=True, slots=True)
class Departure:
    """When a student was taken out of a permission that goes on for the others, by whom, and what they have left; the name stays here."""

    at: datetime
    by: PersonId
    name: str
    left: Left


@dataclass(frozen=True, slots=True)
class Question:
    """What a decider asked the requester at a stage, and the reply once there is one."""

    id: QuestionId
    stage: StageId
    asked_by: PersonId
    question: str
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said when a duty went back or on to somebody else."""

    by: PersonId
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reassigned:
    """A stage went to somebody else, whose it is since; `had` could decide it until then."""

    to: PersonId
    by: PersonId
    at: datetime
    reason: str
    had: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that was said when a duty was done: a field's name, what it is called, and its value; the pack may forget the field."""

    name: str
    label: str
    value: str
