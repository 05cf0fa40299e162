"""What is known of one situation, in the closed vocabulary. Not here: the vocabulary, or how a text becomes facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from handlers.policy.vocabulary import PRESUMED, VALUES, Fact

_PRESUMED = dict(PRESUMED)  # a plain dict is looked up faster


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one situation, and the words that showed each fact; a value outside the vocabulary is a ValueError."""

    known: Mapping[Fact, str] = field(default_factory=dict)
    words: Mapping[Fact, str] = field(default_factory=dict)
    _whole: Mapping[Fact, str] = field(init=False, repr=False, compare=False)  # with what is presumed

    def __post_init__(self) -> None:
        """Refuse what the vocabulary does not hold."""
        for fact, value in self.known.items():
            if value not in VALUES[fact]:
                raise ValueError(f"{fact} has no value {value!r}; it is one of {', '.join(VALUES[fact])}")
        object.__setattr__(self, "_whole", {**_PRESUMED, **self.known})

    def get(self, fact: Fact) -> str | None:
        """Return the value as said or presumed, None when it is open."""
        return self._whole.get(fact)

    def plus(self, later: "Facts") -> "Facts":
        """Return these facts as changed by what was said later."""
        return Facts({**self.known, **later.known}, {**self.words, **later.words})

    def having(self, fact: Fact, value: str) -> "Facts":
        """Return these facts with one of them set."""
        return Facts({**self.known, fact: value}, self.words)

    def __iter__(self) -> Iterator[tuple[Fact, str]]:
        """Yield what was said, in the vocabulary's order."""
        return ((fact, self.known[fact]) for fact in Fact if fact in self.known)
