"""A question's words against a pack's rules: the nearest clauses, for when there is no verdict. No ruling comes from here."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log, sqrt

import snowballstemmer

from handlers.policy.pack import Pack, Rule

WORDS = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
COMMON = frozenset(
    WORDS.findall(
        "a an and are as at be but by can could do does for from had has have how i if in is it its may me my no not of on or our"
        " shall should so than that the their them then there they this to was we what when where which who will with would you your"
        " about after again all also always any anything because been before being even ever every everything get gets go going got here"
        " into just know let like made make many more much need never now off once one only out over own people please same say said"
        " something still such take thing think time today tomorrow tonight too until up use us very wait want way were without work yes"
    )
)
LEAST = 0.1  # a clause that scores less shares only a word that is in many of them; a perfect match of one word is 0.5


def nearest(pack: Pack, question: str, most: int = 3) -> tuple[Rule, ...]:
    """Return at most `most` rules that share rare words with the question, nearest first; none when next to nothing is shared."""
    asked = frozenset(stems(question))
    known = _known(tuple((rule.says, rule.instead) for rule in pack.rules))
    spread = Counter(stem for found in known for stem in found if stem in asked)
    scored = [(_score(asked, found, spread, len(known)), rule) for found, rule in zip(known, pack.rules, strict=True)]
    ranked = sorted((one for one in scored if one[0] >= LEAST), key=lambda one: -one[0])
    return tuple(rule for _, rule in ranked[:most])


@lru_cache(maxsize=256)  # packs: some 50 KB each
def _known(told: tuple[tuple[str, str], ...]) -> tuple[frozenset[str], ...]:
    """Return the stems of each rule: they cost more than all the rest of an answer, and never change."""
    return tuple(frozenset(stems(f"{says} {instead}")) for says, instead in told)


def _score(stems: Iterable[str], rule: frozenset[str], spread: Counter[str], rules: int) -> float:
    return sum(log(1 + rules / spread[stem]) for stem in set(stems) & rule) / log(1 + rules) / (1 + sqrt(len(rule)))


def stems(text: str) -> tuple[str, ...]:
    """Return the telling words of a text, each without its ending."""
    return tuple(_stem(word) for word in WORDS.findall(text.lower()) if word not in COMMON)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(snowballstemmer.stemmer("english").stemWord(word))
