"""What leaves together is drawn together, each card from this moment's state and each so that it breaks alone. Not here: sending it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers.cards import Card
from handlers.ids import DutyId, RequestId, StageId
from handlers.kept import Claimed, Copy, Leaving
from handlers.naming import here, with_gone
from handlers.obstacles import Obstacle
from handlers.people import DistrictKey, Person, PersonId, Role
from handlers.policy.pack import Pack
from handlers.ports import CannotDeliver, Packs, Work
from handlers.process import today
from handlers.wording import unfilled
from handlers.wording.leaving import Leaves, draw, subject
from handlers.wording.posted import Posted
from handlers.workflow.permission import as_of
from handlers.workflow.request import Request

THEIRS = frozenset({Leaves.decide, Leaves.duty, Leaves.reminder, Leaves.duty_due})  # what the technology department does together

Known = Mapping[PersonId, Person]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as it leaves, and for whom; `shown` are the rewrites of it that wait behind it, and that it makes needless."""

    card: Card
    reader: Person
    first: Copy | None = None  # beneath which it is posted
    shared: str = ""
    shown: tuple[int, ...] = ()


def draw_all(work: Work, packs: Packs, claimed: Sequence[Claimed], now: datetime) -> dict[int, Drawn | Exception]:
    """Return each card by its row's id, or what broke while it was drawn."""
    behind = work.outbox.behind([one.id for one in claimed])
    seen = _Seen(work, packs, now)
    return {one.id: _drawn(seen, one.leaving, behind.get(one.id, ())) for one in claimed}


def _drawn(seen: "_Seen", leaving: Leaving, shown: tuple[int, ...]) -> Drawn | Exception:
    try:
        return _draw(seen, leaving, shown)
    except Exception as error:  # noqa: BLE001  # a card that cannot be drawn must not stop the others
        return error


def _draw(seen: "_Seen", leaving: Leaving, shown: tuple[int, ...]) -> Drawn:
    work, pack = seen.work, seen.packs.get(leaving.district)
    reader = work.directory.get(leaving.to)
    if leaving.is_note and reader is not None:
        return Drawn(unfilled.card(unfilled.Unfilled.read(leaving.about), pack), reader)
    request = seen.request(leaving.request)
    if request is None or reader is None:
        why = "the request or its reader is no longer there"
        raise CannotDeliver(why, permanent=True, obstacle=Obstacle.left)
    stands, known = seen.today(request, leaving.district, pack)
    first = None if leaving.redraw else work.outbox.first(leaving.request, leaving.to)
    posted = Posted(Leaves(leaving.kind), leaving.request, leaving.about)
    card = draw(posted.kind, posted.about, stands, pack, known, reader.id)
    return Drawn(replace(card, again=str(posted)), reader, first, _shared(leaving, request, reader), shown)


@dataclass(slots=True)
class _Seen:
    """What several cards of one unit show is read once: it cannot change meanwhile."""

    work: Work
    packs: Packs
    now: datetime
    _requests: dict[RequestId, Request | None] = field(default_factory=dict)
    _here: dict[DistrictKey, dict[PersonId, Person]] = field(default_factory=dict)
    _today: dict[tuple[RequestId, DistrictKey], tuple[Request, Known]] = field(default_factory=dict)

    def request(self, one: RequestId) -> Request | None:
        if one not in self._requests:
            self._requests[one] = self.work.requests.get(one)
        return self._requests[one]

    def today(self, request: Request, district: DistrictKey, pack: Pack) -> tuple[Request, Known]:
        """Return the request with those who may decide it now, and whom its cards may name."""
        if (request.id, district) not in self._today:
            if district not in self._here:
                self._here[district] = here(self.work, district)
            known = with_gone(self.work, self._here[district], [request])
            self._today[request.id, district] = as_of(today(request, pack, known), self.now), known
        return self._today[request.id, district]


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
