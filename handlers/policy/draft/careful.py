"""A careful answer from a draft: a verdict only where a sure rule decides and no near clause disagrees, else the nearest clauses.

Not here: how near a clause is (ranking), or the words of an answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from handlers.policy.draft.deciding import HEARD, decided, total
from handlers.policy.draft.ranking import Asked, Chance, Study, near, study
from handlers.policy.explain import Citation, Explained, approvers, notified
from handlers.policy.facts import Facts
from handlers.policy.hearing import TO_KNOW
from handlers.policy.pack import Kind, Pack, Rule, Ruling
from handlers.policy.topics import FOREIGN, GRAVE_CONTENT, GRAVE_TOPICS
from handlers.policy.understand.reading import Reading
from handlers.policy.vocabulary import Fact
from handlers.policy.weigh import MILD

ALARMING = 0.25  # so likely, a child at risk is not passed over
UNEASY = 0.1  # so likely, a mild answer is not given
SURELY = 0.6  # so likely, the silence of a text is told as such
SHOWN = 3  # clauses
REPORTED = (GRAVE_TOPICS - {"sexual_romantic"}) | {"report_violation", "discrimination_report", "failure_to_report"}


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one question meets in one draft."""

    pack: Pack
    study: Study
    facts: Facts
    clauses: np.ndarray
    rules: np.ndarray


def careful(pack: Pack, text: str | None, turns: Sequence[str], reading: Reading) -> Explained:
    """Return the answer to the last of the turns; `text` is the attached text, None where there is none."""
    if not reading.understood or reading.seen is None:
        return Explained(Ruling.unclear, reading.facts, lost="lost", ask=pack.settings.ask, draft=True)
    asked = Asked(reading.seen.chances, reading.seen.meaning, " ".join(turns))
    known = study(text, tuple((rule.locator, rule.says) for rule in pack.rules))
    heard = _Heard(pack, known, reading.facts, *near(known, asked))
    return _answer(heard, asked.chances)


def _answer(heard: _Heard, chances: Chance) -> Explained:
    alarm = total(chances[Fact.topic], GRAVE_TOPICS) + max(chances[Fact.content].get(value, 0.0) for value in GRAVE_CONTENT)
    if alarm >= ALARMING:
        return _grave(heard, chances, alarm)
    found = _ordinary(heard, chances)
    return _unsure(heard, lost="safety") if alarm >= UNEASY and found.ruling in MILD else found


def _ordinary(heard: _Heard, chances: Chance) -> Explained:
    if total(chances[Fact.topic], FOREIGN) >= HEARD:
        return Explained(Ruling.not_covered, heard.facts, lost="silent", ask=heard.pack.settings.ask, draft=True)
    if total(chances[Fact.asked], TO_KNOW) >= HEARD:
        return _explained(heard, Ruling.information, None)
    ruling = decided(heard.pack.rules, heard.rules, chances)
    return _explained(heard, *ruling) if ruling else _unsure(heard)


def _grave(heard: _Heard, chances: Chance, alarm: float) -> Explained:
    """A child may be at risk: what the text says of reporting, or that it says nothing; never less."""
    if max(chances[Fact.topic], key=lambda topic: chances[Fact.topic][topic]) == "sexual_romantic":
        never = [place for place in _ranked(heard.rules) if _forbids_romance(heard.pack.rules[place])]
        if never:
            return _explained(heard, Ruling.prohibited, never[0])
    reports = [place for place in _ranked(heard.rules) if _reports(heard.pack.rules[place])]
    if reports:
        return _explained(heard, Ruling.must_act, reports[0])
    spoken = any(rule.tells or REPORTED & set(rule.when.get(Fact.topic, ())) for rule in heard.pack.rules)
    return replace(_unsure(heard, lost="safety"), ruling=Ruling.unclear if spoken or alarm < SURELY else Ruling.not_covered)


def _forbids_romance(rule: Rule) -> bool:
    about = "sexual_romantic" in rule.when.get(Fact.topic, ()) or "sexual" in rule.when.get(Fact.content, ())
    return rule.kind in {Kind.stop, Kind.prohibition} and about


def _reports(rule: Rule) -> bool:
    return rule.kind in {Kind.duty, Kind.report} and bool(REPORTED & set(rule.when.get(Fact.topic, ())))


def _ranked(scores: np.ndarray) -> list[int]:
    return [int(place) for place in np.argsort(-scores, kind="stable")]


def _explained(heard: _Heard, ruling: Ruling, deciding: int | None) -> Explained:
    if deciding is None:
        return Explained(ruling, heard.facts, _citations(heard, ()), ask=heard.pack.settings.ask, draft=True)
    rule = heard.pack.rules[deciding]
    process = heard.pack.processes[rule.process] if rule.process else None
    return Explained(
        ruling,
        heard.facts,
        _citations(heard, (deciding,)),
        approvers=approvers(process),
        notified=notified(rule, process),
        process=rule.process,
        provided=rule.provided,
        instead=rule.instead,
        ask=heard.pack.settings.ask,
        draft=True,
    )


def _unsure(heard: _Heard, lost: str = "draft") -> Explained:
    return Explained(Ruling.unclear, heard.facts, _citations(heard, ()), lost=lost, ask=heard.pack.settings.ask, draft=True)


def _citations(heard: _Heard, first: Sequence[int]) -> tuple[Citation, ...]:
    """Return the deciding rule's clause, then the nearest, each once."""
    return tuple(_cited(heard, place) for place in first) + tuple(_nearest(heard, {int(heard.study.clause[place]) for place in first}))


def _nearest(heard: _Heard, shown: set[int]) -> Iterator[Citation]:
    for clause in [clause for clause in _ranked(heard.clauses) if clause not in shown][: SHOWN - len(shown)]:
        within = np.flatnonzero(heard.study.clause == clause)
        yield _cited(heard, int(within[np.argmax(heard.rules[within])]))


def _cited(heard: _Heard, place: int) -> Citation:
    rule, where = heard.pack.rules[place], heard.study.places[heard.study.clause[place]]
    return Citation(rule.id, heard.pack.policy, where.locator, rule.says, where.quote)
