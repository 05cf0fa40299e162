"""The shapes of a policy pack: what a district's files may say. Not here: reading them, judging by them."""

from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from handlers.people import Role
from handlers.policy.facts import VALUES, Fact

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=900)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]{0,7}$")]
Conditions = dict[Fact, tuple[str, ...]]


class Shape(BaseModel):
    """Frozen, and an unknown key is a fault rather than a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(StrEnum):
    """What a rule does, in the order in which rules are heard: the first that matches decides."""

    stop = "stop"  # never, and nobody can allow it
    report = "report"  # somebody must be told, at once
    exemption = "exemption"  # the policy does not bind here
    prohibition = "prohibition"
    permission = "permission"  # only with somebody's approval
    notice = "notice"  # allowed, but somebody is to be told
    duty = "duty"  # something must be done
    caution = "caution"  # should not, yet not banned
    allowance = "allowance"
    referral = "referral"  # the text leaves it to a person
    information = "information"


ORDER = tuple(Kind)


class Ruling(StrEnum):
    """The verdict's label, as every reader of our answers knows it (contracts, section 1)."""

    allowed = "allowed"
    prohibited = "prohibited"
    needs_approval = "needs_approval"
    must_act = "must_act"
    discouraged = "discouraged"
    information = "information"
    not_covered = "not_covered"
    unclear = "unclear"


RULINGS = {
    Kind.stop: Ruling.prohibited,
    Kind.report: Ruling.must_act,
    Kind.exemption: Ruling.allowed,
    Kind.prohibition: Ruling.prohibited,
    Kind.permission: Ruling.needs_approval,
    Kind.notice: Ruling.must_act,
    Kind.duty: Ruling.must_act,
    Kind.caution: Ruling.discouraged,
    Kind.allowance: Ruling.allowed,
    Kind.referral: Ruling.unclear,
    Kind.information: Ruling.information,
}


class Rule(Shape):
    """One clause in our own words, when it applies, and what it rules.

    `when`: every named fact must have one of the values. `unless`: any named fact with one of the values keeps the rule out.
    `said`: as `when`, but a fact still open keeps the rule out instead of being asked about.
    `over`: rules that this one beats although they would be heard before it. `alone`: it silences every rule that is not alone.
    `also`: clauses to show beside it.
    """

    id: RuleId
    locator: Words
    says: Words
    kind: Kind
    when: Conditions = Field(default_factory=dict)
    unless: Conditions = Field(default_factory=dict)
    said: Conditions = Field(default_factory=dict)
    over: tuple[RuleId, ...] = ()
    alone: bool = False
    also: tuple[RuleId, ...] = ()
    provided: tuple[Words, ...] = ()
    instead: str = ""
    process: Key | None = None
    tells: tuple[Role, ...] = ()

    @property
    def ruling(self) -> Ruling:
        """The verdict this rule gives when it decides."""
        return RULINGS[self.kind]

    @model_validator(mode="after")
    def _known_values(self) -> Self:
        named = ((fact, value) for part in (self.when, self.unless, self.said) for fact, values in part.items() for value in values)
        for fact, value in (one for one in named if one[1] not in VALUES[one[0]]):
            message = f"{fact} has no value {value!r}; write one of {', '.join(VALUES[fact])}"
            raise ValueError(message)
        return self


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
        return self


class Settings(Shape):
    """What is the district's own choice and not the policy's: shown as a district setting wherever it is used."""

    ask: Role = Role.supervisor  # whom to ask where the policy is silent
    fallback: Role = Role.superintendent  # who decides when a stage finds nobody else
    facts: dict[Fact, str] = Field(default_factory=dict)  # facts about the district itself
    owners: dict[Key, Role] = Field(default_factory=dict)  # who does a duty whose owner the policy leaves open
    readings: tuple[Words, ...] = ()  # how this pack reads what the policy leaves open


class Pack(Shape):
    """A district's policy as reviewed data."""

    key: Key
    name: Words
    policy: Words  # how the district names the document
    dates: Words  # adopted, revised: shown with every citation
    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    lines: tuple[Annotated[int, Field(ge=1)], ...] = ()  # words of each line of the text: where its paragraphs and items begin
    rules: tuple[Rule, ...] = Field(min_length=1)
    processes: dict[Key, Process] = Field(default_factory=dict)
    settings: Settings = Field(default_factory=Settings)

    @cached_property
    def version(self) -> str:
        """SHA-256 of everything the pack says: what an answer, a request and a line of the record were made under."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    def rule(self, rule_id: str) -> Rule:
        """Return the rule of that id; KeyError if the pack has none (a reviewed pack never asks for one)."""
        return {rule.id: rule for rule in self.rules}[rule_id]
