"""`hallpass rehearse`: the whole flow in a browser on this machine, with made-up people, kept in one throw-away file."""

import argparse
import asyncio
import contextlib
import webbrowser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from adapters.web.chat import WebChat
from adapters.web.listen import attach
from adapters.web.people import Chair, People
from bot import logs, people_file, texts, wiring
from bot.letter_link import LetterLinks
from bot.settings import LOOPBACK, Settings, is_port
from bot.stopping import told_to_stop
from bot.terminal import Misused, Refused, say
from handlers.people import Address, DistrictKey, Person, Platform
from handlers.ports import Packs, Store, Work
from storage.lock import Alone, InUse, one_process
from storage.migrate import migrate
from storage.vault import FernetVault
from storage.work import open_store

EXAMPLE = "example: hallpass rehearse --port 8080 --no-browser"
KEPT_IN = Path("hallpass-rehearsal.db")
CAST = Path(__file__).parent.parent / "rehearsal" / "people.csv"
CHAIRS = {
    "staff": Chair("dana.whitlock@maplegrove.example", "coach"),
    "colleague": Chair("lee.santos@maplegrove.example", "colleague"),
    "principal": Chair("maria.ortiz@maplegrove.example", "principal and supervisor"),
    "technology": Chair("ravi.menon@maplegrove.example", "technology department"),
    "records": Chair("helen.brandt@maplegrove.example", "superintendent’s office"),
}
GOODBYE = 5.0  # seconds that open pages are given when the process is told to stop


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    parser = verbs.add_parser("rehearse", help="play the whole story in a browser", description=__doc__, epilog=EXAMPLE)
    parser.add_argument("--port", default="8080", help="where the page is served on this machine (8080)")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--texts", metavar="FOLDER", type=Path, help="the districts' own texts, FOLDER/KEY.txt: answers quote them")
    parser.set_defaults(run=run, misused=parser.error)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  # every verb has this signature
    """Serve until told to stop."""
    if not is_port(args.port):
        raise Misused(f"--port {args.port} is no port: use a number from 1 to 65535")
    logs.start()
    found = texts.in_folder(args.texts, wiring.packs()) if args.texts else {}
    with _alone() as alone:
        asyncio.run(_serve(args, alone, found))
    return 0


def _url() -> str:
    return f"sqlite:///{KEPT_IN}"


@contextlib.contextmanager
def _alone() -> Iterator[Alone]:
    try:
        with one_process(_url()) as alone:
            yield alone
    except InUse:
        raise Refused("Another rehearsal is running in this folder: stop it, or start this one in another folder.") from None


async def _serve(args: argparse.Namespace, alone: Alone, found: Mapping[DistrictKey, str]) -> None:
    known = wiring.packs()
    await migrate(_url())  # the file is the rehearsal's own: what an earlier version kept in it goes on
    store = await open_store(_url(), wiring.clock, alone)
    try:
        for district in known.keys():  # noqa: SIM118  # a port's method, not a dict's
            await store.write(_seat_everybody, district)
        for district, text in found.items():
            await store.write(texts.keep, district, text)
        await _play(args, store, known)
    finally:
        await store.close()


async def _play(args: argparse.Namespace, store: Store, known: Packs) -> None:
    chat = WebChat(store, wiring.clock)
    courier = wiring.courier(store, known, {Platform.web: chat})
    app = web.Application()
    districts = {key: known.get(key).name for key in known.keys()}  # noqa: SIM118  # a port's method
    links = LetterLinks(store, known, FernetVault([wiring.new_id()]), f"http://{LOOPBACK}:{args.port}")  # its links end with the process
    attach(app, wiring.desk(store, known, courier, links.route(app)), chat, People(store, districts, CHAIRS), new_id=wiring.new_id)
    runner = web.AppRunner(app, shutdown_timeout=GOODBYE)
    await runner.setup()
    delivering = asyncio.create_task(courier.run())
    try:
        await _open(web.TCPSite(runner, LOOPBACK, int(args.port)), args)
        await told_to_stop()
    finally:
        courier.stop()
        await delivering
        await runner.cleanup()


async def _open(site: web.TCPSite, args: argparse.Namespace) -> None:
    try:
        await site.start()
    except OSError:
        raise Refused(f"Port {args.port} is taken: stop what runs there, or add --port with another number.") from None
    address = f"http://{LOOPBACK}:{args.port}/"
    say(f"The rehearsal is open at {address}")
    say(f"Everything in it is made up. It is kept in {KEPT_IN}; delete that file to begin anew. Ctrl+C ends it.")
    if not args.no_browser:
        await asyncio.to_thread(webbrowser.open, address)


def _seat_everybody(work: Work, district: DistrictKey) -> None:
    """Give the district its own copy of the cast, with web addresses; who is or was there keeps her id and her history."""
    there = {person.email: person for person in work.directory.people(district)}
    cast = people_file.read(CAST.read_bytes(), district, work.directory.ever(district), wiring.new_id)
    seated = tuple(_at_the_page(person) for person in cast)
    if seated != tuple(there.get(person.email) for person in seated):
        work.directory.replace(district, seated)


def _at_the_page(person: Person) -> Person:
    address = Address(Platform.web, person.district, person.email)
    return Person(person.id, person.district, person.email, person.name, person.seats, (address,))
