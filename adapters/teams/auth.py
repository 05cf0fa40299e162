"""Whether what comes in is from Microsoft and for us: botbuilder's checks, with the keys kept fresh beside them. Not here: tenants.

Source: learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
"""

import asyncio
import logging
import time
from datetime import datetime
from typing import Any

import aiohttp
from botbuilder.integration.aiohttp import ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity
from botframework.connector.auth import JwtTokenExtractor

from adapters.teams.activity import Json, at
from adapters.teams.keys import Cloud

log = logging.getLogger(__name__)

DAY, MINUTE = 86_400.0, 60.0  # seconds: how old keys may get, and how often a key that nobody knows makes us look
PATIENCE = 5.0  # seconds for the keys to come
MOST = 1_000  # tokens that are known to be good; Microsoft uses one for about an hour


class NotMicrosoft(Exception):  # noqa: N818  # named for what it is
    """A token that is missing, forged, stale or for somebody else."""


class NoKeys(Exception):  # noqa: N818  # named for what happened
    """Microsoft's keys could not be had, so nothing can be believed yet."""


class Keyring:
    """Microsoft's public keys, put where botbuilder looks for them, so that it never fetches any itself: it would do so on the loop."""

    def __init__(self, cloud: Cloud, session: aiohttp.ClientSession) -> None:
        self._url, self._session = cloud.metadata_url, session
        self._since = self._tried = self._looked = -DAY
        self._fetching: asyncio.Task[None] | None = None
        self.generation = 0
        for url in {cloud.metadata_url, cloud.emulator_metadata_url}:
            _shelf(url).keys = []
            _shelf(url).last_updated = datetime.max  # noqa: DTZ901  # botbuilder compares it with a clock that has no zone

    async def ready(self) -> None:
        """Have keys; old ones are renewed beside the work. Raises NoKeys."""
        if not self.generation:
            await asyncio.shield(self._fetch())
        elif self._now() - self._since > DAY and self._now() - self._tried > MINUTE:
            self._fetch()

    async def renew(self) -> bool:
        """Look for a key that nobody knows, at most once a minute; say whether there are other keys now. Raises NoKeys."""
        if self._fetching is None and self._now() - self._looked < MINUTE:
            return False
        self._looked = self._now()  # apart from what is fetched in the course of things: keys may change right after that
        await asyncio.shield(self._fetch())
        return True

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _fetch(self) -> asyncio.Task[None]:
        if self._fetching is None:
            self._tried = self._now()
            self._fetching = asyncio.create_task(self._fetched())
            self._fetching.add_done_callback(self._done)
        return self._fetching

    def _done(self, fetching: asyncio.Task[None]) -> None:
        self._fetching = None
        if not fetching.cancelled() and (why := fetching.exception()):
            log.warning("Microsoft's keys were not had: %s", why)

    async def _fetched(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                keys = (await self._got((await self._got(self._url))["jwks_uri"]))["keys"]
            good = [_speaking(one) for one in keys if at(one, "kid") and at(one, "kty") == "RSA"]
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError) as why:
            raise NoKeys(type(why).__name__) from why
        _shelf(self._url).keys = good
        self._since = self._now()
        self.generation += 1

    async def _got(self, url: str) -> Any:  # noqa: ANN401  # somebody else's JSON
        async with self._session.get(url) as answer:
            answer.raise_for_status()
            return await answer.json(content_type=None)


class Doorkeeper:
    """Believes botbuilder, and asks what it does not: an expiry, a service URL, a channel, and that it is the channel that speaks."""

    def __init__(self, config: object, cloud: Cloud, session: aiohttp.ClientSession) -> None:
        self._issuer = cloud.token_issuer
        self._kit = ConfigurationBotFrameworkAuthentication(config)
        self._keys = Keyring(cloud, session)
        self._known: dict[str, Json] = {}  # claims of tokens that were good, by token
        self._generation = 0

    async def ready(self) -> None:
        """Have Microsoft's keys. Raises NoKeys."""
        await self._keys.ready()

    async def believe(self, header: str, channel: str, service_url: str) -> Json:
        """Return the token's claims. Raises NotMicrosoft, or NoKeys."""
        if not header.startswith("Bearer ") or header.count(".") < 2 or not channel or not service_url:  # noqa: PLR2004  # three parts
            raise NotMicrosoft
        await self.ready()
        if self._generation != self._keys.generation:
            self._generation, self._known = self._keys.generation, {}
        claims = self._known.get(header) or await self._checked(header, Activity(channel_id=channel, service_url=service_url))
        if claims.get("serviceurl") != service_url or not _lives(claims) or claims.get("iss") != self._issuer:
            raise NotMicrosoft
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[header] = claims
        return claims

    async def _checked(self, header: str, activity: Activity) -> Json:
        before = self._keys.generation
        try:
            return await self._asked(header, activity)
        except IndexError:  # botbuilder's way to say that it does not know the key
            if self._keys.generation == before and not await self._keys.renew():
                raise NotMicrosoft from None
        try:
            return await self._asked(header, activity)
        except IndexError:
            raise NotMicrosoft from None

    async def _asked(self, header: str, activity: Activity) -> Json:
        try:
            result = await self._kit.authenticate_request(activity, header)
            claims: Json = result.claims_identity.claims
        except IndexError:
            raise
        except Exception as why:  # whatever it is that botbuilder stumbles over, it is no good token
            raise NotMicrosoft from why
        return claims


def _speaking(key: Json) -> Json:
    """A key that speaks for no channel is not asked by botbuilder whether it speaks for ours."""
    return {**key, "endorsements": [""]} if key.get("endorsements") == [] else key


def _lives(claims: Json) -> bool:
    """A token without an expiry would be good for ever."""
    expiry = claims.get("exp")
    return isinstance(expiry, int | float) and expiry > time.time() - 5 * MINUTE


def _shelf(url: str) -> Any:  # noqa: ANN401  # botbuilder's own
    return JwtTokenExtractor.get_open_id_metadata(url)
