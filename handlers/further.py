"""What changes a request or a permission besides deciding, in one unit of work each: which press leads where, and what is replied."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from handlers import amending, ask_more, renew, revoke
from handlers import change as terms
from handlers.actions import Pressed, Submitted
from handlers.apply import Sent, Twice
from handlers.cards import Open, Reply, Whisper
from handlers.changing import Amending, AnswerMore, ApproveChanged, AskMore, Changing, Renew, Revoke
from handlers.ids import QuestionId, RequestId
from handlers.offering import Nobody, NotEntitled, Outdated
from handlers.people import Person
from handlers.policy.fields import Misfilled
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.replies import Known, moved, sent
from handlers.wording import change_forms, change_receipts, forms, twice
from handlers.workflow.asking import Asked, Replied
from handlers.workflow.moves import Settled
from handlers.workflow.refused import Refusal

Deciding = ApproveChanged | AskMore | AnswerMore | Revoke | Renew
Opening = terms.Narrowable | ask_more.MayAsk | ask_more.MayReply | revoke.MayRevoke | renew.Renewable
Outcome = amending.Outcome | Opening | Misfilled | Settled | Asked | Replied | Sent | Twice | Nobody | NotEntitled | Outdated | Refusal


def change(work: Work, packs: Packs, came: Pressed | Submitted, wanted: Changing, actor: Person, *, new: str, now: datetime) -> Outcome:
    """Do what a button says, or take the form that it opened; `new` is the id of what may begin."""
    if isinstance(wanted, Amending):
        values = came.values if isinstance(came, Submitted) else None
        return amending.amend(work, packs, wanted, values, actor, delivery=came.delivery, now=now)
    if isinstance(came, Submitted):
        return _submit(work, packs, wanted, came.values, actor, new=new, delivery=came.delivery, now=now)
    return _press(work, packs, wanted, actor, delivery=came.delivery, now=now)


def _press(work: Work, packs: Packs, wanted: Deciding, actor: Person, *, delivery: str, now: datetime) -> Outcome:
    match wanted:
        case ApproveChanged(stage):
            return terms.press(work, packs, stage, actor, delivery=delivery, now=now)
        case AskMore(stage):
            return ask_more.press_ask(work, packs, stage, actor, now)
        case AnswerMore(question):
            return ask_more.press_answer(work, packs, question, actor, now)
        case Revoke(request):
            return revoke.press(work, packs, request, actor, delivery=delivery, now=now)
        case Renew(request):
            return renew.press(work, packs.get(actor.district), request, actor, now)
        case _:
            assert_never(wanted)


def _submit(
    work: Work, packs: Packs, wanted: Deciding, values: Mapping[str, str], actor: Person, *, new: str, delivery: str, now: datetime
) -> Outcome:
    match wanted:
        case ApproveChanged(stage):
            return terms.submit(work, packs, stage, values, actor, delivery=delivery, now=now)
        case AskMore(stage):
            return ask_more.submit_ask(work, packs, stage, values, actor, new=QuestionId(new), delivery=delivery, now=now)
        case AnswerMore(question):
            return ask_more.submit_answer(work, packs, question, values, actor, delivery=delivery, now=now)
        case Revoke(request):
            return revoke.submit(work, packs, request, values, actor, delivery=delivery, now=now)
        case Renew(request):
            pack = packs.get(actor.district)
            return renew.submit(work, pack, request, values, actor, new=RequestId(new), delivery=delivery, now=now)
        case _:
            assert_never(wanted)


def replied(outcome: Outcome, known: Known, actor: Person, packs: Packs) -> Reply:
    """Return the form, its faults, the receipt, or the sentence for a refusal."""
    if isinstance(outcome, amending.OWN):
        return amending.replied(outcome)
    match outcome:
        case Misfilled(faults):
            return forms.faults(faults)
        case Asked() | Replied():
            return Whisper(change_receipts.exchanged(outcome, known))
        case Sent() | Twice() | Nobody() | NotEntitled() | Outdated():
            return sent(outcome, packs.get(actor.district))
        case terms.Narrowable() | ask_more.MayAsk() | ask_more.MayReply() | revoke.MayRevoke() | renew.Renewable():
            return _opened(outcome, known, packs.get(actor.district))
        case _:
            return moved(outcome, known)


def _opened(opening: Opening, known: Known, pack: Pack) -> Reply:
    match opening:
        case terms.Narrowable(request, process, stage):
            return Open(change_forms.terms_to_narrow(request, process, stage, known))
        case ask_more.MayAsk(request, stage):
            return Open(change_forms.to_ask(request.requester, stage, known))
        case ask_more.MayReply(question):
            return Open(change_forms.to_answer(question, known))
        case revoke.MayRevoke(request):
            return Open(change_forms.to_revoke(request, known))
        case renew.Renewable(offered, request):
            form = change_forms.to_renew(request, offered.process, offered.found, offered.known)
            return Open(twice.noticed(form, offered.before, pack, offered.known))
        case _:
            assert_never(opening)
