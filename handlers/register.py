"""What people say of a channel in the register: it is used, closed, elsewhere, checked. Not here: when its owner is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from handlers.ids import DutyId
from handlers.keeping import Checked, Keeping, Moved, NotUsed, StillUsed
from handlers.kept import Happening
from handlers.naming import named
from handlers.once import attempt, came_before
from handlers.people import Person, PersonId
from handlers.policy.fields import Misfilled, check
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.registering import Line, ask_later, keepers
from handlers.registering import keep as keep_entry
from handlers.spelling import spell
from handlers.telling import redraw
from handlers.wording import channels as words
from handlers.workflow.channel import CLOSING, Channel, ChannelState, checked, closed, confirmed
from handlers.workflow.permission import as_of
from handlers.workflow.refused import NotYours, Refusal, Unknown
from handlers.workflow.registered import standing
from handlers.workflow.request import DutyStatus, Request


@dataclass(frozen=True, slots=True)
class MayCheck:
    """The form that takes a check's note can open."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class MayMove:
    """The form that takes the new address can open."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class Kept:
    """The register says so now."""

    request: Request


@dataclass(frozen=True, slots=True)
class Closed:
    """The channel is closed: nothing is to be said of it any more."""

    request: Request


Outcome = MayCheck | MayMove | Kept | Closed | Misfilled | Refusal


@dataclass(frozen=True, slots=True)
class _Open:
    """A channel that is not closed, of which the actor may say so."""

    request: Request
    channel: Channel
    pack: Pack


def keep(
    work: Work, packs: Packs, wanted: Keeping, values: Mapping[str, str] | None, actor: Person, *, delivery: str, now: datetime
) -> Outcome:
    """Do what a button says, or take the form that it opened (then `values` are its); a delivery counts once."""
    request = _readable(work, wanted, actor, now)
    if request is None or request.channel is None:
        return Unknown()
    attempted = attempt(*spell(wanted), actor)
    if came_before(work, delivery, attempted):
        return Kept(request)
    found = _found(work, packs, request, request.channel, wanted, actor)
    if not isinstance(found, _Open):
        return found
    changed = _changed(found, wanted, values, actor, now)
    if not isinstance(changed, tuple):
        return changed
    channel, line = changed
    if not keep_entry(work, found.request, channel, line, now):
        return _beaten(work, request, came_before=came_before(work, delivery, attempted))
    work.inbox.first(delivery, attempted)
    return _follow_up(work, found, channel, line, actor, now)


def _changed(
    found: _Open, wanted: Keeping, values: Mapping[str, str] | None, actor: Person, now: datetime
) -> tuple[Channel, Line] | MayCheck | MayMove | Misfilled:
    channel = found.channel
    match wanted:
        case StillUsed():
            return confirmed(channel, now), Line(actor.id, "channel_confirmed")
        case NotUsed():
            return closed(channel, words.SAID_CLOSED, now), Line(actor.id, "channel_closed")
        case Moved():
            return MayMove(channel) if values is None else _moved(channel, values, actor, now)
        case Checked():
            return MayCheck(channel) if values is None else _checked(channel, values, actor, now)
        case _:
            assert_never(wanted)


def _moved(channel: Channel, values: Mapping[str, str], actor: Person, now: datetime) -> tuple[Channel, Line] | Misfilled:
    filled = check([words.ADDRESS], values)
    if isinstance(filled, tuple):
        return Misfilled(filled)
    address = filled[words.ADDRESS.name]
    return confirmed(channel, now, address), Line(actor.id, "channel_moved", address)


def _checked(channel: Channel, values: Mapping[str, str], actor: Person, now: datetime) -> tuple[Channel, Line] | Misfilled:
    filled = check(words.CHECK, values)
    if isinstance(filled, tuple):
        return Misfilled(filled)
    note, administrators = (filled.get(field.name, "") for field in words.CHECK)
    return checked(channel, actor.id, note, administrators, now), Line(actor.id, "channel_checked", note)


def _follow_up(work: Work, found: _Open, channel: Channel, line: Line, actor: Person, now: datetime) -> Kept:
    """Whoever stands for a channel, or says that it is closed, makes the duty to close it needless."""
    request = found.request
    if line.what != "channel_checked":
        for duty in request.duties:
            if duty.key == CLOSING and duty.status is DutyStatus.open:
                _needless(work, request, duty.id, actor.id, words.NEEDLESS[channel.state], now)
        ask_later(work, found.pack, channel)
    redraw(work, request, f"{line.what}:{channel.id}:{channel.edition}")
    return Kept(work.requests.get(request.id) or request)


def _needless(work: Work, request: Request, duty_id: DutyId, by: PersonId, why: str, now: datetime) -> None:
    duty, at = request.duty(duty_id), request.status
    if duty is not None and work.requests.fulfil(replace(duty, status=DutyStatus.done, evidence=why, done_by=by, done_at=now)):
        detail = f"{duty.what} ({why})"
        work.record.add(Happening(request.id, request.district, now, by, "done", at, at, detail, request.fingerprint, about=duty_id))


def _readable(work: Work, wanted: Keeping, actor: Person, now: datetime) -> Request | None:
    request_id = work.channels.request_of(wanted.channel)
    request = work.requests.get(request_id) if request_id is not None else None
    return as_of(request, now) if request is not None and request.district == actor.district else None


def _found(work: Work, packs: Packs, request: Request, channel: Channel, wanted: Keeping, actor: Person) -> _Open | Closed | Refusal:
    pack, people = packs.get(request.district), named(work, request.district, [request])
    requester = people.get(channel.owner) or Person(channel.owner, request.district, "", "")
    theirs = keepers(pack, requester, list(people.values()))
    may = theirs if isinstance(wanted, Checked) else (channel.owner, *theirs)
    if actor.id not in may:
        return NotYours(may)
    now = standing(request)
    if now is None or now.state is ChannelState.closed:
        return Closed(request)
    return _Open(request, channel, pack)


def _beaten(work: Work, request: Request, *, came_before: bool) -> Kept | Closed:
    """Somebody was first, or the same press at the same moment was: either way this is how it stands."""
    now = work.requests.get(request.id) or request
    entry = standing(now)
    is_closed = entry is None or entry.state is ChannelState.closed
    return Closed(now) if is_closed and not came_before else Kept(now)
