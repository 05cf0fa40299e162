"""One row leaves the outbox: a card posted or rewritten, or a timer; and what happens when it cannot. Not here: how it is drawn."""

import logging
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.drawing import Drawn
from handlers.firing import fire
from handlers.kept import Claimed, Copy
from handlers.obstacles import Obstacle
from handlers.people import Address, Person, Platform
from handlers.ports import CannotDeliver, Chat, Clock, Packs, Store, Work
from handlers.undelivered import laid_aside

log = logging.getLogger(__name__)

FIRST_RETRY = 2.0  # seconds; doubled at each attempt
PATIENCE = 5  # attempts at a card that breaks on our side: it would hold up whatever comes after it in its reader's thread
LONGEST_RETRY = 60.0  # seconds: once a platform is back after hours, people wait no longer than that
TIMERS_PATIENCE = 16  # attempts, in five hours or so, at a timer that breaks: it holds nothing up
TIMERS_RETRY = 3600.0  # seconds: the longest wait between two of them

Chats = Mapping[Platform, Chat]


@dataclass(frozen=True, slots=True)
class Sent:
    """It has left, and is not sent again; `copy` is where it stands now, where it was posted."""

    claimed: Claimed
    copy: Copy | None
    shown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """It did not leave, and is tried again in so many seconds."""

    claimed: Claimed
    why: str
    retry_in: float


Ended = Sent | Later


async def deliver(
    store: Store, packs: Packs, chats: Chats, claimed: Claimed, drawn: Drawn | Exception | None, clock: Clock
) -> Ended | None:
    """Send one claimed card; return what is still to be kept of it. A timer, and a card that can never be sent, are seen to at once."""
    if claimed.leaving.is_timer:
        await _fire(store, packs, claimed, clock)
        return None
    try:
        return await _send(chats, claimed, drawn)
    except CannotDeliver as why:
        return await _failed(store, packs, claimed, why, clock)
    except Exception as error:  # noqa: BLE001  # a card that breaks must not stop the others, nor be lost
        _broke(error, claimed)
        broken = CannotDeliver("something broke on our side", permanent=claimed.attempts >= PATIENCE, obstacle=Obstacle.broken)
        return await _failed(store, packs, claimed, broken, clock)


def keep(work: Work, ended: Iterable[Ended]) -> None:
    """Keep how these ended; said twice it changes nothing."""
    for one in ended:
        match one:
            case Sent(claimed, copy, shown):
                work.outbox.sent(claimed, copy, shown)
            case Later(claimed, why, retry_in):
                work.outbox.failed(claimed, why, retry_in)


async def _fire(store: Store, packs: Packs, claimed: Claimed, clock: Clock) -> None:
    """Have the timer's work done and mark it over in one transaction: once, whoever else holds it too."""
    try:
        await store.write(_fired, packs, claimed, clock())
    except Exception as error:  # noqa: BLE001  # what broke is undone; a timer that never can be fired must not come for ever
        _broke(error, claimed)
        patient = claimed.attempts < TIMERS_PATIENCE
        await store.write(_later, claimed, "something broke on our side", _retry(claimed.attempts, TIMERS_RETRY) if patient else None)


def _fired(work: Work, packs: Packs, claimed: Claimed, now: datetime) -> None:
    if work.outbox.fired(claimed):
        fire(work, packs, claimed.leaving, now)


async def _failed(store: Store, packs: Packs, claimed: Claimed, why: CannotDeliver, clock: Clock) -> Later | None:
    if not why.permanent:
        return Later(claimed, str(why), why.after if why.after is not None else max(why.rest, _retry(claimed.attempts)))
    log.warning("card laid aside: outbox=%s request=%s obstacle=%s", claimed.id, claimed.leaving.request, why.obstacle)
    try:
        await store.write(_laid_aside, packs, claimed, why, clock())
    except Exception as error:  # noqa: BLE001  # passing it on must not make it come again for ever
        _broke(error, claimed)
        await store.write(_later, claimed, str(why), None)
    return None


def _broke(error: Exception, claimed: Claimed) -> None:
    """The error's own words may quote what a person wrote: the log gets the card, the kind and the place."""
    place, kind = "".join(traceback.format_tb(error.__traceback__)), type(error).__name__
    what = "timer not fired" if claimed.leaving.is_timer else "card not delivered"
    log.error("%s: outbox=%s request=%s kind=%s\n%s", what, claimed.id, claimed.leaving.request, kind, place)


async def _send(chats: Chats, claimed: Claimed, drawn: Drawn | Exception | None) -> Sent:
    if not isinstance(drawn, Drawn):
        raise drawn or LookupError("nobody has drawn it")
    copy = await (_rewritten if claimed.leaving.redraw else _posted)(chats, claimed, drawn)
    return Sent(claimed, copy, drawn.shown if _stands_as_drawn(claimed, drawn, copy) else ())


def _stands_as_drawn(claimed: Claimed, drawn: Drawn, copy: Copy | None) -> bool:
    """Say whether what was drawn is what is read there: a message that was found, and not posted, shows what was true before."""
    rewritten = claimed.leaving.redraw and copy is None
    return rewritten or (claimed.attempts == 1 and not drawn.shared)


async def _rewritten(chats: Chats, claimed: Claimed, drawn: Drawn) -> Copy | None:
    posted = claimed.copy
    if posted is None or posted.address.platform not in chats:
        return None
    try:
        await chats[posted.address.platform].update(posted.address, posted.message, drawn.card)
    except CannotDeliver as why:
        if not why.permanent:
            raise
        log.warning("copy not rewritten: outbox=%s request=%s obstacle=%s", claimed.id, claimed.leaving.request, why.obstacle)
        # Who has something to press gets it afresh; whoever had the news has had it.
        return await _posted(chats, claimed, Drawn(drawn.card, drawn.reader)) if drawn.card.buttons else None
    return None


async def _posted(chats: Chats, claimed: Claimed, drawn: Drawn) -> Copy:
    """Post to the first of the reader's addresses that takes it. Raises CannotDeliver with what stood in the way at the first."""
    leaving, first, refused = claimed.leaving, drawn.first, None
    key = leaving.key if leaving.redraw else leaving.card
    for address in _addresses(drawn.reader, chats, first):
        beneath = first.message if first and first.address == address else ""
        try:
            message = await chats[address.platform].post(address, drawn.card, key, beneath, drawn.shared, again=claimed.attempts > 1)
        except CannotDeliver as why:
            if not why.permanent:
                raise
            refused = refused or why
        else:
            return Copy(leaving.card, leaving.request, leaving.kind, leaving.about, leaving.to, address, message)
    raise refused or _out_of_reach(drawn.reader)


def _addresses(reader: Person, chats: Chats, first: Copy | None) -> Sequence[Address]:
    """Return where the reader can be met: where the first card about the request stands, then in the directory's order."""
    here = [address for address in reader.addresses if address.platform in chats]
    return sorted(here, key=lambda address: first is None or address != first.address)


def _out_of_reach(reader: Person) -> CannotDeliver:
    if not reader.seats:
        return CannotDeliver("the reader has left the directory", permanent=True, obstacle=Obstacle.left)
    return CannotDeliver("the reader is on none of the platforms that are switched on", permanent=True, obstacle=Obstacle.nowhere)


def _retry(attempts: int, longest: float = LONGEST_RETRY) -> float:
    return min(FIRST_RETRY * 2.0 ** (attempts - 1), longest)


def _later(work: Work, claimed: Claimed, why: str, retry_in: float | None) -> None:
    work.outbox.failed(claimed, why, retry_in)


def _laid_aside(work: Work, packs: Packs, claimed: Claimed, why: CannotDeliver, now: datetime) -> None:
    """Mark it dead, and say so, in one transaction; two deciders' cards that die at once must not each count on the other."""
    work.requests.hold(claimed.leaving.request)
    if work.outbox.failed(claimed, str(why), None):
        laid_aside(work, packs, claimed.leaving, why.obstacle, now)
