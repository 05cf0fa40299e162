"""`hallpass check`: settings, packs, texts, directory, deliverability: every fault at once, each with what to do."""

import argparse
import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot import installed, wiring
from bot.deliverable import reach
from bot.records.keys import faults as sealed
from bot.settings import Settings
from bot.terminal import complain, count, say
from bot.undelivered import channel_notes
from bot.verbs.policy_impact import notes
from handlers.people import DistrictKey, Person, PersonId, Platform
from handlers.policy.clauses import cut, fingerprint, quote
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.trouble import Trouble
from storage.glance import glance
from storage.vault import FernetVault

EXAMPLE = "example: HALLPASS_DISTRICT=chsd-230 hallpass check"
EMPTY = "Nobody is in any directory yet: run `hallpass people import people.csv --district KEY`; `hallpass policy list` shows the keys."


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb."""
    parser = verbs.add_parser("check", help="find every fault before people do", description=__doc__, epilog=EXAMPLE)
    parser.set_defaults(run=run)


@dataclass
class Found:
    """What was found so far: faults are to be mended, notes to be known."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  # every verb has this signature
    """Print every fault; return 1 when there is one."""
    found = Found(_settings(settings))
    packs = _packs(settings, found)
    served = _served(settings, packs, found)
    for fault in found.faults:
        complain(fault)
    for note in found.notes:
        say(note)
    if not found.faults:
        directories = f"the {served} directories" if served > 1 else "the directory"
        say(f"All good: {count(len(packs), 'pack')}, the database and {directories} are in order.")
    return 1 if found.faults else 0


def _settings(settings: Settings) -> list[str]:
    """Where a platform is set up, all that `serve` needs is looked at."""
    try:
        settings.serves() if settings.has_platform else settings.listens()
    except Trouble as why:
        return str(why).splitlines()
    return []


def _packs(settings: Settings, found: Found) -> list[Pack]:
    """Return the pack that is served, else, or with many workspaces, every pack; what is wrong with one hides nothing of the others."""
    known, packs = wiring.packs(), []
    for key in [DistrictKey(settings.district)] if settings.district and not settings.wants_many else known.keys():
        try:
            packs.append(known.get(key))
        except Trouble as why:
            found.faults.append(str(why))
    return packs


def _served(settings: Settings, packs: Sequence[Pack], found: Found) -> int:
    """Look into the database; return how many districts have people there, or are said to be served."""
    try:
        unreadable = asyncio.run(glance(settings.database, wiring.clock, sealed))
        served = asyncio.run(glance(settings.database, wiring.clock, _districts, packs, settings, not unreadable))
        found.faults += unreadable
        if settings.wants_many and settings.secret_keys:
            vault, keys = FernetVault(settings.secret_keys), wiring.packs().keys()
            found.faults += asyncio.run(glance(settings.database, wiring.clock, installed.faults, keys, settings, vault))
    except Trouble as why:
        found.faults.append(str(why))
        return 0
    if not served and not settings.district:
        found.faults.append(EMPTY)
    for one in served:
        found.faults += one.faults
        found.notes += one.notes
    return len(served)


def _districts(work: Work, packs: Sequence[Pack], settings: Settings, readable: bool) -> list[Found]:  # noqa: FBT001  # glance passes places
    """Look at each district; a pack without people is not served, unless the settings say so. Requests are read where they are readable."""
    seated = [(pack, [one for one in work.directory.people(DistrictKey(pack.key)) if one.seats]) for pack in packs]
    return [
        _district(work, pack, people, settings, readable=readable) for pack, people in seated if people or pack.key == settings.district
    ]


def _district(work: Work, pack: Pack, people: Sequence[Person], settings: Settings, *, readable: bool) -> Found:
    if not people:
        nobody = f"{pack.key}: nobody is in the directory: run `hallpass people import people.csv --district {pack.key}`."
        return Found([nobody, *_text(work, pack)])
    reached = reach(pack, people)
    unreached = _unreached(pack, people, settings.platforms) if settings.has_platform else []
    unsupported = [f"Note: {said}" for said in notes(work, wiring.packs(), DistrictKey(pack.key))] if readable else []
    closed = [f"Note: {pack.key}: {said}" for said in channel_notes(work, pack.key, wiring.clock())]
    return Found([*reached.faults, *_text(work, pack), *_given_up(work, pack)], [*reached.notes, *unreached, *closed, *unsupported])


def _unreached(pack: Pack, people: Sequence[Person], platforms: Sequence[Platform]) -> list[str]:
    """Tell who has no account on a platform that is set up: no card reaches them."""
    missing = [person.email for person in people if not any(one.platform in platforms for one in person.addresses)]
    if not missing:
        return []
    who = missing[0] if len(missing) == 1 else f"{missing[0]} and {count(len(missing) - 1, 'other')}"
    there = " or ".join(one.value.capitalize() for one in platforms)
    return [f"Note: {pack.key}: no card reaches {who} on {there}: put the ids into people.csv, or see `hallpass people bind`."]


def _given_up(work: Work, pack: Pack) -> list[str]:
    """Tell which cards nobody tries to send any more."""
    cards = Counter((dead.leaving.to, dead.leaving.request, dead.why) for dead in work.outbox.dead(DistrictKey(pack.key)))
    return [
        f"{pack.key}: {count(number, 'card')} could not be delivered to {_mail(work, to)} ({why}):"
        f" tell them yourself, or mend it and run `hallpass outbox retry`; `hallpass requests show {request}` has what it is about."
        for (to, request, why), number in cards.items()
    ]


def _mail(work: Work, person: PersonId) -> str:
    found = work.directory.get(person)
    return found.email if found else "somebody who is not in the directory"


def _text(work: Work, pack: Pack) -> list[str]:
    text = work.texts.get(DistrictKey(pack.key))
    if text is None:
        return [f"{pack.key}: the district's text is not attached: run `hallpass policy attach {pack.key} FILE`, so that answers quote it."]
    if fingerprint(text) != pack.fingerprint:
        attach = f"run `hallpass policy attach {pack.key} FILE` with the right one"
        return [f"{pack.key}: the attached text is not the one the pack was written for: {attach}, or have the pack reviewed against it."]
    sentences = cut(text)
    lost = [rule for rule in pack.rules if quote(sentences, rule.locator) is None]
    return [
        f"{pack.key}: rule {rule.id} points to {rule.locator!r}, which the attached text does not have: mend its locator." for rule in lost
    ]
