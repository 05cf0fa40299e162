"""What is kept besides requests: proposals, answers, lines of the record, cards on their way out and where they went. Values only."""

from dataclasses import dataclass
from datetime import datetime

from handlers.ids import AnswerId, RequestId
from handlers.people import Address, DistrictKey, PersonId, Platform
from handlers.policy.facts import Facts


@dataclass(frozen=True, slots=True)
class Proposal:
    """A platform's user who, by the platform's verified e-mail, may be this person; nobody until an administrator says so."""

    address: Address
    district: DistrictKey
    person: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Workspace:
    """A tenant of a chat platform that let us in, or one beneath it. `sealed` holds its tokens, encrypted; empty: we are not in."""

    platform: Platform
    tenant: str
    name: str = ""
    above: str = ""  # the organization that it belongs to, where it belongs to one
    district: DistrictKey | None = None  # whose people are there, as an administrator said
    sealed: str = ""
    installed_at: datetime | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and what it came to: the short memory of a thread, and what a request was started from."""

    id: AnswerId
    district: DistrictKey
    person: PersonId
    thread: str
    turns: tuple[str, ...]
    chosen: Facts  # facts set by pressing a button rather than by words
    facts: Facts
    ruling: str
    rules: tuple[str, ...]
    fingerprint: str
    at: datetime
    asked: str = ""  # the fact the bot asked back, if it did
    process: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the record: who did what to which request, from which state to which, under which rules."""

    request: RequestId
    district: DistrictKey
    at: datetime
    who: PersonId
    what: str
    before: str
    after: str
    detail: str = ""  # a reason, an address handed in: what a person wrote
    fingerprint: str = ""
    about: str = ""  # the stage or duty, where it is not the whole request


@dataclass(frozen=True, slots=True)
class Ground:
    """What a rule behind a request said when it was sent, in our own words, and where it stood."""

    rule: str
    locator: str
    says: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a district's chain of record rows ends: how many there are, the last one's code, and when it was written."""

    district: DistrictKey
    number: int
    mac: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of a district's chain; `fault` is the first thing that is wrong, in a sentence, empty where nothing is.

    The first `found` rows were in the record before there were chains: what happened to them before `found_at` cannot be told.
    """

    district: DistrictKey
    rows: int
    found: int
    found_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """A card on its way out: ids only, drawn when it leaves.

    `kind` says which card (`handlers.wording.leaving` knows them), `about` which request, stage or duty. A `redraw` row rewrites
    the copy that was posted under the same `card` key before. A timer (handlers.timers) is for nobody: `to` is empty. A note
    (handlers.unfilled) is about no request: that is empty.
    """

    key: str  # unique: a message that is put twice leaves once
    lane: str  # what leaves in one lane leaves in order
    district: DistrictKey
    kind: str
    request: RequestId
    about: str
    to: PersonId
    card: str  # the same for a card and all its redraws
    redraw: bool = False
    at: datetime | None = None  # not before; None: at once

    @property
    def is_timer(self) -> bool:
        """Whether nothing is sent when it is due, but something done."""
        return not self.to

    @property
    def is_note(self) -> bool:
        """Whether it tells of something that belongs to no request."""
        return not self.request


@dataclass(frozen=True, slots=True)
class Copy:
    """Where a card was posted: what it takes to rewrite it."""

    card: str
    request: RequestId
    kind: str
    about: str
    to: PersonId
    address: Address
    message: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A leaving card that this process holds the lease of; `attempts` counts this one."""

    id: int
    leaving: Leaving
    attempts: int
    copy: Copy | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whether an answer helped the person who asked; `words` say what was wrong or missing."""

    answer: AnswerId
    person: PersonId
    helpful: bool
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """What has not left: cards that are due, what is for later (timers, and what is tried again), and what was given up."""

    due: int
    later: int
    dead: int
    oldest: float  # seconds that the oldest due card has waited since it was due; 0 when none is


@dataclass(frozen=True, slots=True)
class Dead:
    """A leaving card that nobody tries to send any more, and why."""

    id: int
    leaving: Leaving
    why: str
    at: datetime
