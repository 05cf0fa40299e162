"""What cannot be delivered is never swallowed: passed on where somebody has to act, and told to those who look after Hallpass."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.ids import DutyId, StageId
from handlers.kept import Happening, Leaving
from handlers.naming import named
from handlers.obstacles import Obstacle
from handlers.people import HALLPASS, Person, PersonId
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.process import today, told
from handlers.telling import redraw, tell
from handlers.wording.earlier import process
from handlers.wording.leaving import Leaves
from handlers.wording.undelivered import CHANNEL, NOBODY, Trouble, rerouted
from handlers.workflow.authority import cannot_decide
from handlers.workflow.chain import holders
from handlers.workflow.request import DutyStatus, Request, StageStatus

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lost:
    """A card that nobody will get, and what is known of its request now."""

    leaving: Leaving
    request: Request
    pack: Pack
    people: Mapping[PersonId, Person]
    now: datetime


def laid_aside(work: Work, packs: Packs, leaving: Leaving, obstacle: Obstacle, now: datetime) -> None:
    """Pass on what a dead card asked for, once to each, and tell those who look after Hallpass; nothing follows their own cards."""
    request = work.requests.get(leaving.request)
    if request is None or leaving.kind == Leaves.undelivered:
        return
    pack, people = packs.get(leaving.district), named(work, leaving.district, [request])
    lost = Lost(leaving, today(request, pack, people), pack, people, now)
    _pass_on(work, lost)
    _tell_administrators(work, lost, Trouble(obstacle, f"{now:%Y-%m-%d}", leaving.to))


def channel_closed(work: Work, packs: Packs, shared: str, obstacle: Obstacle, now: datetime) -> None:
    """Tell those who look after Hallpass that the technology department's channel cannot be written to, once a day.

    `shared` is the key of a card that should have stood there.
    """
    about = shared.partition(":")[2]
    request = work.requests.of_stage(StageId(about.partition(":")[0])) or work.requests.of_duty(DutyId(about))
    if request is None:
        return
    day = f"{now:%Y-%m-%d}"
    work.inbox.first(closed_on(request.district, day), obstacle)
    whom = administrators(packs.get(request.district), work.directory.people(request.district), request.subject)
    tell(work, request, Leaves.undelivered, str(Trouble(CHANNEL, day, "", obstacle)), whom)


def closed_on(district: str, day: str) -> str:
    """Return the key under which it is noted that the department's channel could not be written to on a day."""
    return f"channel-closed:{district}:{day}"


def _pass_on(work: Work, lost: Lost) -> None:
    match lost.leaving.kind:
        case Leaves.decide:
            _decision(work, lost)
        case Leaves.duty | Leaves.passed_on:
            _duty(work, lost)
        case Leaves.know:
            _notice(work, lost)
        case _:
            """It asked for nothing: to be told of it is enough."""


def _decision(work: Work, lost: Lost) -> None:
    """Have the stage decided by others who may, else by the district's fallback, unless somebody has a card already."""
    stage = lost.request.stage(StageId(lost.leaving.about))
    if stage is None or stage.status is not StageStatus.open or _somebody(work, lost, stage.people, Leaves.decide):
        return
    asked, out = _asked(work, lost, Leaves.decide), cannot_decide(lost.request, stage)
    others = [person for person in stage.people if person not in asked]
    found = others or [person for person in _last(lost) if person not in asked | out]
    if not found:
        _tell_administrators(work, lost, Trouble(NOBODY, f"{lost.now:%Y-%m-%d}", stage.id))
        return
    for person in found:
        if person not in stage.people:
            work.requests.ask_also(stage.id, person, None)
    _passed(work, lost, found, stage.people, Leaves.decide)


def _duty(work: Work, lost: Lost) -> None:
    """Have the fallback see to a duty whose owners are all out of reach; any owner's card is enough."""
    duty = lost.request.duty(DutyId(lost.leaving.about))
    kinds = (Leaves.duty, Leaves.passed_on)
    if duty is None or duty.status is not DutyStatus.open or _somebody(work, lost, duty.owners, *kinds):
        return
    if duty.owners == (lost.request.requester,) and not _requester(lost).seats:
        return  # what the requester had to do for a permission that nobody uses any more
    found = [person for person in _last(lost) if person not in _asked(work, lost, *kinds)]
    if not found:
        _tell_administrators(work, lost, Trouble(NOBODY, f"{lost.now:%Y-%m-%d}", duty.id))
        return
    for person in found:
        work.requests.owe_also(duty.id, person)
    _passed(work, lost, found, duty.owners, Leaves.passed_on)


def _notice(work: Work, lost: Lost) -> None:
    """Have the fallback told where nobody of a role could be: the policy wants that somebody is."""
    subject = lost.people.get(lost.request.subject) if lost.request.subject else None
    roles = told(process(lost.request, lost.pack), lost.pack, _requester(lost), list(lost.people.values()), subject)
    mine = [found.people for found in roles if lost.leaving.to in found.people]
    if any(_somebody(work, lost, people, Leaves.know) for people in mine):
        return
    asked = _asked(work, lost, Leaves.know)
    found = [person for person in _last(lost) if person not in {*asked, lost.request.requester}]
    if found:
        _passed(work, lost, found, [lost.leaving.to], Leaves.know)


def _somebody(work: Work, lost: Lost, people: Iterable[PersonId], *kinds: Leaves) -> bool:
    """Say whether another of these people has such a card, or will have."""
    alive = [person for kind in kinds for person in work.outbox.alive(lost.request.id, kind, lost.leaving.about)]
    return any(person in alive for person in people if person != lost.leaving.to)


def _asked(work: Work, lost: Lost, *kinds: Leaves) -> frozenset[PersonId]:
    cards = work.outbox.cards(lost.request.id)
    return frozenset(card.to for card in cards if card.kind in kinds and card.about == lost.leaving.about)


def _last(lost: Lost) -> tuple[PersonId, ...]:
    found = holders(lost.pack.settings.fallback, _requester(lost), list(lost.people.values()))
    return tuple(person for person in found if person != lost.request.subject)


def _requester(lost: Lost) -> Person:
    request = lost.request
    return lost.people.get(request.requester) or Person(request.requester, request.district, "", "")


def _passed(work: Work, lost: Lost, to: Sequence[PersonId], missed: Iterable[PersonId], kind: Leaves) -> None:
    """Record it, rewrite what says whom it waits for, and put the new cards."""
    request, about = lost.request, lost.leaving.about
    detail = rerouted(to, [person for person in missed if person not in to] or [lost.leaving.to], lost.people)
    at = request.status
    work.record.add(Happening(request.id, request.district, lost.now, HALLPASS, "rerouted", at, at, detail, request.fingerprint, about))
    redraw(work, request, f"rerouted:{about}:{lost.leaving.to}")
    tell(work, request, kind, about, to)


def _tell_administrators(work: Work, lost: Lost, trouble: Trouble) -> None:
    """Put one card a day, reader and reason for each who can be told."""
    people = administrators(lost.pack, list(lost.people.values()), lost.leaving.to, lost.request.subject)
    tell(work, lost.request, Leaves.undelivered, str(trouble), people)
    if not people:
        log.error("nobody is left who could be told: request=%s", lost.request.id)


def administrators(pack: Pack, people: Sequence[Person], *out: PersonId | None) -> Sequence[PersonId]:
    """Return who looks after Hallpass, the fallback where nobody is left; none who cannot be reached, or whom it is about."""
    for role in (pack.settings.administrators, pack.settings.fallback):
        found = [person.id for person in people if role in person.roles and person.id not in out]
        if found:
            return found
    return ()
