"""`hallpass calendar`: the days without school, imported from a calendar file and shown with those of the settings."""

import argparse
import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot import ics, wiring
from bot.settings import Settings
from bot.terminal import count, data, say, table
from handlers.days import day_of
from handlers.people import DistrictKey
from handlers.policy.pack import Pack
from handlers.ports import Work
from storage.glance import glance
from storage.work import open_store

EXAMPLE = "example: hallpass calendar import chsd-230 holidays.ics --dry-run"
IMPORT = (
    "Take the whole days of a calendar file (.ics), as every calendar program exports it, as the district's days without school, in place"
    f" of those imported before. What comes every year on the same day is taken for the next {ics.YEARS} years; entries with an hour are"
    " left out. Reminders and deadlines count school days; what somebody was told before stays as it was said."
)


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its own verbs and their arguments."""
    parser = verbs.add_parser("calendar", help="the days without school", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="VERB")
    importing = inner.add_parser("import", help="take a calendar file's days", description=IMPORT, epilog=EXAMPLE)
    show = inner.add_parser("show", help="every day without school", epilog="example: hallpass calendar show chsd-230 --json")
    for one in (importing, show):
        one.add_argument("key", metavar="KEY", help="the district, as `hallpass policy list` names it")
    importing.add_argument("file", metavar="FILE", type=Path, help="the calendar file")
    importing.add_argument("--dry-run", action="store_true", help="print what would change, write nothing")
    importing.set_defaults(run=_import)
    show.add_argument("--json", action="store_true", help="print JSON")
    show.set_defaults(run=_show)


def _import(args: argparse.Namespace, settings: Settings) -> int:
    pack = wiring.packs().get(DistrictKey(args.key))
    found = ics.read(args.file, day_of(wiring.clock(), pack.settings.zone))
    before = asyncio.run(glance(settings.database, wiring.clock, _imported, DistrictKey(pack.key)))
    for day in sorted({*found.days, *before}):
        if day not in before or day not in found.days:
            say(f"{'+' if day in found.days else '-'} {day}  {found.days.get(day) or before[day]}")
    if found.left_out:
        say(f"{count(found.left_out, 'entry was', 'entries were')} left out: only whole days count.")
    if args.dry_run:
        say("Nothing was written (--dry-run).")
        return 0
    asyncio.run(_keep(settings, DistrictKey(pack.key), found.days))
    say(f"{pack.key} has {count(len(found.days), 'day', 'days')} without school from {args.file.name}.")
    return 0


async def _keep(settings: Settings, district: DistrictKey, days: Mapping[date, str]) -> None:
    store = await open_store(settings.database, wiring.clock)
    try:
        await store.write(_kept, district, days)
    finally:
        await store.close()


def _show(args: argparse.Namespace, settings: Settings) -> int:
    pack = wiring.packs().get(DistrictKey(args.key))
    imported = asyncio.run(glance(settings.database, wiring.clock, _imported, DistrictKey(pack.key)))
    rows = _rows(pack, imported)
    if args.json:
        data([dict(zip(("day", "name", "from"), row, strict=True)) for row in rows])
    elif rows:
        table(("day", "name", "from"), rows)
    else:
        say(f"{pack.key} has no days without school but weekends: `hallpass calendar import {pack.key} FILE.ics` takes them from a file.")
    return 0


def _rows(pack: Pack, imported: Mapping[date, str]) -> list[tuple[str, str, str]]:
    set_down = {(day.isoformat(), "", "settings.toml") for day in pack.settings.time.holidays}
    return sorted({*set_down, *((day.isoformat(), name, "a calendar file") for day, name in imported.items())})


def _imported(work: Work, district: DistrictKey) -> Mapping[date, str]:
    return work.calendars.of(district)


def _kept(work: Work, district: DistrictKey, days: Mapping[date, str]) -> None:
    work.calendars.keep(district, days)
