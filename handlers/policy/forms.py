"""The shapes of a process: its form, who starts it, the stages it passes, the duties that follow. Not here: the rules that open it."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from handlers.people import Role
from handlers.policy.register import Registers
from handlers.policy.shapes import Key, RuleId, Shape, Words
from handlers.policy.vocabulary import Fact

# A permission is decided; a notice tells; what is directed obliges a colleague; a report is handed over; a note is kept for oneself.
ProcessKind = Literal["permission", "notice", "directed", "report", "note"]


class Asked(Shape):
    """A field of a process's form; `name` is the input's name on every platform."""

    name: Key
    label: Words
    kind: Literal["line", "text", "choice", "date", "url", "check", "person"] = "line"
    required: bool = True
    hint: str = ""
    options: tuple[str, ...] = ()
    longest: int = Field(default=200, ge=1, le=3000)
    fact: Fact | None = None  # filled in beforehand from what the person said
    student_names: bool = False  # a minor's name may stand here: never in a summary, a channel or a log
    when: dict[Key, tuple[str, ...]] = Field(default_factory=dict)  # asked only where each of these fields has one of the values

    @model_validator(mode="after")
    def _choices(self) -> Self:
        if (self.kind == "choice") != bool(self.options):
            message = "a field of kind choice needs options, and only such a field"
            raise ValueError(message)
        return self


class Step(Shape):
    """One stage: anybody who holds the role for this requester may decide it."""

    role: Role
    rule: RuleId
    order: int | None = Field(default=None, ge=1)  # steps of the same number are decided side by side; left out: one after the other


class Obligation(Shape):
    """What somebody has to do after an approval, a notice or a report, or because it was asked of them.

    `by`: those who hold the role `owner` (empty: the policy does not say, settings do); whoever it is directed at; or whoever receives
    the report. By when, if that is said: the day in the form's field `due`, or `due_days` school days later (the district's choice).
    What is recorded when it is done is one thing (`evidence`), or several (`asks`): these stay in the record, so they name no student.
    """

    key: Key
    what: Words
    rule: RuleId
    owner: Role | None = None
    by: Literal["role", "addressee", "recipients"] = "role"
    evidence: Literal["none", "text", "url", "date"] = "none"
    asks: tuple[Asked, ...] = ()
    letter: Key | None = None  # the template of the letter that has to be sent
    due: Key | None = None
    done: str = "Done"
    tells: tuple[Role, ...] = ()
    due_days: int | None = Field(default=None, ge=1, le=200)

    @model_validator(mode="after")
    def _one_way_of_asking(self) -> Self:
        if self.asks and self.evidence != "none":
            message = "`evidence` and `asks` say the same in two ways: write one of them"
            raise ValueError(message)
        if any(one.kind == "person" for one in self.asks):
            message = "what is recorded of a duty names nobody from the directory: take the field of kind person out of `asks`"
            raise ValueError(message)
        if any(one.student_names for one in self.asks):
            message = "what is recorded of a duty stays for good and names no student: take `student_names` out of `asks`"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _one_owner_and_one_day(self) -> Self:
        if self.due is not None and self.due_days is not None:
            message = "`due` and `due_days` both say by when: write one of them"
            raise ValueError(message)
        if self.owner is not None and self.by != "role":
            message = "a duty is either of a role or of the people of the request: give `owner` or `by`"
            raise ValueError(message)
        return self


class Process(Shape):
    """A form, who may start it (empty: everybody), the stages it passes, who is told, and the duties that follow.

    What is directed is started by those who hold one of the `starters` for whoever it is directed at (empty: settings say who). `whose`:
    whose principal or supervisor is told: of whoever sends it, or of whoever a report is about, where that is said.
    """

    title: Words
    rule: RuleId
    kind: ProcessKind
    intro: Words
    starters: tuple[Role, ...] = ()
    fields: tuple[Asked, ...] = Field(min_length=1)
    stages: tuple[Step, ...] = ()
    tells: tuple[Role, ...] = ()
    whose: Literal["requester", "subject"] = "requester"
    duties: tuple[Obligation, ...] = ()
    registers: Registers | None = None  # what it brings into the register of channels, once it is approved or done

    @property
    def person(self) -> Asked | None:
        """The field that names a colleague: at whom it is directed, or whom a report is about."""
        return next((field for field in self.fields if field.kind == "person"), None)

    @property
    def waits(self) -> bool:
        """Whether it is over only when those at whom it went have done something."""
        return any(duty.by != "role" for duty in self.duties)

    @model_validator(mode="after")
    def _kind_fits(self) -> Self:
        for message in _misfits(self):
            raise ValueError(message)
        if self.registers is not None and self.kind not in {"permission", "directed"}:
            message = "only what is approved or directed comes into the register: take `registers` out"
            raise ValueError(message)
        orders = [step.order for step in self.stages if step.order is not None]
        if orders != sorted(orders) or len(orders) not in {0, len(self.stages)}:
            message = "give every stage an `order` or none, and write them in that order"
            raise ValueError(message)
        return self


def _misfits(process: Process) -> Iterator[str]:
    """Yield what does not go with the kind."""
    named = sum(field.kind == "person" for field in process.fields)
    by = {duty.by for duty in process.duties}
    if (process.kind == "permission") != bool(process.stages):
        yield "a permission needs at least one stage, and a notice has none"
    if named > (process.kind in {"directed", "report"}):
        yield "a field of kind person stands once, in what is directed or reported"
    if process.kind == "directed" and (process.person is None or not process.person.required or "addressee" not in by):
        yield "what is directed needs a required field of kind person, and a duty of the addressee"
    if by - {"role"} - {{"directed": "addressee", "report": "recipients"}.get(process.kind)}:
        yield "an addressee has only what is directed, and recipients only a report"
    if (process.kind == "report") > bool(process.tells) or (process.kind == "note" and process.tells):
        yield "a report needs somebody in `tells`, and a note has nobody there"
