"""People, their seats and addresses. Who has left can still be named, but not found, nor reached. Not here: importing a file."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table, bindparam, delete, func, insert, select, update

from handlers.people import Address, DistrictKey, Person, PersonId, Platform, Role, Seat
from handlers.repositories import Directory
from storage.people_tables import addresses, people, seats
from storage.tables import editions
from storage.upsert import last_wins


@dataclass(slots=True)
class Edition:
    """A district's directory as a process last read it: everybody, once they were asked for, and whoever was met."""

    name: str
    everybody: tuple[Person, ...] | None = None
    met: dict[PersonId, Person] = field(default_factory=dict)


Editions = dict[DistrictKey, Edition]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Three statements with one condition: a person is spread over three tables."""

    people: Select[Any]
    seats: Select[Any]
    addresses: Select[Any]


def _wanted(*conditions: ColumnElement[bool]) -> _Wanted:
    return _Wanted(
        select(people).where(*conditions).order_by(people.c.name, people.c.id),
        select(seats).join(people).where(*conditions).order_by(seats.c.person, seats.c.position),
        select(addresses).join(people).where(*conditions).order_by(addresses.c.person, addresses.c.position),
    )


def _edition_of(table: Table, person: Column[Any]) -> Select[Any]:
    """Select people by that table, each with her district and the name of its newest edition."""
    return select(person.label("person"), table.c.district, editions.c.edition).outerjoin(editions, editions.c.district == table.c.district)


_HERE = (people.c.district == bindparam("of_district"), people.c.present)
_ONE = _wanted(people.c.id == bindparam("one"))
_ALL = _wanted(*_HERE)
_EVER = _wanted(people.c.district == bindparam("of_district"))
_BY_EMAIL = _wanted(*_HERE, people.c.email == bindparam("one"))
_WHO = _edition_of(addresses, addresses.c.person).where(
    *(addresses.c[name] == bindparam(f"of_{name}") for name in ("platform", "tenant", "user")),
)

_WHERE = _edition_of(people, people.c.id).where(people.c.id == bindparam("one"))
_EDITION = select(editions.c.edition).where(editions.c.district == bindparam("of_district"))
_NEW_EDITION = last_wins(editions, "district")
_EVERYBODY = select(people.c.id).where(people.c.district == bindparam("of_district"))
_LEAVE = update(people).where(people.c.district == bindparam("of_district")).values(present=False)
_CLEAR_SEATS = delete(seats).where(seats.c.person.in_(_EVERYBODY))
_CLEAR_ADDRESSES = delete(addresses).where(addresses.c.person.in_(_EVERYBODY))
_KEEP = last_wins(people, "id")
_SEATS = insert(seats)
_ADDRESSES = insert(addresses)
_NEXT = select(func.coalesce(func.max(addresses.c.position) + 1, 0)).where(addresses.c.person == bindparam("one"))


class SqlDirectory(Directory):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, editions: Editions) -> None:
        self._connection = connection
        self._editions = editions
        self._alone = connection.dialect.name == "sqlite"  # then nobody changes the directory while this transaction lasts
        self._seen: dict[DistrictKey, Edition] = {}  # the newest, as this transaction has found

    def get(self, person: PersonId) -> Person | None:
        """Return the person, with no seat and no address if they have left."""
        for edition in self._seen.values():
            if person in edition.met:
                return edition.met[person]
        found = self._connection.execute(_WHERE, {"one": person}).one_or_none()
        return self._met(found) if found is not None else None

    def by_email(self, district: DistrictKey, email: str) -> Person | None:
        """Return whoever has that address, however it is capitalized."""
        return self._only(_BY_EMAIL, {"of_district": district, "one": email.casefold()})

    def by_address(self, address: Address) -> Person | None:
        """Return whom a platform means, None as well when two districts know the address: nobody may guess which."""
        found = self._connection.execute(_WHO, {f"of_{name}": value for name, value in _columns(address).items()}).all()
        return self._met(found[0]) if len(found) == 1 else None

    def people(self, district: DistrictKey) -> tuple[Person, ...]:
        """Return everybody, by name. Two thousand people take 70 ms to load, so a process keeps those of the newest edition."""
        edition = self._seen.get(district)
        if edition is None:
            edition = self._newest(district, self._connection.execute(_EDITION, {"of_district": district}).scalar_one_or_none())
            if self._alone:
                self._seen[district] = edition
        if edition.everybody is None:
            edition.everybody = self._people(_ALL, {"of_district": district})
            edition.met = {person.id: person for person in edition.everybody}
        return edition.everybody

    def ever(self, district: DistrictKey) -> tuple[Person, ...]:
        """Return everybody who is or was in the directory, by name; who has left has no seat and no address."""
        return self._people(_EVER, {"of_district": district})

    def replace(self, district: DistrictKey, people: Sequence[Person]) -> None:
        """Make these the district's people; whoever is not among them has left."""
        self._renew(district)
        for statement in (_LEAVE, _CLEAR_SEATS, _CLEAR_ADDRESSES):
            self._connection.execute(statement, {"of_district": district})
        self._many(_KEEP[self._connection.dialect.name], [_row(person) for person in people])
        self._many(_SEATS, [_seat_row(person, at, seat) for person in people for at, seat in enumerate(person.seats)])
        self._many(_ADDRESSES, [_address_row(person, at, address) for person in people for at, address in enumerate(person.addresses)])

    def bind(self, person: Person, address: Address) -> None:
        """Make it an address of the person, after those there are; whoever else holds it must have been asked about before."""
        self._renew(person.district)
        at = self._connection.execute(_NEXT, {"one": person.id}).scalar_one()
        self._many(_ADDRESSES, [_address_row(person, at, address)])

    def _renew(self, district: DistrictKey) -> None:
        self._seen.pop(district, None)
        # not a count: one that was rolled back would come again for other people
        edition = {"district": district, "edition": uuid4().hex}
        self._connection.execute(_NEW_EDITION[self._connection.dialect.name], edition)

    def _newest(self, district: DistrictKey, name: str | None) -> Edition:
        kept = self._editions.get(district)
        if kept is None or kept.name != (name or ""):
            kept = self._editions[district] = Edition(name or "")
        return kept

    def _met(self, found: Row[Any]) -> Person | None:
        """Return the person, read once for each edition: three statements, whenever somebody says or presses anything."""
        edition, one = self._newest(found.district, found.edition), PersonId(found.person)
        person = edition.met.get(one) or self._only(_ONE, {"one": one})
        if person is not None:
            edition.met[one] = person
        return person

    def _only(self, wanted: _Wanted, parameters: Mapping[str, Any]) -> Person | None:
        return next(iter(self._people(wanted, parameters)), None)

    def _people(self, wanted: _Wanted, parameters: Mapping[str, Any]) -> tuple[Person, ...]:
        rows = self._connection.execute(wanted.people, parameters).all()
        if not rows:
            return ()
        seated = _by_person(self._connection.execute(wanted.seats, parameters))
        reached = _by_person(self._connection.execute(wanted.addresses, parameters))
        return tuple(_person(row, seated[row.id], reached[row.id]) for row in rows)

    def _many(self, statement: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401  # an insert of either database
        if rows:
            self._connection.execute(statement, rows)


def _by_person(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.person].append(row)
    return found


def _person(row: Row[Any], seated: list[Row[Any]], reached: list[Row[Any]]) -> Person:
    return Person(
        id=PersonId(row.id),
        district=DistrictKey(row.district),
        email=row.email,
        name=row.name,
        seats=tuple(Seat(Role(seat.role), seat.school, seat.supervisor) for seat in seated),
        addresses=tuple(Address(Platform(one.platform), one.tenant, one.user) for one in reached),
        zone=row.zone or "",
    )


def _row(person: Person) -> dict[str, Any]:
    same = {"id": person.id, "district": person.district, "email": person.email.casefold(), "name": person.name}
    return same | {"present": True, "zone": person.zone or None}


def _seat_row(person: Person, at: int, seat: Seat) -> dict[str, Any]:
    return {"person": person.id, "position": at, "role": seat.role.value, "school": seat.school, "supervisor": seat.supervisor}


def _address_row(person: Person, at: int, address: Address) -> dict[str, Any]:
    return {"person": person.id, "position": at, "district": person.district, **_columns(address)}


def _columns(address: Address) -> dict[str, str]:
    return {"platform": address.platform.value, "tenant": address.tenant, "user": address.user}
