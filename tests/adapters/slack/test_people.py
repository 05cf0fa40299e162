"""Who a user of Slack is, and who may be whom: only a full member of our workspace with a confirmed e-mail is ever proposed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import members as module
from adapters.slack import memory
from adapters.slack.installed import reaching
from adapters.slack.members import Members, confirmed
from adapters.slack.people import Sender, SlackPeople, district_of
from handlers.kept import Proposal, Workspace
from handlers.people import Address, DistrictKey, Person, PersonId, Platform
from handlers.ports import Store, Work
from storage.work import open_store
from tests.loopback.slack import LoopbackSlack
from tests.samples import DANA, EVERYBODY, LEE, MAPLE_GROVE, NOON

U1 = Sender("T1", "", "U1", ours=True)
AT = Address(Platform.slack, "T1", "U1")


@pytest.fixture
async def slack() -> AsyncIterator[LoopbackSlack]:
    async with LoopbackSlack() as slack:
        slack.user("U1", name="Dana Whitlock")
        yield slack


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'people.db'}", lambda: NOON)
    await opened.write(lambda work: work.directory.replace(MAPLE_GROVE, EVERYBODY))
    yield opened
    await opened.close()


@pytest.fixture
async def people(slack: LoopbackSlack, store: Store) -> AsyncIterator[SlackPeople]:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
        yield SlackPeople(store, MAPLE_GROVE, Members(client.users_info).email, lambda: NOON)


async def proposals(store: Store) -> Sequence[Proposal]:
    return await store.read(lambda work: work.proposals.of_district(MAPLE_GROVE))


async def bound(store: Store, person: Person, address: Address = AT) -> None:
    await store.write(lambda work: work.directory.bind(person, address))


async def test_a_confirmed_mail_proposes_and_makes_nobody(slack: LoopbackSlack, people: SlackPeople, store: Store) -> None:
    assert await people.perhaps(U1) == DANA
    assert await people.perhaps(U1) == DANA

    assert await proposals(store) == (Proposal(AT, MAPLE_GROVE, DANA.id, NOON),)
    assert await people.at(U1) is None
    assert len(slack.calls_of("users.info")) == 1


async def test_whoever_is_bound_is_that_person(people: SlackPeople, store: Store) -> None:
    await bound(store, DANA)

    found = await people.at(U1)

    assert found
    assert found.id == DANA.id


@pytest.mark.parametrize("flag", ["is_bot", "deleted", "is_restricted", "is_ultra_restricted", "is_stranger"])
async def test_guests_bots_strangers_and_those_who_left_are_nobody(
    flag: str, slack: LoopbackSlack, people: SlackPeople, store: Store
) -> None:
    setattr(slack.users["U1"], flag, True)

    assert await people.perhaps(U1) is None
    assert confirmed({**slack.users["U1"].wire(), "profile": {"email": DANA.email}}, "T1") is None
    assert await proposals(store) == ()


async def test_an_unconfirmed_mail_names_nobody(slack: LoopbackSlack, people: SlackPeople, store: Store) -> None:
    slack.user("U1", name="Dana Whitlock", confirmed=False)

    assert await people.perhaps(U1) is None
    assert confirmed({"team_id": "T1", "profile": {"email": DANA.email}}, "T1") is None
    assert await proposals(store) == ()


@pytest.mark.parametrize("email", [None, " ", "nobody@maplegrove.example"])
async def test_whoever_has_no_mail_of_the_directory_is_nobody(
    email: str | None, slack: LoopbackSlack, people: SlackPeople, store: Store
) -> None:
    slack.user("U1", name="Dana Whitlock", email=email)

    assert await people.perhaps(U1) is None
    assert confirmed({"team_id": "T1", "is_email_confirmed": True}, "T1") is None
    assert await proposals(store) == ()


async def test_somebody_of_another_workspace_is_nobody_whatever_that_workspace_says(
    slack: LoopbackSlack, people: SlackPeople, store: Store
) -> None:
    slack.user("U1", name="Dana Whitlock", team_id="T9")  # shares a channel with us, so is_stranger is false

    assert await people.perhaps(Sender("T9", "", "U1")) is None
    assert slack.calls_of("users.info") == []
    assert await people.perhaps(U1) is None  # where the payload did not say so
    assert await proposals(store) == ()


async def test_a_person_who_has_an_account_is_not_proposed_another(people: SlackPeople, store: Store) -> None:
    await bound(store, DANA, replace(AT, user="U9"))

    assert await people.perhaps(U1) is None
    assert await proposals(store) == ()


async def test_an_account_that_is_somebodys_is_not_proposed(people: SlackPeople, store: Store) -> None:
    elsewhere = Person(PersonId("x"), DistrictKey("oak-hollow"), DANA.email, "Dana", addresses=(AT,))
    await store.write(lambda work: work.directory.replace(DistrictKey("oak-hollow"), [elsewhere]))

    assert await people.at(U1) is None
    assert await people.perhaps(U1) is None
    assert await proposals(store) == ()


async def test_two_accounts_with_one_mail_both_wait(slack: LoopbackSlack, people: SlackPeople, store: Store) -> None:
    await people.perhaps(U1)
    slack.user("U2", name="Dana Whitlock")

    assert await people.perhaps(replace(U1, user="U2")) == DANA
    assert [one.address.user for one in await proposals(store)] == ["U1", "U2"]


async def test_slack_is_asked_again_after_a_while(
    slack: LoopbackSlack, people: SlackPeople, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people.perhaps(U1)
    slack.user("U1", name="Lee Santos")
    monkeypatch.setattr(module, "REMEMBERED", 0.0)

    assert await people.perhaps(U1) == LEE
    assert [one.person for one in await proposals(store)] == [LEE.id]


async def test_only_so_many_are_remembered(slack: LoopbackSlack, people: SlackPeople, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 2)
    for user in ("U1", "U2", "U3", "U3", "U2", "U1"):
        slack.user(user, name="Nobody There")
        await people.perhaps(replace(U1, user=user))

    assert [call.arguments["user"] for call in slack.calls_of("users.info")] == ["U1", "U2", "U3", "U1"]


async def test_where_slack_does_not_say_who_it_is_nobody_is_proposed_this_time(
    slack: LoopbackSlack, people: SlackPeople, store: Store
) -> None:
    slack.fail("users.info", status=429)
    slack.fail("users.info", drop="before", times=2)  # aiohttp asks a second time by itself

    assert await people.perhaps(U1) is None
    assert await people.perhaps(U1) is None
    assert await proposals(store) == ()
    assert await people.perhaps(U1) == DANA


OAK_HOLLOW = DistrictKey("oak-hollow")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ((), MAPLE_GROVE),
        ((Workspace(Platform.slack, "T1", sealed="s"),), MAPLE_GROVE),
        ((Workspace(Platform.slack, "T1", sealed="s"), Workspace(Platform.slack, "T2", sealed="s")), None),
        ((Workspace(Platform.slack, "T1", sealed="s"), Workspace(Platform.slack, "T2", district=OAK_HOLLOW)), None),
        ((Workspace(Platform.slack, "T1", sealed="s"), Workspace(Platform.slack, "T2")), MAPLE_GROVE),
        ((Workspace(Platform.slack, "T1", district=OAK_HOLLOW), Workspace(Platform.slack, "T2", sealed="s")), OAK_HOLLOW),
        ((Workspace(Platform.slack, "E1", district=OAK_HOLLOW), Workspace(Platform.slack, "T1", above="E1")), OAK_HOLLOW),
        ((Workspace(Platform.slack, "E1", sealed="s"), Workspace(Platform.slack, "T1", above="E1")), MAPLE_GROVE),
    ],
    ids=["none", "only-one", "two", "two-districts", "one-was-removed", "mapped", "organization-mapped", "organization"],
)
async def test_whose_people_a_workspace_has(store: Store, known: Sequence[Workspace], expected: DistrictKey | None) -> None:
    def seen(work: Work) -> None:
        for one in known:
            work.workspaces.note(one)

    await store.write(seen)
    addresses = (AT, Address(Platform.slack, "E1", "U1"))

    assert await store.read(district_of, addresses, MAPLE_GROVE) == expected


async def test_where_workspaces_are_mapped_people_of_every_district_are_known(slack: LoopbackSlack, store: Store) -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
        everywhere = SlackPeople(store, OAK_HOLLOW, Members(client.users_info).email, lambda: NOON, mapped=True)
        await bound(store, LEE, Address(Platform.slack, "T1", "U2"))

        found = await everywhere.at(Sender("T1", "", "U2", ours=True))
        assert found
        assert found.id == LEE.id
        assert await everywhere.perhaps(U1) is None  # nobody of the default district has her e-mail
        await store.write(lambda work: work.workspaces.note(Workspace(Platform.slack, "T1", sealed="s", district=MAPLE_GROVE)))
        assert await everywhere.perhaps(U1) == DANA
        assert await proposals(store) == (Proposal(AT, MAPLE_GROVE, DANA.id, NOON),)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ((), None),
        (("E1",), "E1"),
        (("E1", "E2"), None),
        (("T2",), None),
        (("T1", "E1"), "T1"),
    ],
    ids=["none", "one-organization", "two-organizations", "another-team", "its-own"],
)
async def test_a_card_to_a_team_that_nobody_heard_of_leaves_through_the_only_organization(
    store: Store, known: Sequence[str], expected: str | None
) -> None:
    def install(work: Work) -> None:
        for tenant in known:
            work.workspaces.install(Workspace(Platform.slack, tenant, sealed="s"))

    await store.write(install)

    found = await store.read(reaching, "T1")
    assert (found.tenant if found else None) == expected
