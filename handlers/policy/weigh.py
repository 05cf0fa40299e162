"""A question that may be read in several ways: each is judged, and the answer is the one that most likely holds and harms least.

Not here: how sure each fact is (understand), or what follows from given facts (judge).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from itertools import islice

from handlers.policy.facts import Facts
from handlers.policy.hearing import decide
from handlers.policy.judge import judge, upshot
from handlers.policy.pack import Pack, Rule, Ruling
from handlers.policy.sense import sense
from handlers.policy.verdict import Judgement, Lost, Verdict
from handlers.policy.vocabulary import Fact

MOST = 20  # ways of reading one question that are judged
Doubts = Mapping[Fact, Mapping[str | None, float]]
Way = tuple[float, Facts]  # how likely, and the facts

# What it costs to give the first where the second is true, against 1 for a right answer: a wrong yes costs jobs.
HARM: Mapping[tuple[Ruling, Ruling], float] = {
    (given, true): cost
    for given, costs in {
        Ruling.allowed: {Ruling.prohibited: 3.0, Ruling.needs_approval: 3.0, Ruling.must_act: 1.5, Ruling.discouraged: 1.0},
        Ruling.not_covered: {Ruling.prohibited: 2.0, Ruling.needs_approval: 2.0, Ruling.must_act: 2.0},
        Ruling.information: {Ruling.prohibited: 1.0, Ruling.must_act: 1.0, Ruling.not_covered: 0.5},
        Ruling.needs_approval: {Ruling.prohibited: 1.5, Ruling.must_act: 0.5, Ruling.allowed: 0.5},
        Ruling.discouraged: {Ruling.prohibited: 0.5, Ruling.must_act: 0.5, Ruling.allowed: 0.5},
        Ruling.must_act: {Ruling.prohibited: 1.0, Ruling.needs_approval: 1.0},
        Ruling.prohibited: {Ruling.must_act: 1.0},
    }.items()
    for true, cost in costs.items()
}
MILD = frozenset({Ruling.allowed, Ruling.not_covered, Ruling.information, Ruling.needs_approval, Ruling.unclear})
ENOUGH = 0.3  # below this worth no answer is given
SHOWN = 3  # rules near a question that was not understood
MARGIN = 0.1  # by so much another answer has to be worth more than that of the likeliest way


def weigh(pack: Pack, facts: Facts, doubts: Doubts, alarm: Facts | None = None) -> Judgement:
    """Return the judgement of the likeliest way of reading that leads to the answer worth most; Lost when none is worth giving.

    Where `alarm` says that a child may be at risk, a mild answer gives way to what has to be done then.
    """
    best = _best(pack, facts, doubts)
    if alarm is None or (isinstance(best, Verdict) and best.ruling not in MILD):
        return best
    grave = judge(pack, alarm)
    return grave if isinstance(grave, Verdict) and grave.ruling not in MILD else best


def _best(pack: Pack, facts: Facts, doubts: Doubts) -> Judgement:
    ways = _ranked(_ways(facts, {fact: chances for fact, chances in doubts.items() if fact in _telling(pack, facts, doubts)}))
    if len(ways) == 1:
        return judge(pack, facts)
    rulings = [upshot(pack, way) for _, way in ways]
    share: defaultdict[Ruling, float] = defaultdict(float)
    whole = sum(chance for chance, _ in ways)
    for ruling, (chance, _) in zip(rulings, ways, strict=True):
        share[ruling] += chance / whole
    best = max(share, key=lambda given: _worth(given, share) + (MARGIN if given is rulings[0] else 0.0))
    if _worth(best, share) < ENOUGH:
        return Lost(facts, tuple(_nearest(pack, ways)))
    return judge(pack, ways[rulings.index(best)][1])


def _nearest(pack: Pack, ways: list[Way]) -> Iterator[Rule]:
    """Yield the rules that the likeliest ways of reading would rest on, each once."""
    firsts = (findings[0].rule for _, way in ways if (findings := decide(pack, way)))
    yield from islice({rule.id: rule for rule in firsts}.values(), SHOWN)


def _telling(pack: Pack, facts: Facts, doubts: Doubts) -> frozenset[Fact]:
    """Return the facts that some rule of a likely topic looks at: doubts about others change nothing."""
    topics = doubts.get(Fact.topic) or {facts.get(Fact.topic): 1.0}
    return frozenset({Fact.topic, Fact.asked}).union(*(pack.named[topic or ""] for topic in topics))


def _ranked(ways: Iterator[Way]) -> list[Way]:
    return sorted(ways, key=lambda way: -way[0])


def _worth(given: Ruling, share: Mapping[Ruling, float]) -> float:
    """Return how much good an answer is likely to do, less the harm."""
    if given is Ruling.unclear:
        return share[given]
    return share[given] - sum(chance * HARM.get((given, true), 0.0) for true, chance in share.items())


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
