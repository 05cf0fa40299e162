"""Which rules apply to given facts, and in what order they are heard. Not here: open facts, questions, verdicts."""

from collections.abc import Mapping, Sequence

from handlers.policy.facts import Facts
from handlers.policy.found import kept
from handlers.policy.pack import ORDER, Checks, Kind, Pack, Rule, Ruling, Standing
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
    return _applies(rule, facts) if rule.may_speak_of(facts.get(Fact.topic) or "") else False


def standing(pack: Pack, facts: Facts) -> Standing:
    """Return the rules that apply, and those that an open fact decides about; each question asks a dozen times, many of them the same."""
    known = frozenset(facts.known.items())
    return pack.found.stood.get(known) or kept(pack.found.stood, known, _standing(pack, facts))


def _standing(pack: Pack, facts: Facts) -> Standing:
    sure: list[Rule] = []
    undecided: list[Rule] = []
    for rule in heard(pack, facts):
        found = _applies(rule, facts)
        if found is not False:
            (sure if found else undecided).append(rule)
    return tuple(sure), tuple(undecided)


def _applies(rule: Rule, facts: Facts) -> bool | None:
    """Whether a rule of this topic applies. Plain loops: this runs thousands of times a question."""
    unless, said, when = rule.apart
    if _any_in(unless, facts) or _any_out(said, facts):
        return False
    sure = True
    for fact, values in when:
        value = facts.get(fact)
        if value is None:
            sure = False
        elif value not in values:
            return False
    return sure or None


def _any_in(checks: Checks, facts: Facts) -> bool:
    for fact, values in checks:  # noqa: SIM110  # a generator costs twice as much
        if facts.get(fact) in values:
            return True
    return False


def _any_out(checks: Checks, facts: Facts) -> bool:
    for fact, values in checks:  # noqa: SIM110
        if facts.get(fact) not in values:
            return True
    return False


def decide(pack: Pack, facts: Facts) -> Findings:
    """Return the rules that apply, the deciding one first; open facts count as not given."""
    return in_order(standing(pack, facts)[0], facts)


def in_order(matching: Sequence[Rule], facts: Facts) -> Findings:
    """Return the rules that apply in the order in which they are heard, less those that others silence."""
    matching = [rule for rule in matching if rule.alone] or matching
    beaten = {beaten for rule in matching for beaten in rule.over}
    asked = _asked(facts)
    ordered = sorted((rule for rule in matching if rule.id not in beaten), key=lambda rule: _place(rule.kind, asked))
    return tuple(
        Finding(rule, {fact: facts.get(fact) or "" for fact in (*rule.when, *rule.said)}, _comes_to(rule, asked)) for rule in ordered
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
    """Return the rules that may speak of what the facts are about."""
    return pack.on[facts.get(Fact.topic) or ""]
