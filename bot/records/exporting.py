"""`hallpass records export`: cases as CSV, JSON lines or a page to print; that they were taken out is itself recorded.

Source of the last: 34 CFR 99.32, a record of who was given what out of students' records.
"""

import argparse
import asyncio
import json
import re
import sys
from datetime import date
from pathlib import Path

from bot import wiring
from bot.records.cases import Found, Wanted, find
from bot.records.keys import user, with_store
from bot.records.packet import packet
from bot.records.proofs import districts
from bot.records.sheet import sheet
from bot.settings import Settings
from bot.terminal import Misused, Refused, complain, count
from bot.verbs.requests import as_json
from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.people import ADMINISTRATOR, DistrictKey
from handlers.ports import Store, Work
from storage.glance import glance

FORMATS = ("csv", "jsonl", "packet")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def export(args: argparse.Namespace, settings: Settings) -> int:
    """Write the cases, once it is recorded that they were."""
    args.until, args.file = _targets(args)
    wanted = _wanted(args, settings)
    found = asyncio.run(glance(settings.database, wiring.clock, find, wiring.packs(), wanted))
    if wanted.request and not found.cases:
        raise Refused(f"There is no request {wanted.request[:60]} here: `hallpass requests list` shows every one.")
    text = _written(found, args)
    target = _open(args.file)
    if found.cases:
        asyncio.run(with_store(settings, lambda store: _recorded(store, found, args)))
    _put(target, text)
    broken = [f"{district}: {proof.fault}" for district, (proof, _) in found.proofs.items() if proof.fault]
    for fault in broken:
        complain(f"Written, but the record does not verify. {fault}")
    return int(bool(broken))


def _targets(args: argparse.Namespace) -> tuple[str | None, str]:
    """Tell the last day from the file: both are said with --to."""
    days, files = [one for one in args.to if DAY.fullmatch(one)], [one for one in args.to if not DAY.fullmatch(one)]
    if len(files) != 1 or len(days) > 1:
        raise Misused("say --to once with a file, or - for standard output; and at most once with a last day, such as 2026-09-30")
    return (days[0] if days else None), files[0]


def _wanted(args: argparse.Namespace, settings: Settings) -> Wanted:
    since, until = _day(args.since, "--from", date.min), _day(args.until, "--to", date.max)
    request = RequestId(args.request) if args.request else None
    return Wanted(districts(args, settings), since, until, request, not args.without_names, args.reader)


def _day(said: str | None, name: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(said) if said else otherwise
    except ValueError:
        raise Misused(f"{name} {said} is no day: write it as 2026-09-01") from None


def _written(found: Found, args: argparse.Namespace) -> str:
    match args.format:
        case "csv":
            return sheet(found.cases)
        case "jsonl":
            return "".join(f"{json.dumps(as_json(one.request, one.happenings, one.people), ensure_ascii=False)}\n" for one in found.cases)
        case _:
            return packet(found, wiring.clock(), names=not args.without_names)


async def _recorded(store: Store, found: Found, args: argparse.Namespace) -> None:
    await store.write(_record, found, args)


def _record(work: Work, found: Found, args: argparse.Namespace) -> None:
    """Say in each district's record who took what out of it: about the one request, or about none in particular."""
    for district in found.proofs:
        taken = [case for case in found.cases if case.request.district == district]
        names = "without" if args.without_names else "with"
        detail = f"{count(len(taken), 'request')} as {args.format}, {names} students' names{_span(args)}{_whom(args)} (by {user()})"
        only = taken[0].request if args.request else None
        at = only.status.value if only else ""
        about, rules = (only.id, only.fingerprint) if only else (RequestId(""), "")
        work.record.add(Happening(about, DistrictKey(district), wiring.clock(), ADMINISTRATOR, "exported", at, at, detail, rules))


def _span(args: argparse.Namespace) -> str:
    return "".join(f", {word} {day}" for word, day in (("from", args.since), ("to", args.until)) if day)


def _whom(args: argparse.Namespace) -> str:
    return f", as {args.reader.strip()} may read" if args.reader else ""


def _open(to: str) -> Path | None:
    """Return the file, made so that its group and others cannot read it; None for standard output."""
    if to == "-":
        return None
    path = Path(to)
    try:
        path.touch(mode=0o600)
    except OSError as why:
        raise Refused(f"{to} cannot be written: {why.strerror}. Choose another file with --to; nothing was taken out.") from None
    return path


def _put(target: Path | None, text: str) -> None:
    if target is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
