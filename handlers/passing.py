"""What is passed from one to another, for the desk: each press and form to its use case, each outcome to a reply."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from handlers import delegate, hand_over, reassign, reopen, stand_in
from handlers.actions import Delegate, EndStandIn, HandOver, NameStandIn, Passing, Reassign, Reopen, Take, TakeOver
from handlers.cards import Card, Open, Reply, Whisper
from handlers.naming import named
from handlers.people import Person, PersonId, StandInId
from handlers.policy.fields import Misfilled
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.take import take
from handlers.wording import choosing, handing, passing, reassigning, refusals, reopening, stand_ins, terms
from handlers.wording.stand_ins import Days
from handlers.workflow.refused import Unknown
from handlers.workflow.reopening import Reopened, StillOpen
from handlers.workflow.taking import Taken, TakenBefore

Known = Mapping[PersonId, Person]
Values = Mapping[str, str] | None  # of a form; None where a button was pressed
Outcome = delegate.Outcome | reassign.Outcome | stand_in.Outcome | hand_over.Outcome | reopen.Outcome | Taken


def passes(
    work: Work, packs: Packs, action: Passing, values: Values, actor: Person, *, new: StandInId, delivery: str, now: datetime
) -> Outcome:
    """Do what a button or a form says, or return what has to be said first."""
    if values is None:
        return _pressed(work, packs, action, actor, delivery, now)
    match action:
        case Delegate(stage):
            return delegate.submit(work, packs, stage, values, actor, delivery=delivery, now=now)
        case Reassign(stage):
            return reassign.submit(work, packs, stage, values, actor, delivery=delivery, now=now)
        case NameStandIn(person):
            return stand_in.submit(work, packs, person, values, actor, new=new, delivery=delivery, now=now)
        case HandOver(duty):
            return hand_over.submit(work, duty, values, actor, delivery=delivery, now=now)
        case Reopen(duty):
            return reopen.submit(work, packs, duty, values, actor, delivery=delivery, now=now)
        case EndStandIn() | Take() | TakeOver():
            return Unknown()  # a form that this product never drew
        case _:
            assert_never(action)


def _pressed(work: Work, packs: Packs, action: Passing, actor: Person, delivery: str, now: datetime) -> Outcome:
    match action:
        case Delegate(stage):
            return delegate.press(work, packs, stage, actor, delivery=delivery, now=now)
        case Reassign(stage):
            return reassign.press(work, packs, stage, actor, delivery=delivery, now=now)
        case NameStandIn(person):
            return stand_in.press(work, packs, person, actor, now=now)
        case EndStandIn(one):
            return stand_in.end(work, packs, one, actor, delivery=delivery)
        case Take(duty):
            return take(work, duty, actor, over=False, delivery=delivery, now=now)
        case TakeOver(duty):
            return take(work, duty, actor, over=True, delivery=delivery, now=now)
        case HandOver(duty):
            return hand_over.press(work, duty, actor)
        case Reopen(duty):
            return reopen.press(work, packs, duty, actor, now)
        case _:
            assert_never(action)


def standing(work: Work, packs: Packs, actor: Person) -> Card:
    """Return the card that says who stands in for the actor, or will."""
    found, known = work.stand_ins.of(actor.id), named(work, actor.district, ())
    return stand_ins.standing(actor.id, found, packs.get(actor.district).settings, known)


def reply(outcome: Outcome, known: Known, pack: Pack) -> Reply:
    """Return the form, the receipt, the faults, or why nothing was done."""
    match outcome:
        case Misfilled(faults):
            return choosing.faults(faults)
        case Days():
            return stand_ins.wrong(outcome, pack.settings)
        case stand_in.Wanted(person, people, today):
            return Open(stand_ins.naming(person, people, pack.settings, today))
        case delegate.Wanted(stage, requester, people):
            return Open(passing.delegation(stage, terms.name(requester, known), people))
        case delegate.Delegated(to):
            return Whisper(passing.delegated(to.name))
        case delegate.AskedBefore(person):
            return Whisper(passing.asked_before(person, known))
        case delegate.NobodyElse():
            return Whisper(passing.nobody_else())
        case reassign.Wanted(stage, requester, people):
            return Open(reassigning.form(stage, terms.name(requester, known), people))
        case reassign.GivenAway(to):
            return Whisper(reassigning.given(to.name))
        case reassign.NobodyElse():
            return Whisper(reassigning.nobody_else())
        case stand_in.Named(one):
            return Whisper(stand_ins.named(one, pack.settings, known))
        case stand_in.Ended():
            return Whisper(stand_ins.ended())
        case stand_in.NotStanding():
            return Whisper(stand_ins.not_standing())
        case stand_in.NobodyElse():
            return Whisper(stand_ins.nobody())
        case hand_over.Wanted(duty, those):
            return Open(handing.form(duty, those))
        case hand_over.HandedOver(duty, to):
            return Whisper(handing.done(duty, to.name))
        case hand_over.NobodyElse():
            return Whisper(handing.nobody_else())
        case reopen.MayReopen(duty):
            return Open(reopening.form(duty))
        case Reopened(duty):
            return Whisper(reopening.done(duty, known))
        case StillOpen(duty):
            return Whisper(reopening.still_open(duty))
        case Taken(duty):
            return Whisper(passing.has_it(duty))
        case TakenBefore(duty):
            return Whisper(passing.taken_before(duty, known))
        case _:
            return Whisper(refusals.refused(outcome, known))
