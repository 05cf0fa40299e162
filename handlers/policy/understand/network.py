"""The network that reads a conversation: for every fact the chance of each value, and which words speak for it. Not here: what follows.

A small sentence encoder, trained on our own utterances by `tests/learning/`; it runs on one core and asks nobody.
"""

import json
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from math import exp
from pathlib import Path

from handlers.policy.understand.runtime import Runtime
from handlers.policy.understand.wordpiece import BEGIN, END, Piece, pieces
from handlers.policy.vocabulary import Fact

LONGEST = 192  # pieces: what came long before says little about now
_HERE = "handlers.policy.understand.learned"

Chances = Mapping[str | None, float]  # None: the fact is not said


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network makes of a conversation: chances per fact, the words that speak for each, and a vector of its meaning."""

    chances: Mapping[Fact, Chances]
    words: Callable[[Fact], str]
    meaning: "array[float]"


class Network:
    """A trained network with the pieces it knows and the values it tells apart."""

    def __init__(self, model: Path, vocabulary: Sequence[str], heads: Sequence[tuple[Fact, Sequence[str | None]]]) -> None:
        """Open the network."""
        self._runtime = Runtime(model, "pieces", ("scores", "weights", "meaning"))
        self.vocabulary = {piece: number for number, piece in enumerate(vocabulary)}
        self._heads = heads
        self._width = sum(len(values) for _, values in heads)

    def read(self, turns: Sequence[str]) -> Seen:
        """Read the turns together; the last one is what is asked now."""
        text, found = self._pieces(turns)
        scores, weights, meaning = self._runtime.run([piece.id for piece in found])
        each = [scores[first : first + self._width] for first in range(0, len(scores), self._width)]  # of the networks in it
        chances: dict[Fact, Chances] = {}
        first = 0
        for fact, values in self._heads:
            shares = [_shares(one[first : first + len(values)]) for one in each]
            chances[fact] = dict(zip(values, (sum(share) / len(each) for share in zip(*shares, strict=True)), strict=True))
            first += len(values)
        places = {fact: place for place, (fact, _) in enumerate(self._heads)}
        return Seen(chances, lambda fact: _shown(text, found, weights[places[fact] :: len(places)]), meaning)

    def _pieces(self, turns: Sequence[str]) -> tuple[str, list[Piece]]:
        """Return the turns as one text, and its pieces with the marks between turns."""
        found: list[Piece] = []
        text = ""
        for turn in turns:
            found += [Piece(one.id, one.start + len(text), one.end + len(text)) for one in pieces(turn, self.vocabulary)]
            text += turn + "\n"
            found.append(Piece(self.vocabulary[END], len(text), len(text)))
        return text, [Piece(self.vocabulary[BEGIN], 0, 0), *found[1 - LONGEST :]]


@cache
def network() -> Network:
    """Return the network of this version, opened once."""
    folder = files(_HERE)
    heads = json.loads(folder.joinpath("heads.json").read_text(encoding="utf-8"))["heads"]
    vocabulary = folder.joinpath("vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]
    told = [(Fact(fact), tuple(values) if fact == Fact.topic else (None, *values)) for fact, values in heads]
    with as_file(folder.joinpath("network.onnx")) as model:
        return Network(model, vocabulary, told)


def _shares(scores: Sequence[float]) -> list[float]:
    """Return what each score is of the whole: a chance."""
    most = max(scores)
    raised = [exp(score - most) for score in scores]
    whole = sum(raised)
    return [one / whole for one in raised]


def _shown(text: str, found: Sequence[Piece], weights: Sequence[float], most: int = 3) -> str:
    """Return the few words that weigh most, in their order; words that stand side by side stay together."""
    by_word: dict[tuple[int, int], float] = {}
    for piece, weight in zip(found, weights, strict=True):
        if any(map(str.isalnum, text[piece.start : piece.end])):
            place = (piece.start, piece.end)
            by_word[place] = by_word.get(place, 0.0) + weight
    best = sorted(sorted(by_word, key=lambda place: -by_word[place])[:most])
    kept = [place for place in best if by_word[place] >= max(by_word.values()) / 4]
    joined: list[tuple[int, int]] = []
    for start, end in kept:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return " … ".join(text[start:end] for start, end in joined)
