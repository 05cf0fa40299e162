"""`hallpass people bind`: who asked to be known, and the administrator's word that it is so."""

import argparse
import asyncio
from collections.abc import Sequence
from typing import Any

from bot import chosen, wiring
from bot.settings import Settings
from bot.terminal import Refused, data, say, table
from handlers.kept import Proposal
from handlers.people import Address, DistrictKey, Person
from handlers.ports import Work
from storage.glance import glance
from storage.work import open_store

EXAMPLE = "example: hallpass people bind dana.whitlock@maplegrove.example"
BIND = (
    "Somebody whom the directory does not know wrote to Hallpass, and the platform says that the account's confirmed e-mail is that of a"
    " person of the directory. Without EMAIL, list those accounts; with EMAIL, make the account that person's. Be sure that it is."
)
BY_FILE = "write the right account's ids into the directory file, and import it"

Open = tuple[Person, Proposal]


def add(inner: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    bind = inner.add_parser("bind", help="confirm whose account it is", description=BIND, epilog=EXAMPLE)
    bind.add_argument("email", metavar="EMAIL", nargs="?", help="whose account to confirm; all that wait are listed when left out")
    bind.add_argument("--json", action="store_true", help="print JSON")
    bind.add_argument("--district", metavar="KEY", help="whose directory; HALLPASS_DISTRICT when left out")
    bind.set_defaults(run=_bind, misused=bind.error)


def _bind(args: argparse.Namespace, settings: Settings) -> int:
    district = chosen.directory(args, settings)
    if args.email is None:
        _list(asyncio.run(glance(settings.database, wiring.clock, _waiting, district)), as_json=args.json)
        return 0
    person, proposal = asyncio.run(_bound(settings, district, args.email.strip()))
    if args.json:
        data(_as_json(person, proposal))
    else:
        say(f"{person.name} <{person.email}> is now known on {_named(proposal.address)}.")
    return 0


def _list(waiting: Sequence[Open], *, as_json: bool) -> None:
    if as_json:
        data([_as_json(person, proposal) for person, proposal in waiting])
        return
    rows = [(person.email, person.name, *_account(one.address), f"{one.at:%Y-%m-%d %H:%M}") for person, one in waiting]
    table(("email", "name", "platform", "tenant", "user", "since (UTC)"), rows)


async def _bound(settings: Settings, district: DistrictKey, email: str) -> Open:
    await glance(settings.database, wiring.clock, _wanted, district, email)  # a refusal makes no database
    store = await open_store(settings.database, wiring.clock)
    try:
        return await store.write(_confirm, district, email)
    finally:
        await store.close()


def _confirm(work: Work, district: DistrictKey, email: str) -> Open:
    person, proposal = _wanted(work, district, email)
    work.directory.bind(person, proposal.address)
    work.proposals.drop(person.id)
    return person, proposal


def _wanted(work: Work, district: DistrictKey, email: str) -> Open:
    """Return the one proposal for that person. Raises Refused when there is none, or no telling which."""
    person = work.directory.by_email(district, email)
    if person is None:
        raise Refused(f"Nobody in this directory has the address {email[:60]}: `hallpass people list` shows everybody.")
    mine = [proposal for proposal in work.proposals.of_district(district) if proposal.person == person.id]
    fresh = [proposal for proposal in mine if _is_open(proposal, person)]
    if mine and not fresh:
        raise Refused(f"{person.name} is known on {mine[0].address.platform.capitalize()} already: for another account {BY_FILE}.")
    if not fresh:
        raise Refused(f"No account waits to be known as {person.name}: write to Hallpass from it first; `hallpass people bind` lists all.")
    if len(fresh) > 1:
        accounts = " and ".join(_named(proposal.address) for proposal in fresh)
        raise Refused(f"{len(fresh)} accounts would be {person.name}: {accounts}. Find out which it is, then {BY_FILE}.")
    owner = work.directory.by_address(fresh[0].address)
    if owner is not None:
        raise Refused(f"{_named(fresh[0].address)} is that of {owner.email} in {owner.district} already: an account belongs to one person.")
    return person, fresh[0]


def _waiting(work: Work, district: DistrictKey) -> Sequence[Open]:
    """Whoever left, or is known on that platform by now, waits for nothing."""
    here = {person.id: person for person in work.directory.people(district)}
    found = ((here.get(proposal.person), proposal) for proposal in work.proposals.of_district(district))
    return [(person, proposal) for person, proposal in found if person and _is_open(proposal, person)]


def _is_open(proposal: Proposal, person: Person) -> bool:
    return all(address.platform is not proposal.address.platform for address in person.addresses)


def _account(address: Address) -> tuple[str, str, str]:
    return address.platform, address.tenant, address.user


def _named(address: Address) -> str:
    return f"{address.platform.capitalize()} as {address.user} of {address.tenant}"


def _as_json(person: Person, proposal: Proposal) -> dict[str, object]:
    platform, tenant, user = _account(proposal.address)
    return {
        "email": person.email,
        "name": person.name,
        "platform": platform,
        "tenant": tenant,
        "user": user,
        "at": proposal.at.isoformat(),
    }
