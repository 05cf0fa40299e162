"""The record as a story: one card a request, its happenings in order, in words a superintendent would read out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.cards import Block, Card, Facts, Note
from handlers.ids import StageId
from handlers.kept import Happening
from handlers.people import HALLPASS, Person, PersonId
from handlers.policy.pack import Pack
from handlers.wording import beside, earlier, terms
from handlers.wording.erased import is_erased
from handlers.wording.requests import on_record
from handlers.wording.states import state
from handlers.workflow.request import Request, Stage

SENT = "sent"  # its detail follows in the same sentence

HAPPENED = {
    SENT: "sent the request",
    "noticed": "gave notice",
    "directed": "asked for it",
    "reported": "sent the report",
    "noted": "kept the note",
    "approved": "approved it",
    "denied": "denied it",
    "withdrawn": "withdrew it",
    "done": "recorded a duty as done",
    "refused": "tried to decide and was refused",
    "rerouted": "passed it on",
    "changed": "changed the terms",
    "corrected": "corrected it",
    "asked": "asked a question",
    "answered": "answered a question",
    "revoked": "revoked it",
    "ended": "gave it back",
    "erased": "erased what people had typed",
    "exported": "took this out of the record",
}
BY_ITSELF = {  # nobody did it
    "expired": "Its last day was over, and it ended",
    "lapsed": "Nobody had decided in the district's time, and it lapsed (district setting)",
    "registered": "The channel came into the register",
    "channel_asked": "The owner of the channel was asked whether it is still used",
    "channel_unconfirmed": "Nobody answered, and the register says so; it is to be closed",
}
ENDED = {"withdrawn": "withdrew it", "ended": "ended it"}  # by Hallpass itself; why follows

DETAILS = {
    "denied": "Reason",
    "done": "Duty",
    "approved": "On condition",
    "changed": "Change",
    "corrected": "Field",
    "revoked": "Reason",
    "erased": "Reason",
    "exported": "How",
}
DECIDED = frozenset({"approved", "denied"})

BY_HALLPASS = frozenset({"rerouted", "reminded", "escalated", "warned", "overdue", "rules_changed"})  # their detail follows “Hallpass”
SAID = frozenset({"delegated", "reassigned", "taken", "taken_over", "handed_over", "reopened", "student_left"})  # a sentence
UNSAID = {  # once erased
    "delegated": "asked somebody else to decide",
    "reassigned": "gave the decision to somebody else",
    "taken": "took a duty",
    "taken_over": "took a duty over",
    "handed_over": "handed a duty over",
    "reopened": "said that a duty was not done",
    "student_left": "took out a student who had left",
}
OF_A_CHANNEL = {
    "channel_confirmed": "confirmed that the channel is used",
    "channel_moved": "gave the channel another address",
    "channel_closed": "said that the channel is closed",
    "channel_checked": "checked the channel",
    "channel_doubted": "found the channel not to be as the register has it",
    "channel_administrators": "recorded who has administrator access",
}

Row = tuple[str, str | datetime]


def story(request: Request, happenings: Sequence[Happening], pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return one request's history: what was asked for, who did what in which part, and where it stands."""
    process = earlier.process(request, pack)
    word, tone = state(request, process)
    asked = on_record(request, process, known)
    rows = tuple(_line(happening, request, known) for happening in happenings)
    rule = earlier.rule(request.rule, pack)
    blocks: tuple[Block, ...] = (
        Facts((("Status", word), ("From", terms.name(request.requester, known)), *asked, ("Sent", request.opened_at))),
        *(Facts(row) for row in rows),
        Note(f"{pack.policy}, {rule.locator}. Record {request.id[:8]}, rules {request.fingerprint[:8]}."),
    )
    return Card(process.title, blocks, tone=tone, summary=f"{process.title}: {word}")


def nothing_yet() -> Card:
    """Return what the records say before anything happened."""
    return Card("No requests yet.", (Note("Every request, decision and duty appears here, and stays."),))


def more(shown: int) -> Card:
    """Return what is said above a page that does not hold everything."""
    where = "The command “hallpass requests list” shows every one; nothing is ever removed."
    return Card(f"These are the newest {shown} requests.", (Note(where),), summary=f"The newest {shown} requests")


def older(shown: int) -> Card:
    """Return what is said beneath a person's own requests, of which only the newest that are over are shown."""
    return Card(f"Of what is over, the newest {shown} are shown.", (Note("The record keeps the others: ask the superintendent’s office."),))


def _line(happening: Happening, request: Request, known: Mapping[PersonId, Person]) -> tuple[Row, ...]:
    who, stage = terms.capital(terms.name(happening.who, known)), request.stage(StageId(happening.about))
    if is_erased(happening.detail):
        return ((f"{who if happening.who else 'Hallpass'} {_deed(happening.what)}", happening.at), ("Detail", happening.detail))
    if happening.what in BY_ITSELF:
        return ((BY_ITSELF[happening.what], happening.at),)
    if happening.what in BY_HALLPASS:
        return ((f"Hallpass {happening.detail}", happening.at),)
    if happening.what == "refused" and happening.detail:
        return ((f"{who} {happening.detail}, and was refused", happening.at),)
    if happening.what in OF_A_CHANNEL:
        said = f"{who} {OF_A_CHANNEL[happening.what]}"
        return ((said, happening.at), *((("Detail", happening.detail),) if happening.detail else ()))
    if happening.who == HALLPASS and happening.what in ENDED:
        return ((f"Hallpass {ENDED[happening.what]} {happening.detail}".strip(), happening.at),)
    if happening.what in SAID:
        return ((f"{who} {happening.detail}", happening.at),)
    return ((f"{who} {_did(happening, stage, known)}", happening.at), *_detail(happening, stage))


def _deed(what: str) -> str:
    """Return what was done; what a later version calls by a name of its own as it stands in the record."""
    return HAPPENED.get(what) or UNSAID.get(what) or what.replace("_", " ")


def _did(happening: Happening, stage: Stage | None, known: Mapping[PersonId, Person]) -> str:
    if stage is not None:
        return f"{_deed(happening.what)}{beside.part(stage, known)}"
    renews = f", which {happening.detail}" if happening.what == SENT and happening.detail else ""
    return f"{_deed(happening.what)}{renews}"


def _detail(happening: Happening, stage: Stage | None) -> tuple[Row, ...]:
    """Return what a person wrote; in whose place somebody decided is said before."""
    written = stage.reason if stage is not None and happening.what in DECIDED else happening.detail
    return ((DETAILS.get(happening.what, "Detail"), written),) if written and happening.what != SENT else ()
