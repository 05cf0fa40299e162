"""A mistyped long word becomes the word that was meant, if only one is near. Not here: what the word means."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.policy.understand.lexicon.ordinary import ORDINARY
from handlers.policy.understand.phrases import known, stem, vocabulary
from handlers.policy.understand.rules.tables import SAID

SHORTEST = 5  # letters: below, nearly every word is near another one
LONG = 9  # letters: from here on, two slips are forgiven
_LONGEST = 24
_REPEATED = re.compile(r"(.)\1{2,}")  # texttt
_NAMED = re.compile(r"[a-z]{5,}")


@lru_cache(maxsize=20_000)
def meant(word: str) -> str:
    """Return the word itself, or the one of ours that it was meant to be."""
    if not SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or stem(word) in _meant_as_written() or known(word):
        return word
    if known(calm := _REPEATED.sub(r"\1", word)):
        return calm
    slips = 2 if len(word) >= LONG else 1
    near = process.extractOne(word, _targets().get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
    return str(near[0]) if near else word


@cache
def _meant_as_written() -> frozenset[str]:
    """Ordinary words and the words that rules name, in all their endings."""
    rules = " ".join(lines for values in SAID.values() for lines in values.values())
    return frozenset(map(stem, ORDINARY.split() + _NAMED.findall(rules)))


@cache
def _targets() -> Mapping[str, tuple[str, ...]]:
    """The words by first letter, which people rarely get wrong."""
    targets = defaultdict(list)
    for word in sorted(vocabulary()):
        if len(word) >= SHORTEST:
            targets[word[0]].append(word)
    return {letter: tuple(found) for letter, found in targets.items()}
