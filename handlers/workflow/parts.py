"""What hangs on a stage or a duty: who else may decide, what was changed, what was said, how long it waits. Not here: the request."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.people import PersonId


@dataclass(frozen=True, slots=True)
class Delegation:
    """Somebody who may decide beside the others because `by` asked them; with `until` as a stand-in, up to and including that day."""

    person: PersonId
    by: PersonId
    reason: str = ""
    until: date | None = None


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


@dataclass(frozen=True, slots=True)
class Waits:
    """When something is done about a stage that nobody decides; None: never. Said to the requester, and kept as it was said."""

    remind: datetime | None = None
    escalate: datetime | None = None
    lapse: datetime | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said when a duty went back or on to somebody else."""

    by: PersonId
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that was said when a duty was done: a field's name, what it is called, and its value; the pack may forget the field."""

    name: str
    label: str
    value: str
