"""`hallpass people`: import the directory file, list who is in it, show one person; confirming accounts is next door."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot import chosen, directory_plan, people_file, wiring
from bot.settings import Settings
from bot.terminal import Refused, count, data, say, table
from bot.verbs import people_bind
from handlers import departed
from handlers.people import DistrictKey, Person
from handlers.policy.pack import Pack
from handlers.ports import Work
from storage.glance import glance
from storage.work import open_store

EXAMPLE = "example: hallpass people import people.csv --district chsd-230 --dry-run"
LARGEST = 20_000_000  # bytes: some hundred thousand lines


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its own verbs and their arguments."""
    parser = verbs.add_parser("people", help="the directory", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="VERB")
    importing = inner.add_parser("import", help="take the file as the whole directory; prints what changes", **_importing())
    importing.add_argument("file", metavar="FILE", type=Path, help="the file, written as above")
    importing.add_argument("--dry-run", action="store_true", help="print what would change, write nothing")
    importing.set_defaults(run=_import, misused=importing.error)
    listing = inner.add_parser("list", help="everybody", epilog="example: hallpass people list")
    listing.set_defaults(run=_list, misused=listing.error)
    show = inner.add_parser("show", help="one person", epilog="example: hallpass people show dana.whitlock@maplegrove.example")
    show.add_argument("email", metavar="EMAIL")
    show.set_defaults(run=_show, misused=show.error)
    for one in (listing, show):
        one.add_argument("--json", action="store_true", help="print JSON")
    for one in (importing, listing, show):
        one.add_argument("--district", metavar="KEY", help="whose directory; HALLPASS_DISTRICT when left out")
    people_bind.add(inner)


def _importing() -> dict[str, Any]:
    """Return how the file is described: its columns, its roles and two lines of it."""
    sample = "\n".join(f"  {row}" for row in people_file.SAMPLE)
    about = (
        "Take the file as the whole directory of one district: whoever is not in it has left. The file is yours, and is CSV in UTF-8,\n"
        f"one line a person and role; the last five columns may be empty, and a tenth, time_zone, may be there.\n"
        f"Where a platform's ids are empty,\n"
        f"the accounts that a person has there stay as they are (`hallpass people bind`):\n\n{sample}\n\n"
        f"Roles: {', '.join(people_file.ROLES)}.\n"
        "supervisor_email names somebody of the file; a person with several roles or schools has several lines."
    )
    return {"description": about, "epilog": EXAMPLE, "formatter_class": argparse.RawDescriptionHelpFormatter}


def _import(args: argparse.Namespace, settings: Settings) -> int:
    district = chosen.directory(args, settings)
    raw = _read(args.file)
    asyncio.run(_replace(settings, district, raw, args))
    return 0


async def _replace(settings: Settings, district: DistrictKey, raw: bytes, args: argparse.Namespace) -> None:
    if args.dry_run:
        plan = await glance(settings.database, wiring.clock, directory_plan.plan, district, raw, wiring.new_id)
        for sentence in plan.sentences:
            say(sentence)
        say("Nothing was written (--dry-run).")
        return
    store = await open_store(settings.database, wiring.clock)
    try:
        plan = await store.write(_keep, district, raw, wiring.packs().get(district))
    finally:
        await store.close()
    for sentence in plan.sentences:
        say(sentence)
    say(f"The directory of {district} has {count(len(plan.people), 'person', 'people')}.")


def _list(args: argparse.Namespace, settings: Settings) -> int:
    people = _all(settings, chosen.directory(args, settings))
    if args.json:
        data([_as_json(person, people) for person in people])
        return 0
    rows = [(person.email, person.name, ", ".join(sorted(person.roles)), ", ".join(sorted(person.schools))) for person in people]
    table(("email", "name", "roles", "schools"), rows)
    return 0


def _show(args: argparse.Namespace, settings: Settings) -> int:
    people = _all(settings, chosen.directory(args, settings))
    person = next((person for person in people if person.email == args.email.strip().casefold()), None)
    if person is None:
        raise Refused(f"Nobody in this directory has the address {args.email}: `hallpass people list` shows everybody.")
    if args.json:
        data(_as_json(person, people))
        return 0
    names = {one.id: one.name for one in people}
    say(f"{person.name} <{person.email}>")
    for seat in person.seats:
        boss = f", supervised by {names.get(seat.supervisor, 'somebody who left')}" if seat.supervisor else ""
        say(f"  {seat.role}{f' at {seat.school}' if seat.school else ''}{boss}")
    if person.zone:
        say(f"  in the time zone {person.zone}")
    for address in person.addresses:
        say(f"  on {address.platform}: {address.tenant} {address.user}")
    return 0


def _as_json(person: Person, people: Sequence[Person]) -> dict[str, object]:
    mails = {one.id: one.email for one in people}
    seats = [
        {"role": seat.role, "school": seat.school, "supervisor": mails.get(seat.supervisor) if seat.supervisor else None}
        for seat in person.seats
    ]
    addresses = [{"platform": one.platform, "tenant": one.tenant, "user": one.user} for one in person.addresses]
    return {"email": person.email, "name": person.name, "seats": seats, "addresses": addresses, "time_zone": person.zone or None}


def _read(file: Path) -> bytes:
    try:
        raw = file.read_bytes()
    except OSError as why:
        raise Refused(f"{file.name} cannot be read ({why.strerror or why}): check the name and that you may read it.") from None
    if len(raw) > LARGEST:
        raise Refused(f"{file.name} is larger than 20 MB: import the people of one district only.")
    return raw


def _all(settings: Settings, district: DistrictKey) -> Sequence[Person]:
    return asyncio.run(glance(settings.database, wiring.clock, _everybody, district))


def _everybody(work: Work, district: DistrictKey) -> Sequence[Person]:
    return work.directory.people(district)


def _keep(work: Work, district: DistrictKey, raw: bytes, pack: Pack) -> directory_plan.Plan:
    plan = directory_plan.plan(work, district, raw, wiring.new_id)
    work.directory.replace(district, plan.people)
    departed.follow(work, pack, district, plan.gone, wiring.clock())
    return plan
