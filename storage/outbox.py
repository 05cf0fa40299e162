"""Cards waiting to leave: claim the heads of the lanes, then sent or failed. Not here: drawing or sending a card."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, func, or_, select, update

from handlers.ids import RequestId
from handlers.kept import Backlog, Claimed, Copy, Dead, Leaving
from handlers.people import Address, DistrictKey, PersonId, Platform
from handlers.ports import Clock
from handlers.reaching import Outbox
from storage.columns import NOW, Soon, soon
from storage.delivery_tables import copies, outbox
from storage.putting import Putting
from storage.upsert import last_wins

LEASE = 60.0  # seconds; longer than any call to a platform takes, or a slow card would leave twice
LONGEST_ERROR = 500  # characters kept of a platform's reason
HORIZON = 600.0  # seconds: what is due later is not looked at, or a year's timers would be, each second

_lane = outbox.alias("lane_mates")
_open = and_(outbox.c.done_at.is_(None), outbox.c.dead_at.is_(None))
# A scalar subquery: with NOT EXISTS the planner's choice made the drain forty times slower from run to run.
_head = (
    select(func.min(_lane.c.id))
    .where(_lane.c.lane == outbox.c.lane, _lane.c.done_at.is_(None), _lane.c.dead_at.is_(None))
    .scalar_subquery()
)
_heads = (
    select(outbox.c.id)
    .where(_open, outbox.c.available_at <= NOW, or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= NOW), outbox.c.id == _head)
    .order_by(outbox.c.available_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("heads")
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(select(_heads.c.id)))
    .values(attempts=outbox.c.attempts + 1, lease_owner=bindparam("owner"), lease_until=Soon(LEASE))
    .returning(outbox)
)
_POSTED = (
    select(outbox.c.id.label("outbox"), copies)
    .join(copies, and_(copies.c.card == outbox.c.card, copies.c.to == outbox.c.to))
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
)
_mates = outbox.alias("mates")
# What waits in the lane, and was committed when the card is drawn, the card shows already.
_BEHIND = (
    select(outbox.c.id, _mates.c.id.label("behind"))
    .join(_mates, and_(*(_mates.c[name] == outbox.c[name] for name in ("lane", "card", "to")), _mates.c.id > outbox.c.id))
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), _mates.c.redraw)
    .where(_mates.c.done_at.is_(None), _mates.c.dead_at.is_(None), _mates.c.available_at <= NOW)
    .order_by(_mates.c.id)
)
_FIRST = (
    select(copies)
    .join(outbox, and_(outbox.c.card == copies.c.card, outbox.c.to == copies.c.to, outbox.c.redraw.is_(False)))
    .where(copies.c.request == bindparam("request"), copies.c.to == bindparam("reader"))
    .order_by(outbox.c.id)
    .limit(1)
)
_card = outbox.c.to != ""  # a timer is for nobody
_KEEP = last_wins(copies, "card", "to")
# Said by a process whose lease ran out too: the card has left all the same.
_OVER = {"done_at": NOW, "dead_at": None, "lease_owner": None, "lease_until": None}
_SENT = update(outbox).where(outbox.c.id == bindparam("one")).values(_OVER)
_SHOWN = update(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True)), _open).values(_OVER)
_MINE = and_(outbox.c.id == bindparam("one"), outbox.c.attempts == bindparam("attempt"), _open)  # nobody claimed it since
_FIRED = update(outbox).where(_MINE).values(_OVER).returning(outbox.c.id)
_FAILED = update(outbox).where(_MINE).values(last_error=bindparam("why"), lease_owner=None, lease_until=None)
_LATER = _FAILED.values(available_at=soon("wait")).returning(outbox.c.id)
_DEAD = _FAILED.values(dead_at=NOW).returning(outbox.c.id)
# Not the first attempt: some of what was given up may have arrived, and is looked for.
_REVIVE = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.dead_at.is_not(None))
    .values(dead_at=None, available_at=NOW, attempts=1)
)
_REVIVE_TIMERS = update(outbox).where(~_card, outbox.c.dead_at.is_not(None)).values(dead_at=None, available_at=NOW, attempts=1)
_ALIVE = select(outbox.c.to).where(
    *(outbox.c[name] == bindparam(f"of_{name}") for name in ("request", "kind", "about")),
    outbox.c.redraw.is_(False),
    outbox.c.dead_at.is_(None),
)
_CARDS = select(outbox).where(outbox.c.request == bindparam("request"), outbox.c.redraw.is_(False), _card).order_by(outbox.c.id)
_due = case((outbox.c.lease_until > outbox.c.available_at, outbox.c.lease_until), else_=outbox.c.available_at)
_WAITING = select(func.min(_due), NOW).where(_open, outbox.c.available_at <= Soon(HORIZON), outbox.c.id == _head)
_GIVEN_UP = select(outbox).where(outbox.c.district == bindparam("district"), outbox.c.dead_at.is_not(None), _card).order_by(outbox.c.id)
_late = and_(_card, outbox.c.available_at <= NOW)
_BACKLOG = select(func.count().filter(_late), func.count(), func.min(outbox.c.available_at).filter(_late), NOW).where(_open)
_DEAD_ONES = select(func.count()).where(outbox.c.dead_at.is_not(None))


class SqlOutbox(Outbox):
    """Over one connection, inside its transaction; `owner` names the process that claims."""

    def __init__(self, connection: Connection, owner: str, clock: Clock) -> None:
        self._whole, self._putting, self._owner, self._database = connection, Putting(connection, clock), owner, connection.dialect.name

    def put(self, leaving: Leaving) -> None:
        self._putting.put(leaving)

    def write(self) -> None:
        """Write what was put, at the end of the unit."""
        self._putting.write()

    @property
    def _connection(self) -> Connection:
        """The connection with what was put: nothing may be asked or changed before that is there."""
        self._putting.write()
        return self._whole

    def claim(self, limit: int) -> tuple[Claimed, ...]:
        rows = sorted(self._connection.execute(_CLAIM, {"most": limit, "owner": self._owner}), key=lambda row: row.id)
        posted = self._posted([row.id for row in rows])
        return tuple(Claimed(row.id, _leaving(row), row.attempts, posted.get(row.id)) for row in rows)

    def behind(self, claimed: Sequence[int]) -> dict[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for row in self._connection.execute(_BEHIND, {"ids": list(claimed)}) if claimed else ():
            found[row.id] = (*found.get(row.id, ()), row.behind)
        return found

    def sent(self, claimed: Claimed, copy: Copy | None, shown: Sequence[int] = ()) -> None:
        self._connection.execute(_SENT, {"one": claimed.id})
        if shown:
            self._connection.execute(_SHOWN, {"ids": list(shown)})
        if copy is not None:
            self._connection.execute(_KEEP[self._database], _copy_columns(copy))

    def fired(self, claimed: Claimed) -> bool:
        return self._connection.execute(_FIRED, {"one": claimed.id, "attempt": claimed.attempts}).one_or_none() is not None

    def failed(self, claimed: Claimed, why: str, retry_in: float | None) -> bool:
        """Free the lease; a dead card no longer holds its lane up."""
        said = {"one": claimed.id, "attempt": claimed.attempts, "why": why[:LONGEST_ERROR]}
        done = self._connection.execute(_DEAD, said) if retry_in is None else self._connection.execute(_LATER, said | {"wait": retry_in})
        return done.one_or_none() is not None

    def first(self, request: RequestId, reader: PersonId) -> Copy | None:
        row = self._connection.execute(_FIRST, {"request": request, "reader": reader}).one_or_none()
        return _copy(row) if row else None

    def cards(self, request: RequestId) -> tuple[Leaving, ...]:
        return tuple(_leaving(row) for row in self._connection.execute(_CARDS, {"request": request}))

    def alive(self, request: RequestId, kind: str, about: str) -> frozenset[PersonId]:
        asked = {"of_request": request, "of_kind": kind, "of_about": about}
        return frozenset(PersonId(row.to) for row in self._connection.execute(_ALIVE, asked))

    def dead(self, district: DistrictKey) -> tuple[Dead, ...]:
        rows = self._connection.execute(_GIVEN_UP, {"district": district})
        return tuple(Dead(row.id, _leaving(row), row.last_error, row.dead_at) for row in rows)

    def revive(self, dead: Sequence[int]) -> None:
        self._connection.execute(_REVIVE, {"ids": list(dead)})

    def revive_timers(self) -> None:
        self._connection.execute(_REVIVE_TIMERS)

    def waiting(self) -> float | None:
        due, now = self._connection.execute(_WAITING).one()
        return None if due is None else max(0.0, (due - now).total_seconds())

    def backlog(self) -> Backlog:
        due, waiting, oldest, now = self._connection.execute(_BACKLOG).one()
        dead = self._connection.execute(_DEAD_ONES).scalar_one()
        return Backlog(due, waiting - due, dead, max(0.0, (now - oldest).total_seconds()) if due else 0.0)

    def _posted(self, ids: list[int]) -> dict[int, Copy]:
        return {row.outbox: _copy(row) for row in self._connection.execute(_POSTED, {"ids": ids})} if ids else {}


def _leaving(row: Row[Any]) -> Leaving:
    return Leaving(
        key=row.key,
        lane=row.lane,
        district=DistrictKey(row.district),
        kind=row.kind,
        request=RequestId(row.request),
        about=row.about,
        to=PersonId(row.to),
        card=row.card,
        redraw=row.redraw,
        at=row.at,
    )


def _copy(row: Row[Any]) -> Copy:
    address = Address(Platform(row.platform), row.tenant, row.user)
    return Copy(row.card, RequestId(row.request), row.kind, row.about, PersonId(row.to), address, row.message)


def _copy_columns(copy: Copy) -> dict[str, Any]:
    address = {"platform": copy.address.platform.value, "tenant": copy.address.tenant, "user": copy.address.user}
    return {name: getattr(copy, name) for name in ("card", "request", "kind", "about", "to", "message")} | address
