"""`hallpass policy compare`: one question under several packs, side by side."""

import argparse
from typing import Any

from bot import texts, wiring
from bot.settings import Settings
from bot.terminal import data, say, table
from bot.verbs.ask import answered, as_json
from handlers.people import DistrictKey
from handlers.policy.explain import Explained
from handlers.wording import terms

COMPARE = "Answer one question, with any follow-ups, under every pack or the ones that are named, and print the verdicts side by side."
HEADS = ("pack", "verdict", "who decides", "who is told", "rests on")


def add(inner: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    example = 'example: hallpass policy compare "Can I text my players from my own phone?"'
    compare = inner.add_parser("compare", help="one question under several packs", description=COMPARE, epilog=example)
    compare.add_argument("turns", nargs="+", metavar="QUESTION", help="the question, then any follow-ups")
    compare.add_argument("--pack", action="append", metavar="KEY", help="only this pack; may be said several times")
    compare.add_argument("--json", action="store_true", help="print JSON")
    compare.set_defaults(run=_compare)


def _compare(args: argparse.Namespace, settings: Settings) -> int:
    packs, attached = wiring.packs(), texts.Attached(settings.database)
    keys = [DistrictKey(key) for key in args.pack] if args.pack else packs.keys()
    found = [(pack := packs.get(key), answered(pack, args.turns, attached)) for key in keys]
    if args.json:
        data({pack.key: as_json(explained, pack) for pack, explained in found})
        return 0
    table(HEADS, [(pack.key, *_row(explained)) for pack, explained in found])
    for pack, explained in found:
        for citation in explained.citations[:1]:
            say(f"\n{pack.key}, {citation.locator}: {citation.says}")
    return 0


def _row(explained: Explained) -> tuple[str, str, str, str]:
    deciders, told = (", ".join(terms.ROLES[role] for role in roles) or "-" for roles in (explained.approvers, explained.notified))
    return explained.ruling.replace("_", " "), deciders, told, explained.citations[0].rule if explained.citations else "-"
