"""Which rules apply to given facts, and in what order they are heard. Not here: open facts, questions, verdicts."""

from collections.abc import Mapping, Sequence

from handlers.policy.facts import Facts
from handlers.policy.pack import ORDER, Kind, Pack, Rule, Ruling
from handlers.policy.verdict import Finding
from handlers.policy.vocabulary import Fact

# Who asks to know, and the kinds of rules that still rule on behaviour then.
ALL_KINDS = frozenset(Kind)
_GRAVE = frozenset({Kind.stop, Kind.report})
TO_KNOW: Mapping[str, frozenset[Kind]] = {
    "what": _GRAVE,
    "consequence": frozenset(),
    "who": _GRAVE | {Kind.permission, Kind.notice, Kind.duty},
}

Findings = tuple[Finding, ...]


def applies(rule: Rule, facts: Facts) -> bool | None:
    """Say whether a rule applies; None when an open fact would decide that. `unless` and `said` count only what is known."""
    if _kept_out(rule, facts):
        return False
    sure = True
    for fact, values in rule.when.items():
        value = facts.get(fact)
        if value is None:
            sure = False
        elif value not in values:
            return False
    return sure or None


def _kept_out(rule: Rule, facts: Facts) -> bool:
    for fact, values in rule.unless.items():  # plain loops: this runs thousands of times a question
        if facts.get(fact) in values:
            return True
    for fact, values in rule.said.items():  # noqa: SIM110  # a generator costs twice as much
        if facts.get(fact) not in values:
            return True
    return False


def decide(pack: Pack, facts: Facts) -> Findings:
    """Return the rules that apply, the deciding one first; open facts count as not given."""
    matching = [rule for rule in heard(pack, facts) if applies(rule, facts)]
    matching = [rule for rule in matching if rule.alone] or matching
    beaten = {beaten for rule in matching for beaten in rule.over}
    asked = _asked(facts)
    standing = sorted((rule for rule in matching if rule.id not in beaten), key=lambda rule: _place(rule.kind, asked))
    return tuple(
        Finding(rule, {fact: facts.get(fact) or "" for fact in (*rule.when, *rule.said)}, _comes_to(rule, asked)) for rule in standing
    )


def _asked(facts: Facts) -> str:
    """Return what is asked; who asks whether one office's yes is enough wants a verdict, and not what the policy says of offices."""
    asked = facts.get(Fact.asked) or ""
    return "may" if asked == "who" and facts.get(Fact.approval) not in {"none", "granted"} else asked


def _place(kind: Kind, asked: str) -> float:
    """Return when a kind is heard: who wants to know what the policy says hears that first, after what cannot wait."""
    if asked in TO_KNOW and kind is Kind.information:
        return ORDER.index(Kind.report) + 0.5
    return ORDER.index(kind)


def _comes_to(rule: Rule, asked: str) -> Ruling:
    """Return the ruling: a clause about behaviour is information to somebody who only asks what it says."""
    return Ruling.information if rule.kind not in TO_KNOW.get(asked, ALL_KINDS) else rule.ruling


def heard(pack: Pack, facts: Facts) -> Sequence[Rule]:
    return pack.on[facts.get(Fact.topic) or ""]
