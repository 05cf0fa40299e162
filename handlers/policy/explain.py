"""A judgement becomes what an answer has to show: citations, who decides, who is told, what would change it. No sentences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from handlers.people import Role
from handlers.policy.clauses import Sentence, quote
from handlers.policy.facts import Facts
from handlers.policy.forms import Process
from handlers.policy.pack import Pack, Rule, Ruling
from handlers.policy.verdict import Change, Judgement, Lost, Question, Silence, Verdict
from handlers.policy.vocabulary import Fact

SHOWN = 5  # citations: more than five is a reading list, not an answer


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause: where it stands, what it says in our words, and the district's own sentence where its text is attached."""

    rule: str
    policy: str
    locator: str
    says: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything that is shown of a judgement, on every platform and in JSON."""

    ruling: Ruling
    facts: Facts
    citations: tuple[Citation, ...] = ()
    approvers: tuple[Role, ...] = ()
    notified: tuple[Role, ...] = ()
    process: str | None = None
    provided: tuple[str, ...] = ()
    instead: str = ""
    changes: tuple[Change, ...] = ()
    question: Fact | None = None
    choices: tuple[str, ...] = ()
    lost: str = ""  # "silent", "lost", "draft" or "safety" where there is no verdict and nothing to ask
    ask: Role = Role.supervisor  # whom to ask where a person must decide
    draft: bool = False  # from a pack that nobody has reviewed


def explain(pack: Pack, judgement: Judgement, text: Sequence[Sentence]) -> Explained:
    """Return what to show; `text` is the attached text's sentences, empty when none is attached."""
    match judgement:
        case Verdict():
            return _verdict(pack, judgement, text)
        case Question(facts, fact, values, nearest):
            cited = _citations(pack, (finding.rule for finding in nearest), text)
            return Explained(Ruling.unclear, facts, cited, question=fact, choices=values, ask=pack.settings.ask)
        case Silence(facts, nearest):
            cited = _citations(pack, nearest, text)
            return Explained(Ruling.not_covered, facts, cited, lost="silent", ask=pack.settings.ask)
        case Lost(facts, nearest):
            cited = _citations(pack, nearest, text)
            return Explained(Ruling.unclear, facts, cited, lost="lost", ask=pack.settings.ask)
        case _:
            assert_never(judgement)


def _verdict(pack: Pack, verdict: Verdict, text: Sequence[Sentence]) -> Explained:
    deciding = verdict.deciding
    opened = deciding.process if verdict.ruling is not Ruling.information else None  # who only asks what it says wants no form
    process = pack.processes[opened] if opened else None
    return Explained(
        verdict.ruling,
        verdict.facts,
        _citations(pack, _shown(pack, verdict), text),
        approvers=approvers(process),
        notified=notified(deciding, process),
        process=opened,
        provided=deciding.provided,
        instead=deciding.instead,
        changes=verdict.changes,
        ask=pack.settings.ask,
    )


def _shown(pack: Pack, verdict: Verdict) -> Iterator[Rule]:
    """Yield the deciding rule, the clauses it names, then what else applies."""
    yield verdict.deciding
    yield from (pack.rule(name) for name in verdict.deciding.also)
    yield from (finding.rule for finding in verdict.findings[1:])


def _citations(pack: Pack, rules: Iterable[Rule], text: Sequence[Sentence]) -> tuple[Citation, ...]:
    once: dict[str, Rule] = {}
    for rule in rules:
        once.setdefault(rule.says, rule)  # what two rules say in the same words is shown once
    return tuple(
        Citation(rule.id, pack.policy, rule.locator, rule.says, quote(text, rule.locator) if text else None)
        for rule in list(once.values())[:SHOWN]
    )


def approvers(process: Process | None) -> tuple[Role, ...]:
    """Return who decides, stage by stage."""
    return tuple(step.role for step in process.stages) if process else ()


def notified(rule: Rule, process: Process | None) -> tuple[Role, ...]:
    """Return who is told by the rule, then by its process."""
    told = (*rule.tells, *(process.tells if process else ()))
    return tuple(dict.fromkeys(told))
