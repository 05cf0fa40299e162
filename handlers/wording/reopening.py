"""Saying that a duty is not done after all: its buttons, its form, what is said of it. Not here: who may."""

from collections.abc import Iterator, Mapping

from handlers.actions import Reopen
from handlers.cards import Block, Button, Card, Facts, Form, Text, Tone
from handlers.people import Person, PersonId
from handlers.policy.facts import Facts as Situation
from handlers.policy.forms import Asked
from handlers.wording import forms, terms
from handlers.workflow.request import Duty, Request

People = Mapping[PersonId, Person]

WHY = Asked(
    name="reason", label="What is not done", kind="text", longest=1000, hint=f"Whoever has to do it will read this. {terms.NO_STUDENT}"
)
SHOWN = 50  # characters of a duty on a button; Slack takes 75 (text of a button)


def button(duty: Duty) -> tuple[Button, ...]:
    """Return the button of somebody who was told that it is done."""
    return (Button("Say it is not done", Reopen(duty.id)),) if duty.done_by is not None else ()


def requesters_buttons(request: Request) -> tuple[Button, ...]:
    """Return the requester's buttons for what others have done: each names its duty."""
    return tuple(Button(f"Say not done: {_short(duty.what)}", Reopen(duty.id)) for duty in _by_others(request))


def form(duty: Duty) -> Form:
    """Return the form that asks for the reason."""
    about = Text(f"This was recorded as done: {duty.what} It becomes a duty again. What was handed in stays in the record.")
    return Form("Not done after all", Reopen(duty.id), (forms.an_input(WHY, Situation()),), (about,), send="Open it again")


def said(duty: Duty, known: People) -> Iterator[Block]:
    """Yield who opened the duty again, when and why."""
    if duty.reopened is not None:
        yield Facts((("Opened again by", terms.name(duty.reopened.by, known)), ("When", duty.reopened.at), ("Reason", duty.reopened.text)))


def not_done(duty: Duty, why: str) -> str:
    """Return what the record says of it."""
    return f"said that “{duty.what}” is not done after all (reason: {why})"


def done(duty: Duty, known: People) -> Card:
    """Return the receipt."""
    whom = terms.joined(terms.name(one, known) for one in duty.owners) or "Nobody"
    return Card("Opened again.", (Text(f"{whom} is being told, with your reason: {duty.what}"),), tone=Tone.good, summary="Opened again.")


def still_open(duty: Duty) -> Card:
    """Return the sentence for a duty that nobody has said to be done."""
    title = "This is still to be done."
    return Card(title, (Text(f"Nothing was changed. To do: {duty.what}"),), tone=Tone.warn, summary=title)


def _by_others(request: Request) -> Iterator[Duty]:
    yield from (duty for duty in request.duties if duty.done_by is not None and request.requester not in duty.owners)


def _short(what: str) -> str:
    return what if len(what) <= SHOWN else f"{what[: SHOWN - 1].rstrip()}…"
