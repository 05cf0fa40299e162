"""Somebody stands in for some days: the form that names them, the card that says who it is, receipts and refusals."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from handlers.actions import EndStandIn, NameStandIn
from handlers.cards import Button, Card, Faults, Field, Form, Kind, Note, Text, Tone
from handlers.days import day_of
from handlers.people import Person, PersonId, StandIn
from handlers.policy.forms import Asked
from handlers.policy.pack import Settings
from handlers.wording import terms
from handlers.wording.choosing import drawn_person
from handlers.wording.passing import OURS

People = Mapping[PersonId, Person]

STARTS = Asked(name="starts", label="First day", kind="date")
ENDS = Asked(name="ends", label="Last day", kind="date")


class Days(StrEnum):
    """What is wrong with the days somebody would stand in."""

    past = "past"
    backwards = "backwards"
    too_many = "too_many"


def naming(person: PersonId, people: Sequence[Person], settings: Settings, today: date) -> Form:
    """Return the form that names who stands in."""
    days = (
        Field(STARTS.name, STARTS.label, Kind.date, value=today.isoformat()),
        Field(ENDS.name, ENDS.label, Kind.date, hint=f"That day included. At most {settings.stand_in_days} days (district setting)."),
    )
    about = Text("What waits for you in these days is asked of them, too. You still may decide: whoever is first does.")
    small = f"{OURS} Days begin and end at midnight in the district's time zone, {settings.zone.replace('_', ' ')} (district setting)."
    return Form(
        "Who stands in for you?", NameStandIn(person), (*drawn_person(people), *days), (about, Note(small)), send="Let them stand in"
    )


def wrong(days: Days, settings: Settings) -> Faults:
    """Return the sentence for days that cannot be taken."""
    sentences = {
        Days.past: (STARTS.name, f"{STARTS.label}: please give today or a day to come."),
        Days.backwards: (ENDS.name, f"{ENDS.label}: please give the first day or a later one."),
        Days.too_many: (ENDS.name, f"{ENDS.label}: please choose at most {settings.stand_in_days} days (district setting)."),
    }
    return Faults((sentences[days],))


def standing(person: PersonId, found: StandIn | None, settings: Settings, known: People) -> Card:
    """Return the card that says who stands in, with the ways to change it."""
    if found is None:
        title = "Nobody stands in for you."
        text = Text("While you are away, somebody else can decide what waits for you.")
        return Card(title, (text,), (Button("Name somebody", NameStandIn(person)),), summary=title)
    title = f"{terms.capital(terms.name(found.to, known))} stands in for you until {terms.day(found.last_day.isoformat())}."
    since = terms.day(day_of(found.starts, settings.zone).isoformat())
    buttons = (
        Button("End it", EndStandIn(found.id), confirm="From now on only you are asked. End it?"),
        Button("Name somebody else", NameStandIn(person)),
    )
    return Card(title, (Text(f"It counts from {since}. What waits for you then is asked of both of you."),), buttons, summary=title)


def named(found: StandIn, settings: Settings, known: People) -> Card:
    """Return the receipt."""
    card = standing(found.person, found, settings, known)
    return replace(card, buttons=(), tone=Tone.good)


def ended() -> Card:
    """Return the receipt for ending it."""
    return _card("It has ended.", "From now on what waits for you is asked of you alone.", Tone.good)


def not_standing() -> Card:
    """Return the sentence for ending what is over."""
    return _card("Nobody stands in for you any more.", "It had ended before. Nothing was changed.")


def nobody() -> Card:
    """Return the sentence for where nobody could stand in."""
    return _card("Nobody could stand in for you.", f"The directory names nobody else who may decide. {OURS} Nothing was changed.")


def _card(title: str, sentence: str, tone: Tone = Tone.warn) -> Card:
    return Card(title, (Text(sentence),), tone=tone, summary=title)
