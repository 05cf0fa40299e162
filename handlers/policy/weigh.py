"""A question that may be read in several ways: each is judged, and the answer is the one that most likely holds and harms least.

Not here: how sure each fact is (understand), or what follows from given facts (judge).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice

from handlers.policy.facts import Facts
from handlers.policy.hearing import decide
from handlers.policy.judge import judge, upshot
from handlers.policy.pack import Pack, Ruling
from handlers.policy.questions import QUESTIONS
from handlers.policy.sense import sense
from handlers.policy.verdict import Finding, Judgement, Lost, Question, Verdict
from handlers.policy.vocabulary import Fact

MOST = 20  # ways of reading one question that are judged
Doubts = Mapping[Fact, Mapping[str | None, float]]
Way = tuple[float, Facts]  # how likely, and the facts

Harm = Mapping[Ruling, Mapping[Ruling, float]]

# What it costs to give the first where the second is true, against 1 for a right answer: a wrong yes costs jobs.
HARM: Harm = {
    Ruling.allowed: {Ruling.prohibited: 4.5, Ruling.needs_approval: 4.5, Ruling.must_act: 2.25, Ruling.discouraged: 1.5},
    Ruling.not_covered: {Ruling.prohibited: 3.0, Ruling.needs_approval: 3.0, Ruling.must_act: 3.0},
    Ruling.information: {Ruling.prohibited: 1.5, Ruling.must_act: 1.5, Ruling.not_covered: 0.75},
    Ruling.needs_approval: {Ruling.prohibited: 2.25, Ruling.must_act: 0.75, Ruling.allowed: 0.75},
    Ruling.discouraged: {Ruling.prohibited: 0.75, Ruling.must_act: 0.75, Ruling.allowed: 0.75},
    Ruling.must_act: {Ruling.prohibited: 1.5, Ruling.needs_approval: 1.5},
    Ruling.prohibited: {Ruling.must_act: 1.5},
}
MILD = frozenset({Ruling.allowed, Ruling.not_covered, Ruling.information, Ruling.needs_approval, Ruling.unclear})
ENOUGH = 0.2  # below this worth no answer is given
PATIENCE = 0.8  # by so much has the answer to come to be worth more before somebody is asked back
SHOWN = 3  # rules near a question that was not understood
MARGIN = 0.1  # by so much another answer has to be worth more than that of the likeliest way


def weigh(pack: Pack, facts: Facts, doubts: Doubts, alarm: Facts | None = None) -> Judgement:
    """Return the judgement of the likeliest way of reading that leads to the answer worth most.

    A question where one fact would settle much; Lost where nothing is worth giving. Where `alarm` says that a child may be at risk,
    a mild answer gives way to what has to be done then.
    """
    best = _best(pack, facts, doubts)
    if alarm is None or (isinstance(best, Verdict) and best.ruling not in MILD):
        return best
    grave = judge(pack, alarm)
    return grave if isinstance(grave, Verdict) and grave.ruling not in MILD else best


def _best(pack: Pack, facts: Facts, doubts: Doubts) -> Judgement:
    telling = _telling(pack, facts, doubts)
    doubted = {fact: chances for fact, chances in doubts.items() if fact in telling}
    ways = _ranked(_ways(facts, doubted))
    if len(ways) == 1:
        return judge(pack, facts)
    rulings = [upshot(pack, way) for _, way in ways]
    weighed = list(zip(ways, rulings, strict=True))
    share = _shares(weighed)
    best = max(share, key=lambda given: worth(given, share, HARM) + (MARGIN if given is rulings[0] else 0.0))
    reached = worth(best, share, HARM)
    fact, settled = _settling(weighed, doubted)
    if fact and settled - max(reached, 0.0) >= PATIENCE:
        return Question(ways[0][1], fact, _values(fact, ways), tuple(_firsts(pack, ways)))
    if reached < ENOUGH:
        return Lost(facts, tuple(finding.rule for finding in _firsts(pack, ways)))
    return judge(pack, ways[rulings.index(best)][1])


def _shares(weighed: Sequence[tuple[Way, Ruling]]) -> Mapping[Ruling, float]:
    """Return how likely each ruling is, 1 in all."""
    share: defaultdict[Ruling, float] = defaultdict(float)
    whole = sum(chance for (chance, _), _ in weighed)
    for (chance, _), ruling in weighed:
        share[ruling] += chance / whole
    return share


def _settling(weighed: Sequence[tuple[Way, Ruling]], doubted: Doubts) -> tuple[Fact | None, float]:
    """Return the question whose answer is likely to make the best answer worth most, and that worth; only what is doubted can be one."""
    ways, asked = [way for way, _ in weighed], [fact for fact in QUESTIONS if fact in doubted]
    worths = {fact: _worth_once_known(fact, weighed) for fact in asked if len(_values(fact, ways)) > 1}
    best = max(worths, key=lambda fact: worths[fact], default=None)
    return best, worths[best] if best else 0.0


def _worth_once_known(fact: Fact, weighed: Sequence[tuple[Way, Ruling]]) -> float:
    """Return what the best answer is worth once the fact is known, on average over what it may turn out to be."""
    whole = sum(chance for (chance, _), _ in weighed)
    told = 0.0
    for value in {way.get(fact) for (_, way), _ in weighed}:
        left = [one for one in weighed if one[0][1].get(fact) == value]
        share = _shares(left)
        best = max(worth(ruling, share, HARM) for ruling in share)
        told += max(best, 0.0) * sum(chance for (chance, _), _ in left) / whole
    return told


def _values(fact: Fact, ways: Sequence[Way]) -> tuple[str, ...]:
    """Return the values that the ways of reading give a fact, likeliest first."""
    return tuple(dict.fromkeys(value for _, way in ways if (value := way.get(fact)) is not None))


def _firsts(pack: Pack, ways: Sequence[Way]) -> Iterator[Finding]:
    """Yield what the likeliest ways of reading would rest on, each rule once."""
    firsts = (findings[0] for _, way in ways if (findings := decide(pack, way)))
    yield from islice({finding.rule.id: finding for finding in firsts}.values(), SHOWN)


def _telling(pack: Pack, facts: Facts, doubts: Doubts) -> frozenset[Fact]:
    """Return the facts that some rule of a likely topic looks at: doubts about others change nothing."""
    topics = doubts.get(Fact.topic) or {facts.get(Fact.topic): 1.0}
    return frozenset({Fact.topic, Fact.asked}).union(*(pack.named[topic or ""] for topic in topics))


def _ranked(ways: Iterator[Way]) -> list[Way]:
    return sorted(ways, key=lambda way: -way[0])


def worth(given: Ruling, share: Mapping[Ruling, float], harm: Harm) -> float:
    """Return how much good an answer is likely to do, less the harm; asking back does none."""
    costs = harm.get(given, {})
    return share[given] - sum(chance * costs.get(true, 0.0) for true, chance in share.items())


def _ways(facts: Facts, doubts: Doubts) -> Iterator[Way]:
    """Yield the likeliest ways of reading, likeliest first, the facts as they stand among them."""
    open_facts = tuple(doubts)
    ranked = [sorted(doubts[fact].items(), key=lambda one: -one[1]) for fact in open_facts]
    heap: list[tuple[float, tuple[int, ...]]] = [(-_chance(ranked, (0,) * len(ranked)), (0,) * len(ranked))]
    seen = {heap[0][1]}
    for _ in range(MOST):
        if not heap:
            return
        chance, places = heappop(heap)
        way = _with(facts, {fact: ranked[at][place][0] for at, (fact, place) in enumerate(zip(open_facts, places, strict=True))})
        yield -chance * sense(way), way
        for at, place in enumerate(places):
            further = (*places[:at], place + 1, *places[at + 1 :])
            if place + 1 < len(ranked[at]) and further not in seen:
                seen.add(further)
                heappush(heap, (-_chance(ranked, further), further))


def _chance(ranked: list[list[tuple[str | None, float]]], places: tuple[int, ...]) -> float:
    chance = 1.0
    for values, place in zip(ranked, places, strict=True):
        chance *= values[place][1]
    return chance


def _with(facts: Facts, values: Mapping[Fact, str | None]) -> Facts:
    known = {**facts.known, **values}
    return Facts({fact: value for fact, value in known.items() if value is not None}, facts.words)
