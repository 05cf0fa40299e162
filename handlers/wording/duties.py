"""Cards about a duty: to whoever owes it, and to those who are told what was handed in."""

from collections.abc import Mapping

from handlers.actions import Done
from handlers.cards import Button, Card, Facts, Note, Text, Tone
from handlers.people import Person, PersonId
from handlers.policy.forms import Obligation
from handlers.policy.pack import Pack
from handlers.wording import earlier, evidence, letters, passing, permissions, terms
from handlers.wording.requests import asked
from handlers.workflow.request import Duty, Request


def to_do(request: Request, duty: Duty, pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return the card of a duty: with its button while it is open, with who and when once it is done."""
    owed = obligation(request, duty, pack)
    rule = earlier.rule(owed.rule, pack)
    source = Note(f"{pack.policy}, {rule.locator}.{_ours(owed, duty)}")
    process = earlier.process(request, pack)
    about = (Facts((("Request", process.title),)), *asked(request, process, known), *permissions.stopped(request, known))
    if duty.done_by is not None:
        title = f"Done: {duty.what}"
        return Card(title, (*about, Facts(tuple(evidence.rows(duty, owed, known))), source), tone=Tone.good, summary=title)
    title = f"To do: {duty.what}"
    buttons = (Button(owed.done, Done(duty.id)), *letters.buttons(duty, owed), *passing.take_buttons(duty, known))
    body = (*about, *passing.taken(duty, known), Text(rule.says), *letters.notes(owed), source)
    return Card(title, body, buttons, Tone.warn, title)


def handed_in(request: Request, duty: Duty, pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return the card of somebody who is told that a duty is done, with the evidence if there is any."""
    owed = obligation(request, duty, pack)
    rule = earlier.rule(owed.rule, pack)
    who = terms.name(duty.done_by, known) if duty.done_by else "somebody"
    title = f"Done by {who}: “{duty.what}”"
    about = Facts((("Request", earlier.process(request, pack).title), ("Requested by", terms.name(request.requester, known))))
    done, source = Facts(tuple(evidence.rows(duty, owed, known))), Note(f"{pack.policy}, {rule.locator}.")
    return Card(title, (about, done, source), tone=Tone.good, summary=title)


def obligation(request: Request, duty: Duty, pack: Pack) -> Obligation:
    """Return the pack's obligation behind a duty."""
    return earlier.obligation(request, duty, pack)


def _ours(owed: Obligation, duty: Duty) -> str:
    if owed.owner is not None:
        return ""
    return f" The policy leaves open who does this; the district has chosen {terms.of_her(duty.owner_role)} (district setting)."
