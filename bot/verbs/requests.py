"""`hallpass requests`: the register of requests, and one request with its whole history."""

import argparse
import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot import wiring
from bot.reader import HELP, readable
from bot.settings import Settings
from bot.terminal import Refused, data, say, table
from bot.verbs import reassign, requests_left, requests_overdue
from bot.waiting import waiting_for
from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.people import DistrictKey, Person, PersonId, Role
from handlers.ports import Work
from handlers.wording.history import story
from handlers.wording.plain import plain
from handlers.workflow.permission import as_of
from handlers.workflow.request import Duty, Request
from storage.glance import glance

EXAMPLE = "example: hallpass requests list --district west-st-francois-r4"


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its own verbs and their arguments."""
    parser = verbs.add_parser("requests", help="the register", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="VERB")
    listing = inner.add_parser("list", help="every request, newest first", epilog=EXAMPLE)
    listing.add_argument("--district", metavar="KEY", help="whose register; HALLPASS_DISTRICT, else every district")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.add_argument(
        "--waiting-for", metavar="ROLE", type=Role, choices=list(Role), help="only what waits for a role, the oldest first"
    )
    listing.add_argument("--for", metavar="EMAIL", dest="reader", help=HELP)
    listing.set_defaults(run=_list)
    show = inner.add_parser("show", help="one request and its history", epilog="example: hallpass requests show ID --json")
    show.add_argument("id", metavar="ID")
    show.add_argument("--json", action="store_true", help="print JSON")
    show.set_defaults(run=_show)
    requests_left.add(inner)
    requests_overdue.add(inner)
    reassign.add(inner)


def _list(args: argparse.Namespace, settings: Settings) -> int:
    chosen = args.district or settings.district
    packs = wiring.packs()
    districts = [packs.get(DistrictKey(chosen)).key] if chosen else packs.keys()
    if args.waiting_for:
        return waiting_for(settings, [DistrictKey(key) for key in districts], args.waiting_for, args.reader, json=args.json)
    found = asyncio.run(_read(settings, _all, [DistrictKey(key) for key in districts], args.reader))
    if args.json:
        data([as_json(request, happenings, people) for request, happenings, people in found])
        return 0
    rows = [
        (one.id, one.district, one.process, one.status, _mail(one.requester, people), f"{one.opened_at:%Y-%m-%d %H:%M}")
        for one, _, people in found
    ]
    table(("id", "district", "process", "status", "requester", "sent (UTC)"), rows)
    return 0


def _show(args: argparse.Namespace, settings: Settings) -> int:
    found = asyncio.run(_read(settings, _one, RequestId(args.id)))
    if found is None:
        raise Refused(f"There is no request {args.id[:60]}: `hallpass requests list` shows every one.")
    request, happenings, people = found
    if args.json:
        data(as_json(request, happenings, people))
    else:
        say(plain(story(request, happenings, wiring.packs().get(request.district), people)))
    return 0


Found = tuple[Request, Sequence[Happening], Mapping[PersonId, Person]]


def as_json(request: Request, happenings: Sequence[Happening], people: Mapping[PersonId, Person]) -> dict[str, object]:
    """Return the request as other programs read it (contracts, section 1)."""
    return {
        "id": request.id,
        "district": request.district,
        "process": request.process,
        "status": request.status,
        "requester": _mail(request.requester, people),
        "fields": dict(request.fields),
        "policy": {"key": request.district, "fingerprint": request.fingerprint},
        "stages": [
            {
                "role": stage.role,
                "people": [_mail(person, people) for person in stage.people],
                "status": stage.status,
                "decided_by": _mail(stage.decided_by, people) if stage.decided_by else None,
                "decided_at": _moment(stage.decided_at),
                "reason": stage.reason or None,
            }
            for stage in request.stages
        ],
        "duties": [_duty(duty) for duty in request.duties],
        "starts": _moment(request.starts),
        "ends": _moment(request.ends),
        "history": [_happening(one, people) for one in happenings],
    }


def _duty(duty: Duty) -> dict[str, object]:
    return {
        "what": duty.what,
        "owner_role": duty.owner_role,
        "due": _moment(duty.due),
        "status": duty.status,
        "evidence": duty.evidence or {one.name: one.value for one in duty.given} or None,
    }


def _happening(one: Happening, people: Mapping[PersonId, Person]) -> dict[str, object]:
    return {
        "at": _moment(one.at),
        "who": _mail(one.who, people) or None,  # nobody: Hallpass itself
        "what": one.what,
        "from": one.before or None,
        "to": one.after,
        "detail": one.detail or None,
        "fingerprint": one.fingerprint or None,
    }


def _mail(person: PersonId, people: Mapping[PersonId, Person]) -> str:
    return people[person].email if person in people else person


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


async def _read(settings: Settings, unit: Any, *about: Any) -> Any:  # noqa: ANN401  # hands any unit of work to the store
    return await glance(settings.database, wiring.clock, unit, *about)


def _all(work: Work, districts: Sequence[DistrictKey], reader: str | None) -> Sequence[Found]:
    reads = readable(work, wiring.packs(), districts, reader)
    found = (request for district in districts for request in work.requests.all(district, limit=100_000))
    return [_found(work, request) for request in found if reads(request)]


def _one(work: Work, request_id: RequestId) -> Found | None:
    request = work.requests.get(request_id)
    return _found(work, request) if request is not None else None


def _found(work: Work, request: Request) -> Found:
    people = {person.id: person for person in work.directory.people(request.district)}
    return as_of(request, wiring.clock()), work.record.of(request.id), people
