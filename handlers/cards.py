"""What a person sees, with no room for a platform: cards, forms and their parts. Not here: sentences, markup, limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from handlers.actions import Action
from handlers.policy.fields import TICKED as TICKED  # noqa: PLC0414  # what a ticked box sends, on every platform
from handlers.policy.fields import is_asked


class Tone(StrEnum):
    """How a card or a button is meant; never the only bearer of a meaning."""

    plain = "plain"
    good = "good"
    warn = "warn"
    stop = "stop"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of our own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one pair a row; a moment is shown in the reader's own zone."""

    rows: tuple[tuple[str, str | datetime], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """The district's own sentence, and where it stands."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Short items under a heading."""

    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: what is ours, what is not decided, where a thing comes from."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address to open, and what stands there; made by us, never taken from what somebody typed."""

    label: str
    url: str


Block = Text | Facts | Quote | Listing | Note | Link


@dataclass(frozen=True, slots=True)
class Button:
    """A press; `confirm` is asked back first where it is hard to undo."""

    label: str
    action: Action
    tone: Tone = Tone.plain
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A clause that an answer rests on: what it says, and where it stands."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Card:
    """One message. `summary` is what a notification or a screen reader's alert says: never a student's name."""

    title: str
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    tone: Tone = Tone.plain
    summary: str = ""
    sources: tuple[Source, ...] = ()  # of an answer: what it rests on, the first of them first
    again: str = ""  # what the desk draws it anew by when somebody looks at it later; ids only


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a person's own page: its cards, the first of them first; a page may have no room for all."""

    heading: str
    cards: tuple[Card, ...]
    rest: str = ""  # where those are for which a page has no room


class Kind(StrEnum):
    """What a field takes."""

    line = "line"
    text = "text"
    choice = "choice"
    date = "date"
    url = "url"
    check = "check"


@dataclass(frozen=True, slots=True)
class Field:
    """One input; `name` is the pack's name for it on every platform."""

    name: str
    label: str
    kind: Kind = Kind.line
    required: bool = True
    hint: str = ""
    options: tuple[str, ...] = ()
    longest: int = 200
    value: str = ""
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()  # asked only where each of these fields has one of the values
    labels: tuple[str, ...] = ()  # what a choice's options are called; the options themselves where there are none

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Each option's value, and what it is called."""
        return tuple(zip(self.options, self.labels or self.options, strict=True))


@dataclass(frozen=True, slots=True)
class Form:
    """What opens over the thread; sending it submits `action` with the fields' values."""

    title: str
    action: Action
    fields: tuple[Field, ...]
    blocks: tuple[Block, ...] = ()
    send: str = "Send"

    @property
    def turning(self) -> frozenset[str]:
        """The fields on whose values it hangs which others are asked."""
        return frozenset(name for field in self.fields for name, _ in field.when)

    def asked(self) -> Iterator[Field]:
        """Yield the fields that are asked, given what stands in those above them."""
        given: dict[str, str] = {}
        for field in self.fields:
            if is_asked(dict(field.when), given):
                given[field.name] = field.value
                yield field

    def filled(self, values: Mapping[str, str]) -> "Form":
        """Return the form with what somebody has filled in so far; fields that had not been asked keep what stood in them."""
        return replace(self, fields=tuple(replace(one, value=values.get(one.name, one.value)) for one in self.fields))


@dataclass(frozen=True, slots=True)
class Say:
    """Answer in the thread; `key` is the same when the same delivery comes twice. `ours`: only this process may say it, and nobody has."""

    card: Card
    key: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Whisper:
    """Tell only the person who pressed or asked."""

    card: Card


@dataclass(frozen=True, slots=True)
class Open:
    """Open a form over the thread."""

    form: Form


@dataclass(frozen=True, slots=True)
class Faults:
    """The form stays open: field name to the sentence that says what to mend."""

    sentences: tuple[tuple[str, str], ...]


Reply = Say | Whisper | Open | Faults
