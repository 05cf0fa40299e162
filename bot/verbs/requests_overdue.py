"""`hallpass requests overdue`: how much is overdue, by school, kind and days; numbers only."""

import argparse
import asyncio
from collections.abc import Sequence
from typing import Any

from bot import wiring
from bot.settings import Settings
from bot.terminal import data, say, table
from handlers.late import overdue
from handlers.people import DistrictKey
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.workflow.late import Overdue
from storage.glance import glance

EXAMPLE = "example: hallpass requests overdue --json"

Found = tuple[str, Overdue]  # whose, by district


def add(inner: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    parser = inner.add_parser("overdue", help="how much is overdue, by school", description=__doc__, epilog=EXAMPLE)
    parser.add_argument("--district", metavar="KEY", help="whose; HALLPASS_DISTRICT, else every district")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_overdue)


def _overdue(args: argparse.Namespace, settings: Settings) -> int:
    wanted, packs = args.district or settings.district, wiring.packs()
    keys = [DistrictKey(wanted)] if wanted else packs.keys()
    found = asyncio.run(glance(settings.database, wiring.clock, _read, [packs.get(key) for key in keys]))
    if args.json:
        data([_as_json(district, one) for district, one in found])
    elif not found:
        say("Nothing is overdue.")
    else:
        rows = [(district, one.school or "-", one.kind, one.owed, str(one.days), str(one.number)) for district, one in found]
        table(("district", "school", "kind", "owed", "days over", "number"), rows)
    return 0


def _as_json(district: str, one: Overdue) -> dict[str, object]:
    return {
        "district": district,
        "school": one.school or None,
        "kind": one.kind,
        "owed": one.owed,
        "days_over": one.days,
        "number": one.number,
    }


def _read(work: Work, packs: Sequence[Pack]) -> Sequence[Found]:
    return [(pack.key, one) for pack in packs for one in overdue(work, pack, wiring.clock())]
