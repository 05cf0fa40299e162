"""The loopback Slack as a server on this machine: `async with LoopbackSlack(app_url=…) as slack`. Everything about it meets here."""

import asyncio
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from tests.loopback.slack.api import Api
from tests.loopback.slack.faults import Drop, Fault
from tests.loopback.slack.installing import Installing
from tests.loopback.slack.records import Call, Json, Message


class LoopbackSlack(Installing):
    """One workspace of a Slack towards one app. `base_url` is known once it runs; the app's Slack clients use `api_url`.

    Another workspace may stand `beside` it: with people, channels and tokens of its own, behind the same `base_url`.
    """

    def __init__(
        self,
        *,
        app_url: str | None = None,
        team: str = "T1",
        enterprise: str | None = None,
        beside: "LoopbackSlack | None" = None,
    ) -> None:
        super().__init__(app_url=app_url, team=team, enterprise=enterprise, beside=beside)
        self._api: Api = beside._api if beside else Api(self)
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """What SLACK_API_BASE_URL has to be."""
        return f"{self.base_url}/api/"

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        if self._api.world is not self:
            self._api.worlds.append(self)
            self.base_url = self._api.world.base_url
            return self
        server = web.Application(client_max_size=8 * 1024 * 1024)
        server.router.add_route("*", "/api/{method}", self._api.method)
        server.router.add_post("/hooks/{key}", self._api.hook)
        server.router.add_get("/link", self.socket.accept)
        self._runner = web.AppRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for task in self.background:
            task.cancel()
        await asyncio.gather(*self.background, return_exceptions=True)
        await self.socket.cut()
        assert self._session
        await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def calls(self) -> list[Call]:
        """Every call of the app, in order."""
        return self._api.calls

    def calls_of(self, method: str, **arguments: object) -> list[Call]:
        """The calls of one method that had these arguments."""
        return [one for one in self.calls if one.method == method and arguments.items() <= one.arguments.items()]

    def fail(
        self,
        method: str,
        *,
        times: int = 1,
        status: int | None = None,
        error: str | None = None,
        retry_after: int | None = None,
        delay: float = 0.0,
        drop: Drop | bool = False,
        channel: str | None = None,
    ) -> Fault:
        """Plan what goes wrong with the next calls; `fault.met` counts them. A later plan waits for an earlier one to be used up."""
        fault = Fault(method, times, status, error, retry_after, delay, drop, channel)
        self._api.faults.append(fault)
        return fault

    def heals(self) -> None:
        """Nothing goes wrong from here on."""
        self._api.faults.clear()

    def metadata_of(self, message: Message) -> Json:
        """The event_payload of a message's metadata."""
        return dict((message.metadata or {}).get("event_payload", {}))
