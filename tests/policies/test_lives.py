"""The whole life of every process of every pack, through the real desk on a database of its own: sent, decided, told, and done."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from handlers.actions import Approve, Deny, Done, Request
from handlers.cards import Open
from handlers.ids import RequestId
from handlers.kept import Happening, Leaving
from handlers.people import DistrictKey, Person, PersonId, Role, Seat
from handlers.policy.facts import Facts
from handlers.policy.fields import TICKED
from handlers.policy.forms import Asked, Obligation, Process
from handlers.policy.vocabulary import Fact
from handlers.ports import Work
from handlers.workflow.request import DutyStatus, Stage, Status
from handlers.workflow.request import Request as Kept
from tests.demands import rows_of
from tests.handlers.conftest import a_house
from tests.house import House, opened, said
from tests.policies.test_packs import KEYS, PACKS, Example, examples_of
from tests.samples import DANA, HELEN, LEE, MARIA, NGOZI, RAVI, SCHOOL

# Supervisor and principal are two people here: who decides because of which role shows.
BOSS = replace(NGOZI, seats=(Seat(Role.supervisor, SCHOOL),))
PRINCIPAL = replace(MARIA, seats=(Seat(Role.building_principal, SCHOOL),))
CAST = (replace(DANA, seats=(Seat(Role.staff, SCHOOL, BOSS.id),)), LEE, BOSS, PRINCIPAL, RAVI, HELEN)
WRITTEN = {
    "line": "Varsity soccer",
    "text": "Bus times change on the way",
    "date": "2026-03-02",
    "url": "https://team.example",
    "check": TICKED,
}
EVIDENCE = {"none": "", "text": "Told by letter", "url": "https://team.example", "date": "2026-03-01"}


KINDS = {"permission", "notice"}  # a process of another kind begins otherwise, and has tests of its own


def lives() -> Iterable[tuple[DistrictKey, str, Example]]:
    """Every process that a question leads to, with the first question of the district's own examples that does."""
    for key in KEYS:
        for name, process in PACKS.get(key).processes.items():
            first = next((one for one in examples_of(key) if one.process == name and process.kind in KINDS), None)
            if first is not None:
                yield key, name, first


LIVES = [
    pytest.param(key, name, example, id=f"{key}-{name}", marks=pytest.mark.walks(*rows_of(PACKS.get(key).processes[name])))
    for key, name, example in lives()
]
DECIDED = [pytest.param(*life, id=f"{life[0]}-{life[1]}") for life in lives() if PACKS.get(life[0]).processes[life[1]].stages]


@dataclass
class Life:
    """One request of one process, in a house of its own."""

    house: House
    process: Process
    cast: Mapping[PersonId, Person]

    async def begins(self, example: Example) -> None:
        """Dana asks, opens the form, and sends it with every field in it."""
        dana = self.cast[DANA.id]
        words = self.house.means(example.question, Facts({Fact(fact): value for fact, value in example.facts.items()}))
        answer = said(await self.house.says(dana, words))
        action = next(one.action for one in answer.buttons if isinstance(one.action, Request))
        form = opened(await self.house.presses(dana, action))
        assert [field.name for field in form.fields] == [field.name for field in self.process.fields]

        await self.house.sends(dana, action, {field.name: filled(field) for field in self.process.fields})

        assert set((await self.now()).fields) >= {field.name for field in self.process.fields if field.required and not field.when}

    async def is_agreed_to(self, role: Role) -> None:
        """Whoever holds the role for Dana has the card, and one of them agrees."""
        stage = await self.waits()
        assert (stage.role, set(stage.people)) == (role, holding([role]))
        assert await self.cards("decide", stage.id) == holding([role])

        await self.house.presses(self.cast[stage.people[0]], Approve(stage.id))

    async def has_done(self, obligation: Obligation) -> None:
        """An owner does the duty, with its evidence; whoever is to be told of it is."""
        duty = next(one for one in (await self.now()).duties if one.key == obligation.key)
        owner, evidence = self.cast[duty.owners[0]], EVIDENCE[obligation.evidence]
        assert await self.cards("duty", duty.id) == set(duty.owners)

        reply = await self.house.presses(owner, Done(duty.id))
        if evidence or obligation.asks:
            assert isinstance(reply, Open)
            wanted = {field.name: filled(field) for field in obligation.asks} or dict.fromkeys(
                (one.name for one in reply.form.fields), evidence
            )
            await self.house.sends(owner, Done(duty.id), wanted)

        assert await self.cards("handed_in", duty.id) == holding(obligation.tells)

    async def now(self) -> Kept:
        return (await self.house.store.read(_all, self.cast[DANA.id].district))[0]

    async def waits(self) -> Stage:
        stage = (await self.now()).open_stage
        assert stage is not None
        return stage

    async def cards(self, kind: str, about: str) -> set[PersonId]:
        put = await self.house.store.read(_cards, (await self.now()).id)
        return {one.to for one in put if (one.kind, one.about) == (kind, about)}

    async def happened(self) -> list[str]:
        found = [line.what for line in await self.house.store.read(_lines, (await self.now()).id)]
        return [what for what in found if what != "registered" and not what.startswith("channel_")]  # the register has tests of its own


@pytest.fixture
async def life(tmp_path: Path, key: DistrictKey, name: str) -> AsyncIterator[Life]:
    people = [replace(one, district=key) for one in CAST]
    async with a_house(tmp_path, packs=PACKS, people=people) as house:
        yield Life(house, PACKS.get(key).processes[name], {one.id: one for one in people})


@pytest.mark.parametrize(("key", "name", "example"), LIVES)
async def test_it_is_sent_decided_told_and_done(life: Life, example: Example) -> None:
    await life.begins(example)
    for step in life.process.stages:
        await life.is_agreed_to(step.role)
    for obligation in life.process.duties:
        await life.has_done(obligation)

    request = await life.now()
    assert request.status is (Status.approved if life.process.stages else Status.ended)
    assert await life.cards("know", request.id) == holding(life.process.tells)
    assert [(duty.key, duty.status) for duty in request.duties] == [(one.key, DutyStatus.done) for one in life.process.duties]
    first = "sent" if life.process.stages else "noticed"
    assert await life.happened() == [first, *["approved"] * len(life.process.stages), *["done"] * len(life.process.duties)]


@pytest.mark.parametrize(("key", "name", "example"), DECIDED)
async def test_a_denial_at_its_last_stage_leaves_its_reason_and_no_duty(life: Life, example: Example) -> None:
    await life.begins(example)
    for step in life.process.stages[:-1]:
        await life.is_agreed_to(step.role)
    last = await life.waits()

    await life.house.sends(life.cast[last.people[0]], Deny(last.id), {"reason": "The team has an app"})

    request = await life.now()
    assert (request.status, request.duties, request.stages[-1].reason) == (Status.denied, (), "The team has an app")
    assert await life.cards("outcome", last.id) == {DANA.id}


def filled(field: Asked) -> str:
    return field.options[0] if field.options else WRITTEN[field.kind]


def holding(roles: Iterable[Role]) -> set[PersonId]:
    """Who of the cast holds one of the roles for Dana, herself not counted; nobody outside the directory does."""
    return {one.id for one in CAST for role in roles if role in one.roles and one.id != DANA.id}


def _all(work: Work, key: DistrictKey) -> tuple[Kept, ...]:
    return work.requests.all(key)


def _cards(work: Work, request: RequestId) -> tuple[Leaving, ...]:
    return work.outbox.cards(request)


def _lines(work: Work, request: RequestId) -> tuple[Happening, ...]:
    return work.record.of(request)
