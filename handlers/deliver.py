"""One card leaves the outbox: drawn from today's state, posted or rewritten; and what happens when it cannot be."""

import logging
import traceback
from collections.abc import Mapping

from handlers.cards import Card
from handlers.ids import DutyId, StageId
from handlers.kept import Claimed, Copy, Leaving
from handlers.naming import named
from handlers.people import Address, Person, Platform, Role
from handlers.ports import CannotDeliver, Chat, Packs, Store, Work
from handlers.process import today
from handlers.wording.leaving import Leaves, draw
from handlers.workflow.request import Request

log = logging.getLogger(__name__)

FIRST_RETRY = 2.0  # seconds; doubled at each attempt
PATIENCE = 5  # attempts at a card that breaks on our side: it would hold up whatever comes after it in its reader's thread
LONGEST_RETRY = 600.0  # seconds: a platform that is away for hours is asked every ten minutes

Chats = Mapping[Platform, Chat]


async def deliver(store: Store, packs: Packs, chats: Chats, claimed: Claimed) -> None:
    """Send one claimed card and mark it sent; keep it for later, or for an administrator, when it cannot be sent."""
    try:
        copy = await _send(store, packs, chats, claimed)
    except CannotDeliver as why:
        await store.write(_failed, claimed, str(why), _retry_in(why, claimed.attempts))
    except Exception as error:  # noqa: BLE001  # a card that cannot be drawn must not stop the others, nor be lost
        _broke(error, claimed)
        await store.write(
            _failed, claimed, "something broke on our side", _retry(claimed.attempts) if claimed.attempts < PATIENCE else None
        )
    else:
        await store.write(_sent, claimed, copy)


def _broke(error: Exception, claimed: Claimed) -> None:
    """The error's own words may quote what a person wrote: the log gets the card, the kind and the place."""
    place, kind = "".join(traceback.format_tb(error.__traceback__)), type(error).__name__
    log.error("card not delivered: outbox=%s request=%s kind=%s\n%s", claimed.id, claimed.leaving.request, kind, place)


async def _send(store: Store, packs: Packs, chats: Chats, claimed: Claimed) -> Copy | None:
    leaving, posted = claimed.leaving, claimed.copy
    card, reader, first, shared = await store.read(_draw, packs, claimed)
    if not leaving.redraw:
        address = _address(reader, chats)
        beneath = first.message if first and first.address == address else ""
        message = await chats[address.platform].post(address, card, leaving.card, beneath, shared, again=claimed.attempts > 1)
        return Copy(leaving.card, leaving.request, leaving.kind, leaving.about, leaving.to, address, message)
    if posted is not None and posted.address.platform in chats:
        await chats[posted.address.platform].update(posted.address, posted.message, card)
    return None


def _draw(work: Work, packs: Packs, claimed: Claimed) -> tuple[Card, Person, Copy | None, str]:
    leaving = claimed.leaving
    request = work.requests.get(leaving.request)
    reader = work.directory.get(leaving.to)
    if request is None or reader is None:
        why = "the request or its reader is no longer there"
        raise CannotDeliver(why, permanent=True)
    known, pack = named(work, leaving.district, [request]), packs.get(leaving.district)
    first = None if leaving.redraw else work.outbox.first(leaving.request, leaving.to)
    return draw(Leaves(leaving.kind), leaving.about, today(request, pack, known), pack, known), reader, first, _shared(leaving, request)


def _shared(leaving: Leaving, request: Request) -> str:
    """Return the key of a card that is the technology department's work; nothing for anybody's own cards."""
    stage, duty = request.stage(StageId(leaving.about)), request.duty(DutyId(leaving.about))
    role = stage.role if stage else duty.owner_role if duty else None
    own = leaving.kind in (Leaves.follow, Leaves.outcome, Leaves.know, Leaves.handed_in)
    return f"{leaving.kind}:{leaving.about}" if role is Role.technology_department and not own else ""


def _address(reader: Person, chats: Chats) -> Address:
    for address in reader.addresses:
        if address.platform in chats:
            return address
    why = "the reader is on none of the platforms that are switched on"
    raise CannotDeliver(why, permanent=True)


def _retry_in(why: CannotDeliver, attempts: int) -> float | None:
    if why.permanent:
        return None
    return why.after if why.after is not None else _retry(attempts)


def _retry(attempts: int) -> float:
    return min(FIRST_RETRY * 2.0 ** (attempts - 1), LONGEST_RETRY)


def _failed(work: Work, claimed: Claimed, why: str, retry_in: float | None) -> None:
    work.outbox.failed(claimed, why, retry_in)


def _sent(work: Work, claimed: Claimed, copy: Copy | None) -> None:
    work.outbox.sent(claimed, copy)
