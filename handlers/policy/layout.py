"""A district's text laid out as its pack counts it, one paragraph or item a line, however the file broke its lines."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

WORD = re.compile(r"[^\W_]+")  # the same words that a fingerprint is taken over


def counts(text: str) -> tuple[int, ...]:
    """Return how many words each line has that has any: what a pack keeps of the text's layout."""
    return tuple(found for line in text.splitlines() if (found := len(WORD.findall(line))))


def laid_out(text: str, wanted: Sequence[int]) -> str | None:
    """Return the text with its line breaks where the counts put them; None when it has another number of words.

    A copy from a PDF, a mail or a web page breaks lines elsewhere; locators count paragraphs, so they would lead astray.
    """
    words = list(WORD.finditer(text))
    if sum(wanted) != len(words):
        return None
    if not words:  # signs alone are no line, and no sign may be lost
        return " ".join(text.split())
    firsts = [0, *accumulate(wanted)]
    cuts = [_cut(text, words, first) for first in firsts]
    return "\n".join(" ".join(text[start:end].split()) for start, end in pairwise(cuts))


def _cut(text: str, words: Sequence[re.Match[str]], first: int) -> int:
    """Return where a line begins: at the white space before its first word, so that marks stay with the word they touch."""
    if first == 0:
        return 0
    if first == len(words):
        return len(text)
    before, after = words[first - 1].end(), words[first].start()
    gap = text[before:after]
    at = gap.find("\n") if "\n" in gap else next((place for place, char in enumerate(gap) if char.isspace()), 0)
    return before + at
