"""What somebody reads at once who asked, answered, revoked or gave back; and why such a press came too early or too late."""

from collections.abc import Mapping

from handlers.cards import Block, Card, Facts, Text, Tone
from handlers.people import Person, PersonId
from handlers.wording import terms
from handlers.workflow.asking import Asked, Replied
from handlers.workflow.request import Request, Status
from handlers.workflow.untimely import AnsweredBefore, NotApproved

People = Mapping[PersonId, Person]


def exchanged(outcome: Asked | Replied, known: People) -> Card:
    """Return what somebody reads after asking or answering."""
    if isinstance(outcome, Asked):
        who = terms.name(outcome.request.requester, known)
        return _card("Asked.", f"Your question is on its way to {who}. The request waits for your decision as before.")
    return _card("Answered.", "Everybody who may decide is being told.")


def stopped(request: Request, known: People) -> Card:
    """Return what somebody reads after ending a permission early."""
    if request.status is Status.revoked:
        return _card("Revoked.", f"{terms.name(request.requester, known)} is being told, with your reason.", Tone.stop)
    return _card("Given back.", "The permission has ended, and everybody who had a card about it sees that.", Tone.plain)


def untimely(refusal: NotApproved | AnsweredBefore) -> Card:
    """Return the sentence for what comes before there is a permission, or after the answer."""
    match refusal:
        case NotApproved():
            return _card("There is no permission yet.", "It still waits for a decision. Nothing was changed.", Tone.warn)
        case AnsweredBefore(question):
            when: tuple[Block, ...] = (Facts((("When", question.answered_at),)),) if question.answered_at else ()
            return _card("You already answered this.", "Everybody who may decide has your answer. Nothing was changed.", Tone.warn, *when)


def _card(title: str, sentence: str, tone: Tone = Tone.good, *more: Block) -> Card:
    return Card(title, (Text(sentence), *more), tone=tone, summary=title)
