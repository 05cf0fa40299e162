"""A token that runs out is exchanged once, by whichever replica comes first, and is used even where it cannot be kept at once."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import tokens as module
from adapters.slack.installed import Installations
from adapters.slack.tokens import NotInstalled, RotatingToken
from handlers.people import Platform
from handlers.ports import CannotDeliver, Store
from handlers.trouble import Trouble
from storage.vault import FernetVault
from storage.work import SqliteStore, open_store
from tests.loopback.slack import LoopbackSlack
from tests.samples import NOON

HOUR = 3600
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # of Slack's kit, which exchanges with it


@dataclass
class Replica:
    """One process's view of the installation."""

    token: RotatingToken
    client: AsyncWebClient
    installations: Installations


@dataclass
class Replicas:
    """Several processes over one database and one Slack."""

    slack: LoopbackSlack
    store: SqliteStore
    session: aiohttp.ClientSession
    keys: tuple[str, ...] = ("key",)
    made: list[Replica] = field(default_factory=list)

    def another(self, store: Store | None = None, keys: tuple[str, ...] = ()) -> Replica:
        clients = [AsyncWebClient(base_url=self.slack.api_url, session=self.session, retry_handlers=[]) for _ in range(2)]
        installations = Installations(store or self.store, FernetVault(keys or self.keys), lambda: NOON)
        rotator = AsyncTokenRotator(client_id=self.slack.client_id, client_secret=self.slack.client_secret, client=clients[1])
        return Replica(RotatingToken(clients[0], installations, rotator, "T1"), clients[0], installations)

    async def installed(self, *, refresh: str | None = "xoxe-1", lives: float | None = HOUR) -> None:
        """As if T1 had installed the app, with a token that lives so many seconds more."""
        self.slack.refreshing.add(refresh or "")
        self.slack.tokens[token := "xoxb-old"] = "T1"
        ends = None if lives is None else int(time.time() + lives)
        kept: dict[str, Any] = {"bot_token": token, "bot_refresh_token": refresh, "bot_token_expires_at": ends}
        await self.another().installations.async_save(
            Installation(team_id="T1", team_name="Maple Grove", bot_id="B1", bot_user_id="UBOT", user_id="U1", **kept)
        )

    @property
    def exchanges(self) -> int:
        return len(self.slack.calls_of("oauth.v2.access", grant_type="refresh_token"))


@pytest.fixture
async def replicas(tmp_path: Path) -> AsyncIterator[Replicas]:
    store = await open_store(f"sqlite:///{tmp_path / 'tokens.db'}", lambda: NOON)
    assert isinstance(store, SqliteStore)
    async with LoopbackSlack() as slack, aiohttp.ClientSession() as session:
        slack.lives = 12 * HOUR
        yield Replicas(slack, store, session)
    await store.close()


async def test_a_token_that_never_runs_out_is_read_once(replicas: Replicas) -> None:
    await replicas.installed(refresh=None, lives=None)
    one = replicas.another()

    await one.token.ready()
    await replicas.store.close()  # nobody needs the database any more
    await one.token.ready()

    assert one.client.token == "xoxb-old"
    assert replicas.exchanges == 0


async def test_many_calls_at_once_exchange_it_once(replicas: Replicas) -> None:
    await replicas.installed()
    one = replicas.another()

    await asyncio.gather(*(one.token.ready() for _ in range(20)))

    assert (one.client.token or "").startswith("xoxe.xoxb-")
    assert replicas.exchanges == 1


async def test_another_replica_uses_what_the_first_exchanged(replicas: Replicas) -> None:
    await replicas.installed()
    one, other = replicas.another(), replicas.another()

    await one.token.ready()
    await other.token.ready()

    assert other.client.token == one.client.token
    assert replicas.exchanges == 1


async def test_two_replicas_at_the_same_moment_end_with_tokens_that_are_good(replicas: Replicas) -> None:
    await replicas.installed()
    both = [replicas.another() for _ in range(2)]

    await asyncio.gather(*(one.token.ready() for one in both))

    for one in both:
        assert (await one.client.auth_test())["ok"]
    third = replicas.another()
    await third.token.ready()
    assert (await third.client.auth_test())["ok"]


async def test_while_it_lives_a_failed_exchange_stops_nothing_and_is_tried_again(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    await replicas.installed()
    replicas.slack.fail("oauth.v2.access", status=503)
    one = replicas.another()
    monkeypatch.setattr(module, "AGAIN", 0.0)

    await one.token.ready()
    assert one.client.token == "xoxb-old"

    await one.token.ready()
    assert (one.client.token or "").startswith("xoxe.xoxb-")


async def test_once_it_has_run_out_cards_wait(replicas: Replicas) -> None:
    await replicas.installed(lives=-1)
    replicas.slack.fail("oauth.v2.access", drop="before")
    one = replicas.another()

    with pytest.raises(CannotDeliver, match="has run out") as why:
        await one.token.ready()
    assert not why.value.permanent

    await one.token.ready()
    assert replicas.slack.ends[one.client.token or ""] > time.time()


class Away:
    """The store, which cannot be written to for a while."""

    def __init__(self, store: Store) -> None:
        self.store, self.read, self.away = store, store.read, True

    async def write(self, unit: Callable[..., Any], *args: object) -> object:
        if self.away:
            raise Trouble("The database is away.")
        return await self.store.write(unit, *args)


async def test_what_cannot_be_kept_is_used_and_kept_later(replicas: Replicas, monkeypatch: pytest.MonkeyPatch) -> None:
    await replicas.installed()
    away = Away(replicas.store)
    one = replicas.another(away)  # type: ignore[arg-type]  # as much of a store as is needed
    monkeypatch.setattr(module, "AGAIN", 0.0)

    await one.token.ready()
    used = one.client.token
    assert (used or "").startswith("xoxe.xoxb-")
    away.away = False
    await one.token.ready()

    other = replicas.another()
    await other.token.ready()
    assert (other.client.token, replicas.exchanges) == (used, 1)


async def test_with_the_database_away_cards_wait(replicas: Replicas) -> None:
    await replicas.installed()
    one = replicas.another()
    await replicas.store.close()

    with pytest.raises(CannotDeliver) as why:
        await one.token.ready()

    assert not why.value.permanent


async def test_who_was_shown_out_learns_it_when_slack_refuses(replicas: Replicas) -> None:
    await replicas.installed(refresh=None, lives=None)
    one = replicas.another()
    await one.token.ready()
    assert await one.installations.removed("T1", "Ev1")
    assert not await one.installations.removed("T1", "Ev1")

    await one.token.ready()  # nobody has refused it yet
    one.token.refused()
    with pytest.raises(NotInstalled, match="workspace T1") as why:
        await one.token.ready()
    assert why.value.permanent


async def test_a_token_is_sealed_again_under_the_newest_key_and_unreadable_without_any(replicas: Replicas) -> None:
    await replicas.installed(refresh=None, lives=None)

    await replicas.another(keys=("new", "key")).token.ready()
    one = replicas.another(keys=("new",))
    await one.token.ready()

    assert one.client.token == "xoxb-old"
    with pytest.raises(NotInstalled):
        await replicas.another(keys=("third",)).token.ready()


async def test_sealed_anew_in_the_middle_of_an_exchange_it_is_kept_all_the_same(replicas: Replicas) -> None:
    await replicas.installed()
    one = replicas.another()
    found = await one.installations.find("T1")
    assert found
    await replicas.another(keys=("new", "key")).installations.find("T1")
    bot = type(found.bot)(bot_token="xoxb-new", bot_id="B1", bot_user_id="UBOT", installed_at=0.0)

    both = replicas.another(keys=("new", "key")).installations
    await both.renewed(found, bot)

    again = await both.find("T1")
    assert again
    assert again.bot.bot_token == "xoxb-new"
    await both.renewed(found, found.bot)  # and what was exchanged meanwhile stays
    last = await both.find("T1")
    assert last
    assert last.bot.bot_token == "xoxb-new"
    assert (await replicas.store.read(lambda work: work.workspaces.all(Platform.slack)))[0].tenant == "T1"
