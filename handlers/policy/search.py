"""A question's words against a pack's rules: the nearest clauses, for when there is no verdict. No ruling comes from here."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log, sqrt

from handlers.policy.english import stemmed
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
    spoken, rules = pack.found.spoken or _spoken(pack), len(pack.rules)
    scores: dict[int, float] = {}
    for places in (spoken.get(stem, ()) for stem in dict.fromkeys(stems(question))):
        for place, length in places:
            scores[place] = scores.get(place, 0.0) + log(1 + rules / len(places)) / log(1 + rules) / length
    ranked = sorted((-score, place) for place, score in scores.items() if score >= LEAST)
    return tuple(pack.rules[place] for _, place in ranked[:most])


def _spoken(pack: Pack) -> Mapping[str, Sequence[tuple[int, float]]]:
    """Return by stem which rules say it, kept with the pack: to find their stems costs more than all the rest of an answer."""
    spoken: dict[str, list[tuple[int, float]]] = {}
    for place, rule in enumerate(pack.rules):
        found = dict.fromkeys(stems(f"{rule.says} {rule.instead}"))
        for stem in found:
            spoken.setdefault(stem, []).append((place, 1 + sqrt(len(found))))
    pack.found.spoken.update(spoken)
    return spoken


def stems(text: str) -> tuple[str, ...]:
    """Return the telling words of a text, each without its ending."""
    return tuple(_stem(word) for word in WORDS.findall(text.lower()) if word not in COMMON)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return stemmed(word)
