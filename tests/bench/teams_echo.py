"""The anchors of bench_teams: Microsoft's adapter that echoes, run as a process of its own, its token kept so that nobody waits for one.

`documented`: as Microsoft's pages have it. `pooled`: the connector client kept for each service URL as well.
"""

import asyncio
import sys
from typing import Any

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import MicrosoftAppCredentials
from botframework.connector.auth import _connector_factory_impl as factories

MADE: dict[str, ConnectorClient] = {}
_create = factories._ConnectorFactoryImpl.create


async def _kept(self: Any, service_url: str, audience: str | None = None) -> ConnectorClient:
    if service_url not in MADE:
        MADE[service_url] = await _create(self, service_url, audience)
    return MADE[service_url]


async def _echo(turn: TurnContext) -> None:
    if turn.activity.type == "message":
        await turn.send_activity(turn.activity.text)


async def main(port: str, way: str, token: str, **settings: str) -> None:
    """Serve until killed."""
    MicrosoftAppCredentials.get_access_token = lambda *_, **__: token
    if way == "pooled":
        factories._ConnectorFactoryImpl.create = _kept
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
