"""One row leaves the outbox: a card drawn from today's state, posted or rewritten, or a timer; and what happens when it cannot."""

import logging
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.cards import Card
from handlers.firing import fire
from handlers.ids import DutyId, StageId
from handlers.kept import Claimed, Copy, Leaving
from handlers.naming import named
from handlers.obstacles import Obstacle
from handlers.people import Address, Person, Platform, Role
from handlers.ports import CannotDeliver, Chat, Clock, Packs, Store, Work
from handlers.process import today
from handlers.undelivered import laid_aside
from handlers.wording import unfilled
from handlers.wording.leaving import Leaves, draw, subject
from handlers.wording.posted import Posted
from handlers.workflow.permission import as_of
from handlers.workflow.request import Request

log = logging.getLogger(__name__)

FIRST_RETRY = 2.0  # seconds; doubled at each attempt
PATIENCE = 5  # attempts at a card that breaks on our side: it would hold up whatever comes after it in its reader's thread
LONGEST_RETRY = 60.0  # seconds: once a platform is back after hours, people wait no longer than that
TIMERS_PATIENCE = 16  # attempts, in five hours or so, at a timer that breaks: it holds nothing up
TIMERS_RETRY = 3600.0  # seconds: the longest wait between two of them

THEIRS = frozenset({Leaves.decide, Leaves.duty, Leaves.reminder, Leaves.duty_due})  # what the technology department does together

Chats = Mapping[Platform, Chat]


async def deliver(store: Store, packs: Packs, chats: Chats, claimed: Claimed, clock: Clock) -> None:
    """Send one claimed card and mark it sent; keep it for later when it cannot be sent, or pass on what it asked for."""
    if claimed.leaving.is_timer:
        await _fire(store, packs, claimed, clock)
        return
    try:
        copy = await _send(store, packs, chats, claimed, clock)
    except CannotDeliver as why:
        await _failed(store, packs, claimed, why, clock)
    except Exception as error:  # noqa: BLE001  # a card that cannot be drawn must not stop the others, nor be lost
        _broke(error, claimed)
        broken = CannotDeliver("something broke on our side", permanent=claimed.attempts >= PATIENCE, obstacle=Obstacle.broken)
        await _failed(store, packs, claimed, broken, clock)
    else:
        await store.write(_sent, claimed, copy)


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


async def _failed(store: Store, packs: Packs, claimed: Claimed, why: CannotDeliver, clock: Clock) -> None:
    if not why.permanent:
        await store.write(_later, claimed, str(why), why.after if why.after is not None else _retry(claimed.attempts))
        return
    log.warning("card laid aside: outbox=%s request=%s obstacle=%s", claimed.id, claimed.leaving.request, why.obstacle)
    try:
        await store.write(_laid_aside, packs, claimed, why, clock())
    except Exception as error:  # noqa: BLE001  # passing it on must not make it come again for ever
        _broke(error, claimed)
        await store.write(_later, claimed, str(why), None)


def _broke(error: Exception, claimed: Claimed) -> None:
    """The error's own words may quote what a person wrote: the log gets the card, the kind and the place."""
    place, kind = "".join(traceback.format_tb(error.__traceback__)), type(error).__name__
    what = "timer not fired" if claimed.leaving.is_timer else "card not delivered"
    log.error("%s: outbox=%s request=%s kind=%s\n%s", what, claimed.id, claimed.leaving.request, kind, place)


async def _send(store: Store, packs: Packs, chats: Chats, claimed: Claimed, clock: Clock) -> Copy | None:
    leaving, posted = claimed.leaving, claimed.copy
    card, reader, first, shared = await store.read(_draw, packs, claimed, clock())
    if not leaving.redraw:
        return await _post(chats, claimed, card, reader, first, shared)
    if posted is None or posted.address.platform not in chats:
        return None
    try:
        await chats[posted.address.platform].update(posted.address, posted.message, card)
    except CannotDeliver as why:
        if not why.permanent:
            raise
        log.warning("copy not rewritten: outbox=%s request=%s obstacle=%s", claimed.id, leaving.request, why.obstacle)
        # Who has something to press gets it afresh; whoever had the news has had it.
        return await _post(chats, claimed, card, reader, None, "") if card.buttons else None
    return None


async def _post(chats: Chats, claimed: Claimed, card: Card, reader: Person, first: Copy | None, shared: str) -> Copy:
    """Post to the first of the reader's addresses that takes it. Raises CannotDeliver with what stood in the way at the first."""
    leaving, refused = claimed.leaving, None
    key = leaving.key if leaving.redraw else leaving.card
    for address in _addresses(reader, chats, first):
        beneath = first.message if first and first.address == address else ""
        try:
            message = await chats[address.platform].post(address, card, key, beneath, shared, again=claimed.attempts > 1)
        except CannotDeliver as why:
            if not why.permanent:
                raise
            refused = refused or why
        else:
            return Copy(leaving.card, leaving.request, leaving.kind, leaving.about, leaving.to, address, message)
    raise refused or _out_of_reach(reader)


def _draw(work: Work, packs: Packs, claimed: Claimed, now: datetime) -> tuple[Card, Person, Copy | None, str]:
    leaving = claimed.leaving
    reader = work.directory.get(leaving.to)
    if leaving.is_note and reader is not None:
        return unfilled.card(unfilled.Unfilled.read(leaving.about), packs.get(leaving.district)), reader, None, ""
    request = work.requests.get(leaving.request)
    if request is None or reader is None:
        why = "the request or its reader is no longer there"
        raise CannotDeliver(why, permanent=True, obstacle=Obstacle.left)
    known, pack = named(work, leaving.district, [request]), packs.get(leaving.district)
    first = None if leaving.redraw else work.outbox.first(leaving.request, leaving.to)
    posted = Posted(Leaves(leaving.kind), leaving.request, leaving.about)
    card = draw(posted.kind, posted.about, as_of(today(request, pack, known), now), pack, known, reader.id)
    return replace(card, again=str(posted)), reader, first, _shared(leaving, request, reader)


def _shared(leaving: Leaving, request: Request, reader: Person) -> str:
    """Return the key of a card that is the technology department's work; nothing for anybody's own cards.

    Who decides or sees to it without being of the department never looks into its channel, and whoever a report is about may well.
    """
    if request.subject is not None:
        return ""
    about = subject(leaving.about)
    stage, duty = request.stage(StageId(about)), request.duty(DutyId(about))
    role = stage.role if stage else duty.owner_role if duty else None
    theirs = role is Role.technology_department and role in reader.roles and leaving.kind in THEIRS
    first = f"{leaving.kind}:{leaving.about}:{leaving.to}"
    anew = leaving.card.removeprefix(first).replace(":", "@") if leaving.card.startswith(first) else ""  # which of its rounds
    return f"{leaving.kind}{anew}:{leaving.about}" if theirs else ""


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


def _sent(work: Work, claimed: Claimed, copy: Copy | None) -> None:
    work.outbox.sent(claimed, copy)
