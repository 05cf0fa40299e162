"""The register follows what happens to a request: its entry begins, is doubted, is closed. Not here: what people press about an entry."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.days import day_of
from handlers.ids import ChannelId
from handlers.kept import Happening
from handlers.people import HALLPASS, Person, PersonId
from handlers.policy.fields import is_asked
from handlers.policy.pack import Pack
from handlers.policy.register import Registers
from handlers.ports import Work
from handlers.process import recipients
from handlers.school import calendar
from handlers.timers import Timer, set_timer
from handlers.wording import channels as words
from handlers.wording.earlier import process
from handlers.workflow.channel import CLOSING, Channel, ChannelState, closed, confirmed, doubted
from handlers.workflow.recertifying import Plan, asks_at
from handlers.workflow.request import Duty, Request, Status
from handlers.workflow.school_days import begin, first_working, school_days_after


@dataclass(frozen=True, slots=True)
class Line:
    """What the record says of a channel: by whom, what, and in which words."""

    who: PersonId
    what: str
    detail: str = ""


def enter(work: Work, request: Request, pack: Pack, now: datetime) -> None:
    """Begin the entry of what was approved, or done as directed, once everything is known that its process registers."""
    told = _registers(request, pack)
    if told is None or request.channel is not None or not _is_agreed(request):
        return
    address = _told(told.address, request)
    if not address and told.address is not None and _handed_in(told.address, request, pack):
        return  # it is still to be handed in
    parts = (request.fields.get(told.platform, ""), request.fields.get(told.purpose, ""), address, _told(told.administrators, request))
    owner = request.addressee or request.requester
    channel = Channel(ChannelId(f"{request.id}.c"), request.district, request.id, owner, *parts, _approved_at(request, now))
    if work.channels.add(channel):
        note(work, request, channel, Line(HALLPASS, "registered", words.named(channel)), now)
        ask_later(work, pack, channel)


def handed_in(work: Work, request: Request, duty: Duty, pack: Pack, now: datetime) -> None:
    """Take what a duty's evidence tells of the entry: a first address, another one, who has administrator access, or that it is closed."""
    request = replace(request, duties=tuple(duty if one.id == duty.id else one for one in request.duties))
    channel, told, by = request.channel, _registers(request, pack), duty.done_by or request.requester
    if channel is None:
        enter(work, request, pack, now)
    elif duty.key == CLOSING and channel.state is not ChannelState.closed:
        keep(work, request, closed(channel, duty.evidence, now), Line(by, "channel_closed", words.because(duty.evidence)), now)
    elif told is not None and duty.key == told.address and (duty.evidence != channel.address or channel.state is ChannelState.unconfirmed):
        live = confirmed(channel, now, duty.evidence)
        keep(work, request, live, Line(by, "channel_moved", duty.evidence), now)
        ask_later(work, pack, live)
    elif told is not None and duty.key == told.administrators:
        run = _run_by(channel, _evidence(duty), now)
        keep(work, request, run, Line(by, "channel_administrators", run.administrators), now)
        ask_later(work, pack, run)


def opened_again(work: Work, request: Request, duty: Duty, pack: Pack, why: str, now: datetime) -> None:
    """Doubt an entry whose address, administrator access or closing turned out not to be done."""
    channel, told = request.channel, _registers(request, pack)
    parts = {CLOSING, *((told.address, told.administrators) if told is not None else ())}
    if channel is None or duty.reopened is None or duty.key not in parts:
        return
    if channel.state is ChannelState.closed and duty.key != CLOSING:
        return  # it stays closed, whatever was said of it before
    keep(work, request, doubted(channel, why, now), Line(duty.reopened.by, "channel_doubted", words.because(why)), now)


def keep(work: Work, request: Request, channel: Channel, line: Line, now: datetime) -> bool:
    """Keep the changed entry and say so in the record; False: somebody was first."""
    if not work.channels.change(channel):
        return False
    note(work, request, channel, line, now)
    return True


def note(work: Work, request: Request, channel: Channel, line: Line, now: datetime) -> None:
    """Put one line about a channel into its request's record."""
    at = request.status
    happening = Happening(
        request.id, request.district, now, line.who, line.what, at, at, line.detail, request.fingerprint, about=channel.id
    )
    work.record.add(happening)


def ask_later(work: Work, pack: Pack, channel: Channel) -> None:
    """Set the time at which its owner is asked whether it is still used."""
    set_timer(work, Timer.recertify, channel.id, channel.district, channel.request, asks_at(channel, plan(work, pack)))


def plan(work: Work, pack: Pack) -> Plan:
    """Return the district's choices of when owners are asked."""
    upkeep, school = pack.settings.upkeep, calendar(work, pack)
    return Plan(
        upkeep.recertify,
        upkeep.months,
        upkeep.remind,
        upkeep.close,
        after=lambda moment, days: school_days_after(moment, days, school),
        opens=lambda day: first_working(begin(day, school), school),
        day=lambda moment: day_of(moment, pack.settings.zone),
    )


def keepers(pack: Pack, requester: Person, people: list[Person]) -> tuple[PersonId, ...]:
    """Return who checks and closes channels."""
    return recipients([pack.settings.upkeep.keeper], requester, people)


def _registers(request: Request, pack: Pack) -> Registers | None:
    told = process(request, pack).registers
    return told if told is not None and is_asked(told.when, request.fields) else None


def _told(key: str | None, request: Request) -> str:
    duty = next((one for one in request.duties if one.key == key), None)
    return _evidence(duty) if duty is not None else request.fields.get(key or "", "")


def _evidence(duty: Duty) -> str:
    return duty.evidence or next((one.value for one in duty.given), "")


def _run_by(channel: Channel, administrators: str, now: datetime) -> Channel:
    """Return the entry with who has administrator access; one that was doubted for it is live again."""
    live = confirmed(channel, now) if channel.state is ChannelState.unconfirmed else channel
    return replace(live, administrators=administrators)


def _is_agreed(request: Request) -> bool:
    """Say whether it was approved, or is done by whoever it was directed at."""
    return request.status is Status.approved or (request.addressee is not None and request.status is Status.ended)


def _handed_in(key: str, request: Request, pack: Pack) -> bool:
    return any(one.key == key for one in process(request, pack).duties)


def _approved_at(request: Request, now: datetime) -> datetime:
    return max((stage.decided_at for stage in request.stages if stage.decided_at is not None), default=now)
