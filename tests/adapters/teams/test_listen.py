"""What comes in and goes out between Teams and the desk, in one process: for one person alone, once, and in spite of what passes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from adapters import patience
from adapters.teams import listen
from adapters.teams.bot import Shared, TeamsBot
from adapters.teams.keys import Cloud, Keys
from bot import wiring
from handlers.cards import Card, Text
from handlers.obstacles import Obstacle
from handlers.people import Address, DistrictKey, Person, PersonId, Platform, Role, Seat
from handlers.ports import CannotDeliver, Store
from storage.work import open_store
from tests.adapters.teams.microsoft import at_loopback
from tests.loopback.teams import LoopbackTeams
from tests.loopback.teams.tokens import ISSUER
from tests.samples import NOON

DISTRICT = DistrictKey("west-st-francois-r4")
QUESTION = "Can I text my players from my own phone?"
CARD = Card("Dana Whitlock asks for your decision", (Text("Please decide."),))


@dataclass
class Clock:
    """Goes only when a test says so."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Town:
    """A tenant, and a bot in this very process."""

    teams: LoopbackTeams
    bot: TeamsBot
    store: Store
    clock: Clock

    def at(self, who: str) -> Address:
        return Address(Platform.teams, self.teams.tenant, self.teams.people[who].aad_object_id)

    async def turns(self, thread: str) -> int:
        """How many of Dana's questions there make up the conversation."""
        last = await self.store.read(lambda work: work.answers.latest(PersonId("dana"), thread))
        assert last is not None
        return len(last.turns)

    async def answer(self, who: str, many: int = 1) -> str:
        """What the newest of so many messages to this person says."""
        messages = await self.teams.until(lambda: found if len(found := self.teams.answers(who)) >= many else None)
        return self.teams.text_of(messages[-1], who)


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    monkeypatch.setattr(patience, "WAITS", (0.01,) * 5)
    clock = Clock()
    store = await open_store(f"sqlite:///{tmp_path / 'listen.db'}", clock)
    async with LoopbackTeams() as teams, aiohttp.ClientSession() as session:
        cloud = Cloud("", f"{teams.base_url}/{teams.tenant}", ISSUER, ISSUER, teams.openid_url, teams.openid_url)
        keys = Keys(teams.app_id, teams.app_password, allowed_tenants=frozenset({teams.tenant}), cloud=cloud)
        bot = TeamsBot(Shared(keys, session, store, clock, DISTRICT))
        town = Town(teams, bot, store, clock)
        packs = wiring.packs()
        courier = wiring.courier(store, packs, {Platform.teams: bot.chat})
        bot.listen(replace(wiring.desk(store, packs, courier), clock=clock))
        app = web.Application()
        bot.route(app)
        for name in ("dana", "lee"):
            teams.person(name, name=name.title())
        teams.group("coaches", members=("dana", "lee"))
        dana = Person(
            PersonId("dana"), DISTRICT, "dana@maplegrove.example", "Dana Whitlock", (Seat(Role.staff, "High"),), (town.at("dana"),)
        )
        await store.write(lambda work: work.directory.replace(DISTRICT, [dana]))
        async with at_loopback(app) as url:
            teams.app_url = f"{url}/api/messages"
            yield town
            await bot.finish()
    await store.close()


async def test_after_half_an_hour_of_silence_a_chat_begins_anew_and_a_thread_goes_on(town: Town) -> None:
    town.teams.channel("general", members=("dana",))
    for minutes, remembered in ((0, 1), (29, 2), (31, 1)):
        town.clock.now += timedelta(minutes=minutes)
        await town.teams.says("dana", QUESTION)
        assert await town.turns(town.teams.personal("dana").id) == remembered

    root = (await town.teams.says("dana", QUESTION, "general")).message
    assert root is not None
    town.clock.now += timedelta(days=3)
    await town.teams.says("dana", "and on Saturdays?", root)
    assert await town.turns(town.teams.wire_id(town.teams.places["general"], root.id)) == 2


async def test_a_group_is_told_nothing_but_that_somebody_cannot_be_told(town: Town) -> None:
    town.teams.people["dana"].installed = False
    await town.teams.says("dana", "request", "coaches")  # a form has to last, so it is for her own chat

    said = (await town.teams.until(lambda: town.teams.answers("lee", "coaches")))[-1]
    assert town.teams.text_of(said).startswith("I cannot write to you alone yet.")


async def test_whispers_wait_out_what_passes_and_come_once(town: Town) -> None:
    town.teams.fail("send", times=2, status=412, place="dana")

    said = await town.teams.says("dana", "inbox")
    await town.teams.again(said, 3, at_once=True)

    assert "Nothing waits for you." in await town.answer("dana")
    assert len(town.teams.answers("dana")) == 1


async def test_what_takes_long_is_begun_and_shows_that_it_is(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listen, "SLOW", 0.05)
    monkeypatch.setattr(listen, "CLOSING", 0.1)
    await town.teams.says("dana", QUESTION)
    await town.answer("dana")
    town.teams.fail("send", delay=0.5, place="dana")

    said = await town.teams.says("dana", QUESTION)

    assert said.status == 200
    assert said.seconds < 0.5
    assert town.teams.typing[-1:] == ["dana"]
    assert "supervisor" in await town.answer("dana", 2)


async def test_what_breaks_is_said_to_the_person_alone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("adapters.teams.turns.Turns.heard", breaks)

    await town.teams.says("dana", QUESTION, "coaches")

    (said,) = await town.teams.until(lambda: town.teams.whispers("dana"))
    assert "on our side" in town.teams.text_of(said, "dana")
    assert town.teams.answers("lee", "coaches") == []


async def test_a_button_that_nobody_drew_is_explained(town: Town) -> None:
    place = town.teams.personal("dana")
    for action in ({"verb": "approve", "data": {}}, {"verb": "nonsense", "data": {"id": "x"}}, {}, None):
        told = town.teams.invoke("adaptiveCard/action", "dana", place, None, {"action": action})
        answered = await town.teams.deliver(told)
        assert answered.status == 200
        assert answered.body["type"] == "application/vnd.microsoft.activity.message"


async def test_other_invokes_are_no_ones(town: Town) -> None:
    told = town.teams.invoke("signin/verifyState", "dana", town.teams.personal("dana"), None, {})

    assert (await town.teams.deliver(told)).status == 400


async def test_the_app_is_added_and_taken_away(town: Town) -> None:
    await town.teams.installs("dana")
    assert "What I can do" in await town.answer("dana")
    await town.teams.uninstalls("dana")
    await town.teams.adds_bot("dana", "coaches")
    await town.teams.removes_bot("dana", "coaches")

    with pytest.raises(CannotDeliver) as raised:
        await town.bot.chat.post(town.at("dana"), CARD, "k1")

    assert raised.value.permanent
    assert raised.value.obstacle is Obstacle.uninstalled


async def test_what_stands_in_a_cards_way_is_told(town: Town) -> None:
    teams, chat = town.teams, town.bot.chat
    with pytest.raises(CannotDeliver) as nobody_wrote:
        await chat.post(town.at("dana"), CARD, "k1")
    await teams.installs("dana")
    await town.answer("dana")
    with pytest.raises(CannotDeliver) as no_such_user:
        await chat.post(Address(Platform.teams, teams.tenant, "00000000-0000-4000-8000-0000000000aa"), CARD, "k1")
    message = await chat.post(town.at("dana"), CARD, "k1")
    teams.answers("dana")[-1].deleted = True
    with pytest.raises(CannotDeliver) as vanished:
        await chat.update(town.at("dana"), message, CARD)
    teams.blocks("dana")
    with pytest.raises(CannotDeliver) as blocked:
        await chat.post(town.at("dana"), CARD, "k2")

    raised = [one.value for one in (nobody_wrote, no_such_user, vanished, blocked)]
    assert all(one.permanent for one in raised)
    assert [one.obstacle for one in raised] == [Obstacle.uninstalled, Obstacle.unknown, Obstacle.vanished, Obstacle.uninstalled]


async def test_a_conversation_that_is_gone_is_opened_anew(town: Town) -> None:
    await town.teams.installs("dana")
    await town.answer("dana")
    town.teams.personal("dana").id = "a:1another"

    message = await town.bot.chat.post(town.at("dana"), CARD, "k1")

    assert "a:1another" in message
    await asyncio.gather(*(town.bot.chat.update(town.at("dana"), message, CARD) for _ in range(2)))


async def test_who_wrote_without_an_account_is_nobody(town: Town) -> None:
    town.teams.person("visitor", name="A Visitor", anonymous=True)

    await town.teams.says("visitor", QUESTION)

    assert "I do not know you yet." in await town.answer("visitor")
