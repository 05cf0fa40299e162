"""`hallpass requests student-left`: students who have left, out of every live permission that names them. Prints no name."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot import chosen, wiring
from bot.settings import Settings
from bot.terminal import Refused, say, table
from handlers import take_out
from handlers.ids import RequestId
from handlers.policy.overlap import spelled
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.workflow.said import Left
from storage.glance import glance
from storage.work import open_store

EXAMPLE = "example: hallpass requests student-left left.txt --dry-run"
ABOUT = (
    "Take students who have left out of every live permission of a district that names them. Each permission goes on for the others, or"
    " ends with its last student; whoever was told of it is told. FILE has one name on each line, - is standard input. A name may be two"
    " students': look with --dry-run first, and choose with --request."
)
LARGEST = 1_000_000  # characters: some ten thousand names
STANDARD_INPUT = "-"

Row = tuple[str, str, str, str, str]
Found = tuple[Sequence[Row], Sequence[int]]  # the permissions, and which lines of the file none of them names


def add(inner: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    left = inner.add_parser("student-left", help="students out of live permissions", description=ABOUT, epilog=EXAMPLE)
    left.add_argument("file", metavar="FILE", help="the names; - for standard input")
    left.add_argument("--left", type=Left, choices=list(Left), default=Left.school, help="what they have left; the school when left out")
    left.add_argument("--request", metavar="ID", action="append", default=[], help="only this permission; may be given several times")
    left.add_argument("--dry-run", action="store_true", help="print what would change, write nothing")
    left.add_argument("--district", metavar="KEY", help="whose permissions; HALLPASS_DISTRICT when left out")
    left.set_defaults(run=_left, misused=left.error)


def _left(args: argparse.Namespace, settings: Settings) -> int:
    district = chosen.directory(args, settings)
    names, only = _names(args.file), [RequestId(one) for one in args.request]
    pack = wiring.packs().get(district)
    if args.dry_run:
        rows, strange = asyncio.run(glance(settings.database, wiring.clock, _look, pack, names, only))
    else:
        rows, strange = asyncio.run(_taken_out(settings, pack, names, only, args.left))
    table(("id", "process", "requester", "out", "still named"), rows)
    for line in strange:
        say(f"Line {line} names nobody who is in a live permission.")
    if args.dry_run:
        say("Nothing was written (--dry-run).")
    return 0


async def _taken_out(settings: Settings, pack: Pack, names: Sequence[str], only: Sequence[RequestId], left: Left) -> Found:
    store = await open_store(settings.database, wiring.clock)
    try:
        return await store.write(_take_out, pack, names, only, left)
    finally:
        await store.close()


def _look(work: Work, pack: Pack, names: Sequence[str], only: Sequence[RequestId]) -> Found:
    return _found(work, take_out.concerned(work, pack, names, only, wiring.clock()), names)


def _take_out(work: Work, pack: Pack, names: Sequence[str], only: Sequence[RequestId], left: Left) -> Found:
    now = wiring.clock()
    found = take_out.concerned(work, pack, names, only, now)
    for one in found:
        take_out.all_leave(work, pack, one, left, now)
    return _found(work, found, names)


def _found(work: Work, found: Sequence[take_out.Listed], names: Sequence[str]) -> Found:
    there = {spelled(gone.name) for one in found for gone in one.gone}
    strange = [number for number, name in enumerate(names, 1) if spelled(name) and spelled(name) not in there]
    return [_row(work, one) for one in found], strange


def _row(work: Work, one: take_out.Listed) -> Row:
    request, requester = one.permission.request, work.directory.get(one.permission.request.requester)
    mail = requester.email if requester else request.requester
    return request.id, request.process, mail, str(len(one.gone)), str(len(one.permission.named) - len(one.gone))


def _names(file: str) -> Sequence[str]:
    try:
        raw = sys.stdin.read(LARGEST + 1) if file == STANDARD_INPUT else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        raise Refused(f"{Path(file).name} cannot be read: check the name, that you may read it, and that it is UTF-8.") from None
    if len(raw) > LARGEST:
        raise Refused("That is too much: one name on each line, of one district.")
    if not raw.strip():
        raise Refused("There is no name: write one on each line.")
    return raw.splitlines()
