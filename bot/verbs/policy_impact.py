"""`hallpass policy impact`: what a changed pack no longer supports, and who has to know; with --tell they are told."""

import argparse
import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from bot import wiring
from bot.settings import Settings
from bot.terminal import count, data, say
from handlers import impact
from handlers.impact import Affected, Party
from handlers.naming import named
from handlers.people import DistrictKey, Person, PersonId
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.wording import terms
from handlers.wording.affected import PARTS, counted, sentence
from storage.database import Database
from storage.glance import glance
from storage.work import open_store

EXAMPLE = "example: hallpass policy impact west-st-francois-r4 --tell"
IMPACT = (
    "List the pending requests and live permissions that were made under another version of the pack and that today's no longer supports,"
    " why, and who has to know. Nothing that runs is stopped or changed."
)
NONE = "Today's rules support every pending request and every live permission."

Known = Mapping[PersonId, Person]
Found = tuple[Pack, Sequence[Affected], Known]


def add(inner: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    parser = inner.add_parser("impact", help="what a changed pack no longer supports", description=IMPACT, epilog=EXAMPLE)
    parser.add_argument("key", metavar="KEY", nargs="?", help="the pack; all of them when left out")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--tell", action="store_true", help="put a card for everybody who has to know, once; the record keeps it")
    parser.set_defaults(run=_impact)


def mention(database: Database, district: DistrictKey) -> None:
    """Say in a line how many requests are affected, where any are."""
    for sentence_ in asyncio.run(glance(database, wiring.clock, notes, wiring.packs(), district)):
        say(sentence_)


def notes(work: Work, packs: Packs, district: DistrictKey) -> list[str]:
    """Return that line, or none."""
    number = len(impact.affected(work, packs, district))
    return [counted(number, district)] if number else []


def _impact(args: argparse.Namespace, settings: Settings) -> int:
    packs = wiring.packs()
    keys = [DistrictKey(packs.get(DistrictKey(args.key)).key)] if args.key else packs.keys()
    found = asyncio.run(glance(settings.database, wiring.clock, _look, packs, keys))
    told = asyncio.run(_told(settings, packs, keys)) if args.tell and any(some for _, some, _ in found) else ()
    if args.json:
        data([_as_json(pack, one, known, told) for pack, some, known in found for one in some])
        return 0
    for pack, some, known in found:
        for one in some:
            say(_shown(pack, one, known))
    if not any(some for _, some, _ in found):
        say(NONE)
    if args.tell and any(some for _, some, _ in found):
        say(_receipt(told))
    return 0


def _look(work: Work, packs: Packs, keys: Sequence[DistrictKey]) -> list[Found]:
    some = [(key, impact.affected(work, packs, key)) for key in keys]
    return [(packs.get(key), found, named(work, key, [one.request for one in found])) for key, found in some]


async def _told(settings: Settings, packs: Packs, keys: Sequence[DistrictKey]) -> tuple[Affected, ...]:
    store = await open_store(settings.database, wiring.clock)
    try:
        told = [await store.write(impact.tell_all, packs, key, wiring.clock()) for key in keys]
    finally:
        await store.close()
    return tuple(one for some in told for one in some)


def _receipt(told: Sequence[Affected]) -> str:
    if not told:
        return "Everybody was told before; nothing was put."
    cards = sum(len({party.person for party in one.parties}) for one in told)
    return f"{count(cards, 'card')} about {count(len(told), 'request')} put: `hallpass serve` brings them, within a second where it runs."


def _shown(pack: Pack, one: Affected, known: Known) -> str:
    request = one.request
    head = f"{request.id}  {pack.key}  {request.process}  {request.status}{'  (told)' if one.told else ''}"
    whys = [f"  - {sentence(why, request, pack)}" for why in one.whys]
    who = [f"  tell {_mail(party, known)}, {PARTS[party.part]} ({_role(party)})" for party in one.parties]
    return "\n".join((head, *whys, *(who or ["  nobody is left to be told"])))


def _role(party: Party) -> str:
    return terms.of_her(party.role).removeprefix("the ")


def _mail(party: Party, known: Known) -> str:
    return known[party.person].email


def _as_json(pack: Pack, one: Affected, known: Known, told: Sequence[Affected]) -> dict[str, object]:
    request = one.request
    return {
        "request": request.id,
        "district": request.district,
        "process": request.process,
        "status": request.status,
        "fingerprint": request.fingerprint,
        "now": pack.version,
        "changes": [{"what": why.why, "says": sentence(why, request, pack)} for why in one.whys],
        "tell": [{"person": _mail(party, known), "as": party.part, "role": party.role} for party in one.parties],
        "told": one.told or any(request.id == other.request.id for other in told),
    }
