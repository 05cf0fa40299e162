"""`hallpass channels`: the register of channels, for people, for programs, as a table for a spreadsheet."""

import argparse
import asyncio
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import wiring
from bot.settings import Settings
from bot.terminal import Refused, count, data, say, table
from handlers.department import registered
from handlers.ids import ChannelId
from handlers.naming import named
from handlers.people import DistrictKey, Person, PersonId
from handlers.ports import Work
from handlers.wording.channels import ended, entry
from handlers.wording.plain import plain
from handlers.workflow.channel import Channel, ChannelState
from handlers.workflow.permission import as_of
from handlers.workflow.registered import standing
from handlers.workflow.request import Request
from storage.glance import glance

EXAMPLE = "example: hallpass channels list --district chsd-230 --csv register.csv"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)


@dataclass(frozen=True, slots=True)
class Entry:
    """A channel as it counts now, its request, and the people it names."""

    channel: Channel
    request: Request
    people: Mapping[PersonId, Person]


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its own verbs and their arguments."""
    parser = verbs.add_parser("channels", help="the register of channels", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="VERB")
    listing = inner.add_parser("list", help="every channel, the oldest first", epilog=EXAMPLE)
    listing.add_argument("--district", metavar="KEY", help="whose register; HALLPASS_DISTRICT, else every district")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.add_argument("--csv", metavar="FILE", help="write a table for a spreadsheet, in which nothing is a formula")
    listing.set_defaults(run=_list)
    show = inner.add_parser("show", help="one channel", epilog="example: hallpass channels show ID --json")
    show.add_argument("id", metavar="ID")
    show.add_argument("--json", action="store_true", help="print JSON")
    show.set_defaults(run=_show)


def _list(args: argparse.Namespace, settings: Settings) -> int:
    chosen, packs = args.district or settings.district, wiring.packs()
    districts = [packs.get(DistrictKey(chosen)).key] if chosen else packs.keys()
    found = asyncio.run(glance(settings.database, wiring.clock, _all, [DistrictKey(key) for key in districts]))
    rows = [as_json(one) for one in found]
    if args.csv:
        _write(Path(args.csv), rows)
        say(f"{count(len(rows), 'channel')} written to {args.csv}.")
    elif args.json:
        data(rows)
    else:
        head = ("id", "district", "state", "platform", "address", "owner")
        table(head, [tuple(str(row[name] or "") for name in head) for row in rows])
    return 0


def _show(args: argparse.Namespace, settings: Settings) -> int:
    one = asyncio.run(glance(settings.database, wiring.clock, _one, ChannelId(args.id)))
    if one is None:
        raise Refused(f"There is no channel {args.id[:60]}: `hallpass channels list` shows every one.")
    if args.json:
        data(as_json(one))
    else:
        say(plain(entry(one.request, one.people)))
    return 0


def as_json(one: Entry) -> dict[str, str | None]:
    """Return a channel as other programs read it; moments in UTC, ISO 8601."""
    channel = one.channel
    return {
        "id": channel.id,
        "district": channel.district,
        "request": channel.request,
        "owner": _mail(channel.owner, one.people),
        "platform": channel.platform,
        "purpose": channel.purpose,
        "address": channel.address or None,
        "administrators": channel.administrators or None,
        "opened": _moment(channel.opened_at),
        "confirmed": _moment(channel.confirmed_at),
        "checked": _moment(channel.checked_at),
        "checked_by": _mail(channel.checked_by, one.people) if channel.checked_by else None,
        "note": channel.note or None,
        "state": channel.state.value,
        "why": None if channel.state is ChannelState.live else channel.why or ended(one.request),
    }


def _write(path: Path, rows: Sequence[Mapping[str, str | None]]) -> None:
    heads = list(rows[0]) if rows else ["id"]
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(heads)
            writer.writerows([_safe(row[name] or "") for name in heads] for row in rows)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from error


def _safe(value: str) -> str:
    """A cell that begins like a formula gets an apostrophe before it."""
    return f"'{value}" if value.startswith(FORMULA) else value


def _mail(person: PersonId, people: Mapping[PersonId, Person]) -> str:
    return people[person].email if person in people else person


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _all(work: Work, districts: Sequence[DistrictKey]) -> Sequence[Entry]:
    return [_entry(work, request) for district in districts for request, _ in registered(work, district)]


def _one(work: Work, channel: ChannelId) -> Entry | None:
    request_id = work.channels.request_of(channel)
    request = work.requests.get(request_id) if request_id is not None else None
    return _entry(work, request) if request is not None else None


def _entry(work: Work, request: Request) -> Entry:
    now = as_of(request, wiring.clock())
    channel = standing(now)
    if channel is None:
        raise Refused("That request has no channel.")
    return Entry(channel, now, named(work, request.district, [request]))
