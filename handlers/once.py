"""A delivery counts once: its first coming notes what was attempted, and a second one finds that. Not here: what is answered."""

from handlers.people import Person
from handlers.ports import Work


def attempt(what: str, about: str, actor: Person) -> str:
    """Return what is noted of an attempt: who tried what, on which stage, duty or request."""
    return f"{what}:{about}:{actor.id}"


def came_before(work: Work, delivery: str, attempted: str) -> bool:
    """Say whether this very attempt came before under this delivery."""
    return work.inbox.result(delivery) == attempted
