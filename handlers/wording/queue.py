"""The queue of a department in words: what waits, since when, who works on it. Not here: the cards themselves."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from handlers.cards import Card, Listing, Tone
from handlers.days import in_zone
from handlers.people import Person, PersonId, Role
from handlers.policy.pack import Pack
from handlers.wording import earlier, terms
from handlers.workflow.queue import Waiting
from handlers.workflow.request import Duty

SHOWN = 20  # lines of one card; the command line has them all


def card(role: Role, waiting: Sequence[Waiting], pack: Pack, known: Mapping[PersonId, Person]) -> Card:
    """Return the list, the oldest first."""
    title = f"Waiting for {terms.of_her(role)}: {len(waiting)}"
    shown = tuple(line(one, pack, known) for one in waiting[:SHOWN])
    more = (f"and {len(waiting) - SHOWN} more, which came later",) if len(waiting) > SHOWN else ()
    return Card(title, (Listing("The oldest first", (*shown, *more)),), tone=Tone.warn, summary=title)


def line(one: Waiting, pack: Pack, known: Mapping[PersonId, Person]) -> str:
    """Return one thing that waits: what, for whom, since when, and how it stands."""
    zone = in_zone(pack.settings.zone)
    process, requester = earlier.process(one.request, pack).title, terms.name(one.request.requester, known)
    what = one.what.what.rstrip(".") if isinstance(one.what, Duty) else f"Decide “{process}”"
    return f"{what} ({requester}), since {_day(one.since, zone)}: {state(one, known, zone)}"


def state(one: Waiting, known: Mapping[PersonId, Person], zone: tzinfo) -> str:
    """Return how it stands: nobody's, or whose."""
    if not isinstance(one.what, Duty):
        return "to be decided"
    due = f", due {_day(one.what.due, zone)}" if one.what.due else ""
    if one.what.taken_by is None or one.what.taken_at is None:
        return f"nobody's{due}"
    since = _day(one.what.taken_at, zone)
    return f"taken by {terms.name(one.what.taken_by, known)} since {since}{due}"


def _day(moment: datetime, zone: tzinfo) -> str:
    return terms.day(moment.astimezone(zone).date().isoformat())
