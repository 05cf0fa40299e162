"""`hallpass records`: pull the record, prove that nothing was altered, look after its keys, erase what people typed."""

import argparse
from collections.abc import Callable
from typing import Any

from bot.reader import HELP as FOR
from bot.records import exporting, keys, proofs
from bot.settings import Settings

EXAMPLE = "example: hallpass records verify --district west-st-francois-r4 --head heads.jsonl"
VERIFY = "Go along the chain of the record's rows, and name the first that was edited, deleted, inserted, moved or cut off (status 1)."
HEAD = "Print where each district's chain ends, a JSON line each: kept where the database's administrator cannot write, it proves the tail."
EXPORT = "Write requests with their history. That this was done, by whom and with or without names is itself recorded."
TO = "the file, - for standard output; said once more with a day, only requests sent until then"
HELP = {
    "verify": "prove that nothing was altered",
    "head": "where the chain ends",
    "export": "requests as CSV, JSON lines or a page",
    "rekey": "put data keys under the newest secret",
    "erase": "make what people typed unreadable",
}
REKEY = "Wrap the key of every request under the newest of HALLPASS_SECRET_KEY, while the bot serves."
ERASE = "Destroy the key to what people typed about one request: nobody reads it again, in no copy of the database. The record stays whole."


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its own verbs and their arguments."""
    parser = verbs.add_parser("records", help="the record: pull, prove, erase", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="VERB")
    verify = _verb(inner, "verify", VERIFY, EXAMPLE, proofs.verify)
    verify.add_argument("--head", metavar="FILE", help="also hold it against heads that were kept elsewhere (`records head --to FILE`)")
    verify.add_argument("--json", action="store_true", help="print JSON")
    head = _verb(inner, "head", HEAD, "example: hallpass records head --to /mnt/elsewhere/heads.jsonl", proofs.head)
    head.add_argument("--to", metavar="FILE", help="add the lines to this file instead")
    for one in (verify, head, _export(inner)):
        one.add_argument("--district", metavar="KEY", help="whose record; HALLPASS_DISTRICT, else every district")
    _verb(inner, "rekey", REKEY, "example: HALLPASS_SECRET_KEY=new,old hallpass records rekey", keys.rekey)
    erase = _verb(inner, "erase", ERASE, 'example: hallpass records erase ID --reason "Asked for by the parents"', keys.erased)
    erase.add_argument("id", metavar="REQUEST")
    erase.add_argument("--reason", metavar="TEXT", required=True, help="why, for the record; name no student here")


def _export(inner: Any) -> argparse.ArgumentParser:  # noqa: ANN401  # argparse keeps this type to itself
    example = "example: hallpass records export --from 2026-09-01 --format csv --to requests.csv --without-names"
    export = _verb(inner, "export", EXPORT, example, exporting.export)
    export.add_argument("--format", choices=exporting.FORMATS, required=True, help="for spreadsheets, for programs, to print")
    export.add_argument("--to", metavar="FILE|DAY", required=True, action="append", help=TO)
    export.add_argument("--from", metavar="DAY", dest="since", help="only requests sent on that day or later, as the district counts days")
    export.add_argument("--request", metavar="ID", help="only this one")
    export.add_argument("--for", metavar="EMAIL", dest="reader", help=FOR)
    export.add_argument("--without-names", action="store_true", help="withhold students' names")
    return export


def _verb(
    inner: Any,  # noqa: ANN401  # argparse keeps this type to itself
    name: str,
    description: str,
    example: str,
    run: Callable[[argparse.Namespace, Settings], int],
) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = inner.add_parser(name, help=HELP[name], description=description, epilog=example)
    verb.set_defaults(run=run, misused=verb.error)
    return verb
