"""What was worked out of a pack before, kept with it: a pack that is changed is another one. Not here: working anything out."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from handlers.policy.vocabulary import Fact

if TYPE_CHECKING:
    from handlers.policy.pack import Ruling, Standing
    from handlers.policy.verdict import Judgement

T = TypeVar("T")

KEPT = 1000  # sets of facts of each kind, a kilobyte each
Known = frozenset[tuple[Fact, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """By sets of facts: which rules stand, the judgement, what it comes to. By word: the rules that say it, each with its length."""

    stood: dict[Known, "Standing"] = field(default_factory=dict)
    judged: dict[Known, "Judgement"] = field(default_factory=dict)
    came_to: dict[Known, "Ruling"] = field(default_factory=dict)
    spoken: dict[str, list[tuple[int, float]]] = field(default_factory=dict)


def kept(all_kept: dict[Known, T], known: Known, found: T) -> T:
    """Keep it and return it; when there is no more room everything kept is forgotten."""
    if len(all_kept) >= KEPT:
        all_kept.clear()
    all_kept[known] = found
    return found
