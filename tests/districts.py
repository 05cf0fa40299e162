"""The five districts' own packs, with Maple Grove's people in them: for what a policy demands, from its form to its last duty."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from handlers.actions import Begin, Done
from handlers.cards import Card, Reply
from handlers.people import Address, DistrictKey, Person, Platform, Role, Seat
from handlers.ports import Work
from handlers.workflow.request import Request
from storage.packs import DiskPacks
from tests.handlers.conftest import a_house
from tests.house import House, button, whispered
from tests.samples import EVERYBODY, SCHOOL, a_person

PACKS = DiskPacks(Path(__file__).parents[1] / "policies")

INES = a_person("ines", "Ines Duarte", Seat(Role.counselor, SCHOOL))
OMAR = a_person("omar", "Omar Haddad", Seat(Role.compliance_officer))


@dataclass(frozen=True)
class District:
    """A house that lives by one of the five policies."""

    key: DistrictKey
    house: House

    def of(self, person: Person) -> Person:
        """Somebody of Maple Grove as she sits here."""
        return _sitting(self.key, [person])[0]

    async def seats(self, *people: Person) -> None:
        """From now on these are the people."""
        await self.house.store.write(_seat, self.key, _sitting(self.key, people))

    async def starts(self, who: Person, process: str, values: Mapping[str, str]) -> Reply:
        """Somebody sends the form of a process, having asked nothing; what follows is out."""
        reply = await self.house.sends(self.of(who), Begin(process), dict(values))
        await self.house.post_is_out()
        return reply

    async def does(self, who: Person, what: str, values: Mapping[str, str] | None = None) -> Card:
        """Somebody says that the duty whose card begins so is done, with its evidence; what follows is out."""
        card = self.card(who, f"To do: {what}")
        action = next(one.action for one in card.buttons if isinstance(one.action, Done))
        reply = await (self.house.presses(self.of(who), action) if values is None else self.house.sends(self.of(who), action, dict(values)))
        await self.house.post_is_out()
        return whispered(reply)

    async def presses(self, who: Person, begins: str, label: str) -> Reply:
        """Somebody presses a button on the card that begins so; what follows is out."""
        reply = await self.house.presses(self.of(who), button(self.card(who, begins), label))
        await self.house.post_is_out()
        return reply

    def sees(self, who: Person) -> list[Card]:
        """What stands in somebody's thread now."""
        return self.house.sees(self.of(who))

    def card(self, who: Person, begins: str) -> Card:
        """The newest card in somebody's thread whose title begins so."""
        return next(card for card in reversed(self.sees(who)) if card.title.startswith(begins))

    async def kept(self) -> tuple[Request, ...]:
        """Every request, newest first."""
        return await self.house.store.read(_all, self.key)


@asynccontextmanager
async def a_district(folder: Path, key: str) -> AsyncIterator[District]:
    """Build the house with that pack, and seat everybody: a counselor and a compliance officer among them."""
    people = _sitting(DistrictKey(key), (*EVERYBODY, INES, OMAR))
    async with a_house(folder, packs=PACKS, people=people) as house:
        yield District(DistrictKey(key), house)


def said_on(card: Card) -> str:
    """Every word of a card, its buttons left out."""
    return " ".join((card.title, *(str(block) for block in card.blocks)))


def _sitting(key: DistrictKey, people: Sequence[Person]) -> tuple[Person, ...]:
    return tuple(replace(one, district=key, addresses=(Address(Platform.web, key, one.email),)) for one in people)


def _seat(work: Work, key: DistrictKey, people: tuple[Person, ...]) -> None:
    work.directory.replace(key, people)


def _all(work: Work, key: DistrictKey) -> tuple[Request, ...]:
    return work.requests.all(key)
