"""The clauses of a draft, nearest to a question first: by what both are about, by their facts, and by their words. No ruling here."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np

from handlers.policy.search import stems
from handlers.policy.split.addressed import parts
from handlers.policy.split.clauses import divide
from handlers.policy.understand.network import Chances, Seen, network
from handlers.policy.vocabulary import Fact

Chance = Mapping[Fact, Chances]

TOPICS, MEANING, FACTS, WORDS = 1.0, 1.0, 0.1, 0.05  # what each kind of likeness counts
UNLIKE = 0.5  # a fact said otherwise, against one said alike
RARE, LENGTH = 1.2, 0.75  # the usual constants of BM25
SAID_OF_BOTH = tuple(fact for fact in Fact if fact not in {Fact.topic, Fact.asked, Fact.asker, Fact.when})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the network reads it."""

    chances: Chance
    meaning: Sequence[float]
    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """A clause as it is quoted."""

    locator: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class Study:
    """What is known of a draft's rules and of the clauses they stand in: `clause` holds the place of each rule's."""

    places: tuple[Place, ...]
    clause: np.ndarray
    stems: tuple[tuple[str, ...], ...]
    clauses: "Likeness"
    rules: "Likeness"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Many texts as the network reads them, a row each."""

    topics: np.ndarray
    meanings: np.ndarray
    values: np.ndarray
    sums: np.ndarray

    def to(self, asked: Asked) -> np.ndarray:
        """Return how like each text is to a question."""
        topics, values, sums = _rows(asked.chances)
        alike = self.values @ values
        facts = alike - UNLIKE * (self.sums @ sums - alike)
        meaning: np.ndarray = self.meanings @ _of_one(asked.meaning)
        whole: np.ndarray = TOPICS * (self.topics @ topics) + MEANING * meaning + FACTS * facts
        return whole


def near(study: Study, asked: Asked) -> tuple[np.ndarray, np.ndarray]:
    """Return how near each clause is, by all of it and by its best sentence, and how near each rule."""
    clauses = study.clauses.to(asked) + WORDS * _by_words(study.stems, stems(asked.words))
    rules = study.rules.to(asked)
    best = np.full(len(study.places), -np.inf)
    np.maximum.at(best, study.clause, rules)
    return (clauses + best) / 2, clauses[study.clause] + rules


@lru_cache(maxsize=16)  # drafts: a district has one
def study(text: str | None, rules: tuple[tuple[str, str], ...]) -> Study:
    """Return what ranking needs; `rules` are locators and our words, which stand for the text's where none is attached."""
    known = {part.sentence.locator: part for part in parts(divide(text).clauses)} if text else {}
    places: dict[Place, int] = {}
    words: list[str] = []
    told: list[str] = []
    clause: list[int] = []
    for locator, says in rules:
        part = known.get(locator)
        place = Place(part.clause.locator, part.clause.text) if part else Place(locator, None)
        if place not in places:
            places[place] = len(places)
            words.append(f"{part.clause.heading} {part.clause.text}" if part else says)
        clause.append(places[place])
        told.append(part.meant if part else says)
    read = [network().read([place.quote or words[number]]) for place, number in places.items()]
    return Study(
        tuple(places),
        np.array(clause),
        tuple(stems(one) for one in words),
        _likeness(read),
        _likeness([network().read([one]) for one in told]),
    )


def _likeness(read: Sequence[Seen]) -> Likeness:
    rows = [_rows(seen.chances) for seen in read]
    meanings = np.array([_of_one(seen.meaning) for seen in read])
    return Likeness(np.array([row[0] for row in rows]), meanings, np.array([row[1] for row in rows]), np.array([row[2] for row in rows]))


def _of_one(meaning: Sequence[float]) -> np.ndarray:
    """Return the meaning at length one, as exact as the network gives it."""
    vector = np.asarray(meaning, dtype=np.float32)
    return np.divide(vector, np.linalg.norm(vector))


def _rows(chances: Chance) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the roots of the topics' chances, every chance of a value, and per fact how likely it is said at all."""
    told = {fact: [chance for value, chance in chances[fact].items() if value is not None] for fact in SAID_OF_BOTH if fact in chances}
    values = np.array([chance for listed in told.values() for chance in listed])
    return np.sqrt(np.array(list(chances[Fact.topic].values()))), values, np.array([sum(listed) for listed in told.values()])


def _by_words(clauses: Sequence[Sequence[str]], question: Sequence[str]) -> np.ndarray:
    """Return the BM25 of each clause."""
    spread = Counter(stem for clause in clauses for stem in set(clause))
    mean = max(1.0, sum(map(len, clauses)) / len(clauses))
    return np.array([sum(_weights(set(question), Counter(clause), spread, len(clauses), mean)) for clause in clauses])


def _weights(question: set[str], clause: Counter[str], spread: Counter[str], many: int, mean: float) -> Iterator[float]:
    length = 1 - LENGTH + LENGTH * clause.total() / mean
    for stem in question & clause.keys():
        rare = log(1 + (many - spread[stem] + 0.5) / (spread[stem] + 0.5))
        yield rare * clause[stem] * (RARE + 1) / (clause[stem] + RARE * length)
