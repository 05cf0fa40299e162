"""`hallpass policy import`: a pack is started from any district's document, as a draft that nobody has reviewed yet."""

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot import texts, wiring
from bot.documents.reading import NAMED, read
from bot.settings import Settings
from bot.terminal import Refused, count, say, table
from handlers.people import DistrictKey
from handlers.policy.draft.drafting import Nothing, draft
from handlers.policy.pack import Kind, Pack
from handlers.policy.read import BrokenPack
from handlers.wording.drafts import ABOUT
from storage.drafted import write
from storage.packs import is_key

IMPORT = (
    "Start a pack from a district's document: its clauses are found, and a rule is drafted from each. The draft is written to policies/KEY/"
    " for a person to review, the text is stored as by `attach`, and questions are answered from it at once: carefully, the clause quoted,"
    " and always labelled as an unreviewed draft."
)
EXAMPLE = "example: hallpass policy import maple-grove policy.pdf"
HEADS = ("what the draft found", "rules", "sure")
NAMES = {
    Kind.exemption: "does not apply",
    Kind.prohibition: "not allowed",
    Kind.permission: "only with approval",
    Kind.duty: "has to be done",
    Kind.caution: "discouraged",
    Kind.allowance: "allowed",
    Kind.information: "good to know",
}


def add(inner: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    parser = inner.add_parser("import", help="start a pack from a new document", description=IMPORT, epilog=EXAMPLE)
    parser.add_argument("key", metavar="KEY", help="what the new pack is called: small letters, digits, - and _")
    parser.add_argument("file", metavar="FILE", type=Path, help=f"the whole policy as a {NAMED} file")
    parser.add_argument("--again", action="store_true", help="draft anew, in place of an unreviewed draft of that key")
    parser.set_defaults(run=_import)


def _import(args: argparse.Namespace, settings: Settings) -> int:
    _check_key(args.key, again=args.again)
    text = texts.marked(read(args.file))
    try:
        pack = draft(args.key, text)
    except Nothing:
        raise Refused(f"{args.file.name} holds no clause: there are no sentences in it to draft rules from.") from None
    asyncio.run(texts.attach(settings.database, pack.key, text))  # first: a text without a pack is harmless
    write(wiring.POLICIES, pack)
    say(f"{pack.key}: {pack.policy} ({pack.dates}), {count(len({rule.locator for rule in pack.rules}), 'sentence')}.")
    table(HEADS, list(_rows(pack)))
    say(f'\n{ABOUT}\nReview it in {wiring.POLICIES / pack.key}, and ask it: hallpass ask --district {pack.key} "May I text my students?"')
    return 0


def _check_key(key: str, *, again: bool) -> None:
    """Refuse a key that is none, or that is taken: by a reviewed pack always, by a draft unless it is to be drafted anew."""
    if not is_key(key):
        raise Refused(f"{key!r} is no key: write small letters, digits, - and _, at most 60, and begin with a letter or digit.")
    if key not in wiring.packs().keys():  # noqa: SIM118  # a port's method, not a dict's
        return
    if not again:
        raise Refused(f"There is a pack called {key} already: choose another KEY, or add --again to draft anew.")
    try:
        reviewed = not wiring.packs().get(DistrictKey(key)).draft
    except BrokenPack:
        raise Refused(f"The pack {key} cannot be read, so it may be a reviewed one: mend it or take its folder away first.") from None
    if reviewed:
        raise Refused(f"The pack {key} is reviewed, and a draft never takes its place: choose another KEY.")


def _rows(pack: Pack) -> Iterator[tuple[str, str, str]]:
    every = Counter(rule.kind for rule in pack.rules)
    sure = Counter(rule.kind for rule in pack.rules if rule.sure)
    yield from ((name, str(every[kind]), str(sure[kind])) for kind, name in NAMES.items() if every[kind])
