"""The loopback Teams as a server on this machine: `async with LoopbackTeams(app_url=…) as teams`. Everything about it meets here."""

import asyncio
import ssl
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from tests.loopback.teams.api import POLICY, SCOPE, Api
from tests.loopback.teams.faults import Drop, Fault
from tests.loopback.teams.keys import certificate
from tests.loopback.teams.pressing import Pressing
from tests.loopback.teams.records import Call
from tests.loopback.teams.tokens import ISSUER
from tests.loopback.teams.world import TENANT


class LoopbackTeams(Pressing):
    """Teams and its Bot Framework towards one bot. At its end the test fails if anything came that Teams would not show."""

    def __init__(self, *, app_url: str | None = None, tenant: str = TENANT) -> None:
        super().__init__(app_url=app_url, tenant=tenant)
        self._api = Api(self, self.signer)
        self._runner: web.AppRunner | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="loopback-teams-")

    async def __aenter__(self) -> Self:
        server = web.Application(client_max_size=8 * 1024 * 1024)
        self._api.routes(server)
        self._runner = web.AppRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self._tls()).start()
        plain, safe = (one[1] for one in self._runner.addresses)
        self.base_url, self.tls_url = f"http://127.0.0.1:{plain}", f"https://127.0.0.1:{safe}"
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._api.closing.set()
        for task in self.background:
            task.cancel()
        await asyncio.gather(*self.background, return_exceptions=True)
        assert self._session
        assert self._runner
        await self._session.close()
        await self._runner.cleanup()
        self._folder.cleanup()
        assert error or not self.faulty, f"Teams would not show this: {self.faulty}"

    def _tls(self) -> ssl.SSLContext:
        told, key = certificate()
        for name, content in (("login.pem", told), ("login.key", key)):
            (Path(self._folder.name) / name).write_bytes(content)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.trusted, Path(self._folder.name) / "login.key")
        return context

    @property
    def trusted(self) -> Path:
        """The login's certificate: whoever asks for a token has to trust it."""
        return Path(self._folder.name) / "login.pem"

    @property
    def login_url(self) -> str:
        """The authority for msal. The policy at its end keeps msal from asking the internet whether it knows this address."""
        return f"{self.tls_url}/{self.tenant}/{POLICY}"

    @property
    def openid_url(self) -> str:
        """The metadata whose keys sign what comes from Teams."""
        return f"{self.base_url}/v1/.well-known/openidconfiguration"

    def settings(self) -> dict[str, str]:
        """What the bot has to be started with; the last is for requests, which msal speaks through."""
        return {
            "TEAMS_APP_ID": self.app_id,
            "TEAMS_APP_PASSWORD": self.app_password,
            "TEAMS_APP_TYPE": "SingleTenant",
            "TEAMS_TENANT_ID": self.tenant,
            "TEAMS_ALLOWED_TENANTS": self.tenant,
            "TO_CHANNEL_FROM_BOT_LOGIN_URL": self.login_url,
            "TO_CHANNEL_FROM_BOT_OAUTH_SCOPE": SCOPE,
            "TO_BOT_FROM_CHANNEL_TOKEN_ISSUER": ISSUER,
            "TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL": self.openid_url,
            "TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL": f"{self.base_url}/botframework.com/v2.0/.well-known/openid-configuration",
            "REQUESTS_CA_BUNDLE": str(self.trusted),
        }

    @property
    def calls(self) -> list[Call]:
        """Every call of the bot, in order; those to the login and for keys among them."""
        return self._api.calls

    @property
    def stolen(self) -> list[str]:
        """The Authorization headers that the bot sent to an address that is not Teams'."""
        return self._api.stolen

    def calls_of(self, operation: str, place: str | None = None) -> list[Call]:
        """The calls of one operation, perhaps in one place: a group's or channel's name, or a person's."""
        return [one for one in self.calls if one.operation == operation and place in {None, one.place}]

    def fail(
        self,
        operation: str,
        *,
        times: int = 1,
        status: int | None = None,
        code: str | None = None,
        retry_after: int | None = None,
        delay: float = 0.0,
        late: float = 0.0,
        drop: Drop | bool = False,
        hang: bool = False,
        place: str | None = None,
    ) -> Fault:
        """Plan what goes wrong with the next calls; `fault.met` counts them. A later plan waits for an earlier one to be used up."""
        fault = Fault(operation, times, status, code, retry_after, delay, late, drop, hang, place)
        self._api.faults.append(fault)
        return fault

    def heals(self) -> None:
        """Nothing goes wrong from here on."""
        self._api.faults.clear()

    def revokes_tokens(self) -> None:
        """No token that was issued is good any more."""
        self.tokens.clear()
