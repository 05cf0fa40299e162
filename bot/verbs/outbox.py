"""`hallpass outbox`: the cards that could not be delivered, and sending them again once the reason is mended."""

import argparse
import asyncio
from collections.abc import Sequence
from typing import Any

from bot import wiring
from bot.settings import Settings
from bot.terminal import Misused, Refused, count, data, say, table
from handlers.kept import Dead
from handlers.people import DistrictKey
from handlers.ports import Work
from storage.glance import glance
from storage.work import open_store

EXAMPLE = "example: hallpass outbox retry --all"
NONE = "Nothing is waiting: every card was delivered, or is on its way."

Found = tuple[Dead, str]  # and the reader's e-mail


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its own verbs and their arguments."""
    parser = verbs.add_parser("outbox", help="what could not be delivered", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="VERB")
    listing = inner.add_parser("list", help="every card that was given up, and why", epilog="example: hallpass outbox list --json")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list, misused=listing.error)
    retry = inner.add_parser("retry", help="send cards again", epilog=EXAMPLE)
    retry.add_argument("ids", metavar="ID", nargs="*", type=int, help="which ones, as `list` shows them")
    retry.add_argument("--all", action="store_true", help="every one")
    retry.set_defaults(run=_retry, misused=retry.error)
    for one in (listing, retry):
        one.add_argument("--district", metavar="KEY", help="whose cards; HALLPASS_DISTRICT, else every district")


def _list(args: argparse.Namespace, settings: Settings) -> int:
    found = asyncio.run(glance(settings.database, wiring.clock, _dead, _districts(args, settings)))
    if args.json:
        data([_as_json(dead, mail) for dead, mail in found])
    elif not found:
        say(NONE)
    else:
        head = ("id", "district", "card", "request", "to", "why", "given up (UTC)")
        table(head, [_row(dead, mail) for dead, mail in found])
    return 0


def _retry(args: argparse.Namespace, settings: Settings) -> int:
    if bool(args.ids) == args.all:
        raise Misused("which cards? Name their ids, as `hallpass outbox list` shows them, or add --all")
    districts = _districts(args, settings)
    wanted = asyncio.run(glance(settings.database, wiring.clock, _wanted, districts, args.ids))  # a refusal makes no database
    if not wanted:
        say(NONE)
        return 0
    sent = asyncio.run(_revived(settings, districts, args.ids))
    say(f"{count(len(sent), 'card')} will be sent again by `hallpass serve`, within a second where it runs.")
    return 0


async def _revived(settings: Settings, districts: Sequence[DistrictKey], ids: Sequence[int]) -> Sequence[int]:
    store = await open_store(settings.database, wiring.clock)
    try:
        return await store.write(_revive, districts, ids)
    finally:
        await store.close()


def _revive(work: Work, districts: Sequence[DistrictKey], ids: Sequence[int]) -> Sequence[int]:
    wanted = _wanted(work, districts, ids)
    work.outbox.revive(wanted)
    return wanted


def _wanted(work: Work, districts: Sequence[DistrictKey], ids: Sequence[int]) -> Sequence[int]:
    """Return which cards are meant, all where none is named. Raises Refused for one that is not there."""
    dead = [dead.id for dead, _ in _dead(work, districts)]
    strange = next((one for one in ids if one not in dead), None)
    if strange is not None:
        raise Refused(f"No card {strange} was given up: `hallpass outbox list` shows every one. Nothing was changed.")
    return sorted(set(ids)) or dead


def _districts(args: argparse.Namespace, settings: Settings) -> Sequence[DistrictKey]:
    chosen, packs = args.district or settings.district, wiring.packs()
    return [DistrictKey(packs.get(DistrictKey(chosen)).key)] if chosen else packs.keys()


def _dead(work: Work, districts: Sequence[DistrictKey]) -> Sequence[Found]:
    found = [dead for district in districts for dead in work.outbox.dead(district)]
    readers = {dead.leaving.to: work.directory.get(dead.leaving.to) for dead in found}
    return [(dead, reader.email if (reader := readers[dead.leaving.to]) else dead.leaving.to) for dead in found]


def _row(dead: Dead, mail: str) -> tuple[str, ...]:
    leaving = dead.leaving
    return str(dead.id), leaving.district, _card(dead), leaving.request, mail, dead.why, f"{dead.at:%Y-%m-%d %H:%M}"


def _card(dead: Dead) -> str:
    return f"{dead.leaving.kind}, rewritten" if dead.leaving.redraw else dead.leaving.kind


def _as_json(dead: Dead, mail: str) -> dict[str, object]:
    leaving = dead.leaving
    return {
        "id": dead.id,
        "district": leaving.district,
        "card": leaving.kind,
        "rewritten": leaving.redraw,
        "request": leaving.request,
        "to": mail,
        "why": dead.why,
        "at": dead.at.isoformat(),
    }
