"""What a new directory does to what is under way: who left asks and holds nothing any more, and who decides today has the card."""

from collections.abc import Collection
from datetime import datetime

from handlers.kept import Happening
from handlers.naming import named
from handlers.people import HALLPASS, DistrictKey, Person, PersonId
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.process import today
from handlers.telling import redraw, tell
from handlers.undelivered import administrators
from handlers.wording.leaving import Leaves
from handlers.wording.undelivered import NOBODY, Trouble
from handlers.workflow.moves import Settled, withdraw
from handlers.workflow.permission import as_of, stopped
from handlers.workflow.request import DutyStatus, Request, Status

LEFT = "because whoever asked for it has left"


def follow(work: Work, pack: Pack, district: DistrictKey, gone: Collection[Person], now: datetime) -> None:
    """Do all of it, in the transaction in which the directory becomes another."""
    for person in gone:
        for request in work.requests.of_requester(person.id):
            _end(work, request, now)
    for request in work.requests.waiting_for(district):
        _bring(work, pack, request, {person.id for person in gone}, now)


def _end(work: Work, request: Request, now: datetime) -> None:
    """Withdraw what waits, end what holds; those who agreed to it, and those who still have to do something for it, hear of it."""
    moved = withdraw(as_of(request, now), request.requester)
    if not isinstance(moved, Settled) or not request.stages:
        return
    after = moved.request
    kept = work.requests.withdraw(after) if after.status is Status.withdrawn else work.requests.stop(stopped(after, HALLPASS, LEFT, now))
    if not kept:
        return
    happened = Happening(request.id, request.district, now, HALLPASS, after.status, request.status, after.status, LEFT, request.fingerprint)
    work.record.add(happened)
    redraw(work, after, "left")
    tell(work, after, Leaves.left, request.id, _concerned(request))


def _concerned(request: Request) -> list[PersonId]:
    decided = [stage.decided_by for stage in request.stages if stage.decided_by is not None]
    owing = [person for duty in request.duties if duty.status is DutyStatus.open for person in duty.owners]
    return [person for person in dict.fromkeys((*decided, *owing)) if person != request.requester]


def _bring(work: Work, pack: Pack, request: Request, gone: Collection[PersonId], now: datetime) -> None:
    """Put the card for whoever may decide today and has none; where nobody is left, those who look after Hallpass are told."""
    known = named(work, request.district, [request])
    asked = {(card.about, card.to) for card in work.outbox.cards(request.id) if card.kind == Leaves.decide}
    for stage in today(request, pack, known).open_stages:
        here = [person for person in stage.people if person not in gone]
        if any((stage.id, person) not in asked for person in here) or any((stage.id, person) in asked for person in gone):
            redraw(work, request, f"directory:{now.isoformat()}")
        tell(work, request, Leaves.decide, stage.id, here)
        if not here:
            trouble = Trouble(NOBODY, f"{now:%Y-%m-%d}", stage.id)
            tell(work, request, Leaves.undelivered, str(trouble), administrators(pack, list(known.values())))
