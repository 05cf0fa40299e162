"""What the person who pressed is told at once: it is done, and what happens next. The cards in the thread say the rest."""

from collections.abc import Mapping, Sequence

from handlers.cards import Card, Text, Tone
from handlers.people import Person, PersonId
from handlers.policy.pack import Pack
from handlers.wording import change_receipts, kinds, terms
from handlers.wording.earlier import process
from handlers.workflow.request import Duty, Request, Status


def sent(request: Request, pack: Pack, to: Sequence[str] = ()) -> Card:
    """Return what the requester reads after sending; `to` are the names of those who got it."""
    if request.stages:
        return _card("Sent.", "You will be told here as soon as it is decided. Please do not go ahead before that.")
    sent, names = process(request, pack), terms.joined(to)
    match sent.kind:
        case "directed":
            return _card("Sent.", f"It is on its way to {names}. You will be told here when it is done.")
        case "report":
            return _card("Your report is handed over.", f"This was handed to {names or terms.roles(sent.tells)}. {kinds.NOT_OURS}")
        case "note":
            return _card("Your note is kept.", _readers(pack))
        case _:
            told = terms.roles(sent.tells)
            return _card("Your notice is given.", f"It is on its way to {told}." if told else "It is kept in the record.")


def _readers(pack: Pack) -> str:
    readers = pack.settings.note_readers
    others = f" Besides you {terms.roles(readers)} may read it (district setting)." if readers else " Nobody else is shown it."
    return f"You find it among your requests.{others}"


def settled(request: Request, known: Mapping[PersonId, Person]) -> Card:
    """Return what somebody reads after deciding, or after taking a request back."""
    requester = terms.name(request.requester, known)
    match request.status:
        case Status.withdrawn:
            return _card("Withdrawn.", "Nobody will decide it any more, and everybody who had a card about it sees that.", Tone.plain)
        case Status.pending:
            following = terms.joined(terms.names(waits.people, known) for waits in request.open_stages) or "The next person"
            return _card("Approved.", f"{following} decides next; {requester} is being told.")
        case Status.approved:
            return _card("Approved.", f"{requester} is being told.{_owing(request, known)}")
        case Status.ended | Status.revoked:
            return change_receipts.stopped(request, known)
        case _:
            return _card("Denied.", f"{requester} is being told, with your reason.", Tone.stop)


def _owing(request: Request, known: Mapping[PersonId, Person]) -> str:
    """Return who else has something to do now: a decider may have made a duty for herself."""
    owners = dict.fromkeys(person for duty in request.duties for person in duty.owners if person != request.requester)
    return f" {terms.joined(terms.name(person, known) for person in owners)} now has a duty: it is in the messages." if owners else ""


def fulfilled(duty: Duty) -> Card:
    """Return what somebody reads after doing a duty."""
    return _card("Recorded as done.", f"This is in the record now: {duty.what}")


def _card(title: str, sentence: str, tone: Tone = Tone.good) -> Card:
    return Card(title, (Text(sentence),), tone=tone, summary=title)
