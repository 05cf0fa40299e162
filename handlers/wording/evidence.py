"""What is said when a duty is done: what its form asks for, and how it stands on cards and in the record. Not here: the duty's card."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from handlers.cards import Block, Facts, Kind
from handlers.people import Person, PersonId
from handlers.policy.forms import Asked, Obligation
from handlers.policy.pack import Pack
from handlers.wording import earlier, terms
from handlers.workflow.request import Duty, Request

KINDS = {
    "text": ("What was done", Kind.text),
    "url": ("Web address", Kind.url),
    "date": ("On which day", Kind.date),
}


def asked(obligation: Obligation) -> tuple[Asked, ...]:
    """Return the fields of a duty's evidence; contracts, section 4, name the address `url`. None: it is done by a press."""
    if obligation.evidence not in KINDS:
        return obligation.asks
    label, kind = KINDS[obligation.evidence]
    name = "url" if obligation.evidence == "url" else "evidence"
    return (Asked(name=name, label=label, kind=kind.value, longest=500),)


def rows(duty: Duty, owed: Obligation, known: Mapping[PersonId, Person]) -> Iterator[tuple[str, str | datetime]]:
    """Yield who did it, when that was recorded, and what they said then."""
    if duty.done_by is not None:
        yield "Done by", terms.name(duty.done_by, known)
    if duty.done_at is not None:
        yield "Recorded", duty.done_at
    if duty.evidence:
        label, _ = KINDS.get(owed.evidence, KINDS["text"])
        yield label, duty.evidence if owed.evidence == "url" else terms.day(duty.evidence)
    yield from ((one.label, terms.day(one.value)) for one in duty.given)


def by_others(request: Request, pack: Pack, known: Mapping[PersonId, Person]) -> Iterator[Block]:
    """Yield what others have done for the requester since: she is owed to know that her students' parents were told."""
    for duty in request.duties:
        if duty.done_by not in (None, request.requester):
            yield Facts((("Done", duty.what), *rows(duty, earlier.obligation(request, duty, pack), known)))


def on_record(duty: Duty) -> str:
    """Return what the record says of a duty that was done."""
    said = duty.evidence or "; ".join(f"{one.label}: {terms.day(one.value)}" for one in duty.given)
    return f"{duty.what} ({said})" if said else duty.what
