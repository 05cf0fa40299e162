"""What each kind of process is called, where it stands, and what those read who get it. Not here: which facts a card shows."""

from collections.abc import Iterator, Mapping

from handlers.cards import Tone
from handlers.people import Person, PersonId, Role
from handlers.policy.forms import Process, ProcessKind
from handlers.wording import terms
from handlers.workflow.request import DutyStatus, Request, Status

People = Mapping[PersonId, Person]

CALLED: Mapping[ProcessKind, str] = {
    "permission": "request",
    "notice": "notice",
    "directed": "request",
    "report": "report",
    "note": "note",
}
SEND: Mapping[ProcessKind, str] = {
    "permission": "Send request",
    "notice": "Send notice",
    "directed": "Send request",
    "report": "Send report",
    "note": "Keep note",
}
OVER: Mapping[ProcessKind, str] = {"notice": "Notice given", "directed": "Done", "report": "Handed over", "note": "Kept"}
UNDER_WAY: Mapping[ProcessKind, str] = {"directed": "Waiting for what was asked for", "report": "Handed over, not yet answered"}
NOT_OURS = "Hallpass hands it over, and looks into nothing: people do."


def opens(process: Process) -> str:
    """Return what stands on the button of an answer that opens the form."""
    match process.kind:
        case "permission":
            return "Ask for approval"
        case "notice" | "report":
            return f"Tell {terms.roles(process.tells)}"
        case "note":
            return "Keep a note of it"
        case _:
            return "Ask somebody for it"


def state(request: Request, process: Process) -> tuple[str, Tone] | None:
    """Return where it stands, of what nobody decides; None of what somebody does, and of what was taken back."""
    if process.stages or request.status is Status.withdrawn:
        return None
    if _still_asked(request):
        return UNDER_WAY.get(process.kind, OVER["notice"]), Tone.plain
    return OVER.get(process.kind, OVER["notice"]), Tone.good


def waiting(request: Request, known: People) -> Iterator[tuple[str, str]]:
    """Yield for whose doing it waits, once each."""
    if _still_asked(request):
        owners = dict.fromkeys(duty.owners for duty in request.duties if duty.status is DutyStatus.open)
        yield from (("Waiting for", terms.names(people, known)) for people in owners)


def _still_asked(request: Request) -> bool:
    """Say whether others have something to do for it, also where they had said that it was done."""
    again = any(duty.reopened is not None and duty.status is DutyStatus.open for duty in request.duties)
    return request.with_others or (again and not request.stages)


def title_for_reader(process: Process, requester: str) -> str:
    """Return the title of the card of somebody who is told."""
    if process.kind == "permission":
        return f"For your information: “{process.title}”"
    return f"{terms.capital(requester)} {'reports' if process.kind == 'report' else 'gives notice'}: “{process.title}”"


def said_to_reader(process: Process) -> str:
    """Return what somebody reads who is told, and has nothing to decide."""
    if process.kind == "report":
        return f"The policy asks that this is handed to you. {NOT_OURS}"
    return "The policy asks that you are told. You have nothing to decide."


def before_sending(process: Process, last: Role) -> Iterator[str]:
    """Yield what the form says of whom it reaches, beside their names."""
    if Role.parents in process.tells:
        yield "The bot writes to no parents: somebody of the district tells them."
    if process.kind == "report":
        yield NOT_OURS
    if process.kind == "report" and process.person is not None:
        theirs = " If you name somebody, it goes to those above that person." if process.whose == "subject" else ""
        yield (f"Whoever it is about does not receive it.{theirs} Where nobody else is left, {terms.ROLES[last]} does (district setting).")
    if process.kind == "directed":
        yield "Whoever you choose gets a card at once, and you are told when it is done. Please paste no messages here."
