"""A posted card that somebody looks at later, as it has to look now: for whom it is today. Not here: drawing it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers import again
from handlers.actions import Approve, Done, Withdraw
from handlers.cards import Card
from handlers.changing import AnswerMore
from handlers.naming import named
from handlers.people import Person
from handlers.ports import Packs, Work
from handlers.process import today
from handlers.wording.leaving import Leaves, draw
from handlers.wording.posted import Posted
from handlers.workflow.permission import as_of

# What asks its reader for something is drawn for whoever may do it today: the card on which that button would stand.
OWN: Mapping[Leaves, Callable[[Any], again.About]] = {
    Leaves.decide: Approve,
    Leaves.follow: Withdraw,
    Leaves.duty: Done,
    Leaves.handed_over: Done,
    Leaves.asked: AnswerMore,
}


def card(work: Work, packs: Packs, posted: Posted, actor: Person, now: datetime) -> Card | None:
    """Return the card as the actor may see it, None where it is none of theirs or no longer there."""
    if posted.kind in OWN:
        found = again.card(work, packs, OWN[posted.kind](posted.about), actor, now)
    else:
        found = _news(work, packs, posted, actor, now)
    return replace(found, again=str(posted)) if found else None


def _news(work: Work, packs: Packs, posted: Posted, actor: Person, now: datetime) -> Card | None:
    """Return what the actor was sent, if they are still here."""
    request = work.requests.get(posted.request)
    if request is None or request.district != actor.district or not actor.seats:
        return None
    if actor.id not in work.outbox.alive(request.id, posted.kind, posted.about):
        return None
    pack, known = packs.get(request.district), named(work, request.district, [request])
    return draw(posted.kind, posted.about, as_of(today(request, pack, known, actor.id), now), pack, known, actor.id)
