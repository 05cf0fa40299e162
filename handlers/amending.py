"""What is changed of a request without anybody deciding: which press leads where, and what is replied. Not here: who may."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from handlers import correct, take_out
from handlers.cards import Open, Reply, Whisper
from handlers.changing import Amending, Correct, TakeOut
from handlers.offering import Outdated
from handlers.people import Person
from handlers.policy.fields import Misfilled
from handlers.ports import Packs, Work
from handlers.wording import corrections, students
from handlers.workflow.correcting import Corrected, Unchanged
from handlers.workflow.refused import Refusal
from handlers.workflow.students import TakenOut

Own = correct.Correctable | Corrected | Unchanged | take_out.Roll | take_out.NobodyNamed | TakenOut
OWN = (correct.Correctable, Corrected, Unchanged, take_out.Roll, take_out.NobodyNamed, TakenOut)
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
        case TakeOut(request):
            if values is None:
                return take_out.press(work, packs, request, actor, delivery=delivery, now=now)
            return take_out.submit(work, packs, request, values, actor, delivery=delivery, now=now)
        case _:
            assert_never(wanted)


def replied(outcome: Own) -> Reply:
    """Return the form or the receipt."""
    match outcome:
        case correct.Correctable(request, process):
            return Open(corrections.form(request, process))
        case Corrected() | Unchanged():
            return Whisper(corrections.receipt(outcome))
        case take_out.Roll(request, named):
            return Open(students.form(request, named))
        case TakenOut():
            return Whisper(students.receipt(outcome))
        case take_out.NobodyNamed():
            return Whisper(students.nobody())
        case _:
            assert_never(outcome)
