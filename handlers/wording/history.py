"""The record as a story: one card a request, its happenings in order, in words a superintendent would read out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.cards import Block, Card, Facts, Note
from handlers.kept import Happening
from handlers.people import Person, PersonId
from handlers.policy.pack import Pack
from handlers.wording import earlier, terms
from handlers.wording.requests import state
from handlers.workflow.request import Request

HAPPENED = {
    "sent": "sent the request",
    "noticed": "gave notice",
    "approved": "approved it",
    "denied": "denied it",
    "withdrawn": "withdrew it",
    "done": "recorded a duty as done",
    "refused": "tried to decide and was refused",
}

DETAILS = {"denied": "Reason", "done": "Duty"}


def story(request: Request, happenings: Sequence[Happening], pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return one request's history."""
    process = earlier.process(request, pack)
    word, tone = state(request, process)
    rows = tuple(_line(happening, known) for happening in happenings)
    rule = earlier.rule(request.rule, pack)
    blocks: tuple[Block, ...] = (
        Facts((("Status", word), ("From", terms.name(request.requester, known)), ("Sent", request.opened_at))),
        *(Facts(row) for row in rows),
        Note(f"{pack.policy}, {rule.locator}. Record {request.id[:8]}, rules {request.fingerprint[:8]}."),
    )
    return Card(process.title, blocks, tone=tone, summary=f"{process.title}: {word}")


def nothing_yet() -> Card:
    """Return what the records say before anything happened."""
    return Card("No requests yet.", (Note("Every request, decision and duty appears here, and stays."),))


def _line(happening: Happening, known: Mapping[PersonId, Person]) -> tuple[tuple[str, str | datetime], ...]:
    detail = ((DETAILS.get(happening.what, "Detail"), happening.detail),) if happening.detail else ()
    return ((f"{terms.capital(terms.name(happening.who, known))} {HAPPENED[happening.what]}", happening.at), *detail)
