"""What any bot for Slack and Teams with a database has loaded before it does anything; it answers /readyz. For bench_house."""

import asyncio
import sys

import sqlalchemy.ext.asyncio as storing
from aiohttp import web
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from slack_bolt.async_app import AsyncApp

from tests.bench.echo import take_none


async def main(port: str) -> None:
    """Serve until killed."""
    kept = (
        AsyncApp(token="xoxb-1", signing_secret="none"),
        CloudAdapter(ConfigurationBotFrameworkAuthentication(type("Settings", (), {}))),
        storing.create_async_engine("postgresql+asyncpg://nobody@127.0.0.1/none"),
    )
    app = web.Application()
    app.router.add_get("/readyz", take_none)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(port)).start()
    await asyncio.Event().wait()
    del kept


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
