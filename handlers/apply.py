"""A form that was filled in becomes a request, with its first cards. Not here: which form opens, deciding it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.actions import Opener
from handlers.cards import TICKED
from handlers.choosing import Filled
from handlers.ids import RequestId, StageId
from handlers.kept import Happening
from handlers.naming import named
from handlers.offering import Nobody, NotOffered, Offered, offer, read
from handlers.people import Person, PersonId
from handlers.policy.fields import Misfilled
from handlers.policy.forms import ProcessKind
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.process import Aim, deciders, grounds, owed, today, told
from handlers.telling import tell
from handlers.timing import owe, wait
from handlers.twice import the_same
from handlers.wording import details
from handlers.wording.leaving import Leaves
from handlers.wording.twice import DIFFERS
from handlers.workflow.chain import Found
from handlers.workflow.refused import Unknown
from handlers.workflow.request import Request, Stage, StageStatus, Status

HAPPENED: Mapping[ProcessKind, str] = {
    "permission": "sent",
    "notice": "noticed",
    "directed": "directed",
    "report": "reported",
    "note": "noted",
}


@dataclass(frozen=True, slots=True)
class Twice:
    """What was filled in asks for the same as other requests of hers, and she has not said that she knows."""

    offered: Offered
    values: Mapping[str, str]
    same: tuple[Request, ...]
    of: Request | None = None  # what is renewed or corrected by it


@dataclass(frozen=True, slots=True)
class Sent:
    """The request as it was kept, once, and the names of those to whom it went for them to know or do something."""

    request: Request
    to: tuple[str, ...] = ()


def send(
    work: Work, opener: Opener, values: Mapping[str, str], actor: Person, pack: Pack, *, new: RequestId, delivery: str, now: datetime
) -> Sent | Misfilled | Twice | NotOffered | Unknown:
    """Keep the request and put its first cards, in one transaction; a delivery that comes twice is one request."""
    work.amendments.alone(actor.id)  # two at the same moment must not both miss each other
    if work.inbox.result(delivery) is not None:
        return earlier(work, delivery, actor)
    offered = offer(work, opener, actor, pack, now)
    if not isinstance(offered, Offered):
        return offered
    filled = read(offered, values, pack, now)
    if isinstance(filled, Misfilled):
        return filled
    if (same := unaware(offered, filled.values, values)) is not None:
        return same
    routed = route(work, offered, filled, actor, pack)
    if isinstance(routed, Nobody):
        return routed
    return keep_first(work, routed, new_request(routed, filled, actor, pack, new, now), actor, pack, delivery)


def route(work: Work, offered: Offered, filled: Filled, actor: Person, pack: Pack) -> Offered | Nobody:
    """Return whom it goes to as it was filled in: the chosen school may say who decides, and nobody is told what is about herself."""
    process, directory = offered.process, work.directory.people(actor.district)
    found = deciders(process, pack, actor, directory, filled.values)
    reading = told(process, pack, actor, directory, filled.person)
    missing = next((one for one in (*found, *reading) if not one.people), None)
    return Nobody(missing, decides=missing in found) if missing is not None else replace(offered, found=found, told=reading)


def unaware(offered: Offered, filled: Mapping[str, str], values: Mapping[str, str], of: Request | None = None) -> Twice | None:
    """Return that the same was asked for before, unless she has said that she knows; what nobody decides may be sent again and again."""
    same = the_same(offered.process, filled, offered.before)
    return Twice(offered, values, same, of) if same and values.get(DIFFERS) != TICKED else None


def keep_first(work: Work, offered: Offered, request: Request, actor: Person, pack: Pack, delivery: str) -> Sent | Unknown:
    """Keep a new request unless its form was sent before."""
    if not work.inbox.first(delivery, request.id):  # the same form at the same moment, and it was first
        return earlier(work, delivery, actor)
    request = replace(request, duties=owe(work, pack, request, offered.process, request.duties, request.opened_at))
    _keep(work, request, offered, actor)
    work.grounds.keep(request, grounds(offered.process, pack))
    _ask(work, request, pack)
    return Sent(request, _handed(work, request))


def earlier(work: Work, delivery: str, actor: Person) -> Sent | Unknown:
    """Return what the same form came to when it was sent before."""
    kept = work.requests.get(RequestId(work.inbox.result(delivery) or ""))
    return Sent(kept, _handed(work, kept)) if kept is not None and kept.requester == actor.id else Unknown()


def _handed(work: Work, request: Request) -> tuple[str, ...]:
    """Return the names of those who got a card for them to know or do something, as they are in the outbox."""
    to = dict.fromkeys(card.to for card in work.outbox.cards(request.id) if card.kind in (Leaves.know, Leaves.duty))
    found = (work.directory.get(one) for one in to if one != request.requester)
    return tuple(person.name for person in found if person is not None)


def new_request(offered: Offered, filled: Filled, actor: Person, pack: Pack, new: RequestId, now: datetime) -> Request:
    """Return the request as it is sent, nobody having decided anything."""
    process, named_one = offered.process, filled.person.id if filled.person else None
    stages = tuple(_stage(new, number, found, offered.found[0]) for number, found in enumerate(offered.found, 1))
    addressee = named_one if process.kind == "directed" else None
    aim = Aim(addressee, _readers(offered), filled.values)
    owing = () if stages else owed(new, process, pack, actor, list(offered.known.values()), aim)
    waits = bool(stages) or process.waits
    return Request(
        new,
        actor.district,
        offered.key,
        offered.process.rule,
        offered.answer,
        actor.id,
        dict(filled.values),
        pack.version,
        Status.pending if waits else Status.ended,  # a notice waits for nobody: it is over once it is given
        now,
        stages,
        owing,
        addressee=addressee,
        subject=named_one if process.kind == "report" else None,
    )


def _readers(offered: Offered) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys(person for found in offered.told for person in found.people))


def _stage(request: RequestId, number: int, found: Found, first: Found) -> Stage:
    begins = number == 1 or (found.turn is not None and found.turn == first.turn)
    status, key = StageStatus.open if begins else StageStatus.waiting, StageId(f"{request}.s{number}")
    return Stage(key, found.role, found.people, status, stands_in=found.stands_in, turn=found.turn, school=found.school)


def _keep(work: Work, request: Request, offered: Offered, actor: Person) -> None:
    what = HAPPENED[offered.process.kind]
    work.requests.add(request)
    now, link = request.opened_at, details.renews(request.renews) if request.renews else ""
    work.record.add(Happening(request.id, request.district, now, actor.id, what, "", request.status, link, request.fingerprint))
    tell(work, request, Leaves.follow, request.id, [request.requester])
    if request.stages:
        return
    busy = {owner for duty in request.duties for owner in duty.owners}  # the card of what they have to do says it all
    tell(work, request, Leaves.know, request.id, [person for person in _readers(offered) if person not in busy])
    for duty in request.duties:
        tell(work, request, Leaves.duty, duty.id, duty.owners)


def _ask(work: Work, request: Request, pack: Pack) -> None:
    """Bring the card to whoever decides first, and to those who stand in for them now."""
    for waits in today(request, pack, named(work, request.district, [request])).open_stages:
        tell(work, request, Leaves.decide, waits.id, waits.people)
        wait(work, pack, request, waits.id, request.opened_at)
