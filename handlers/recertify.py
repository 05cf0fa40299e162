"""Once a year the owner of a channel is asked whether it is still used; what nobody confirms is to be closed. Not here: the answers."""

from dataclasses import replace
from datetime import datetime

from handlers.ids import DutyId
from handlers.kept import Leaving
from handlers.people import HALLPASS, Person, PersonId
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.process import recipients
from handlers.registering import Line, keep, keepers, plan
from handlers.telling import redraw, tell
from handlers.timers import Timer, set_timer
from handlers.wording import channels as words
from handlers.wording.leaving import Leaves
from handlers.workflow.chain import holders
from handlers.workflow.channel import CLOSING, Channel, doubted
from handlers.workflow.permission import as_of
from handlers.workflow.recertifying import Step, due
from handlers.workflow.registered import standing
from handlers.workflow.request import Duty, Request


def fire(work: Work, packs: Packs, leaving: Leaving, now: datetime) -> None:
    """Do what is due for the channel today: ask, remind, doubt, or wait on."""
    request = work.requests.get(leaving.request)
    channel = standing(as_of(request, now)) if request is not None else None
    if request is None or channel is None:
        return
    pack = packs.get(request.district)
    found = due(channel, plan(work, pack), now)
    if found is None:
        return
    if found.step is Step.doubt:
        _doubt(work, pack, request, channel, now)
        return
    _ask(work, pack, request, channel, found.step, now)
    set_timer(work, Timer.recertify, channel.id, request.district, request.id, found.again)


def _ask(work: Work, pack: Pack, request: Request, channel: Channel, step: Step, now: datetime) -> None:
    """Ask, or ask once more; with nothing to ask somebody has answered since, or the district has changed its time."""
    if step is Step.ask:
        asking = replace(channel, asked_at=now)
        if keep(work, request, asking, Line(HALLPASS, "channel_asked"), now):
            tell(work, request, Leaves.recertify, channel.id, _asked(work, pack, channel), anew=_round(asking))
    if step is Step.remind:
        tell(work, request, Leaves.recertify, channel.id, _asked(work, pack, channel), anew=f"{_round(channel)}r")


def _doubt(work: Work, pack: Pack, request: Request, channel: Channel, now: datetime) -> None:
    """Nobody has answered: the register says so, and whoever keeps it has to close the channel."""
    if not keep(work, request, doubted(channel, words.UNANSWERED, now), Line(HALLPASS, "channel_unconfirmed"), now):
        return
    requester, people = _owner(work, channel), work.directory.people(request.district)
    owners = keepers(pack, requester, list(people)) or holders(pack.settings.fallback, requester, people)
    closing = Duty(DutyId(f"{channel.id}{_round(channel)}"), CLOSING, words.to_close(channel), pack.settings.upkeep.keeper, owners)
    work.requests.oblige(request.id, [closing])
    redraw(work, request, f"unconfirmed:{_round(channel)}")
    tell(work, request, Leaves.duty, closing.id, owners)
    others = [one for one in recipients(pack.settings.upkeep.tells, requester, people) if one not in owners]
    tell(work, request, Leaves.channel, channel.id, others, anew=_round(channel))


def _asked(work: Work, pack: Pack, channel: Channel) -> tuple[PersonId, ...]:
    """Return who is asked: the owner, or whoever keeps the register where the owner has left."""
    owner, people = _owner(work, channel), work.directory.people(channel.district)
    if any(person.id == owner.id and person.seats for person in people):
        return (owner.id,)
    return keepers(pack, owner, list(people)) or holders(pack.settings.fallback, owner, people)


def _owner(work: Work, channel: Channel) -> Person:
    return work.directory.get(channel.owner) or Person(channel.owner, channel.district, "", "")


def _round(channel: Channel) -> str:
    return f"{channel.asked_at:%Y%m%d%H%M%S%f}"
