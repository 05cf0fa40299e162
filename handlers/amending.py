"""What is changed of a request without anybody deciding: which press leads where, and what is replied. Not here: who may."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from handlers import correct
from handlers.cards import Open, Reply, Whisper
from handlers.changing import Amending, Correct
from handlers.offering import Outdated
from handlers.people import Person
from handlers.policy.fields import Misfilled
from handlers.ports import Packs, Work
from handlers.wording import corrections
from handlers.workflow.correcting import Corrected, Unchanged
from handlers.workflow.moves import Refusal

Own = correct.Correctable | Corrected | Unchanged
OWN = (correct.Correctable, Corrected, Unchanged)
Outcome = Own | Misfilled | Outdated | Refusal


def amend(
    work: Work, packs: Packs, wanted: Amending, values: Mapping[str, str] | None, actor: Person, *, delivery: str, now: datetime
) -> Outcome:
    """Do what a button says, or take the form that it opened; without `values` a button was pressed."""
    match wanted:
        case Correct(request):
            if values is None:
                return correct.press(work, packs, request, actor)
            return correct.submit(work, packs, request, values, actor, delivery=delivery, now=now)
        case _:
            assert_never(wanted)


def replied(outcome: Own) -> Reply:
    """Return the form or the receipt."""
    match outcome:
        case correct.Correctable(request, process):
            return Open(corrections.form(request, process))
        case Corrected() | Unchanged():
            return Whisper(corrections.receipt(outcome))
        case _:
            assert_never(outcome)
