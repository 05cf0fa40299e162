"""The token under which we speak to Teams: asked for once, kept, renewed beside the work, never on the event loop.

botbuilder asks anew for every message, on the loop and without a deadline. Its own credentials are used here, in a thread.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import aiohttp
from botbuilder.integration.aiohttp import ConfigurationServiceClientCredentialFactory
from msal import ConfidentialClientApplication

from adapters.standing import LockedOut
from adapters.teams.keys import MANAGED_IDENTITY, Cloud, Keys
from handlers.ports import CannotDeliver

log = logging.getLogger(__name__)

KEPT, RENEWED = 280.0, 120.0  # seconds: what the kit hands out is good for 300 at least; asking it again costs nothing until then
PATIENCE = 10.0  # seconds for each of its calls
LOCKED_OUT_FOR = 60.0  # seconds until it is tried again, as an administrator must mend something first
PATH = "/oauth2/v2.0/token"


class Tokens:
    """One bot's token for one cloud."""

    def __init__(self, keys: Keys, config: object, cloud: Cloud, session: aiohttp.ClientSession) -> None:
        self._keys, self._login, self._scope, self._session = keys, cloud.login_url, cloud.oauth_scope, session
        self._kit = ConfigurationServiceClientCredentialFactory(config)
        self._credentials: Any = None
        self._token, self._since = "", 0.0
        self._asking: asyncio.Task[str] | None = None

    async def get(self) -> str:
        """Return a token; however many want one, it is asked for once. Raises CannotDeliver."""
        age = self._age()
        if self._asking is None and (not self._token or age > RENEWED):
            self._asking = asyncio.create_task(self._ask())
            self._asking.add_done_callback(self._asked)
        if self._token and age < KEPT:
            return self._token
        return await asyncio.shield(self._asking) if self._asking else self._token

    def refused(self, token: str) -> bool:
        """Note that the token was not taken; say whether another one may be."""
        if token != self._token:
            return True
        if self._age() < LOCKED_OUT_FOR:
            return False
        self._token, self._credentials = "", None
        return True

    def _age(self) -> float:
        return asyncio.get_running_loop().time() - self._since

    def _asked(self, asking: asyncio.Task[str]) -> None:
        self._asking = None
        if not asking.cancelled():
            asking.exception()  # whoever waits has it; where nobody does, the next one asks again

    async def _ask(self) -> str:
        began = asyncio.get_running_loop().time()
        try:
            token = await (self._plainly() if self._login.startswith("http:") else self._by_the_kit())
        except (PermissionError, KeyError, ValueError) as why:
            log.error("Microsoft gives no token: see TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_APP_TYPE and TEAMS_TENANT_ID")  # noqa: TRY400  # its own words may hold ids
            raise LockedOut("no token was given", permanent=False, after=LOCKED_OUT_FOR) from why
        except (aiohttp.ClientError, TimeoutError, OSError) as why:  # what the kit's own web library raises is an OSError
            raise CannotDeliver(f"who gives tokens was not reached ({type(why).__name__})", permanent=False) from why
        self._token, self._since = token, began
        return token

    async def _by_the_kit(self) -> str:
        if self._credentials is None:
            self._credentials = await self._kit.create_credentials(self._keys.app_id, self._scope, self._login, validate_authority=True)
        return await asyncio.to_thread(_token, self._credentials, self._keys)

    async def _plainly(self) -> str:
        """The same grant, for a bench on this machine: the kit speaks only TLS."""
        grant = {"grant_type": "client_credentials", "client_id": self._keys.app_id, "client_secret": self._keys.password}
        scope = self._scope if self._scope.endswith("/.default") else f"{self._scope}/.default"
        async with self._session.post(f"{self._login.rstrip('/')}{PATH}", data=grant | {"scope": scope}) as answer:
            return str((await answer.json(content_type=None))["access_token"])


def _token(credentials: Any, keys: Keys) -> str:  # noqa: ANN401  # the kit's own
    """Made as the kit would, but with a deadline, and without asking Microsoft's public cloud about other clouds."""
    if keys.app_type != MANAGED_IDENTITY and credentials.app is None:
        credentials.app = ConfidentialClientApplication(
            client_id=keys.app_id,
            client_credential=keys.password,
            authority=credentials.oauth_endpoint,
            timeout=PATIENCE,
            instance_discovery=False,
        )
    get: Callable[[], str] = credentials.get_access_token
    return get()
