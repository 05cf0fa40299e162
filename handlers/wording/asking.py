"""A decider's question and its answer: on the cards about the request, and as messages of their own."""

from collections.abc import Iterator, Mapping

from handlers.cards import Block, Button, Card, Facts, Text, Tone
from handlers.changing import AnswerMore
from handlers.people import Person, PersonId
from handlers.policy.pack import Pack
from handlers.wording import deadlines, earlier, terms
from handlers.workflow.request import Request, StageStatus
from handlers.workflow.said import Question

People = Mapping[PersonId, Person]


def exchanged(request: Request, known: People) -> Iterator[Block]:
    """Yield what was asked and answered about the request, in its order."""
    for question in request.questions:
        answered = (("Answered", question.answer), ("When", question.answered_at)) if question.answered_at is not None else ()
        yield Facts((("Asked", f"{question.question} ({terms.name(question.asked_by, known)})"), *answered))


def to_requester(request: Request, question: Question, pack: Pack, known: People) -> Card:
    """Return the card of a question: with its button while it waits."""
    who, name = terms.name(question.asked_by, known), f"“{earlier.process(request, pack).title}”"
    stage = request.stage(question.stage)
    if question.answered_at is not None:
        title = f"You answered {who}: {name}"
        return Card(title, (_asked(question, known), _answered(question)), tone=Tone.good, summary=title)
    if stage is None or stage.status is not StageStatus.open:
        title = f"{who} had a question: {name}"
        return Card(title, (_asked(question, known), Text("Nobody waits for an answer any more.")), summary=title)
    title = f"{who} has a question before deciding: {name}"
    told = (_asked(question, known), *deadlines.lapses(request, stage, pack))
    return Card(title, told, (Button("Answer", AnswerMore(question.id), Tone.good),), Tone.warn, title)


def to_deciders(request: Request, question: Question, pack: Pack, known: People) -> Card:
    """Return the card that brings an answer to those who may decide; the buttons are on the card they have."""
    who = terms.name(request.requester, known)
    title = terms.capital(f"{who} answered: “{earlier.process(request, pack).title}”")
    stage = request.stage(question.stage)
    then = (Text("The card that asks for your decision shows it, too."),) if stage and stage.status is StageStatus.open else ()
    return Card(title, (_asked(question, known), _answered(question), *then), summary=title)


def _asked(question: Question, known: People) -> Facts:
    return Facts((("Asked by", terms.name(question.asked_by, known)), ("Question", question.question), ("When", question.asked_at)))


def _answered(question: Question) -> Facts:
    return Facts((("Answer", question.answer), *((("When", question.answered_at),) if question.answered_at is not None else ())))
