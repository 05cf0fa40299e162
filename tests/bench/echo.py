"""The anchor of bench_slack: a bare Bolt app with one pooled session that echoes direct messages, run as a process of its own."""

import asyncio
import sys
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def main(port: str, api: str, token: str, secret: str) -> None:
    """Serve until killed."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token, base_url=api, session=session)
        bolt = AsyncApp(client=client, signing_secret=secret)

        @bolt.event("message")
        async def echo(event: dict[str, Any]) -> None:
            if not event.get("bot_id"):
                await client.chat_postMessage(channel=event["channel"], text=event["text"], thread_ts=event["ts"])

        async def take(request: web.Request) -> web.Response:
            return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

        app = web.Application()
        app.router.add_post("/slack/events", take)
        app.router.add_get("/readyz", take_none)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", int(port)).start()
        await asyncio.Event().wait()


async def take_none(_: web.Request) -> web.Response:
    """Say that it is there."""
    return web.Response()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5]))
