"""What a letter is told of a request, and the card on which somebody reads it before sending it. Not here: templates, files."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from handlers.actions import Done
from handlers.actions import Letter as Read
from handlers.cards import Block, Button, Card, Link, Note, Text, Tone
from handlers.days import day_of
from handlers.people import Person, PersonId, Role
from handlers.policy.forms import Obligation
from handlers.policy.letters import ASKED, Letter, may_be_told
from handlers.policy.pack import Pack
from handlers.wording import earlier, terms
from handlers.workflow.request import Duty, DutyStatus, Request

People = Mapping[PersonId, Person]

OURS = "Hallpass itself writes to no parents: whoever has this duty sends the letter, and says here when and how."
CHECK = "A draft: please read it before you send it. One letter is for every family of the class or activity, and it names no student."


def told(request: Request, duty: Duty, pack: Pack, known: People, sender: Person, today: date) -> dict[str, object]:
    """Return everything that the letter's template may say, as words; the keys are those of `handlers.policy.letters`."""
    owed, zone = earlier.obligation(request, duty, pack), pack.settings.zone
    requester = known.get(request.requester)
    since, until = request.starts or _agreed(request), request.ends
    return {
        "district": pack.name,
        "policy": pack.policy,
        "dates": pack.dates,
        "clause": earlier.rule(owed.rule, pack).locator,
        "permitted_by": earlier.rule(request.rule, pack).locator,
        "staff": terms.name(request.requester, known),
        "school": terms.joined(sorted(requester.schools)) if requester else "",
        "approved_by": terms.joined(_deciders(request, known)),
        "since": _day(day_of(since, zone)),
        "until": _day(day_of(until, zone)) if until else "",
        "day": _day(today),
        "contact": sender.name,
        "contact_role": _role(_holds(sender, duty.owner_role)),
        "contact_email": sender.email,
        ASKED: _asked(request, pack),
    }


def to_send(letter: Letter, duty: Duty, owed: Obligation, address: str) -> Card:
    """Return the letter for whoever has to send it; `address` leads to its file for a while, empty where there is none."""
    blocks: list[Block] = [Note(CHECK), Text(letter.heading), *(Text(one) for one in letter.paragraphs)]
    if address:
        blocks.append(Link("Open it as a Word file (for ten minutes)", address))
    blocks.append(Note(f"{OURS} Then press “{owed.done}”."))
    sent = (Button(owed.done, Done(duty.id)),) if duty.status is DutyStatus.open else ()
    return Card("Letter to parents: draft", tuple(blocks), sent, summary="Letter to parents: draft")


def unwritable() -> Card:
    """Return the sentence for a letter that its template does not make; why is for whoever looks after the pack."""
    title, sentence = (
        "The letter could not be drafted.",
        "Please tell whoever looks after the policy pack: “hallpass policy check” says why.",
    )
    return Card(title, (Text(f"{sentence} Nothing was changed."),), tone=Tone.warn, summary=title)


def buttons(duty: Duty, owed: Obligation) -> Iterator[Button]:
    """Yield the button that drafts the letter of a duty which asks for one."""
    if owed.letter is not None:
        yield Button("Draft the letter to parents", Read(duty.id))


def notes(owed: Obligation) -> Iterator[Block]:
    """Yield, on such a duty's card, who writes to whom."""
    if owed.letter is not None:
        yield Note(OURS)


def _asked(request: Request, pack: Pack) -> dict[str, str]:
    fields = (one for one in earlier.process(request, pack).fields if may_be_told(one))
    return {one.name: terms.day(request.fields.get(one.name, "")) for one in fields}


def _deciders(request: Request, known: People) -> Iterator[str]:
    for stage in request.stages:
        if stage.decided_by is not None:
            yield f"{terms.name(stage.decided_by, known)} ({_role(_holds(known.get(stage.decided_by), stage.role))})"


def _holds(person: Person | None, role: Role) -> Role:
    """Return the role to name: who acts in somebody's place is called by a role of their own."""
    own = [seat.role for seat in person.seats] if person else []
    return role if role is Role.supervisor or role in own or not own else own[0]


def _role(role: Role) -> str:
    return terms.of_her(role).removeprefix("the ").removeprefix("staff member's ")


def _agreed(request: Request) -> datetime:
    decided = [stage.decided_at for stage in request.stages if stage.decided_at is not None]
    return max(decided, default=request.opened_at)


def _day(day: date) -> str:
    return terms.day(day.isoformat())
