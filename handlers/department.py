"""What a department's members see above their own cards: its queue, and the register that they keep. Not here: the cards below."""

from collections.abc import Iterator, Mapping

from handlers.cards import Card
from handlers.people import DistrictKey, Person, PersonId, Role
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.wording import channels, queue
from handlers.wording.details import DEPARTMENTS
from handlers.workflow.channel import Channel, ChannelState
from handlers.workflow.queue import Waiting, waiting
from handlers.workflow.registered import standing
from handlers.workflow.request import Request

TO_CHECK = 10  # entries shown to be checked; the command line has them all

Known = Mapping[PersonId, Person]


def queued(work: Work, district: DistrictKey, role: Role) -> tuple[Waiting, ...]:
    """Return everything that waits for a role, the oldest first."""
    found = {request.id: request for request in (*work.requests.waiting_for(district), *work.requests.owing(district))}
    return tuple(one for one in waiting(found.values()) if one.role is role)


def queues(work: Work, pack: Pack, actor: Person, known: Known) -> Iterator[Card]:
    """Yield the queue of each department that the actor is of; a single thing that waits is a card by itself."""
    for role in sorted(actor.roles & DEPARTMENTS):
        found = [one for one in queued(work, actor.district, role) if one.request.subject != actor.id]
        if len(found) > 1:
            yield queue.card(role, found, pack, known)


def register(work: Work, pack: Pack, actor: Person, known: Known) -> Iterator[Card]:
    """Yield the register for whoever keeps it: how many channels there are, and those that want looking at."""
    if pack.settings.upkeep.keeper in actor.roles:
        yield from _register(registered(work, actor.district), pack, known)


def registered(work: Work, district: DistrictKey) -> tuple[tuple[Request, Channel], ...]:
    """Return every entry of the register with its request, as it counts now, the oldest first."""
    found = ((request, standing(request)) for request in work.requests.several(work.channels.of_district(district)))
    return tuple((request, entry) for request, entry in found if entry is not None)


def _register(found: tuple[tuple[Request, Channel], ...], pack: Pack, known: Known) -> Iterator[Card]:
    if not found:
        return
    yield channels.summary([entry for _, entry in found], pack.settings.upkeep)
    waits = [request for request, entry in found if entry.state is ChannelState.unconfirmed or _is_new(entry)]
    yield from (channels.to_keep(request, known) for request in waits[:TO_CHECK])


def _is_new(entry: Channel) -> bool:
    return entry.state is ChannelState.live and entry.checked_at is None
