"""A duty is done: recorded with its evidence, its cards rewritten, and handed to those who get it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.ids import DutyId
from handlers.kept import Happening
from handlers.people import Person
from handlers.policy.fields import Fault, check
from handlers.policy.pack import Obligation, Pack
from handlers.ports import Packs, Work
from handlers.process import recipients
from handlers.telling import redraw, tell
from handlers.wording.duties import obligation
from handlers.wording.forms import evidence_asked
from handlers.wording.leaving import Leaves
from handlers.workflow.moves import DutyOver, Fulfilled, Refusal, Unknown, fulfil
from handlers.workflow.request import Duty, Request


@dataclass(frozen=True, slots=True)
class Wanted:
    """The duty's evidence has to be given first."""

    duty: Duty
    obligation: Obligation


@dataclass(frozen=True, slots=True)
class Misfilled:
    """The evidence as given cannot be taken."""

    faults: tuple[Fault, ...]


def press(work: Work, packs: Packs, duty_id: DutyId, actor: Person, *, now: datetime) -> Fulfilled | Wanted | Refusal:
    """Do a duty that needs no evidence; return what is wanted where it does."""
    request = _readable(work, duty_id, actor)
    if request is None:
        return Unknown()
    moved = fulfil(request, duty_id, actor.id, "", now)
    if not isinstance(moved, Fulfilled):
        return moved
    owed = obligation(request, moved.duty, packs.get(request.district))
    if owed.evidence != "none":
        return Wanted(moved.duty, owed)
    return _keep(work, packs.get(request.district), request, moved, actor, now)


def submit(  # one fact each: which duty, with what, by whom, when
    work: Work, packs: Packs, duty_id: DutyId, values: Mapping[str, str], actor: Person, *, now: datetime
) -> Fulfilled | Misfilled | Refusal:
    """Do a duty with its evidence."""
    request = _readable(work, duty_id, actor)
    duty = request.duty(duty_id) if request is not None else None
    if request is None or duty is None:
        return Unknown()
    pack = packs.get(request.district)
    owed = obligation(request, duty, pack)
    if owed.evidence == "none":  # a form that this product never drew: the duty itself is what is said to be done
        return _without_evidence(work, pack, request, duty, actor, now)
    asked = evidence_asked(owed)
    filled = check([asked], values)
    if isinstance(filled, tuple):
        return Misfilled(filled)
    moved = fulfil(request, duty_id, actor.id, filled[asked.name], now)
    return _keep(work, pack, request, moved, actor, now) if isinstance(moved, Fulfilled) else moved


def _without_evidence(work: Work, pack: Pack, request: Request, duty: Duty, actor: Person, now: datetime) -> Fulfilled | Refusal:
    moved = fulfil(request, duty.id, actor.id, "", now)
    return _keep(work, pack, request, moved, actor, now) if isinstance(moved, Fulfilled) else moved


def _readable(work: Work, duty_id: DutyId, actor: Person) -> Request | None:
    request = work.requests.of_duty(duty_id)
    return request if request is not None and request.district == actor.district else None


def _keep(work: Work, pack: Pack, request: Request, moved: Fulfilled, actor: Person, now: datetime) -> Fulfilled | Refusal:  # see submit
    duty = moved.duty
    if not work.requests.fulfil(duty):
        again = work.requests.of_duty(duty.id)
        return DutyOver(again.duty(duty.id) or duty) if again is not None else Unknown()
    work.record.add(
        Happening(request.id, request.district, now, actor.id, "done", request.status, request.status, _detail(duty), request.fingerprint)
    )
    redraw(work, request, f"done:{duty.id}")
    requester = work.directory.get(request.requester)
    owed = obligation(request, duty, pack)
    if requester is not None and owed.tells:
        people = recipients(owed.tells, requester, work.directory.people(request.district))
        tell(work, request, Leaves.handed_in, duty.id, people)
    return moved


def _detail(duty: Duty) -> str:
    return f"{duty.what} ({duty.evidence})" if duty.evidence else duty.what
