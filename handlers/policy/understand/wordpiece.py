"""A text as the pieces of words that the network was trained on, each with its place in the text. Greedy WordPiece, lower case.

The way of cutting is BERT's (Devlin et al. 2018); our own few lines spare a library that brings a downloader with it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TOKENS = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST = 40  # characters of a word: a longer one is noise
_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\u2026": "."})
UNKNOWN, BEGIN, END, PAD = "[UNK]", "[CLS]", "[SEP]", "[PAD]"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece's number in the vocabulary, and the word it belongs to: from where to where in the text."""

    id: int
    start: int
    end: int


def pieces(text: str, vocabulary: Mapping[str, int]) -> Iterator[Piece]:
    """Yield the pieces of a text; a word that cannot be put together is one unknown piece."""
    for token in _TOKENS.finditer(text):
        word = _plain(token[0])
        for name in _cut(word, vocabulary):
            yield Piece(vocabulary[name], token.start(), token.end())


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.translate(_APOSTROPHES).lower())
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


def _cut(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    found: list[str] = []
    start = 0
    while start < len(word) <= _LONGEST:
        mark = "##" if start else ""
        end = next((end for end in range(len(word), start, -1) if mark + word[start:end] in vocabulary), None)
        if end is None:
            return [UNKNOWN]
        found.append(mark + word[start:end])
        start = end
    return found or [UNKNOWN]
