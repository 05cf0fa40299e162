"""What is said because time has passed: reminders, a request that lapsed, a permission that ends soon. Only a decision's names students."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from handlers.actions import Done
from handlers.cards import Block, Button, Card, Facts, Note, Text, Tone
from handlers.people import Person, PersonId
from handlers.policy.pack import Pack
from handlers.wording import deadlines, duties, earlier, passing, permissions, reassigning, requests, terms
from handlers.wording.states import state
from handlers.workflow.request import Duty, DutyStatus, Request, Stage, StageStatus, Status

People = Mapping[PersonId, Person]

AGAIN = "Hallpass reminds you after some school days (district setting)."
OURS = f"{AGAIN} Everything else stands in the earlier message."


def to_decide(request: Request, stage: Stage, pack: Pack, known: People, reader: PersonId) -> Card:
    """Return the reminder of whoever may decide: the first card while it waits, for nobody approves what they do not see."""
    process = earlier.process(request, pack)
    if stage.status is not StageStatus.open:
        title, tone = requests.after(request, stage, process)
        return Card(title, (Facts((("Sent", request.opened_at),)),), tone=tone, summary=title)
    if reader in stage.former:
        return reassigning.gone(request, stage, process.title, known)
    title = f"Reminder: {terms.name(request.requester, known)} waits for your decision: “{process.title}”"
    first = requests.to_decide(request, stage, pack, known, reader)
    return replace(first, title=title, blocks=(*first.blocks, Note(AGAIN)), summary=title)


def lapsed(request: Request, stage: Stage, pack: Pack, known: People, reader: PersonId) -> Card:
    """Return what the requester, and those who could have decided, are told when nobody did."""
    process = earlier.process(request, pack)
    title = f"Lapsed: “{process.title}”"
    waited = terms.names(stage.people, known) or "nobody in the directory"
    facts = Facts((("From", terms.name(request.requester, known)), ("Sent", request.opened_at), ("It waited for", waited)))
    said = "Nobody decided in the district’s time (district setting)."
    if reader != request.requester:
        return Card(title, (facts, Text(f"{said} It can no longer be decided; whoever asked was told.")), tone=Tone.warn, summary=title)
    text = Text(f"{said} You may not go ahead. If you still need it, ask again: the form is filled in as before.")
    return Card(title, (facts, text), permissions.for_requester(request, pack), Tone.warn, title)


def ending(request: Request, pack: Pack) -> Card:
    """Return the warning of whoever holds a permission, with the way to ask for it anew."""
    process = earlier.process(request, pack)
    last = deadlines.on_day(request.ends, pack.settings.zone) if request.ends is not None else "some day"
    if request.status is not Status.approved:
        word, tone = state(request, process)
        return Card(f"{word}: “{process.title}”", tone=tone, summary=f"{word}: “{process.title}”")
    title = f"Ends after {last}: “{process.title}”"
    text = Text("From then on you may not go on with it. If you need it for longer, ask for it anew: it is decided afresh.")
    note = Note("Hallpass warns you some school days before (district setting).")
    return Card(title, (text, note), permissions.for_requester(request, pack), Tone.warn, title)


def to_do(request: Request, duty: Duty, pack: Pack, known: People) -> Card:
    """Return the reminder of whoever owes a duty: with its button while it is open."""
    about = _about(request, duty, pack, known)
    if duty.status is not DutyStatus.open:
        return _over(duty, about, known)
    title = f"Reminder: {duty.what}"
    buttons = (Button(duties.obligation(request, duty, pack).done, Done(duty.id)), *passing.take_buttons(duty, known))
    return Card(title, (about, *passing.taken(duty, known), Note(OURS)), buttons, Tone.warn, title)


def overdue(request: Request, duty: Duty, pack: Pack, known: People) -> Card:
    """Return what somebody above the owners is told; it asks for nothing but to see to it."""
    about = _about(request, duty, pack, known)
    if duty.status is not DutyStatus.open:
        return _over(duty, about, known)
    title = f"Not done in time: “{duty.what}”"
    owing = Facts((("Owed by", terms.joined(terms.name(one, known) for one in duty.owners)),))
    text = Text("They were reminded twice. Please see to it with them; only they can say here that it is done.")
    return Card(title, (about, owing, text, Note("You are told because it stands open (district setting).")), tone=Tone.warn, summary=title)


def reminded(people: Iterable[PersonId], known: People) -> str:
    """Return what the record says after “Hallpass”; written once, read for good."""
    return f"reminded {terms.joined(terms.name(one, known) for one in people)}"


def escalated(people: Iterable[PersonId], known: People) -> str:
    """Return the same of those who were asked beside the others."""
    return f"asked {terms.joined(terms.name(one, known) for one in people)} to decide, too, because nobody had (district setting)"


def warned(ends: datetime, zone: str) -> str:
    """Return the same of a permission that ends soon."""
    return f"gave warning that it ends after {deadlines.on_day(ends, zone)}"


def told_of(people: Iterable[PersonId], known: People) -> str:
    """Return the same of a duty that nobody did."""
    return f"told {terms.joined(terms.name(one, known) for one in people)} that a duty stands open (district setting)"


def _about(request: Request, duty: Duty, pack: Pack, known: People) -> Block:
    due = (("Due", deadlines.on_day(duty.due, pack.settings.zone)),) if duty.due is not None else ()
    return Facts((("Request", earlier.process(request, pack).title), ("From", terms.name(request.requester, known)), *due))


def _over(duty: Duty, about: Block, known: People) -> Card:
    if duty.status is DutyStatus.closed:
        title = f"No longer asked for: {duty.what}"
        return Card(title, (about,), summary=title)
    title = f"Done: {duty.what}"
    who = Facts((("Done by", terms.name(duty.done_by, known)),)) if duty.done_by is not None else Facts(())
    return Card(title, (about, who), tone=Tone.good, summary=title)
