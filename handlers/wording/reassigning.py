"""What is said when a stage goes to somebody else: the form, the receipt, the card of who had it, the refusals, the record's line."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.actions import Reassign
from handlers.cards import Block, Card, Facts, Field, Form, Kind, Note, Text, Tone
from handlers.ids import StageId
from handlers.people import Person, PersonId
from handlers.policy.forms import Asked
from handlers.wording import details, terms
from handlers.wording.choosing import drawn_person
from handlers.workflow.request import Request, Stage

People = Mapping[PersonId, Person]

REASON = Asked(name="reason", label="Why", kind="text", longest=300, hint=f"Whoever gets it will read this. {terms.NO_STUDENT}")
OURS = "It can go to whoever holds the role at any school, is above those who do, or decides where nobody else can (district setting)."


def form(stage: StageId, requester: str, people: Sequence[Person]) -> Form:
    """Return the form that asks who gets it, and why."""
    reason = Field(REASON.name, REASON.label, Kind.text, hint=REASON.hint, longest=REASON.longest)
    about = Text(f"They decide what {requester} asks for, and you no longer do. Every card says who has it.")
    return Form("Give it to somebody else", Reassign(stage), (*drawn_person(people), reason), (about, Note(OURS)), send="Give it")


def given(to: str) -> Card:
    """Return the receipt."""
    return _card("It is theirs now.", f"{to} has the card, and everybody who had one sees that.", Tone.good)


def nobody_else() -> Card:
    """Return the sentence for where nobody else may decide it."""
    return _card("There is nobody to give this to.", f"{OURS} The directory names nobody else of that kind. Nothing was changed.")


def with_another(stage: Stage, known: People) -> Card:
    """Return the sentence for whoever could decide it until it went to somebody else."""
    sentence = f"{terms.capital(_has_it(stage, known))}. Nothing was changed."
    return _card("This is with somebody else now.", sentence, Tone.warn, *_went(stage, known))


def gone(request: Request, stage: Stage, title: str, known: People) -> Card:
    """Return the card of whoever had it: who has it now, and how that came."""
    said = f"{_has_it(stage, known)}: “{title}”"
    sent = Facts((("From", terms.name(request.requester, known)), ("Sent", request.opened_at)))
    return Card(
        terms.capital(said), (sent, *_went(stage, known), Text("There is nothing here for you to do.")), summary=terms.capital(said)
    )


def line(stage: Stage, to: str, reason: str) -> str:
    """Return what the record says of it."""
    return f"gave the decision {details.as_role(stage.role)}{details.of_school(stage.school)} to {to} (reason: {reason})"


def refused(stage: Stage) -> str:
    """Return what the record says of somebody who may not give it."""
    return f"tried to give the decision {details.as_role(stage.role)} to somebody else"


def _has_it(stage: Stage, known: People) -> str:
    return f"{terms.names(stage.people, known) or 'nobody in the directory'} decides this now"


def _went(stage: Stage, known: People) -> Iterator[Block]:
    if (one := stage.given) is not None:
        yield Facts((("Given by", terms.name(one.by, known)), ("When", one.at), ("Reason", one.reason)))


def _card(title: str, sentence: str, tone: Tone = Tone.warn, *more: Block) -> Card:
    return Card(title, (Text(sentence), *more), tone=tone, summary=title)
