"""How activities reach the bot: signed, one try each. Also falsely signed, repeated and from elsewhere on purpose."""

import asyncio
import contextlib
import copy
import json
import time
from collections.abc import Iterator
from typing import Any

import aiohttp

from tests.loopback.teams.activities import Activities
from tests.loopback.teams.records import Ack, Delivery, Json
from tests.loopback.teams.tokens import BadToken, Signer
from tests.loopback.teams.world import TENANT

TROUBLE = "Something went wrong. Please try again."


class Delivering(Activities):
    """`patience` is Teams': fifteen seconds to an answer. It tells of no retries, and here it makes none by itself."""

    def __init__(self, *, app_url: str | None = None, tenant: str = TENANT) -> None:
        super().__init__(tenant=tenant)
        self.app_url = app_url
        self.patience = 15.0
        self.signer = Signer(self.app_id)
        self.deliveries: list[Delivery] = []
        self.background: set[asyncio.Task[Any]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._bad: BadToken | None = None
        self._service_url: str | None = None
        self._forged: Json = {}

    async def deliver(self, activity: Json) -> Delivery:
        """Bring this activity to the bot."""
        moved = {"serviceUrl": self._service_url} if self._service_url else {}
        delivery = Delivery(str(activity["id"]), {**activity, **moved, **self._forged})
        self.deliveries.append(delivery)
        await self._try(delivery)
        return delivery

    async def _try(self, delivery: Delivery) -> Ack:
        header = self.signer.header(str(delivery.activity["serviceUrl"]), self._bad)
        signed = {} if header is None else {"Authorization": header}
        who = {"User-Agent": "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)", "x-ms-tenant-id": self.tenant}
        body = json.dumps(delivery.activity).encode()
        delivery.sent = (body, {"Content-Type": "application/json; charset=utf-8", **who, **signed})
        return await self.replayed(delivery)

    async def replayed(self, delivery: Delivery) -> Ack:
        """The very same bytes under the very same token."""
        assert self._session, "use it as `async with LoopbackTeams() as teams`"
        assert self.app_url, "app_url says where the bot listens"
        assert delivery.sent, "nothing was sent yet"
        body, headers = delivery.sent
        begun = time.monotonic()
        try:
            limit = aiohttp.ClientTimeout(total=self.patience)
            async with self._session.post(self.app_url, data=body, headers=headers, timeout=limit, allow_redirects=False) as answer:
                told = await answer.text()
                heads = {key.lower(): value for key, value in answer.headers.items()}
                ack = Ack(answer.status, _said(told), time.monotonic() - begun, heads)
        except (TimeoutError, aiohttp.ClientError) as gone:
            ack = Ack(None, gone, time.monotonic() - begun)
        delivery.tries.append(ack)
        return ack

    async def again(self, delivery: Delivery, times: int = 1, *, at_once: bool = False) -> list[Ack]:
        """The same activity once more, or many times, newly signed."""
        if at_once:
            return list(await asyncio.gather(*(self._try(delivery) for _ in range(times))))
        return [await self._try(delivery) for _ in range(times)]

    @contextlib.contextmanager
    def signed_badly(self, how: BadToken) -> Iterator[None]:
        """All that is delivered meanwhile comes with such a token."""
        before, self._bad = self._bad, how
        try:
            yield
        finally:
            self._bad = before

    @contextlib.contextmanager
    def from_elsewhere(self, service_url: str | None = None) -> Iterator[None]:
        """All that is delivered meanwhile is well signed, but wants its answers at another address: see `stolen`."""
        before, self._service_url = self._service_url, service_url or f"{self.base_url}/elsewhere/"
        try:
            yield
        finally:
            self._service_url = before

    @contextlib.contextmanager
    def altered(self, **fields: object) -> Iterator[None]:
        """These fields of whatever is delivered meanwhile are others: `channelId`, `recipient`, …"""
        before, self._forged = self._forged, copy.deepcopy(dict(fields))
        try:
            yield
        finally:
            self._forged = before

    def rotates_keys(self) -> None:
        """Another key signs from now on, and the key document shows only that one."""
        self.signer.rotate()


def _said(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text
