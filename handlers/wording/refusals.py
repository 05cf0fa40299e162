"""Why a press, a form or a message did nothing: one calm sentence, and what to do. The request itself is as it was."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from handlers.cards import Block, Card, Facts, Listing, Text, Tone
from handlers.people import Person, PersonId
from handlers.wording import change_receipts, corrections, reassigning, terms
from handlers.workflow.refused import Already, DutyOver, NotYours, OwnRequest, Refusal, Repeated, SamePerson, StageOver, TooEarly, Unknown
from handlers.workflow.request import Request, Stage, StageStatus, Status
from handlers.workflow.untimely import AnsweredBefore, Begun, CorrectedSince, HandedOver, NotApproved, WithAnother

LONGEST_QUESTION = 3000  # characters: far beyond any question, and what a chat message comfortably holds

People = Mapping[PersonId, Person]

CLOSED = {
    Status.withdrawn: "It was withdrawn.",
    Status.lapsed: "Nobody answered in the district's time.",
    Status.ended: "It has ended.",
    Status.revoked: "It was revoked.",
}


def refused(refusal: Refusal, known: People) -> Card:
    """Return the sentence for a refused move."""
    match refusal:
        case Unknown():
            return _card("I cannot find that for you.", "It may be gone, or it may not be yours to open. Nothing was changed.")
        case Already(request):
            return _already(request, known)
        case StageOver(_, stage):
            return _over(stage, known)
        case TooEarly(request, _):
            first = terms.joined(terms.names(waits.people, known) for waits in request.open_stages) or "somebody else"
            return _card(
                "It is not your turn yet.", f"{first} decides first. You will get a card when it is your turn. Nothing was changed."
            )
        case NotYours(people):
            return _card("This is not yours.", f"{_only(people, known)} Nothing was changed.")
        case OwnRequest():
            return _card("Nobody decides their own request.", "Somebody else has to decide this one. Nothing was changed.")
        case SamePerson(stage):
            return _card("Two different people have to agree.", f"You already decided as {terms.of_her(stage.role)}. Nothing was changed.")
        case Repeated():
            return _card(
                "This press came twice.",
                "It was refused the first time, and coming again it counts for nothing. Nothing was changed. Please press again.",
            )
        case DutyOver(duty):
            who = terms.name(duty.done_by, known) if duty.done_by else "Somebody"
            when: tuple[Block, ...] = (Facts((("When", duty.done_at),)),) if duty.done_at else ()
            return _card("This is already done.", f"{who} did it. Nothing was changed.", *when)
        case HandedOver():
            return _card(
                "A report cannot be taken back.", "Those who received it have it already: please talk to them. Nothing was changed."
            )
        case Begun():
            return corrections.begun(refusal)
        case CorrectedSince():
            return corrections.read_again(refusal)
        case WithAnother(stage):
            return reassigning.with_another(stage, known)
        case NotApproved() | AnsweredBefore():
            return change_receipts.untimely(refusal)
        case _:
            assert_never(refusal)


def not_said() -> Card:
    """Return the sentence for an empty message."""
    return _card(
        "I did not see a question.", "Nothing was changed. Please write in a sentence or two what you would like to do, with whom, and how."
    )


def said_too_much(length: int) -> Card:
    """Return the sentence for a message that is too long to be a question."""
    return _card(
        "That is more than I can read at once.",
        f"Your message has {length:,} characters; I read up to {LONGEST_QUESTION:,}. Nothing was changed. Please ask in a few sentences.",
    )


def old_answer() -> Card:
    """Return the sentence for a button of an answer that no longer leads anywhere."""
    return _card("That answer is no longer open.", "The rules or the question have changed since. Please ask again. Nothing was changed.")


def unknown_button() -> Card:
    """Return the sentence for a press that this product never drew."""
    return _card("I do not know that button.", "It may come from an older message. Please ask again. Nothing was changed.")


def nothing_done() -> Card:
    """Return the sentence for a form that was left without sending it."""
    return _card("Nothing was sent.", "The form was closed, and nothing was changed.")


def too_slow() -> Card:
    """Return the sentence for a form that was ready too late to be opened."""
    return _card("That took too long.", "The form was not ready in time. Please press again. Nothing was changed.")


def not_sent(faults: Sequence[str]) -> Card:
    """Return the sentence for a form that has faults and was closed before they could be shown in it."""
    return _card("Your form was not sent.", "Please open it again and mend this. Nothing was changed.", Listing("To mend", tuple(faults)))


def broke() -> Card:
    """Return the sentence for when something broke on our side, perhaps after it was done."""
    return _card("Something broke on our side.", "Look at the card before you press again: it shows what counts. Nothing was half done.")


def not_for_you() -> Card:
    """Return the sentence for somebody who may not read the records."""
    return _card(
        "The records are kept by the records office.",
        "Nothing was changed. Please ask there. You always see your own requests under “My requests”.",
    )


def no_longer_yours() -> Card:
    """Return the sentence in the place of a card whose reader may no longer see it."""
    return _card("This is no longer with you.", "It is with somebody else now, or there is nothing left to do. Nothing was changed.")


def _already(request: Request, known: People) -> Card:
    decided = next((stage for stage in reversed(request.stages) if stage.decided_by is not None), None)
    if decided is not None and request.status in (Status.approved, Status.denied):
        return _over(decided, known)
    return _card("This one is closed.", f"{CLOSED[request.status]} Nothing was changed.")


def _over(stage: Stage, known: People) -> Card:
    word = "approved" if stage.status is StageStatus.approved else "denied"
    who = terms.name(stage.decided_by, known) if stage.decided_by else "somebody"
    when: tuple[Block, ...] = (Facts((("When", stage.decided_at),)),) if stage.decided_at else ()
    return _card("This one was already answered.", f"It was {word} by {who}. Nothing was changed.", *when)


def _only(people: tuple[PersonId, ...], known: People) -> str:
    if not people:
        return "The directory names nobody who can do this today: please ask your technology department."
    return f"Only {terms.names(people, known)} can do this."


def _card(title: str, sentence: str, *more: Block) -> Card:
    return Card(title, (Text(sentence), *more), tone=Tone.warn, summary=title)
