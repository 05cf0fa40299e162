"""The rules as data: nothing misspelt, nothing that cannot match, nothing outside the vocabulary."""

import re

import pytest

from handlers.policy.facts import VALUES
from handlers.policy.understand.patterns import pattern
from handlers.policy.understand.phrases import KINDS, LEXICON, longest
from handlers.policy.understand.rules.set_phrases import SET_PHRASES
from handlers.policy.understand.rules.tables import PRESUMABLE, SAID
from handlers.policy.understand.rules.thread import BEGINS_ANEW, GOES_ON, OTHERS

BLOCKS = [
    *SET_PHRASES.values(),
    GOES_ON,
    BEGINS_ANEW,
    OTHERS,
    *(lines for table in (SAID, PRESUMABLE) for values in table.values() for lines in values.values()),
]
LINES = [line.strip().removeprefix("unless ") for block in BLOCKS for line in block.strip().splitlines()]


def test_every_rule_speaks_of_facts_and_values_that_exist() -> None:
    for table in (SAID, PRESUMABLE):
        for fact, values in table.items():
            assert values.keys() <= VALUES[fact].keys()


def test_every_sense_that_a_rule_names_has_words() -> None:
    named = {sense for line in LINES for sense in re.findall(r"[A-Z]+", line)}

    assert named <= LEXICON.keys() | KINDS.keys() | SET_PHRASES.keys()


def test_a_line_denies_all_or_none_of_a_place() -> None:
    for piece in " ".join(LINES).split():
        marks = {name[0] if name[0] in "-~" else "" for name in piece.removesuffix("?").split("|")}

        assert len(marks) == 1, piece


def test_a_line_needs_something() -> None:
    assert all(pattern(line).needed for line in LINES)


def test_no_line_waits_for_a_comma_or_a_capital() -> None:
    names = re.split(r"[ |?~-]+", " ".join(LINES))

    assert [name for name in names if not re.fullmatch(r"[a-z0-9]*|[A-Z]+|[_^$]|\.\.", name)] == []


@pytest.mark.parametrize("phrase", ["text message", "facebook messenger", "church league", "kids in my church"])
def test_the_longest_phrase_counts(phrase: str) -> None:
    words = phrase.split()
    length, _ = longest(words, 0)

    assert length in {1, len(words)}


def test_a_phrase_may_have_several_senses() -> None:
    _, senses = longest(["facebook", "friends"], 0)

    assert {"SOCIAL", "FRIENDING"} <= senses
