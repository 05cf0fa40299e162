"""A press's one spelling, a verb and an id, in both directions; the verbs are those of every card that is out. Not here: what it does."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from handlers.actions import (
    Action,
    Answer,
    Approve,
    Begin,
    Delegate,
    Deny,
    Done,
    EndStandIn,
    HandOver,
    Helpful,
    Letter,
    NameStandIn,
    Reassign,
    Reopen,
    Request,
    Take,
    TakeOver,
    Unhelpful,
    Withdraw,
)
from handlers.changing import AnswerMore, ApproveChanged, AskMore, Correct, Renew, Revoke, TakeOut
from handlers.ids import AnswerId
from handlers.keeping import Checked, Moved, NotUsed, StillUsed

LONGEST = 120  # characters of an id; a button's value on any platform holds far more, ours are far shorter
ANSWER = "answer"  # whose value is an id and a choice

VERBS: Mapping[str, Callable[[Any], Action]] = {
    "request": Request,
    "request_new": Begin,
    "approve": Approve,
    "deny": Deny,
    "withdraw": Withdraw,
    "done": Done,
    "done_letter": Letter,
    "helpful": Helpful,
    "unhelpful": Unhelpful,
    "delegate": Delegate,
    "delegate_away": Reassign,
    "delegate_name": NameStandIn,
    "delegate_end": EndStandIn,
    "take": Take,
    "take_over": TakeOver,
    "take_handover": HandOver,
    "done_reopen": Reopen,
    "approve_changed": ApproveChanged,
    "request_more": AskMore,
    "answer_more": AnswerMore,
    "answer_used": StillUsed,
    "answer_closed": NotUsed,
    "answer_moved": Moved,
    "done_checked": Checked,
    "revoke": Revoke,
    "renew": Renew,
    "request_correct": Correct,
    "withdraw_student": TakeOut,
}
SPELLED = {kind: verb for verb, kind in VERBS.items()}


def spell(action: Action) -> tuple[str, str]:
    """Return the verb and the id that a button carries; the id is all it carries."""
    if isinstance(action, Answer):
        return ANSWER, f"{action.answer}.{action.choice}"
    return SPELLED[type(action)], getattr(action, fields(action)[0].name)


def read(verb: str, value: str) -> Action | None:
    """Return the action that a button spells, or None for anything this product never drew."""
    if not value or len(value) > LONGEST or not value.isprintable():
        return None
    if verb == ANSWER:
        return _answer(value)
    return VERBS[verb](value) if verb in VERBS else None


def _answer(value: str) -> Answer | None:
    answer, dot, choice = value.rpartition(".")
    if not (answer and dot and choice.isascii() and choice.isdigit()) or len(choice) > 2:  # noqa: PLR2004  # two digits: no question has 100 choices
        return None
    return Answer(AnswerId(answer), int(choice))
