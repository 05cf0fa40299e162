"""Who gets which card about a request: puts them into the outbox, in the transaction of what they tell. No sentences here."""

from collections.abc import Iterable

from handlers.kept import Leaving
from handlers.people import PersonId
from handlers.ports import Work
from handlers.wording.leaving import Leaves
from handlers.workflow.request import Request


def tell(work: Work, request: Request, kind: Leaves, about: str, people: Iterable[PersonId], anew: str = "") -> None:
    """Put one card for each person; the same card is never put twice, but once more for each `anew` that something happens."""
    for person in people:
        card = f"{kind}:{about}:{person}{f':{anew}' if anew else ''}"
        work.outbox.put(Leaving(card, person, request.district, kind, request.id, about, person, card))


def redraw(work: Work, request: Request, because: str) -> None:
    """Rewrite every card about the request, posted or still to be posted; `because` names the change, once."""
    for leaving in work.outbox.cards(request.id):
        if leaving.kind == Leaves.undelivered:
            continue  # it tells of a moment that is past
        key = f"{leaving.card}:{because}"
        lane, district = leaving.lane, leaving.district
        work.outbox.put(Leaving(key, lane, district, leaving.kind, request.id, leaving.about, leaving.to, leaving.card, redraw=True))
