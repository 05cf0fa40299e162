"""Cards about a duty: to whoever owes it, and to those who are told what was handed in."""

from collections.abc import Iterator, Mapping

from handlers.actions import Done
from handlers.cards import Button, Card, Facts, Note, Text, Tone
from handlers.people import Person, PersonId
from handlers.policy.forms import Obligation
from handlers.policy.pack import Pack
from handlers.wording import channels, deadlines, earlier, evidence, handing, letters, passing, permissions, reopening, students, terms
from handlers.wording.requests import asked
from handlers.workflow.channel import CLOSING
from handlers.workflow.request import Duty, DutyStatus, Request


def to_do(request: Request, duty: Duty, pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return the card of a duty: with its button while it is open, with who and when once it is done."""
    owed = obligation(request, duty, pack)
    source = _source(owed, duty, pack)
    process = earlier.process(request, pack)
    told = channels.facts(request, known) if duty.key == CLOSING else asked(request, process, known)
    about = (Facts((("Request", process.title),)), *told, *students.shown(request.departures, known), *permissions.stopped(request, known))
    if duty.done_by is not None:
        title = f"Done: {duty.what}"
        return Card(title, (*about, Facts(tuple(evidence.rows(duty, owed, known))), source), reopening.button(duty), Tone.good, title)
    if duty.status is DutyStatus.closed:
        title = f"No longer asked for: {duty.what}"
        return Card(title, (*about, source), summary=title)
    title = f"To do{' again' if duty.reopened else ''}: {duty.what}"
    passed = (*passing.take_buttons(duty, known), *handing.button(request, duty, known))
    buttons = (Button(owed.done, Done(duty.id)), *letters.buttons(duty, owed), *passed)
    since = (*_due(duty, owed, pack), *reopening.said(duty, known), *passing.taken(duty, known))
    says = () if duty.key == CLOSING else (Text(earlier.rule(owed.rule, pack).says),)
    return Card(title, (*about, *since, *says, *letters.notes(owed), source), buttons, Tone.warn, title)


def called_off(request: Request, pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return the card of somebody who has nothing to do any more, because what was asked of them was taken back."""
    title = f"{terms.capital(terms.name(request.requester, known))} has withdrawn: “{earlier.process(request, pack).title}”"
    return Card(title, (Text("You have nothing more to do for this. What you have done stays in the record."),), summary=title)


def handed_in(request: Request, duty: Duty, pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return the card of somebody who is told that a duty is done, with the evidence if there is any."""
    owed = obligation(request, duty, pack)
    about = Facts((("Request", earlier.process(request, pack).title), ("Requested by", terms.name(request.requester, known))))
    source = _source(owed, duty, pack)
    if duty.reopened is not None and duty.done_by is None:
        title = f"Not done after all: “{duty.what}”"
        return Card(title, (about, *reopening.said(duty, known), source), tone=Tone.warn, summary=title)
    title = f"Done by {terms.name(duty.done_by, known) if duty.done_by else 'somebody'}: “{duty.what}”"
    done = Facts(tuple(evidence.rows(duty, owed, known)))
    return Card(title, (about, done, source), reopening.button(duty), Tone.good, title)


def obligation(request: Request, duty: Duty, pack: Pack) -> Obligation:
    """Return the pack's obligation behind a duty."""
    return earlier.obligation(request, duty, pack)


def _due(duty: Duty, owed: Obligation, pack: Pack) -> Iterator[Facts]:
    """Yield by when it has to be done: on the day that the form says, or on the one that the district chose."""
    if duty.due is not None:
        ours = "" if owed.due else " (district setting)"
        yield Facts((("Due", f"{deadlines.on_day(duty.due, pack.settings.zone)}{ours}"),))


def _source(owed: Obligation, duty: Duty, pack: Pack) -> Note:
    """Return where a duty comes from: the policy, or the district's own register."""
    if duty.key == CLOSING:
        return Note(channels.OURS)
    return Note(f"{pack.policy}, {earlier.rule(owed.rule, pack).locator}.{_ours(owed, duty)}")


def _ours(owed: Obligation, duty: Duty) -> str:
    if owed.owner is not None or owed.by != "role":
        return ""
    return f" The policy leaves open who does this; the district has chosen {terms.of_her(duty.owner_role)} (district setting)."
