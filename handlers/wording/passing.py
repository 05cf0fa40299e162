"""What is passed from one to another: asking somebody else to decide, and taking a duty. Forms, receipts and refusals."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.actions import Delegate, Take, TakeOver
from handlers.cards import Block, Button, Card, Facts, Field, Form, Kind, Note, Text, Tone
from handlers.ids import StageId
from handlers.people import Person, PersonId
from handlers.policy.forms import Asked
from handlers.wording import details, handing, terms
from handlers.wording.choosing import drawn_person
from handlers.workflow.request import Duty, Stage

People = Mapping[PersonId, Person]

REASON = Asked(
    name="reason", label="Why", kind="text", required=False, longest=300, hint=f"Whoever decides will read this. {terms.NO_STUDENT}"
)
OURS = "Who may be asked is the district's choice (district setting)."


def delegation(stage: StageId, requester: str, people: Sequence[Person]) -> Form:
    """Return the form that asks somebody else to decide."""
    reason = Field(REASON.name, REASON.label, Kind.text, required=False, hint=REASON.hint, longest=REASON.longest)
    about = Text(f"They get the request of {requester}, too. Both of you may decide it then: whoever is first does.")
    return Form("Ask somebody else to decide", Delegate(stage), (*drawn_person(people), reason), (about, Note(OURS)), send="Ask them")


def delegated(to: str) -> Card:
    """Return the receipt."""
    return _card("Asked.", f"{to} has the card now, too. Whoever of you is first decides, and every card says who was asked.")


def asked_before(person: PersonId, known: People) -> Card:
    """Return the sentence for somebody who may decide as it is."""
    return _refused("They can decide this already.", f"{terms.name(person, known)} has the card. Nothing was changed.")


def nobody_else() -> Card:
    """Return the sentence for where nobody is left to be asked."""
    return _refused("There is nobody else to ask.", f"Everybody who may decide this is asked already. {OURS} Nothing was changed.")


def asked(to: str, reason: str) -> str:
    """Return what the record says of it."""
    return f"asked {to} to decide too{f' (reason: {reason})' if reason else ''}"


def refused(stage: Stage) -> str:
    """Return what the record says of somebody who may not ask."""
    return f"tried to ask somebody else to decide {details.as_role(stage.role)}"


def take_buttons(duty: Duty, known: People) -> Iterator[Button]:
    """Yield the button by which somebody says that they work on it, where several could."""
    if duty.taken_by is not None:
        confirm = f"{terms.capital(terms.name(duty.taken_by, known))} works on this. Take it over?"
        yield Button("Take over", TakeOver(duty.id), confirm=confirm)
    elif len(duty.owners) > 1 or duty.owner_role in details.DEPARTMENTS:
        yield Button("Take", Take(duty.id))


def taken(duty: Duty, known: People) -> Iterator[Block]:
    """Yield who works on a duty that is still to be done."""
    if duty.taken_by is not None and duty.taken_at is not None:
        yield Facts((("Taken by", terms.name(duty.taken_by, known)), ("Since", duty.taken_at)))
        yield from handing.said(duty, known)
        yield Note("Whoever else it was asked of may still do it.")


def took(duty: Duty, before: str) -> str:
    """Return what the record says of it."""
    return f"took over “{duty.what}” from {before}" if before else f"took “{duty.what}”"


def has_it(duty: Duty) -> Card:
    """Return the receipt of whoever took a duty."""
    return _card("It is yours.", f"The card says so to everybody who has it: {duty.what}")


def taken_before(duty: Duty, known: People) -> Card:
    """Return the sentence for whoever came second."""
    who = terms.name(duty.taken_by, known) if duty.taken_by else "Somebody"
    return _refused(
        "Somebody else works on this.",
        f"{terms.capital(who)} took it. Nothing was changed. The card lets you take it over, after asking back.",
    )


def _card(title: str, sentence: str) -> Card:
    return Card(title, (Text(sentence),), tone=Tone.good, summary=title)


def _refused(title: str, sentence: str) -> Card:
    return Card(title, (Text(sentence),), tone=Tone.warn, summary=title)
