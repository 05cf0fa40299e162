"""`hallpass people`: import the directory file, list who is in it, show one person."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot import people_file, wiring
from bot.settings import Settings
from bot.terminal import Refused, say, table
from handlers.people import DistrictKey, Person
from handlers.ports import Work
from storage.work import open_store

EXAMPLE = "example: hallpass people import people.csv --district chsd-230 --dry-run"
LARGEST = 20_000_000  # bytes: some hundred thousand lines


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its own verbs and their arguments."""
    parser = verbs.add_parser("people", help="the directory", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="VERB")
    importing = inner.add_parser("import", help="take the file as the whole directory; prints what changes", epilog=EXAMPLE)
    importing.add_argument("file", metavar="FILE", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="print what would change, write nothing")
    importing.set_defaults(run=_import)
    listing = inner.add_parser("list", help="everybody", epilog="example: hallpass people list")
    listing.set_defaults(run=_list)
    show = inner.add_parser("show", help="one person", epilog="example: hallpass people show dana.whitlock@maplegrove.example")
    show.add_argument("email", metavar="EMAIL")
    show.set_defaults(run=_show)
    for one in (importing, listing, show):
        one.add_argument("--district", metavar="KEY", help="whose directory; HALLPASS_DISTRICT when left out")


def _import(args: argparse.Namespace, settings: Settings) -> int:
    district = _district(args, settings)
    raw = _read(args.file)
    asyncio.run(_replace(settings, district, raw, args))
    return 0


async def _replace(settings: Settings, district: DistrictKey, raw: bytes, args: argparse.Namespace) -> None:
    store = await open_store(settings.database_url, wiring.clock)
    try:
        before = await store.read(_everybody, district)
        after = people_file.read(raw, district, {person.email: person for person in before}, wiring.new_id)
        for sentence in _changes(before, after):
            say(sentence)
        if args.dry_run:
            say("Nothing was written (--dry-run).")
        else:
            await store.write(_keep, district, after)
            say(f"The directory of {district} has {len(after)} people.")
    finally:
        await store.close()


def _changes(before: Sequence[Person], after: Sequence[Person]) -> Sequence[str]:
    old, new = {person.email: person for person in before if person.seats}, {person.email: person for person in after}
    added = [f"added    {mail}" for mail in new if mail not in old]
    changed = [f"changed  {mail}" for mail in new if mail in old and new[mail] != old[mail]]
    left = [f"left     {mail}" for mail in old if mail not in new]
    return [*added, *changed, *left] or ["Nothing changes."]


def _list(args: argparse.Namespace, settings: Settings) -> int:
    people = asyncio.run(_all(settings, _district(args, settings)))
    rows = [(person.email, person.name, ", ".join(sorted(person.roles)), ", ".join(sorted(person.schools))) for person in people]
    table(("email", "name", "roles", "schools"), rows)
    return 0


def _show(args: argparse.Namespace, settings: Settings) -> int:
    people = asyncio.run(_all(settings, _district(args, settings)))
    person = next((person for person in people if person.email == args.email.strip().casefold()), None)
    if person is None:
        raise Refused(f"Nobody in this directory has the address {args.email}: `hallpass people list` shows everybody.")
    names = {one.id: one.name for one in people}
    say(f"{person.name} <{person.email}>")
    for seat in person.seats:
        boss = f", supervised by {names.get(seat.supervisor, 'somebody who left')}" if seat.supervisor else ""
        say(f"  {seat.role}{f' at {seat.school}' if seat.school else ''}{boss}")
    for address in person.addresses:
        say(f"  on {address.platform}: {address.tenant} {address.user}")
    return 0


def _district(args: argparse.Namespace, settings: Settings) -> DistrictKey:
    key = args.district or settings.district
    if not key:
        raise Refused("Whose directory? Add --district KEY or set HALLPASS_DISTRICT.")
    return DistrictKey(wiring.packs().get(DistrictKey(key)).key)


def _read(file: Path) -> bytes:
    try:
        raw = file.read_bytes()
    except OSError as why:
        raise Refused(f"{file.name} cannot be read ({why.strerror or why}): check the name and that you may read it.") from None
    if len(raw) > LARGEST:
        raise Refused(f"{file.name} is larger than 20 MB: import the people of one district only.")
    return raw


async def _all(settings: Settings, district: DistrictKey) -> Sequence[Person]:
    store = await open_store(settings.database_url, wiring.clock)
    try:
        return await store.read(_everybody, district)
    finally:
        await store.close()


def _everybody(work: Work, district: DistrictKey) -> Sequence[Person]:
    return work.directory.people(district)


def _keep(work: Work, district: DistrictKey, people: Sequence[Person]) -> None:
    work.directory.replace(district, people)
