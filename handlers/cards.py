"""What a person sees, with no room for a platform: cards, forms and their parts. Not here: sentences, markup, limits."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.actions import Action
from handlers.policy.fields import TICKED as TICKED  # noqa: PLC0414  # what a ticked box sends, on every platform


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


Block = Text | Facts | Quote | Listing | Note


@dataclass(frozen=True, slots=True)
class Button:
    """A press; `confirm` is asked back first where it is hard to undo."""

    label: str
    action: Action
    tone: Tone = Tone.plain
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One message. `summary` is what a notification or a screen reader's alert says: never a student's name."""

    title: str
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    tone: Tone = Tone.plain
    summary: str = ""


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


@dataclass(frozen=True, slots=True)
class Form:
    """What opens over the thread; sending it submits `action` with the fields' values."""

    title: str
    action: Action
    fields: tuple[Field, ...]
    blocks: tuple[Block, ...] = ()
    send: str = "Send"


@dataclass(frozen=True, slots=True)
class Say:
    """Answer in the thread; `key` is the same when the same delivery comes twice."""

    card: Card
    key: str


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
