"""Which posted card is meant, in one line of ids. Not here: drawing it, or whether somebody may see it."""

from dataclasses import dataclass

from handlers.ids import RequestId
from handlers.wording.leaving import Leaves


@dataclass(frozen=True, slots=True)
class Posted:
    """A card that was sent: its kind, and the request and the stage, duty, question or request that it is about."""

    kind: Leaves
    request: RequestId
    about: str

    def __str__(self) -> str:
        """Return how it is kept on the card; only `about`, the last, may hold a colon."""
        return f"{self.kind}:{self.request}:{self.about}"

    @classmethod
    def read(cls, text: str) -> "Posted | None":
        """Return what was kept so, None for anything else."""
        kind, _, rest = text.partition(":")
        request, colon, about = rest.partition(":")
        return cls(Leaves(kind), RequestId(request), about) if kind in set(Leaves) and colon else None
