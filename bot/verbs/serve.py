"""`hallpass serve`: the bot itself, on the platforms that the settings name, until it is told to stop."""

import argparse
import asyncio
import errno
import os
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import aiohttp
from aiohttp import web

from adapters.standing import keep_let_in
from bot import logs, many, wiring
from bot.doors import Door, doors, told
from bot.lasting import lasting
from bot.letter_link import LetterLinks
from bot.measured import measured_desk, measured_store
from bot.meters import Meters
from bot.ready import Readiness
from bot.records import keys
from bot.settings import Served, Settings
from bot.stopping import told_to_stop
from bot.terminal import Refused, say
from bot.tracing import spans
from bot.verbs.policy_impact import notes
from bot.watched import watched
from handlers.people import Platform
from handlers.ports import Packs, Store
from handlers.timing import take_up
from storage.database import Database
from storage.lock import Alone, one_process
from storage.vault import FernetVault
from storage.work import open_store

EXAMPLE = "example: HALLPASS_DISTRICT=chsd-230 SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… hallpass serve"
CALL = 10.0  # seconds that a call to a platform may take: far less than the lease of a card
REST = 0.25  # seconds for which it is not looked whether somebody edits a pack: one look takes as long as a short unit of work
GOODBYE = 8.0  # seconds that what was begun is given when the process is told to stop


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb."""
    parser = verbs.add_parser("serve", help="run the bot", description=__doc__, epilog=EXAMPLE)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  # every verb has this signature
    """Serve until told to stop. Raises BadSettings with every fault at once."""
    served = settings.serves()
    many.hide(os.environ)
    meters = Meters(spans(os.environ, version("hallpass")))
    logs.start()
    with one_process(settings.database_url) as alone:
        asyncio.run(_serve(served, settings.database, alone, meters))
    return 0


async def _serve(served: Served, database: Database, alone: Alone, meters: Meters) -> None:
    warming = asyncio.create_task(asyncio.to_thread(wiring.warm))  # beside the rest: most of it needs no Python
    store = await open_store(database, wiring.clock, alone)
    try:
        await store.read(keys.must_open)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL, sock_connect=CALL / 2)) as session:
            known = wiring.packs(REST)
            with lasting():
                known.get(served.district)  # a key that is mistyped is told now, and not to everybody who asks
                open_to = doors(served, store, session, known)
            await store.write(take_up, known, wiring.clock())
            for sentence in await store.read(notes, known, served.district):
                say(sentence)
            await warming
            await _meet(served, store, known, meters, open_to)
    finally:
        await store.close()


async def _meet(served: Served, store: Store, known: Packs, meters: Meters, open_to: Mapping[Platform, Door]) -> None:
    """Open the doors, deliver until told to stop, then finish what was begun: doors first, so that nothing new comes in."""
    every = list(open_to.values())
    courier = wiring.courier(measured_store(store, meters), known, {platform: door.chat for platform, door in open_to.items()})
    ready = Readiness(store, courier, {platform.value: door.standing for platform, door in open_to.items()})
    app = watched(meters, ready, store)
    link = LetterLinks(store, known, FernetVault(served.secret_keys), served.public_url).route(app)
    for platform, door in open_to.items():
        door.listen(measured_desk(wiring.desk(store, known, courier, link), meters, platform))
        door.route(app)
    runner = web.AppRunner(app, shutdown_timeout=GOODBYE)
    await runner.setup()
    delivering = asyncio.create_task(courier.run())
    connecting: list[asyncio.Task[None]] = []
    try:
        await _open(web.TCPSite(runner, served.host, served.port), served)
        # Beside the wait: with a platform away we can still be stopped.
        connecting += [asyncio.create_task(door.start()) for door in every]
        connecting += [asyncio.create_task(keep_let_in(door.standing, door.introduce)) for door in every]
        await told_to_stop()
    finally:
        for door in every:
            door.hush()
        await _ended(*connecting, cancel=True)
        await _ended(*(asyncio.create_task(door.close()) for door in every), asyncio.create_task(runner.cleanup()))
        await _ended(*(asyncio.create_task(door.finish()) for door in every))
        courier.stop()
        await _ended(delivering)


async def _ended(*tasks: asyncio.Task[None], cancel: bool = False) -> None:
    """Give what was begun its time; what breaks on the way out must not keep the rest from ending."""
    for task in tasks:
        if cancel:
            task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=GOODBYE)


def in_words(why: OSError) -> str:
    """Return what stands in the way; of a port that is taken, just that."""
    return "another program uses the port" if why.errno == errno.EADDRINUSE else str(why.strerror)


async def _open(site: web.TCPSite, served: Served) -> None:
    try:
        await site.start()
    except OSError as why:
        raise Refused(
            f"Nothing can be served at {served.host}:{served.port} ({in_words(why)}): set HOST or PORT to something else."
        ) from None
    say(f"Hallpass serves {served.district} on http://{served.host}:{served.port}; {told(served)}. Ctrl+C ends it.")
