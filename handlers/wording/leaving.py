"""Which card a row of the outbox stands for: it is drawn when it leaves, from the state of that moment."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar, assert_never

from handlers.cards import Card
from handlers.ids import DutyId, QuestionId, StageId
from handlers.people import Person, PersonId
from handlers.policy.pack import Pack
from handlers.wording import affected, asking, channels, duties, permissions, reminders, requests, undelivered
from handlers.workflow.request import Request

Found = TypeVar("Found")


class Leaves(StrEnum):
    """The kinds of card that leave through the outbox; the value is stored."""

    decide = "decide"  # about a stage, to whoever may decide it
    follow = "follow"  # about a request, to its requester
    outcome = "outcome"  # about a decided stage, to the requester
    know = "know"  # about a request, to those who are told
    duty = "duty"  # about a duty, to whoever owes it
    handed_over = "handed_over"  # about a duty, to whom somebody gave it
    handed_in = "handed_in"  # about a done duty, to those who get its evidence
    passed_on = "passed_on"  # about a duty, to whoever gets it because its owners could not be reached
    undelivered = "undelivered"  # about what could not be delivered, to those who look after Hallpass
    recertify = "recertify"  # about a channel, to whoever is asked whether it is still used
    channel = "channel"  # about a channel, to those who are told that nobody confirmed it
    asked = "asked"  # about a question, to the requester
    answered = "answered"  # about a question, to those who may decide
    revoked = "revoked"  # about a request, to its requester
    reminder = "reminder"  # about a stage and a day, to whoever may decide it
    lapsed = "lapsed"  # about a stage, to the requester and whoever could have decided it
    ending = "ending"  # about a request and a day, to its requester
    duty_due = "duty_due"  # about a duty and a day, to whoever owes it
    overdue = "overdue"  # about a duty, to those above its owners
    affected = "affected"  # about a request that newer rules no longer support, to everybody who has to know
    called_off = "called_off"  # about a request that was taken back, to whoever it was asked of
    left = "left"  # about a request whose requester has left, to those who agreed to it or still have something to do


def draw(kind: Leaves, about: str, request: Request, pack: Pack, known: Mapping[PersonId, Person], reader: PersonId) -> Card:
    """Return the card as it has to look now. Raises LookupError when the request has no such stage or duty."""
    match kind:
        case Leaves.decide:
            return requests.to_decide(request, _found(request.stage(StageId(about))), pack, known, reader)
        case Leaves.outcome:
            return requests.outcome(request, _found(request.stage(StageId(about))), pack, known)
        case Leaves.follow:
            return requests.to_follow(request, pack, known)
        case Leaves.know:
            return requests.to_know(request, pack, known)
        case Leaves.duty | Leaves.handed_over:
            return duties.to_do(request, _found(request.duty(DutyId(about))), pack, known)
        case Leaves.handed_in:
            return duties.handed_in(request, _found(request.duty(DutyId(about))), pack, known)
        case Leaves.passed_on:
            return undelivered.passed_on(request, _found(request.duty(DutyId(about))), pack, known)
        case Leaves.undelivered:
            return undelivered.undelivered(about, request, pack, known)
        case Leaves.recertify:
            return channels.question(request, pack, known)
        case Leaves.channel:
            return channels.entry(request, known)
        case Leaves.asked:
            return asking.to_requester(request, _found(request.question(QuestionId(about))), pack, known)
        case Leaves.answered:
            return asking.to_deciders(request, _found(request.question(QuestionId(about))), pack, known)
        case Leaves.revoked:
            return permissions.revoked(request, pack, known)
        case Leaves.reminder:
            return reminders.to_decide(request, _found(request.stage(StageId(subject(about)))), pack, known, reader)
        case Leaves.lapsed:
            return reminders.lapsed(request, _found(request.stage(StageId(about))), pack, known, reader)
        case Leaves.ending:
            return reminders.ending(request, pack)
        case Leaves.duty_due:
            return reminders.to_do(request, _found(request.duty(DutyId(subject(about)))), pack, known)
        case Leaves.overdue:
            return reminders.overdue(request, _found(request.duty(DutyId(about))), pack, known)
        case Leaves.affected:
            return affected.affected(about, request, pack, known, reader)
        case Leaves.called_off:
            return duties.called_off(request, pack, known)
        case Leaves.left:
            return permissions.left(request, pack, known)
        case _:
            assert_never(kind)


def subject(about: str) -> str:
    """Return which stage or duty a card is about, without the day of a reminder."""
    return about.partition(":")[0]


def _found(value: Found | None) -> Found:
    if value is None:
        message = "the outbox names a stage or duty that its request does not have"
        raise LookupError(message)
    return value
