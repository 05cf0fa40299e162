"""The facts that a sentence shows by the rules. Not here: how sentences and turns come together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from handlers.policy.facts import Fact, Facts
from handlers.policy.understand.cues import Cue
from handlers.policy.understand.patterns import Pattern, pattern
from handlers.policy.understand.rules.tables import PRESUMABLE, SAID


@dataclass(frozen=True, slots=True)
class Rule:
    """The turns of phrase that show a value, and those that take it back."""

    value: str
    lines: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]


def said(text: str, sentence: Sequence[Cue]) -> Facts:
    """Return the facts that the sentence shows, with its words."""
    return _shown(_rules(unsaid=False), text, sentence)


def unsaid(text: str, sentence: Sequence[Cue]) -> Facts:
    """Return the facts that go without saying."""
    return _shown(_rules(unsaid=True), text, sentence)


def _shown(rules: Mapping[Fact, tuple[Rule, ...]], text: str, sentence: Sequence[Cue]) -> Facts:
    present = frozenset(name for cue in sentence for name in cue.names)
    found = {fact: match for fact, table in rules.items() for match in [_first(table, sentence, present)] if match}
    return Facts(
        {fact: value for fact, (value, _, _) in found.items()},
        {fact: text[sentence[start].start : sentence[max(start, end - 1)].end] for fact, (_, start, end) in found.items()},
    )


def _first(table: Sequence[Rule], sentence: Sequence[Cue], present: frozenset[str]) -> tuple[str, int, int] | None:
    for rule in table:
        place = next(_places(rule.lines, sentence, present), None)
        if place and not any(_places(rule.unless, sentence, present)):
            return rule.value, *place
    return None


def _places(lines: Sequence[Pattern], sentence: Sequence[Cue], present: frozenset[str]) -> Iterator[tuple[int, int]]:
    return (place for line in lines for place in [line.find(sentence, present)] if place)


@cache
def _rules(*, unsaid: bool) -> Mapping[Fact, tuple[Rule, ...]]:
    table = PRESUMABLE if unsaid else SAID
    return {fact: tuple(_rule(value, lines) for value, lines in values.items()) for fact, values in table.items()}


def _rule(value: str, lines: str) -> Rule:
    stripped = [line.strip() for line in lines.strip().splitlines()]
    unless = [line.removeprefix("unless ") for line in stripped if line.startswith("unless ")]
    shows = [line for line in stripped if not line.startswith("unless ")]
    return Rule(value, tuple(map(pattern, shows)), tuple(map(pattern, unless)))
