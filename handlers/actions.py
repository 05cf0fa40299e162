"""What a person can do, in: say, press, submit, look; and a press's one spelling, a verb and an id. Not here: what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from handlers.ids import AnswerId, DutyId, RequestId, StageId

LONGEST = 120  # characters of an id; a button's value on any platform holds far more, ours are far shorter


@dataclass(frozen=True, slots=True)
class Request:
    """Open (or send) the form which the answer's clause prescribes."""

    answer: AnswerId


@dataclass(frozen=True, slots=True)
class Approve:
    """Agree to the request at this stage."""

    stage: StageId


@dataclass(frozen=True, slots=True)
class Deny:
    """Refuse the request at this stage, with a reason."""

    stage: StageId


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take one's own request back."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class Done:
    """Say that a duty is done, with its evidence where one is asked for."""

    duty: DutyId


@dataclass(frozen=True, slots=True)
class Answer:
    """Reply to the bot's one question with the choice at this position."""

    answer: AnswerId
    choice: int


Action = Request | Approve | Deny | Withdraw | Done | Answer


def spell(action: Action) -> tuple[str, str]:
    """Return the verb and the id that a button carries; the id is all it carries."""
    match action:
        case Request(answer):
            return "request", answer
        case Approve(stage):
            return "approve", stage
        case Deny(stage):
            return "deny", stage
        case Withdraw(request):
            return "withdraw", request
        case Done(duty):
            return "done", duty
        case Answer(answer, choice):
            return "answer", f"{answer}.{choice}"
        case _:
            assert_never(action)


def read(verb: str, value: str) -> Action | None:
    """Return the action that a button spells, or None for anything this product never drew."""
    if not value or len(value) > LONGEST or not value.isprintable():
        return None
    match verb:
        case "request":
            return Request(AnswerId(value))
        case "approve":
            return Approve(StageId(value))
        case "deny":
            return Deny(StageId(value))
        case "withdraw":
            return Withdraw(RequestId(value))
        case "done":
            return Done(DutyId(value))
        case "answer":
            return _answer(value)
        case _:
            return None


def _answer(value: str) -> Answer | None:
    answer, dot, choice = value.rpartition(".")
    if not (answer and dot and choice.isascii() and choice.isdigit()) or len(choice) > 2:  # noqa: PLR2004  # two digits: no question has 100 choices
        return None
    return Answer(AnswerId(answer), int(choice))


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a thread; `delivery` is the platform's id of the event, the same when it comes twice."""

    text: str
    thread: str
    delivery: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed."""

    action: Action
    delivery: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form was sent: field name to what stands in it."""

    action: Action
    values: Mapping[str, str]
    delivery: str


class View(StrEnum):
    """What a person can look up about requests."""

    mine = "mine"  # my requests and what I still have to do
    inbox = "inbox"  # what waits for me
    records = "records"  # everything, for those who keep the records
