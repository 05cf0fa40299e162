"""Facts and a pack's rules become a judgement, with the one question that decides it where a fact is open. Not here: single rules."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from handlers.policy.facts import Facts
from handlers.policy.found import kept
from handlers.policy.hearing import Findings, decide, in_order, standing
from handlers.policy.pack import ORDER, Pack, Rule, Ruling
from handlers.policy.questions import QUESTIONS
from handlers.policy.verdict import Change, Judgement, Question, Silence, Verdict
from handlers.policy.vocabulary import VALUES, Fact

# Strictest first: what is taken to hold where an open fact decides and nobody can be asked about it.
STRICTNESS = (
    Ruling.prohibited,
    Ruling.must_act,
    Ruling.needs_approval,
    Ruling.discouraged,
    Ruling.unclear,
    Ruling.not_covered,
    Ruling.information,
    Ruling.allowed,
)

Outcome = tuple[Mapping[Fact, str], Findings]  # one way of filling in what is open, and what follows from it
Upshot = tuple[Ruling, str | None]


def judge(pack: Pack, facts: Facts) -> Judgement:
    """Return the verdict, the one question that decides it, or the policy's silence; judged once, whatever the words."""
    situation = Facts({**pack.settings.facts, **facts.known}, facts.words)
    known = frozenset(situation.known.items())
    found = pack.found.judged.get(known) or kept(pack.found.judged, known, _judged(pack, situation))
    return replace(found, facts=situation)


def _judged(pack: Pack, situation: Facts) -> Judgement:
    outcomes = list(_outcomes(pack, situation))
    if len({_upshot(findings) for _, findings in outcomes}) == 1:
        given = decide(pack, situation) if outcomes[0][0] else outcomes[0][1]
        return _judgement(pack, situation, given if _upshot(given) == _upshot(outcomes[0][1]) else _firsts(outcomes))
    fact = _deciding_fact(outcomes)
    if fact is None:
        return _judgement(pack, situation, min((findings for _, findings in outcomes), key=_strictness))
    return Question(situation, fact, _choices(pack, situation, fact), _hanging_on(fact, outcomes))


def upshot(pack: Pack, facts: Facts) -> Ruling:
    """Return only what judging comes to: `unclear` where a question decides."""
    whole = {**pack.settings.facts, **facts.known}
    known = frozenset(whole.items())
    return pack.found.came_to.get(known) or kept(pack.found.came_to, known, _came_to(pack, Facts(whole)))


def _came_to(pack: Pack, situation: Facts) -> Ruling:
    outcomes = list(_outcomes(pack, situation))
    if len({_upshot(findings) for _, findings in outcomes}) == 1:
        return _ruling(outcomes[0][1])
    return Ruling.unclear if _deciding_fact(outcomes) else _ruling(min((findings for _, findings in outcomes), key=_strictness))


def _ruling(findings: Findings) -> Ruling:
    return findings[0].ruling if findings else Ruling.not_covered


def _upshot(findings: Findings) -> Upshot:
    """Return what an answer comes to: the ruling, and the form it opens, for two forms go to different people."""
    return _ruling(findings), findings[0].rule.process if findings else None


def _judgement(pack: Pack, facts: Facts, findings: Findings) -> Verdict | Silence:
    if not findings:
        return Silence(facts)
    return Verdict(facts, findings, tuple(_changes(pack, facts, findings[0].ruling)))


def _outcomes(pack: Pack, facts: Facts) -> Iterator[Outcome]:
    """Yield what each way of filling in the open facts that matter would lead to."""
    sure, undecided = standing(pack, facts)
    if not undecided:
        yield {}, in_order(sure, facts)
        return
    weight = Counter(fact for rule in undecided for fact in rule.when if facts.get(fact) is None)
    openly = [fact for fact, _ in weight.most_common()]
    classes = [_classes(undecided, fact) for fact in openly]
    for values in product(*classes):
        chosen = dict(zip(openly, values, strict=True))
        yield chosen, decide(pack, Facts({**facts.known, **chosen}, facts.words))


def _classes(rules: Sequence[Rule], fact: Fact) -> tuple[str, ...]:
    """Return the values that some rule names, and one that stands for all the others."""
    named = {value for rule in rules for value in rule.when.get(fact, ())}
    others = [value for value in VALUES[fact] if value not in named]
    return (*(value for value in VALUES[fact] if value in named), *others[:1])


def _deciding_fact(outcomes: Sequence[Outcome]) -> Fact | None:
    """Return the open fact that can be asked, matters, and leaves the fewest upshots possible once it is known."""
    askable = [fact for fact in outcomes[0][0] if fact in QUESTIONS and _matters(fact, outcomes)]
    return min(askable, key=lambda fact: _left_over(fact, outcomes), default=None)


def _matters(fact: Fact, outcomes: Sequence[Outcome]) -> bool:
    """Say whether two ways that differ in this fact alone differ in what follows."""
    others = [other for other in outcomes[0][0] if other is not fact]
    return any(len(upshots) > 1 for upshots in _upshots(others, outcomes))


def _left_over(fact: Fact, outcomes: Sequence[Outcome]) -> float:
    upshots = _upshots([fact], outcomes)
    return sum(len(possible) for possible in upshots) / len(upshots)


def _upshots(facts: Iterable[Fact], outcomes: Sequence[Outcome]) -> list[set[Upshot]]:
    """Return what may follow from each way of filling in just these facts."""
    upshots: dict[tuple[str, ...], set[Upshot]] = {}
    for chosen, findings in outcomes:
        upshots.setdefault(tuple(chosen[fact] for fact in facts), set()).add(_upshot(findings))
    return list(upshots.values())


def _choices(pack: Pack, facts: Facts, fact: Fact) -> tuple[str, ...]:
    """Return the values worth a button: one for each that some rule still open names, and one for the rest."""
    return _classes([rule for rule in standing(pack, facts)[1] if fact in rule.when], fact)


def _hanging_on(fact: Fact, outcomes: Sequence[Outcome]) -> Findings:
    """Return the deciding finding of each outcome, those that rest on the fact first."""
    return tuple(sorted(_firsts(outcomes), key=lambda finding: fact not in finding.rule.when))


def _firsts(outcomes: Sequence[Outcome]) -> Findings:
    """Return the deciding finding of each outcome, each rule once, in the order in which rules are heard."""
    firsts = {findings[0].rule.id: findings[0] for _, findings in outcomes if findings}
    return tuple(sorted(firsts.values(), key=lambda finding: ORDER.index(finding.rule.kind)))


def _strictness(findings: Findings) -> int:
    return STRICTNESS.index(_ruling(findings))


def _changes(pack: Pack, facts: Facts, ruling: Ruling) -> Iterator[Change]:
    """Yield each single other value that would surely lead elsewhere, for the facts a person could change."""
    for fact in (fact for fact in QUESTIONS if facts.get(fact)):
        for value in _named(pack, facts, fact):
            others = {_ruling(findings) for _, findings in _outcomes(pack, facts.having(fact, value))}
            if len(others) == 1 and not others & {ruling, Ruling.not_covered}:
                yield Change(fact, value, *others)


def _named(pack: Pack, facts: Facts, fact: Fact) -> Iterator[str]:
    """Yield the other values that the rules of this matter name, and one that stands for the rest."""
    named = pack.named[facts.get(Fact.topic) or ""].get(fact, frozenset())
    rest = [value for value in VALUES[fact] if value not in named]
    return (value for value in VALUES[fact] if value != facts.get(fact) and (value in named or value in rest[:1])) if named else iter(())
