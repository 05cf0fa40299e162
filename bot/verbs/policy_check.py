"""`hallpass policy check`: the proof of one pack or of all, as tables, as JSON, or as a page."""

import argparse
from pathlib import Path
from typing import Any

from bot import texts, wiring
from bot.settings import Settings
from bot.terminal import Refused, count, data, say, table
from handlers.people import DistrictKey
from handlers.policy.pack import Pack
from handlers.policy.prove import Proof, prove
from handlers.policy.quoting import sentences
from handlers.wording.drafts import UNREVIEWED
from handlers.wording.proof import HEADS, rows, summary
from handlers.wording.proof_page import page

CHECK = (
    "Prove a pack: every sentence of the attached text became something, every locator leads somewhere, every rule can be heard, no two are"
    " at odds, and every matter is ruled on or declared silent. Exit status 1 where something is to be mended."
)


def add(inner: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    check = inner.add_parser("check", help="prove one pack or all", description=CHECK, epilog="example: hallpass policy check chsd-230")
    check.add_argument("key", metavar="KEY", nargs="?", help="the pack; all of them when left out")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.add_argument("--html", metavar="FILE", type=Path, help="write one pack's text as a page, coloured by what it became")
    check.set_defaults(run=_check, misused=check.error)


def _check(args: argparse.Namespace, settings: Settings) -> int:
    packs, attached = wiring.packs(), texts.Attached(settings.database)
    keys = [DistrictKey(args.key)] if args.key else packs.keys()
    if args.html and not args.key:
        raise Refused("A page shows one pack: name it, as in `hallpass policy check KEY --html proof.html`.")
    found = [(pack := packs.get(key), _proof(pack, attached.of(key))) for key in keys]
    if args.html:
        _write(args.html, page(*found[0]))
    if args.json:
        data([_as_json(pack, proof) for pack, proof in found])
    else:
        for pack, proof in found:
            _print(pack, proof)
    return 1 if any(proof.faults for _, proof in found) else 0


def _proof(pack: Pack, text: str | None) -> Proof:
    return prove(pack, wiring.accounts(DistrictKey(pack.key)), sentences(text, pack))


def _print(pack: Pack, proof: Proof) -> None:
    say(f"{pack.key}: {pack.name}, {pack.policy}{f' ({UNREVIEWED})' if pack.draft else ''}\n{summary(proof)}")
    table(HEADS, list(rows(proof)))
    say(
        "\n".join((f"{count(len(proof.faults), 'thing')} to mend:", *(f"  - {fault}" for fault in proof.faults)))
        if proof.faults
        else "Nothing to mend."
    )
    say("")


def _as_json(pack: Pack, proof: Proof) -> dict[str, object]:
    return {
        "key": pack.key,
        "draft": pack.draft,
        "sentences": [{"locator": one.sentence.locator, "became": one.what, "why": one.why} for one in proof.sentences],
        "matters": [{"topic": one.topic, "situations": one.situations, "rulings": dict(one.rulings)} for one in proof.matters],
        "faults": list(proof.faults),
    }


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as why:
        raise Refused(f"{file} cannot be written ({why.strerror or why}): name a file in a folder that you may write to.") from None
