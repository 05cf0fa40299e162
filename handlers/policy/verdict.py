"""What judging yields: a verdict with its clause, a question, a silence, or no understanding. Data only, no sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.policy.facts import Facts
from handlers.policy.pack import Rule, Ruling
from handlers.policy.vocabulary import Fact


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that applies, the facts that made it apply, and what it comes to for what was asked."""

    rule: Rule
    matched: Mapping[Fact, str]
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Change:
    """One other value of one fact, and the ruling it would lead to."""

    fact: Fact
    value: str
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Verdict:
    """A ruling that cannot be without its clause: the first finding decides, the others stand beside it."""

    facts: Facts
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a verdict that rests on nothing."""
        if not self.findings:
            message = "a verdict needs the clause it rests on"
            raise ValueError(message)

    @property
    def deciding(self) -> Rule:
        """The rule that decides."""
        return self.findings[0].rule

    @property
    def ruling(self) -> Ruling:
        """The verdict in one word."""
        return self.findings[0].ruling


@dataclass(frozen=True, slots=True)
class Question:
    """One open fact decides: ask it, with these values as buttons. `nearest` are the rules that hang on it."""

    facts: Facts
    fact: Fact
    values: tuple[str, ...]
    nearest: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """The policy says nothing about this; the nearest clauses may still help."""

    facts: Facts
    nearest: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """We did not understand; the nearest clauses, and a person, are what we can offer."""

    facts: Facts
    nearest: tuple[Rule, ...] = ()


Judgement = Verdict | Question | Silence | Lost
