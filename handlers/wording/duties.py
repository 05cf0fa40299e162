"""Cards about a duty: to whoever owes it, and to those who are told what was handed in."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from handlers.actions import Done
from handlers.cards import Button, Card, Facts, Note, Text, Tone
from handlers.people import Person, PersonId
from handlers.policy.forms import Obligation
from handlers.policy.pack import Pack
from handlers.wording import earlier, passing, permissions, terms
from handlers.wording.requests import asked
from handlers.workflow.request import Duty, DutyStatus, Request


def to_do(request: Request, duty: Duty, pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return the card of a duty: with its button while it is open, with who and when once it is done."""
    owed = obligation(request, duty, pack)
    rule = earlier.rule(owed.rule, pack)
    source = Note(f"{pack.policy}, {rule.locator}.{_ours(owed, duty)}")
    process = earlier.process(request, pack)
    about = (Facts((("Request", process.title),)), *asked(request, process, known), *permissions.stopped(request, known))
    if duty.done_by is not None:
        title = f"Done: {duty.what}"
        return Card(title, (*about, Facts(tuple(_done(duty, owed, known))), source), tone=Tone.good, summary=title)
    if duty.status is DutyStatus.closed:
        title = f"No longer asked for: {duty.what}"
        return Card(title, (*about, source), summary=title)
    title = f"To do: {duty.what}"
    buttons = (Button(owed.done, Done(duty.id)), *passing.take_buttons(duty, known))
    return Card(title, (*about, *passing.taken(duty, known), Text(rule.says), source), buttons, Tone.warn, title)


def called_off(request: Request, pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return the card of somebody who has nothing to do any more, because what was asked of them was taken back."""
    title = f"{terms.capital(terms.name(request.requester, known))} has withdrawn: “{earlier.process(request, pack).title}”"
    return Card(title, (Text("You have nothing more to do for this. What you have done stays in the record."),), summary=title)


def handed_in(request: Request, duty: Duty, pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return the card of somebody who is told that a duty is done, with the evidence if there is any."""
    owed = obligation(request, duty, pack)
    rule = earlier.rule(owed.rule, pack)
    who = terms.name(duty.done_by, known) if duty.done_by else "somebody"
    title = f"Done by {who}: “{duty.what}”"
    about = Facts((("Request", earlier.process(request, pack).title), ("Requested by", terms.name(request.requester, known))))
    done, source = Facts(tuple(_done(duty, owed, known))), Note(f"{pack.policy}, {rule.locator}.")
    return Card(title, (about, done, source), tone=Tone.good, summary=title)


def obligation(request: Request, duty: Duty, pack: Pack) -> Obligation:
    """Return the pack's obligation behind a duty."""
    return earlier.obligation(request, duty, pack)


def _done(duty: Duty, owed: Obligation, known: Mapping[PersonId, Person]) -> Iterator[tuple[str, str | datetime]]:
    if duty.done_by is not None:
        yield "Done by", terms.name(duty.done_by, known)
    if duty.done_at is not None:
        yield "Recorded", duty.done_at
    if duty.evidence:
        yield _label(owed), terms.day(duty.evidence) if owed.evidence == "date" else duty.evidence


def _label(owed: Obligation) -> str:
    return {"url": "Web address", "date": "On which day", "form": "What was recorded"}.get(owed.evidence, "What was done")


def _ours(owed: Obligation, duty: Duty) -> str:
    if owed.owner is not None or owed.by != "role":
        return ""
    return f" The policy leaves open who does this; the district has chosen {terms.of_her(duty.owner_role)} (district setting)."
