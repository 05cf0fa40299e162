"""`hallpass policy`: list the packs, read one like a page, prove it, attach a district's own text to it, compare them."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot import texts, wiring
from bot.documents.reading import NAMED, read
from bot.settings import Settings
from bot.terminal import data, say, table
from bot.verbs import policy_check, policy_compare, policy_impact, policy_import
from handlers.people import DistrictKey
from handlers.policy.clauses import Sentence, quote
from handlers.policy.pack import Kind, Pack, Rule
from handlers.policy.quoting import sentences
from handlers.wording import terms
from handlers.wording.drafts import ABOUT, UNREVIEWED

EXAMPLE = "example: hallpass policy attach carthage-r9 policy.txt"
ATTACH = (
    "Store the district's own text, which is not part of Hallpass, in the database that DATABASE_URL names. Every answer quotes it from"
    " then on. Its words have to be those that the pack was written for, in a file of any kind. The rehearsal has a database of its own:"
    " see `hallpass rehearse --texts`."
)

HEADINGS = {
    Kind.stop: "Never",
    Kind.report: "To be reported at once",
    Kind.exemption: "Not bound by the policy",
    Kind.prohibition: "Not allowed",
    Kind.permission: "Only with approval",
    Kind.notice: "Allowed, but somebody is to be told",
    Kind.duty: "To be done",
    Kind.caution: "Discouraged",
    Kind.allowance: "Allowed",
    Kind.referral: "Left to a person",
    Kind.information: "Good to know",
}


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its own verbs and their arguments."""
    parser = verbs.add_parser("policy", help="the districts' packs", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="VERB")
    listing = inner.add_parser("list", help="every pack", epilog="example: hallpass policy list --json")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list)
    show = inner.add_parser("show", help="read one pack like a page", epilog="example: hallpass policy show chsd-230")
    show.add_argument("key", metavar="KEY", help="the pack, as `hallpass policy list` names it")
    show.add_argument("--json", action="store_true", help="print JSON")
    show.set_defaults(run=_show)
    attach = inner.add_parser("attach", help="store the district's own text", description=ATTACH, epilog=EXAMPLE)
    attach.add_argument("key", metavar="KEY", help="the pack, as `hallpass policy list` names it")
    attach.add_argument("file", metavar="FILE", type=Path, help=f"the whole policy as a {NAMED} file")
    attach.set_defaults(run=_attach)
    policy_check.add(inner)
    policy_compare.add(inner)
    policy_impact.add(inner)
    policy_import.add(inner)


def _list(args: argparse.Namespace, settings: Settings) -> int:
    packs, attached = wiring.packs(), texts.Attached(settings.database)
    found = [packs.get(key) for key in packs.keys()]  # noqa: SIM118  # a port's method, not a dict's
    rows = [
        (pack.key, pack.name, pack.policy, pack.dates, "attached" if attached.of(pack.key) else "not attached", _state(pack))
        for pack in found
    ]
    if args.json:
        names = ("key", "name", "policy", "dates", "text", "state")
        data([dict(zip(names, row, strict=True)) for row in rows])
    else:
        table(("key", "district", "policy", "dates", "text", "state"), rows)
    return 0


def _state(pack: Pack) -> str:
    return UNREVIEWED if pack.draft else "reviewed"


def _show(args: argparse.Namespace, settings: Settings) -> int:
    pack = wiring.packs().get(DistrictKey(args.key))
    text = texts.Attached(settings.database).of(pack.key)
    found = sentences(text, pack)
    if args.json:
        data(_as_json(pack, found, attached=text is not None))
        return 0
    say(f"{pack.name}\n{pack.policy} ({pack.dates}){chr(10) + ABOUT if pack.draft else ''}\nFingerprint of its text: {pack.fingerprint}")
    for kind in Kind:
        rules = [rule for rule in pack.rules if rule.kind is kind]
        if rules:
            say(f"\n{HEADINGS[kind]}")
            say("\n".join(_rule(rule, pack, found) for rule in rules))
    if pack.settings.readings:
        say("\nHow this pack reads what the policy leaves open (district settings)")
        say("\n".join(f"  - {reading}" for reading in pack.settings.readings))
    return 0


def _as_json(pack: Pack, text: Sequence[Sentence], *, attached: bool) -> dict[str, object]:
    """Return everything the pack says, as it is written in its files, each rule with the district's words."""
    rules = [{**rule.model_dump(mode="json"), "quote": quote(text, rule.locator)} for rule in pack.rules]
    return {**pack.model_dump(mode="json"), "rules": rules, "text": "attached" if attached else "not attached"}


def _rule(rule: Rule, pack: Pack, text: Sequence[Sentence]) -> str:
    lines = [f"  {rule.id}  {rule.says} ({rule.locator}){'' if rule.sure else ' (not sure)'}"]
    if rule.process:
        deciders = [terms.ROLES[step.role] for step in pack.processes[rule.process].stages]
        lines.append(f"      Form: {pack.processes[rule.process].title}" + (f"; decided by {', then '.join(deciders)}" if deciders else ""))
    quoted = quote(text, rule.locator)
    return "\n".join([*lines, f"      “{quoted}”"] if quoted else lines)


def _attach(args: argparse.Namespace, settings: Settings) -> int:
    pack = wiring.packs().get(DistrictKey(args.key))
    text = texts.fitting(pack, read(args.file), args.file.name)
    asyncio.run(texts.attach(settings.database, pack.key, text))
    say(f"Attached {args.file.name} to {pack.key}: {len(sentences(text, pack))} sentences. Answers quote it from now on.")
    policy_impact.mention(settings.database, DistrictKey(pack.key))
    return 0
