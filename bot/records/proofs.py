"""`hallpass records verify` and `head`: whether the record is as it was written, and where its chain ends."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot import wiring
from bot.settings import Settings
from bot.terminal import Refused, complain, count, data, say
from handlers.kept import Head, Verified
from handlers.people import DistrictKey
from handlers.ports import Work
from storage.glance import glance


def verify(args: argparse.Namespace, settings: Settings) -> int:
    """Say of each district's record whether anything was altered; 1 when something was."""
    heads = _heads(args.head) if args.head else ()
    found = asyncio.run(glance(settings.database, wiring.clock, _verified, districts(args, settings), heads))
    if args.json:
        data([_as_json(one) for one in found])
    for one in found:
        if one.fault:
            complain(f"{one.district}: {one.fault}")
        elif not args.json:
            say(_sentence(one))
    return int(any(one.fault for one in found))


def head(args: argparse.Namespace, settings: Settings) -> int:
    """Print where each chain ends, a JSON line each, or append it to a file."""
    found = asyncio.run(glance(settings.database, wiring.clock, _ends, districts(args, settings)))
    lines = "".join(f"{json.dumps({**_plain(one)})}\n" for one in found)
    if not args.to:
        say(lines.rstrip("\n") or "Nothing was recorded yet.")
        return 0
    try:
        with Path(args.to).open("a", encoding="utf-8") as kept:
            kept.write(lines)
    except OSError as why:
        raise Refused(f"{args.to} cannot be written: {why.strerror}. Choose another file with --to.") from None
    say(f"{count(len(found), 'head')} added to {args.to}.")
    return 0


def districts(args: argparse.Namespace, settings: Settings) -> Sequence[DistrictKey]:
    """Return whose record is meant. Raises UnknownDistrict."""
    chosen, known = args.district or settings.district, wiring.packs()
    return [DistrictKey(known.get(DistrictKey(chosen)).key)] if chosen else known.keys()


def _verified(work: Work, whose: Sequence[DistrictKey], heads: Sequence[Head]) -> Sequence[Verified]:
    return [work.chains.verified(one, heads) for one in whose]


def _ends(work: Work, whose: Sequence[DistrictKey]) -> Sequence[Head]:
    return [end for one in whose if (end := work.chains.head(one)) is not None]


def _sentence(one: Verified) -> str:
    if not one.rows:
        return f"{one.district}: nothing was recorded yet."
    begin = f"{one.district}: {count(one.rows, 'row')}, and nothing was altered, removed, inserted or moved."
    if not one.found_at:
        return begin
    before = f"before {one.found_at:%Y-%m-%d %H:%M} UTC, when they were sealed as found, nothing can be proved of them"
    return f"{begin} The first {count(one.found, 'row')} came from an earlier version: {before}."


def _as_json(one: Verified) -> dict[str, object]:
    since = one.found_at.isoformat() if one.found_at else None
    return {"district": one.district, "rows": one.rows, "sealed_as_found": one.found, "sealed_at": since, "fault": one.fault or None}


def _plain(one: Head) -> dict[str, object]:
    return {"district": one.district, "number": one.number, "mac": one.mac, "at": one.at.isoformat()}


def _heads(file: str) -> Sequence[Head]:
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
        return [_head(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused(f"{file} is no file of heads: `hallpass records head --to {file}` writes one.") from None


def _head(said: dict[str, str]) -> Head:
    return Head(DistrictKey(said["district"]), int(said["number"]), said["mac"], datetime.fromisoformat(said["at"]))
