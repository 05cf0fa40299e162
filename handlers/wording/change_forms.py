"""What the forms say that change a request or a permission: other terms, a question, its answer, a reason, a renewal."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.cards import Facts, Field, Form, Text
from handlers.changing import AnswerMore, ApproveChanged, AskMore, Renew, Revoke
from handlers.ids import RequestId, StageId
from handlers.people import Person, PersonId
from handlers.policy.facts import Facts as Situation
from handlers.policy.forms import Asked, Process
from handlers.policy.narrowing import CONDITIONS, narrowable
from handlers.wording import forms, terms
from handlers.workflow.chain import Found
from handlers.workflow.request import Request, Status
from handlers.workflow.said import Question

People = Mapping[PersonId, Person]
QUESTION = Asked(name="question", label="Your question", kind="text", longest=1000, hint="Whoever asked for your decision will read this.")
REPLY = Asked(name="reply", label="Your answer", kind="text", longest=1000, hint="Everybody who may decide will read this.")
WHY = Asked(
    name="reason",
    label="Reason for revoking",
    kind="text",
    longest=1000,
    hint=f"Whoever has the permission will read this. {terms.NO_STUDENT}",
)
OF_THE_TIME = frozenset({"date", "check"})  # what has to be said anew: on which days, and that it is so


def terms_to_narrow(request: Request, process: Process, stage: StageId, known: People) -> Form:
    """Return the form in which a decider changes the terms, filled in with those that were asked for."""
    who = terms.name(request.requester, known)
    fields = (*(_filled(field, request.fields.get(field.name, "")) for field in narrowable(process, request.fields)), _blank(CONDITIONS))
    intro = Text(
        f"Your approval counts with these terms. {who} is told what you changed. "
        "Days can only become fewer than were asked for; of a choice you may take any answer that is offered."
    )
    return Form("Approve with changes", ApproveChanged(stage), fields, (intro,), send="Approve with changes")


def to_ask(requester: PersonId, stage: StageId, known: People) -> Form:
    """Return the form that takes a decider's question."""
    return Form(f"Ask {terms.name(requester, known)} a question", AskMore(stage), (_blank(QUESTION),), send="Ask")


def to_answer(question: Question, known: People) -> Form:
    """Return the form that takes the requester's reply, with the question above it."""
    who = terms.name(question.asked_by, known)
    return Form(f"Answer {who}", AnswerMore(question.id), (_blank(REPLY),), (Facts((("Question", question.question),)),), send="Answer")


def to_revoke(request: Request, known: People) -> Form:
    """Return the form that takes the reason for revoking."""
    return Form(f"Revoke the permission of {terms.name(request.requester, known)}", Revoke(request.id), (_blank(WHY),), send="Revoke")


def to_renew(request: Request, process: Process, found: Sequence[Found], known: People) -> Form:
    """Return the process's form as it was filled in before; days and confirmations have to be given anew."""
    form = forms.request(request.answer, process, Situation(), found, known)
    kinds = {field.name: field.kind for field in process.fields}
    fields = tuple(
        field if kinds[field.name] in OF_THE_TIME else _again(field, request.fields.get(field.name, "")) for field in form.fields
    )
    stays = "What lapsed stays so." if request.status is Status.lapsed else "What you have now stays as it is."
    renewing = Text(f"This sends a new request, which is decided afresh. {stays}")
    return replace(form, action=Renew(RequestId(request.id)), fields=fields, blocks=(*form.blocks, renewing))


def _blank(asked: Asked) -> Field:
    return forms.an_input(asked, Situation())


def _filled(asked: Asked, value: str) -> Field:
    return _again(_blank(asked), value)


def _again(field: Field, value: str) -> Field:
    return replace(field, value=value if not field.options or value in field.options else "")
