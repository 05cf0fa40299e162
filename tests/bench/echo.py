"""The anchors of the Slack benchmarks: bare Bolt apps, each run as a process of its own. They echo messages and take presses.

`echo`: one pooled session. `stock`: a connection for each call, as the kit has it by itself. `documented`: as Bolt's own pages have it, a
press answered by ack() and respond(). `durable`: a press that is acknowledged without the poll, three rows written by bare SQL in one
transaction, and the message rewritten. `telling`: the same, and four more messages, as many as an approval here sends.
"""

import asyncio
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

BUTTON = [
    {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "approve", "value": "1", "text": {"type": "plain_text", "text": "Approve"}}],
    }
]
KEEPING = {"durable": 0, "telling": 4}  # what presses are kept by, and the messages that tell of each


async def main(port: str, api: str, token: str, secret: str, way: str = "echo", database: str = ":memory:") -> None:
    """Serve until killed."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token, base_url=api, session=None if way == "stock" else session)
        bolt = AsyncApp(client=client, signing_secret=secret, process_before_response=way in KEEPING)
        bolt.action("approve")(_documented if way == "documented" else _durable(database, client, KEEPING.get(way, 0)))

        @bolt.event("message")
        async def echo(event: dict[str, Any]) -> None:
            if event.get("bot_id"):
                return
            if event["text"] == "button":
                await client.chat_postMessage(channel=event["channel"], text="May it be?", blocks=BUTTON)
            else:
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


async def _documented(ack: Any, respond: Any) -> None:
    await ack()
    await respond(text="Done", replace_original=True)


def _durable(database: str, client: AsyncWebClient, tells: int) -> Callable[[Any, dict[str, Any]], Awaitable[None]]:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE happened (what TEXT, at TEXT)")

    async def press(ack: Any, body: dict[str, Any]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO happened VALUES (?, ?)", [(what, body["trigger_id"]) for what in ("decided", "record", "outbox")]
        )
        connection.execute("COMMIT")
        await ack()
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Done", blocks=[])
        for _ in range(tells):
            await client.chat_postMessage(channel=body["channel"]["id"], text="It may be.")

    return press


async def take_none(_: web.Request) -> web.Response:
    """Say that it is there."""
    return web.Response()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
