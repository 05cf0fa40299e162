"""Which ruling the near rules of a draft agree on: only from a sure rule that names what is unusual in the question.

Not here: how near a rule is (ranking), or what is shown (careful).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from handlers.policy.draft.ranking import Chance
from handlers.policy.pack import Conditions, Kind, Rule, Ruling
from handlers.policy.vocabulary import PRESUMED, Fact
from handlers.policy.weigh import Harm, worth

SHARP = 1.5  # how much more the nearest rule weighs than those behind it
FAINT = 0.01  # a rule that weighs less is not heard
LEAST = 0.1  # of a rule's weight is left, however little its facts fit
STRICT = frozenset({Kind.prohibition, Kind.allowance, Kind.exemption})
FITTING = 0.11  # how well its facts have to fit for a rule to decide
OPEN = 0.5  # how well a fact fits that the question leaves open
APART = 0.1  # of what does not fit speaks for no answer at all
ENOUGH = 0.0  # an answer worth less is not given
YES = 0.5  # share of the weight that has to speak for a yes
HEARD = 0.5  # chance from which a question is taken to ask for information, or to be foreign
SAID = 0.15  # chance of something unusual in the question from which a yes has to name it
ASIDE = 0.2  # of a duty's weight is left where nobody asks for one
ABOUT = 0.3  # chance of its topics in the question from which a mild rule may decide
MUST = 0.1  # chance that something is asked to be due, from which a duty answers
MILD = frozenset({Kind.allowance, Kind.exemption, Kind.caution})

# As `weigh` counts harm, but dearer: a draft may be wrong itself.
HARM: Harm = {
    Ruling.allowed: {Ruling.prohibited: 4.0, Ruling.needs_approval: 4.0, Ruling.must_act: 1.0, Ruling.discouraged: 2.0},
    Ruling.discouraged: {Ruling.prohibited: 2.0, Ruling.must_act: 1.0, Ruling.needs_approval: 1.0, Ruling.allowed: 0.5},
    Ruling.needs_approval: {Ruling.prohibited: 1.5, Ruling.must_act: 0.5, Ruling.allowed: 0.5},
    Ruling.information: {Ruling.prohibited: 1.0, Ruling.must_act: 1.0, Ruling.needs_approval: 1.0, Ruling.not_covered: 0.5},
    Ruling.must_act: {Ruling.prohibited: 1.0, Ruling.needs_approval: 1.0},
    Ruling.prohibited: {Ruling.must_act: 1.0, Ruling.allowed: 0.5, Ruling.needs_approval: 0.5},
}
# What a ruling's clause has to name where a question says it: anything else may be why the answer is another.
_YES = (Fact.content, Fact.tie, Fact.approval, Fact.emergency, Fact.purpose, Fact.account, Fact.recipient, Fact.to, Fact.act)
_SOFT = (Fact.content, Fact.emergency, Fact.persists)
UNUSUAL: Mapping[Kind, tuple[Fact, ...]] = {
    Kind.allowance: _YES,
    Kind.exemption: (Fact.content, Fact.emergency, Fact.persists),
    Kind.caution: _SOFT,
    Kind.permission: (Fact.emergency, Fact.persists),
    Kind.prohibition: (Fact.emergency,),
}


def decided(rules: Sequence[Rule], near: np.ndarray, chances: Chance) -> tuple[Ruling, int] | None:
    """Return the ruling worth most and the place of the rule that decides, None where none is worth giving."""
    weights = np.exp(SHARP * (near - near.max()))
    share: defaultdict[Ruling, float] = defaultdict(float)
    best: dict[Ruling, tuple[float, int]] = {}
    for place in np.flatnonzero(weights >= FAINT).tolist():
        rule, weight = rules[place], float(weights[place])
        fits = _fits(rule, chances) * (_asks(chances) if rule.kind is Kind.duty else 1.0)
        share[rule.ruling] += weight * fits
        share[Ruling.unclear] += weight * (1 - fits) * APART
        if rule.sure and (rule.kind not in STRICT or fits >= FITTING) and _may(rule, chances):
            best[rule.ruling] = max(best.get(rule.ruling, (0.0, 0)), (weight * fits, place))
    whole = sum(share.values())
    share = defaultdict(float, {ruling: weight / whole for ruling, weight in share.items()})
    worths = {ruling: worth(ruling, share, HARM) for ruling in best if ruling not in {Ruling.unclear, Ruling.information}}
    given = max(worths, key=lambda ruling: worths[ruling], default=None)
    if given is None or worths[given] < ENOUGH or (given is Ruling.allowed and share[given] < YES):
        return None
    return given, best[given][1]


def _fits(rule: Rule, chances: Chance) -> float:
    """Return how well a question's facts fit a rule's; never nothing, for drafts name facts wrongly."""
    fits = 1.0
    for fact, values in rule.when.items():
        if fact is not Fact.topic:
            fits *= max(LEAST, _chance(chances, fact, values))
    for fact, values in rule.unless.items():
        fits *= 1 - total(chances[fact], values)
    return fits


def _asks(chances: Chance) -> float:
    """Return how well a duty answers: who asks whether something may be done is seldom told what has to be."""
    return ASIDE + (1 - ASIDE) * chances[Fact.asked].get("must", 0.0)


def _chance(chances: Chance, fact: Fact, values: Sequence[str]) -> float:
    unsaid = chances[fact].get(None, 0.0)
    if fact in PRESUMED:
        return total(chances[fact], values) + (unsaid if PRESUMED[fact] in values else 0.0)
    return total(chances[fact], values) + OPEN * unsaid


def _may(rule: Rule, chances: Chance) -> bool:
    """Whether a rule may decide: it names whatever unusual the question says, and an exemption somebody who is in the question."""
    if rule.kind is Kind.duty and not rule.tells and chances[Fact.asked].get("must", 0.0) < MUST:
        return False
    if rule.kind in MILD and total(chances[Fact.topic], rule.when.get(Fact.topic, ())) < ABOUT:
        return False
    if rule.kind is Kind.exemption and Fact.tie in rule.when and total(chances[Fact.tie], rule.when[Fact.tie]) < HEARD:
        return False
    return all(_named(rule.when, fact, chances) for fact in UNUSUAL.get(rule.kind, ()))


def _named(when: Conditions, fact: Fact, chances: Chance) -> bool:
    usual = {None, PRESUMED.get(fact), *when.get(fact, ())} | ({"district"} if fact in {Fact.account, Fact.recipient} else set())
    return sum(chance for value, chance in chances[fact].items() if value not in usual) < SAID


def total(chances: Mapping[str | None, float], values: Iterable[str]) -> float:
    """Return the chance that one of the values holds."""
    return sum(chances.get(value, 0.0) for value in values)
