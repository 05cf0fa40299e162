"""What whoever pressed is answered: each outcome of a use case becomes a reply. Pure; the sentences are in wording."""

from collections.abc import Mapping
from dataclasses import replace

from handlers import apply, delegate, feedback, fulfil, hand_over, letter, offering, reassign, register, stand_in
from handlers.actions import Begin
from handlers.cards import Form, Open, Reply, Whisper
from handlers.ids import StageId
from handlers.kept import Feedback
from handlers.people import Person, PersonId
from handlers.policy.fields import Fault, Misfilled
from handlers.policy.letters import Unwritable
from handlers.policy.pack import Pack
from handlers.wording import change_forms, channels, forms, letters, receipts, refusals, starting, terms, twice
from handlers.wording import feedback as opinion
from handlers.workflow.asking import Asked, Replied
from handlers.workflow.correcting import Corrected
from handlers.workflow.moves import Fulfilled, Settled
from handlers.workflow.refused import Refusal, Unknown
from handlers.workflow.reopening import Reopened
from handlers.workflow.request import Request
from handlers.workflow.students import TakenOut
from handlers.workflow.taking import Taken

Known = Mapping[PersonId, Person]
# What puts cards into the outbox.
MOVED = (
    apply.Sent,
    Settled,
    Fulfilled,
    delegate.Delegated,
    reassign.GivenAway,
    stand_in.Named,
    stand_in.Ended,
    Taken,
    hand_over.HandedOver,
    Reopened,
    register.Kept,
    Asked,
    Replied,
    Corrected,
    TakenOut,
)
NotOffered = offering.NotOffered | Refusal


def offered(outcome: offering.Offered | NotOffered, pack: Pack) -> Reply:
    """Return the form, or why there is none."""
    match outcome:
        case offering.Offered():
            return Open(twice.noticed(_form(outcome, pack), outcome.before, pack, outcome.known))
        case _:
            return _not_offered(outcome, pack)


def sent(outcome: apply.Sent | Misfilled | apply.Twice | NotOffered, pack: Pack) -> Reply:
    """Return the receipt, the faults, or why nothing was sent."""
    match outcome:
        case apply.Sent(request, to):
            return Whisper(receipts.sent(request, pack, to))
        case Misfilled(faults):
            return forms.faults(faults)
        case apply.Twice(offered, values, same, of):
            return Open(twice.held_up(_form(offered, pack, of), values, same, pack, offered.known))
        case _:
            return _not_offered(outcome, pack)


def asked_why(outcome: Request | Refusal, stage: StageId, known: Known) -> Reply:
    """Return the form for a denial's reason, or why there is none."""
    if isinstance(outcome, Request):
        return Open(forms.denial(stage, terms.name(outcome.requester, known)))
    return moved(outcome, known)


def done(outcome: Fulfilled | fulfil.Wanted | Misfilled | Refusal, known: Known) -> Reply:
    """Return the receipt of a duty, the form it needs, or what is wrong in that."""
    match outcome:
        case fulfil.Wanted(duty, obligation, known_before):
            return Open(forms.evidence(duty.id, duty.what, obligation).filled(known_before))
        case Misfilled(faults):
            return forms.faults(faults)
        case _:
            return moved(outcome, known)


def kept(outcome: register.Outcome, known: Known) -> Reply:
    """Return the form about a channel, its faults, the receipt, or why nothing was kept."""
    match outcome:
        case register.MayCheck(channel):
            return Open(channels.to_check(channel))
        case register.MayMove(channel):
            return Open(channels.to_move(channel))
        case register.Kept(request):
            return Whisper(channels.entry(request, known))
        case register.Closed(request):
            return Whisper(channels.over(request))
        case Misfilled(faults):
            return forms.faults(faults)
        case _:
            return moved(outcome, known)


def drafted(outcome: letter.Drafted | Unwritable | Refusal, address: str, known: Known) -> Reply:
    """Return the letter, or why there is none."""
    match outcome:
        case letter.Drafted(written, duty, owed):
            return Whisper(letters.to_send(written, duty, owed, address))
        case Unwritable():
            return Whisper(letters.unwritable())
        case _:
            return moved(outcome, known)


def judged(outcome: Feedback | tuple[Fault, ...] | feedback.Outdated | Unknown, pack: Pack, *, sent: bool) -> Reply:
    """Return the thanks, or the form that asks what was wrong; `sent` says that this form has come back."""
    match outcome:
        case Feedback(helpful=False) if not sent:
            return Open(opinion.what_was_wrong(outcome, pack))
        case Feedback():
            return Whisper(opinion.thanks(outcome, pack))
        case feedback.Outdated():
            return Whisper(refusals.old_answer())
        case Unknown():
            return moved(outcome, {})
        case _:
            return forms.faults(outcome)


def moved(outcome: Settled | Fulfilled | Refusal, known: Known) -> Reply:
    """Return the receipt of a move, or the sentence for its refusal."""
    match outcome:
        case Settled(request):
            return Whisper(receipts.settled(request, known))
        case Fulfilled(duty):
            return Whisper(receipts.fulfilled(duty))
        case _:
            return Whisper(refusals.refused(outcome, known))


def _form(offered: offering.Offered, pack: Pack, renewed: Request | None = None) -> Form:
    answer, process, who = offered.answer, offered.process, offered.found or offered.told
    if renewed is not None:
        return change_forms.to_renew(renewed, process, offered.found, offered.known)
    last = pack.settings.fallback
    form = forms.request(answer, process, offered.facts, who, offered.known, people=offered.people, last=last)
    return form if answer else replace(form, action=Begin(offered.key))


def _not_offered(why: NotOffered, pack: Pack) -> Reply:
    match why:
        case offering.Nobody(stage, decides):
            return Whisper(forms.nobody(stage, pack, decides=decides))
        case offering.NotEntitled(roles, ours):
            return Whisper(starting.not_entitled(roles, ours=ours))
        case offering.Outdated():
            return Whisper(refusals.old_answer())
        case _:
            return moved(why, {})
