"""An answer becomes a request: the form with its deciders, then the request with its first cards. Not here: deciding it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import routing
from handlers.cards import TICKED
from handlers.ids import AnswerId, RequestId, StageId
from handlers.kept import Answered, Happening
from handlers.naming import named
from handlers.people import Person, PersonId
from handlers.policy.facts import Facts
from handlers.policy.fields import Misfilled, check
from handlers.policy.forms import Process
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.process import deciders, owed, today, told
from handlers.telling import tell
from handlers.twice import others, the_same
from handlers.wording import details
from handlers.wording.leaving import Leaves
from handlers.wording.twice import DIFFERS
from handlers.workflow.chain import Found
from handlers.workflow.moves import Unknown
from handlers.workflow.request import Request, Stage, StageStatus, Status


@dataclass(frozen=True, slots=True)
class Offered:
    """The form that an answer opens, who would decide, and what its sender has asked for before that waits or holds."""

    answer: AnswerId
    key: str
    process: Process
    facts: Facts
    found: tuple[Found, ...]
    told: tuple[Found, ...]
    known: Mapping[PersonId, Person]
    before: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True)
class Twice:
    """What was filled in asks for the same as other requests of hers, and she has not said that she knows."""

    offered: Offered
    values: Mapping[str, str]
    same: tuple[Request, ...]
    of: Request | None = None  # what is renewed or corrected by it


@dataclass(frozen=True, slots=True)
class Nobody:
    """A stage finds no decider, or a notice no reader: said before anything is sent."""

    stage: Found
    decides: bool


@dataclass(frozen=True, slots=True)
class Outdated:
    """The rules changed since the answer: its form may no longer be the right one."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The request as it was kept, once."""

    request: Request


def offer(work: Work, answer: AnswerId, actor: Person, pack: Pack, now: datetime) -> Offered | Nobody | Outdated | Unknown:
    """Return the form for the actor's own answer, with everybody who would decide."""
    answered = work.answers.get(answer)
    if answered is None or answered.person != actor.id:
        return Unknown()
    if not answered.process or answered.fingerprint != pack.version or answered.process not in pack.processes:
        return Outdated()
    return open_form(work, answered, actor, pack, now)


def open_form(
    work: Work, answered: Answered, actor: Person, pack: Pack, now: datetime, *, without: RequestId | None = None
) -> Offered | Nobody:
    """Return the form of the process that an answer names, with everybody who would decide."""
    directory = work.directory.people(actor.district)
    process = routing.form(pack.processes[answered.process], pack.settings, directory)
    found, reading = deciders(process, pack, actor, directory), told(process, pack, actor, directory)
    missing = next((stage for stage in (*found, *reading) if not stage.people), None)
    if missing is not None:
        return Nobody(missing, decides=missing in found)
    before = others(work, answered.process, actor, pack, now, without=without)
    known = named(work, actor.district, before) if before else {person.id: person for person in directory}
    return Offered(answered.id, answered.process, process, answered.facts, found, reading, known, before)


def send(
    work: Work, answer: AnswerId, values: Mapping[str, str], actor: Person, pack: Pack, *, new: RequestId, delivery: str, now: datetime
) -> Sent | Misfilled | Twice | Nobody | Outdated | Unknown:
    """Keep the request and put its first cards, in one transaction; a delivery that comes twice is one request."""
    work.amendments.alone(actor.id)  # two at the same moment must not both miss each other
    if work.inbox.result(delivery) is not None:
        return earlier(work, delivery, actor)
    offered = offer(work, answer, actor, pack, now)
    if not isinstance(offered, Offered):
        return offered
    filled = check(offered.process.fields, values)
    if isinstance(filled, tuple):
        return Misfilled(filled)
    if (same := unaware(offered, filled, values)) is not None:
        return same
    routed = route(work, offered, filled, actor, pack)
    if isinstance(routed, Nobody):
        return routed
    return keep_first(work, routed, new_request(routed, filled, actor, pack, new, now), actor, pack, delivery)


def route(work: Work, offered: Offered, filled: Mapping[str, str], actor: Person, pack: Pack) -> Offered | Nobody:
    """Return who decides what was filled in: the school that was chosen may say so."""
    found = deciders(offered.process, pack, actor, work.directory.people(actor.district), filled)
    missing = next((stage for stage in found if not stage.people), None)
    return Nobody(missing, decides=True) if missing is not None else replace(offered, found=found)


def unaware(offered: Offered, filled: Mapping[str, str], values: Mapping[str, str], of: Request | None = None) -> Twice | None:
    """Return that the same was asked for before, unless she has said that she knows; a notice is given as often as there is need."""
    same = the_same(offered.process, filled, offered.before)
    return Twice(offered, values, same, of) if same and values.get(DIFFERS) != TICKED else None


def keep_first(work: Work, offered: Offered, request: Request, actor: Person, pack: Pack, delivery: str) -> Sent | Unknown:
    """Keep a new request unless its form was sent before."""
    if not work.inbox.first(delivery, request.id):  # the same form at the same moment, and it was first
        return earlier(work, delivery, actor)
    _keep(work, request, offered.told, actor)
    _ask(work, request, pack)
    return Sent(request)


def earlier(work: Work, delivery: str, actor: Person) -> Sent | Unknown:
    """Return what the same form came to when it was sent before."""
    kept = work.requests.get(RequestId(work.inbox.result(delivery) or ""))
    return Sent(kept) if kept is not None and kept.requester == actor.id else Unknown()


def new_request(offered: Offered, filled: Mapping[str, str], actor: Person, pack: Pack, new: RequestId, now: datetime) -> Request:
    """Return the request as it is sent, nobody having decided anything."""
    stages = tuple(_stage(new, number, found, offered.found[0]) for number, found in enumerate(offered.found, 1))
    owing = () if stages else owed(new, offered.process, pack, actor, list(offered.known.values()))
    return Request(
        new,
        actor.district,
        offered.key,
        offered.process.rule,
        offered.answer,
        actor.id,
        dict(filled),
        pack.version,
        Status.pending if stages else Status.ended,  # a notice waits for nobody: it is over once it is given
        now,
        stages,
        owing,
    )


def _stage(request: RequestId, number: int, found: Found, first: Found) -> Stage:
    begins = number == 1 or (found.turn is not None and found.turn == first.turn)
    status, key = StageStatus.open if begins else StageStatus.waiting, StageId(f"{request}.s{number}")
    return Stage(key, found.role, found.people, status, stands_in=found.stands_in, turn=found.turn, school=found.school)


def _keep(work: Work, request: Request, told: Sequence[Found], actor: Person) -> None:
    what = "sent" if request.stages else "noticed"
    work.requests.add(request)
    now, link = request.opened_at, details.renews(request.renews) if request.renews else ""
    work.record.add(Happening(request.id, request.district, now, actor.id, what, "", request.status, link, request.fingerprint))
    tell(work, request, Leaves.follow, request.id, [request.requester])
    if request.stages:
        return
    tell(work, request, Leaves.know, request.id, [person for found in told for person in found.people])
    for duty in request.duties:
        tell(work, request, Leaves.duty, duty.id, duty.owners)


def _ask(work: Work, request: Request, pack: Pack) -> None:
    """Bring the card to whoever decides first, and to those who stand in for them now."""
    for waits in today(request, pack, named(work, request.district, [request])).open_stages:
        tell(work, request, Leaves.decide, waits.id, waits.people)
