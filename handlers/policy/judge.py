"""Facts and a pack's rules become a judgement, in a declared order. Not here: words, storage, or how facts were found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from handlers.policy.facts import QUESTIONS, VALUES, Fact, Facts
from handlers.policy.pack import ORDER, Pack, Rule, Ruling
from handlers.policy.verdict import Change, Finding, Judgement, Question, Silence, Verdict

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

Findings = tuple[Finding, ...]
Outcome = tuple[Mapping[Fact, str], Findings]  # one way of filling in what is open, and what follows from it
Upshot = tuple[Ruling, str | None]


def judge(pack: Pack, facts: Facts) -> Judgement:
    """Return the verdict, the one question that decides it, or the policy's silence."""
    situation = Facts({**pack.settings.facts, **facts.known}, facts.words)
    outcomes = list(_outcomes(pack, situation))
    if len({_upshot(findings) for _, findings in outcomes}) == 1:
        given = decide(pack, situation)
        return _judgement(pack, situation, given if _upshot(given) == _upshot(outcomes[0][1]) else _firsts(outcomes))
    fact = _deciding_fact(outcomes)
    if fact is None:
        return _judgement(pack, situation, min((findings for _, findings in outcomes), key=_strictness))
    return Question(situation, fact, _choices(pack, situation, fact), _hanging_on(fact, outcomes))


def applies(rule: Rule, facts: Facts) -> bool | None:
    """Say whether a rule applies; None when an open fact would decide that. `unless` and `said` count only what is known."""
    if any(facts.get(fact) in values for fact, values in rule.unless.items()):
        return False
    if any(facts.get(fact) not in values for fact, values in rule.said.items()):
        return False
    found = [(facts.get(fact), values) for fact, values in rule.when.items()]
    if any(value is not None and value not in values for value, values in found):
        return False
    return None if any(value is None for value, _ in found) else True


def decide(pack: Pack, facts: Facts) -> Findings:
    """Return the rules that apply, the deciding one first; open facts count as not given."""
    matching = [rule for rule in pack.rules if applies(rule, facts)]
    matching = [rule for rule in matching if rule.alone] or matching
    beaten = {beaten for rule in matching for beaten in rule.over}
    standing = sorted((rule for rule in matching if rule.id not in beaten), key=lambda rule: ORDER.index(rule.kind))
    return tuple(Finding(rule, {fact: facts.get(fact) or "" for fact in (*rule.when, *rule.said)}) for rule in standing)


def _ruling(findings: Findings) -> Ruling:
    return findings[0].rule.ruling if findings else Ruling.not_covered


def _upshot(findings: Findings) -> Upshot:
    """Return what an answer comes to: the ruling, and the form it opens, for two forms go to different people."""
    return _ruling(findings), findings[0].rule.process if findings else None


def _judgement(pack: Pack, facts: Facts, findings: Findings) -> Verdict | Silence:
    if not findings:
        return Silence(facts)
    return Verdict(facts, findings, tuple(_changes(pack, facts, findings[0].rule.ruling)))


def _outcomes(pack: Pack, facts: Facts) -> Iterator[Outcome]:
    """Yield what each way of filling in the open facts that matter would lead to."""
    undecided = [rule for rule in pack.rules if applies(rule, facts) is None]
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
    undecided = [rule for rule in pack.rules if applies(rule, facts) is None and fact in rule.when]
    return _classes(undecided, fact)


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
        for value in (value for value in VALUES[fact] if value != facts.get(fact)):
            others = {_ruling(findings) for _, findings in _outcomes(pack, facts.having(fact, value))}
            if len(others) == 1 and not others & {ruling, Ruling.not_covered}:
                yield Change(fact, value, *others)
