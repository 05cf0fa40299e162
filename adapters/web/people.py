"""Who sits where on the page: a district and a seat in, the person and her address out. Not here: what a person may do."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.people import Address, DistrictKey, Person, Platform
from handlers.ports import Store


@dataclass(frozen=True, slots=True)
class Chair:
    """Whose e-mail address sits there, and the part that the person plays."""

    email: str
    part: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person at her place: nobody proves anything here, since all of them are made up and the page stays on this machine."""

    person: Person
    address: Address
    part: str


class People:
    """The districts that can be rehearsed, and the chairs, which are the same in each.

    The page has a pane for each of the seats staff, principal, technology and records. A chair named colleague is a second
    one at the staff pane: who asks there can then be chosen.
    """

    def __init__(self, store: Store, districts: Mapping[DistrictKey, str], chairs: Mapping[str, Chair]) -> None:
        self._store = store
        self._chairs = dict(chairs)
        self.districts = dict(districts)

    async def at(self, district: str, seat: str) -> Sitting | None:
        """Return who sits there; None for a district or seat that the page does not have."""
        key, chair = DistrictKey(district), self._chairs.get(seat)
        if key not in self.districts or chair is None:
            return None
        person = await self._store.read(lambda work: work.directory.by_email(key, chair.email))
        return Sitting(person, Address(Platform.web, key, chair.email), chair.part) if person else None

    async def everyone(self, district: str) -> dict[str, Sitting]:
        """Return seat and sitter, in the order of the panes."""
        found = {seat: await self.at(district, seat) for seat in self._chairs}
        return {seat: sitting for seat, sitting in found.items() if sitting}
