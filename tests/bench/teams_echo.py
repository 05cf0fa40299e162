"""The anchors of bench_teams: Microsoft's adapter that echoes, run as a process of its own, its token kept so that nobody waits for one.

`documented`: as Microsoft's pages have it. `pooled`: both of its clients kept as well, msrest's list of retry codes as a set, and one
aiohttp session for what is said.
"""

import asyncio
import sys
from typing import Any

from aiohttp import ClientSession, web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import MicrosoftAppCredentials
from botframework.connector.auth import _connector_factory_impl as factories
from botframework.connector.auth import _parameterized_bot_framework_authentication as kits
from msrest.pipeline import AsyncHTTPSender, AsyncPipeline, Request, Response  # type: ignore[attr-defined]
from msrest.pipeline.universal import RawDeserializer
from msrest.universal_http.aiohttp import AioHttpClientResponse
from msrest.universal_http.requests import ClientRetryPolicy

MADE: dict[str, ConnectorClient] = {}
_create = factories._ConnectorFactoryImpl.create


class _Sender(AsyncHTTPSender):  # type: ignore[type-arg]
    """Says it over one session, with the token that is kept."""

    def __init__(self, token: str) -> None:
        self._session, self._token = ClientSession(), {"Authorization": f"Bearer {token}"}

    async def send(self, request: Request, **_: Any) -> Response:  # type: ignore[type-arg]
        wanted = request.http_request
        headers = {**wanted.headers, **self._token}
        answer = await self._session.request(wanted.method, wanted.url, data=wanted.data, headers=headers)
        said = AioHttpClientResponse(wanted, answer)
        await said.load_body()
        return Response(request, said)

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()


def _pooled(token: str) -> Any:
    async def create(self: Any, service_url: str, audience: str | None = None) -> ConnectorClient:
        if service_url not in MADE:
            made = await _create(self, service_url, audience)
            made._client.config.pipeline = AsyncPipeline([made.config.user_agent_policy, RawDeserializer()], _Sender(token))
            MADE[service_url] = made
        return MADE[service_url]

    return create


async def _no_sign_in(*_: object) -> None:
    """Nobody signs in through an echo."""


async def _echo(turn: TurnContext) -> None:
    if turn.activity.type == "message":
        await turn.send_activity(turn.activity.text.rpartition("</at>")[2])  # its own name is no mention when it says it


async def main(port: str, way: str, token: str, **settings: str) -> None:
    """Serve until killed."""
    MicrosoftAppCredentials.get_access_token = lambda *_, **__: token
    if way == "pooled":
        ClientRetryPolicy.safe_codes = frozenset(ClientRetryPolicy.safe_codes)  # type: ignore[assignment]
        factories._ConnectorFactoryImpl.create = _pooled(token)
        kits._ParameterizedBotFrameworkAuthentication.create_user_token_client = _no_sign_in
    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(type("Settings", (), settings))), ActivityHandler()
    bot.on_turn = _echo
    app = web.Application()
    app.router.add_post("/api/messages", lambda request: adapter.process(request, bot))
    app.router.add_get("/readyz", _there)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(port)).start()
    await asyncio.Event().wait()


async def _there(_: web.Request) -> web.Response:
    return web.Response()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4], **dict(one.split("=", 1) for one in sys.argv[4:])))
