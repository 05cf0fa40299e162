"""The shapes of a policy pack: what a district's files may say. Not here: reading them, judging by them."""

from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from handlers.days import in_zone
from handlers.people import Role
from handlers.policy.forms import Process
from handlers.policy.found import Found
from handlers.policy.register import Upkeep
from handlers.policy.shapes import Key, RuleId, Shape, Words
from handlers.policy.times import Times
from handlers.policy.vocabulary import VALUES, Fact

Conditions = dict[Fact, tuple[str, ...]]
Checks = tuple[tuple[Fact, frozenset[str]], ...]


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
    `also`: clauses to show beside it. `sure`: whether a draft may decide by it.
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
    sure: bool = True  # whether a draft may decide by it; every rule of a reviewed pack does

    @property
    def ruling(self) -> Ruling:
        """The verdict this rule gives when it decides."""
        return RULINGS[self.kind]

    @cached_property
    def apart(self) -> tuple[Checks, Checks, Checks]:
        """What `unless`, `said` and `when` look at besides the topic, ready to be asked thousands of times a question."""
        unless, said, when = (
            tuple((fact, frozenset(values)) for fact, values in part.items() if fact is not Fact.topic)
            for part in (self.unless, self.said, self.when)
        )
        return unless, said, when

    def may_speak_of(self, topic: str) -> bool:
        """Whether the topic alone does not keep the rule out."""
        named = [part[Fact.topic] for part in (self.when, self.said) if Fact.topic in part]
        return all(topic in values for values in named) and topic not in self.unless.get(Fact.topic, ())

    @model_validator(mode="after")
    def _known_values(self) -> Self:
        named = ((fact, value) for part in (self.when, self.unless, self.said) for fact, values in part.items() for value in values)
        for fact, value in (one for one in named if one[1] not in VALUES[one[0]]):
            message = f"{fact} has no value {value!r}; write one of {', '.join(VALUES[fact])}"
            raise ValueError(message)
        return self


class Settings(Shape):
    """What is the district's own choice and not the policy's: shown as a district setting wherever it is used."""

    ask: Role = Role.supervisor  # whom to ask where the policy is silent
    fallback: Role = Role.superintendent  # who decides when a stage finds nobody else
    administrators: Role = Role.technology_department  # who looks after Hallpass, and is told what could not be delivered
    facts: dict[Fact, str] = Field(default_factory=dict)  # facts about the district itself
    owners: dict[Key, Role] = Field(default_factory=dict)  # who does a duty whose owner the policy leaves open
    starters: dict[Key, tuple[Role, ...]] = Field(default_factory=dict)  # who starts a directed process where the policy leaves it open
    note_readers: tuple[Role, ...] = ()  # who may read what staff note for themselves, besides the writer
    readings: tuple[Words, ...] = ()  # how this pack reads what the policy leaves open
    delegates: tuple[Role, ...] = ()  # who may be asked to decide for somebody, besides those who decide anything
    stand_in_days: int = Field(default=60, ge=1, le=366)  # how long somebody may stand in at most
    upkeep: Upkeep = Field(default_factory=Upkeep, alias="register")  # how the register of channels is kept up
    school_of: Literal["staff", "students"] = "staff"  # whose schools say which principal is meant
    zone: str = "UTC"  # in which a day begins and ends; a name of the IANA time zone database
    time: Times = Field(default_factory=Times)  # how long things may wait

    @field_validator("zone")
    @classmethod
    def _on_the_map(cls, zone: str) -> str:
        if zone != "UTC":
            in_zone(zone)
        return zone


Standing = tuple[tuple[Rule, ...], tuple[Rule, ...]]  # the rules that apply, and those that an open fact decides about


class Pack(Shape):
    """A district's policy as reviewed data."""

    key: Key
    name: Words
    policy: Words  # how the district names the document
    dates: Words  # adopted, revised: shown with every citation
    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    lines: tuple[Annotated[int, Field(ge=1)], ...] = ()  # words of each line of the text: where its paragraphs and items begin
    draft: bool = False  # written by a program, reviewed by nobody: answered from carefully, and always labelled so
    addresses: Literal["counted", "printed"] = "counted"  # locators as one counts paragraphs, or as the text numbers itself
    rules: tuple[Rule, ...] = Field(min_length=1)
    processes: dict[Key, Process] = Field(default_factory=dict)
    settings: Settings = Field(default_factory=Settings)
    letters: dict[Key, str] = Field(default_factory=dict)  # the templates of letters that duties ask for

    @cached_property
    def version(self) -> str:
        """SHA-256 of everything the pack says: what an answer, a request and a line of the record were made under."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    @cached_property
    def on(self) -> dict[str, tuple[Rule, ...]]:
        """The rules that may speak of each topic: judging looks at no others."""
        return {topic: tuple(rule for rule in self.rules if rule.may_speak_of(topic)) for topic in VALUES[Fact.topic]}

    @cached_property
    def found(self) -> Found:
        """What was found in it before; a pack that is changed is another one."""
        return Found()

    @cached_property
    def named(self) -> dict[str, dict[Fact, frozenset[str]]]:
        """The facts that the rules of each topic look at, each with the values that they name."""
        return {topic: _named(rules) for topic, rules in self.on.items()}

    def rule(self, rule_id: str) -> Rule:
        """Return the rule of that id; KeyError if the pack has none (a reviewed pack never asks for one)."""
        return self._by_id[rule_id]

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}


def _named(rules: tuple[Rule, ...]) -> dict[Fact, frozenset[str]]:
    parts = [part for rule in rules for part in (rule.when, rule.said, rule.unless)]
    return {fact: frozenset(value for part in parts for value in part.get(fact, ())) for fact in {fact for part in parts for fact in part}}
