"""`hallpass serve`: the bot itself, on the platforms that the settings name, until it is told to stop."""

import argparse
import asyncio
from functools import partial
from typing import Any

import aiohttp
from aiohttp import web

from adapters.slack.app import SlackApp
from adapters.slack.chat import SlackChat
from adapters.slack.listen import Listener
from adapters.slack.members import Members
from adapters.slack.people import SlackPeople
from bot import logs, wiring
from bot.settings import Served, Settings
from bot.stopping import told_to_stop
from bot.terminal import Refused, say
from handlers.people import Platform
from handlers.ports import Store, Work
from handlers.trouble import Trouble
from storage.lock import Alone, one_process
from storage.work import open_store

EXAMPLE = "example: HALLPASS_DISTRICT=chsd-230 SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… hallpass serve"
CALL = 10.0  # seconds that a call to a platform may take: far less than the lease of a card
GOODBYE = 8.0  # seconds that what was begun is given when the process is told to stop


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb."""
    parser = verbs.add_parser("serve", help="run the bot", description=__doc__, epilog=EXAMPLE)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  # every verb has this signature
    """Serve until told to stop. Raises BadSettings with every fault at once."""
    served = settings.serves()
    logs.start()
    with one_process(settings.database_url) as alone:
        asyncio.run(_serve(served, settings.database_url, alone))
    return 0


async def _serve(served: Served, url: str, alone: Alone) -> None:
    store = await open_store(url, wiring.clock, alone)
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL, sock_connect=CALL / 2)) as session:
            await _meet(served, store, session)
    finally:
        await store.close()


async def _meet(served: Served, store: Store, session: aiohttp.ClientSession) -> None:
    """Open the doors, deliver until told to stop, then finish what was begun: doors first, so that nothing new comes in."""
    known = wiring.packs()
    known.get(served.district)  # a key that is mistyped is told now, and not to everybody who asks
    slack = SlackApp(served.slack, session)
    chat = SlackChat(slack.client, store, served.tech_channel)
    courier = wiring.courier(store, known, {Platform.slack: chat})
    people = SlackPeople(store, served.district, Members(slack.client.users_info).email, wiring.clock)
    listener = Listener(wiring.desk(store, known, courier), people, chat)
    listener.attach(slack.bolt)
    runner = web.AppRunner(_application(slack, store), shutdown_timeout=GOODBYE)
    await runner.setup()
    delivering = asyncio.create_task(courier.run())
    connecting: list[asyncio.Task[None]] = []
    try:
        await _open(web.TCPSite(runner, served.host, served.port), served)
        # Beside the wait: with Slack away we can still be stopped.
        connecting += [asyncio.create_task(slack.start()), asyncio.create_task(chat.introduce())]
        await told_to_stop()
    finally:
        chat.on_news = _unheeded
        await _ended(*connecting, cancel=True)
        await _ended(asyncio.create_task(slack.close()), asyncio.create_task(runner.cleanup()))
        await _ended(asyncio.create_task(listener.close()))
        courier.stop()
        await _ended(delivering)


async def _ended(*tasks: asyncio.Task[None], cancel: bool = False) -> None:
    """Give what was begun its time; what breaks on the way out must not keep the rest from ending."""
    for task in tasks:
        if cancel:
            task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=GOODBYE)


def _unheeded(_: str) -> None:
    """News that nobody draws any more."""


def _application(slack: SlackApp, store: Store) -> web.Application:
    app = web.Application()
    slack.route(app)
    app.router.add_get("/healthz", _lives)
    app.router.add_get("/readyz", partial(_ready, store))
    return app


async def _lives(_: web.Request) -> web.Response:
    return web.json_response({"alive": True})


async def _ready(store: Store, _: web.Request) -> web.Response:
    """Ready means that a decision could be kept now."""
    try:
        await store.write(_nothing)
    except Trouble as why:
        return web.json_response({"ready": False, "why": str(why)}, status=503)
    return web.json_response({"ready": True})


def _nothing(_: Work) -> None:
    """Take a transaction, and give it back."""


async def _open(site: web.TCPSite, served: Served) -> None:
    try:
        await site.start()
    except OSError as why:
        raise Refused(
            f"Nothing can be served at {served.host}:{served.port} ({why.strerror}): set HOST or PORT to something else."
        ) from None
    way = "over Socket Mode" if served.slack.app_token else "at /slack/events"
    say(f"Hallpass serves {served.district} on http://{served.host}:{served.port}; Slack {way}. Ctrl+C ends it.")
