"""Which part of a sentence is denied: "not from my own phone", "instead of my phone", "I don't have a school phone". Nothing else."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

Names = AbstractSet[str]

REACH = 7  # cues that one denial can cover


def _names(text: str) -> Names:
    return frozenset(text.split())


# These deny what follows at once; the pairs deny what follows both.
_ALONE = _names("without no never besides except nor neither")
_PAIRS = (("instead", "of"), ("rather", "than"), ("other", "than"), ("opposed", "to"))
# "not" denies what these begin ("not from my phone", "not a school team"), but not a plain verb ("do not text").
_BEGIN = _names(
    "from on with via through using in for at by during to my the a an his her their our any this that as one of about part own mine it"
    " really actually even technically exactly necessarily being SCHOOL OWN MY CHILD SIBLING HAVING APPROVE EMERGENCY"
)
_BEFORE_WANTS = _names("do does did would")
_WANTS = _names("want have got own use using like need do get give gave plan provide offer coach work teach HAVING")
_BEFORE_PLEA = _names("can could may should")  # "why can I not use my phone" denies nothing
_CANCEL = _names("only just THEM")
_STOP = _names(", but and can may is are so then just if because who which when i we MAYI MUSTI")
_NOTHING = _names("")


def denied_places(sentence: Sequence[Names]) -> frozenset[int]:
    """Return the places of the cues that are denied."""
    return frozenset(place for head in range(len(sentence)) for place in _scope(sentence, head))


def _scope(sentence: Sequence[Names], head: int) -> range:
    first = head + _steps_to_denied(sentence, head)
    if first == head or "," in _at(sentence, first):
        return range(0)
    last = first + 1
    while last < min(len(sentence), first + REACH) and _STOP.isdisjoint(sentence[last]):
        last += 1
    return range(first, last)


def _steps_to_denied(sentence: Sequence[Names], head: int) -> int:
    """Return how far behind the head the denied part begins; 0 where nothing is denied."""
    names, following = sentence[head], _at(sentence, head + 1)
    if not _ALONE.isdisjoint(names):
        return 1
    if any(first in names and second in following for first, second in _PAIRS):
        return 2
    return int("not" in names and _not_denies(sentence, head))


def _not_denies(sentence: Sequence[Names], head: int) -> bool:
    before, following = _at(sentence, head - 1), _at(sentence, head + 1)
    if not _CANCEL.isdisjoint(following) or not _BEFORE_PLEA.isdisjoint(before):
        return False
    if not _BEFORE_WANTS.isdisjoint(before):
        return not _WANTS.isdisjoint(following)
    return not _BEGIN.isdisjoint(following) or _is_doing(following) or ("be" in following and _is_doing(_at(sentence, head + 2)))


def _is_doing(names: Names) -> bool:
    return any(name.endswith("ing") for name in names)


def _at(sentence: Sequence[Names], place: int) -> Names:
    return sentence[place] if 0 <= place < len(sentence) else _NOTHING
