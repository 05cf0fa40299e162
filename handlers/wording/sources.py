"""The clauses an answer rests on, for a platform that shows them beside its words. Not here: the answer."""

from handlers.cards import Source
from handlers.policy.explain import Explained


def sources(explained: Explained) -> tuple[Source, ...]:
    """Return each clause: the district's own sentence where its text is attached, else what it says in our words."""
    return tuple(Source(one.quote or one.says, f"{one.policy}, {one.locator}") for one in explained.citations)
