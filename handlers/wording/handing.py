"""Handing a duty over: its button, its form, what is said of it. Not here: taking it."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.actions import HandOver
from handlers.cards import Block, Button, Card, Facts, Field, Form, Kind, Text, Tone
from handlers.people import Person, PersonId
from handlers.policy.forms import Asked
from handlers.wording import terms
from handlers.wording.choosing import drawn_person
from handlers.workflow.request import Duty, Request
from handlers.workflow.taking import receivers

People = Mapping[PersonId, Person]

WORD = Asked(
    name="reason", label="A word about it", kind="text", required=False, longest=300, hint=f"They will read this. {terms.NO_STUDENT}"
)


def button(request: Request, duty: Duty, known: People) -> Iterator[Button]:
    """Yield the button, where somebody else could do it."""
    requester = known.get(request.requester) or Person(request.requester, request.district, "", "")
    if len(receivers(request, duty, requester, list(known.values()))) > 1:
        yield Button("Hand over", HandOver(duty.id))


def form(duty: Duty, people: Sequence[Person]) -> Form:
    """Return the form that asks who gets it."""
    word = Field(WORD.name, WORD.label, Kind.text, required=False, hint=WORD.hint, longest=WORD.longest)
    about = Text(f"To do: {duty.what} Whoever you choose is told, and every card says that it is theirs.")
    return Form("Hand this over", HandOver(duty.id), (*drawn_person(people), word), (about,), send="Hand over")


def said(duty: Duty, known: People) -> Iterator[Block]:
    """Yield who handed it over, and with which word."""
    if duty.handed is not None:
        word = (("Word", duty.handed.text),) if duty.handed.text else ()
        yield Facts((("Handed over by", terms.name(duty.handed.by, known)), *word))


def handed(duty: Duty, to: str) -> str:
    """Return what the record says of it."""
    word = f" ({duty.handed.text})" if duty.handed is not None and duty.handed.text else ""
    return f"handed “{duty.what}” over to {to}{word}"


def done(duty: Duty, to: str) -> Card:
    """Return the receipt."""
    return Card("Handed over.", (Text(f"{to} has it now, and is being told: {duty.what}"),), tone=Tone.good, summary="Handed over.")


def nobody_else() -> Card:
    """Return the sentence for where nobody else could do it."""
    title = "There is nobody to hand this to."
    sentence = "The directory names nobody else who does this. Nothing was changed. Please ask your technology department if that is wrong."
    return Card(title, (Text(sentence),), tone=Tone.warn, summary=title)
