"""`hallpass check`: settings, packs, texts, directory, deliverability: every fault at once, each with what to do."""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

from bot import wiring
from bot.settings import Settings
from bot.terminal import complain, say
from handlers.people import DistrictKey, Person, Role
from handlers.policy.clauses import cut, quote
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.process import deciders
from handlers.trouble import Trouble
from storage.work import open_store

EXAMPLE = "example: HALLPASS_DISTRICT=chsd-230 hallpass check"


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb."""
    parser = verbs.add_parser("check", help="find every fault before people do", description=__doc__, epilog=EXAMPLE)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  # every verb has this signature
    """Print every fault; return 1 when there is one."""
    packs, faults = _packs(settings)
    faults += asyncio.run(_database(settings, packs))
    for fault in faults:
        complain(fault)
    if not faults:
        say(f"All good: {len(packs)} packs, the database and the directory are in order.")
    return 1 if faults else 0


def _packs(settings: Settings) -> tuple[list[Pack], list[str]]:
    known, faults, found = wiring.packs(), [], []
    for key in [DistrictKey(settings.district)] if settings.district else known.keys():
        try:
            found.append(known.get(key))
        except Trouble as why:
            faults.append(str(why))
    return found, faults


async def _database(settings: Settings, packs: Sequence[Pack]) -> list[str]:
    try:
        store = await open_store(settings.database_url, wiring.clock)
    except Trouble as why:
        return [str(why)]
    try:
        return [fault for pack in packs for fault in await store.read(_district, pack, settings)]
    finally:
        await store.close()


def _district(work: Work, pack: Pack, settings: Settings) -> list[str]:
    people = [person for person in work.directory.people(DistrictKey(pack.key)) if person.seats]
    if not people and not settings.district:
        return []  # a pack that this installation does not serve
    return [*_directory(pack, people), *_text(work, pack)]


def _directory(pack: Pack, people: Sequence[Person]) -> Iterator[str]:
    if not people:
        yield f"{pack.key}: nobody is in the directory: run `hallpass people import people.csv --district {pack.key}`."
    for person in (person for person in people if Role.staff in person.roles):
        for key, process in pack.processes.items():
            missing = [stage.role for stage in deciders(process, pack, person, people) if not stage.people]
            if missing:
                yield f"{pack.key}: nobody could decide {key!r} for {person.email}: give somebody the role {missing[0]}."


def _text(work: Work, pack: Pack) -> Iterator[str]:
    text = work.texts.get(DistrictKey(pack.key))
    if text is None:
        yield f"{pack.key}: the district's text is not attached: run `hallpass policy attach {pack.key} FILE`, so that answers quote it."
        return
    sentences = cut(text)
    for rule in pack.rules:
        if quote(sentences, rule.locator) is None:
            yield f"{pack.key}: rule {rule.id} points to {rule.locator!r}, which the attached text does not have: mend its locator."
