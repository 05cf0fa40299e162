"""The shapes of a process: its form, the stages it passes, and the duties that follow. Not here: the rules that open it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from handlers.people import Role
from handlers.policy.shapes import Key, RuleId, Shape, Words
from handlers.policy.vocabulary import Fact


class Asked(Shape):
    """A field of a process's form; `name` is the input's name on every platform."""

    name: Key
    label: Words
    kind: Literal["line", "text", "choice", "date", "url", "check"] = "line"
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
    """What an approval or a notice obliges somebody to do afterwards. `owner` empty: the policy does not say, settings do."""

    key: Key
    what: Words
    rule: RuleId
    owner: Role | None = None
    evidence: Literal["none", "text", "url", "date"] = "none"
    done: str = "Done"
    tells: tuple[Role, ...] = ()


class Process(Shape):
    """A form, the stages it passes, who is told, and the duties that follow."""

    title: Words
    rule: RuleId
    kind: Literal["permission", "notice"]
    intro: Words
    fields: tuple[Asked, ...] = Field(min_length=1)
    stages: tuple[Step, ...] = ()
    tells: tuple[Role, ...] = ()
    duties: tuple[Obligation, ...] = ()

    @model_validator(mode="after")
    def _stages_fit(self) -> Self:
        if (self.kind == "permission") != bool(self.stages):
            message = "a permission needs at least one stage, and a notice has none"
            raise ValueError(message)
        orders = [step.order for step in self.stages if step.order is not None]
        if orders != sorted(orders) or len(orders) not in {0, len(self.stages)}:
            message = "give every stage an `order` or none, and write them in that order"
            raise ValueError(message)
        return self
