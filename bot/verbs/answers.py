"""`hallpass answers`: what people said of the answers they got, for whoever looks after the pack."""

import argparse
import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from bot import wiring
from bot.settings import Settings
from bot.terminal import Misused, data, say, table
from handlers.kept import Answered, Feedback
from handlers.people import DistrictKey
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.wording import earlier
from storage.glance import glance

EXAMPLE = "example: hallpass answers list --district west-st-francois-r4 --unhelpful --since 2026-09-01"
LIST = (
    "The answers that somebody called helpful or not, the newest verdict first: when, what the answer was, the clauses it rested on,"
    " and what the person wrote about it. Who asked is not shown."
)
QUESTIONS = "show what was asked as well: people name students in their questions, so keep what is printed to those who may read that"
JUDGED = {True: "helpful", False: "not helpful"}
BEGINNING = date(1970, 1, 1)

Found = tuple[Pack, Answered, Feedback]


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its own verb and its arguments."""
    parser = verbs.add_parser("answers", help="which answers helped", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="VERB")
    listing = inner.add_parser("list", help="what people said of the answers", description=LIST, epilog=EXAMPLE)
    listing.add_argument("--district", metavar="KEY", help="whose answers; HALLPASS_DISTRICT, else every district")
    listing.add_argument("--unhelpful", action="store_true", help="only those that did not help")
    listing.add_argument("--since", metavar="DAY", help="only what was said on that day (UTC) or later, such as 2026-09-01")
    listing.add_argument("--questions", action="store_true", help=QUESTIONS)
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list, misused=listing.error)


def _list(args: argparse.Namespace, settings: Settings) -> int:
    since = _since(args.since)
    chosen, known = args.district or settings.district, wiring.packs()
    packs = [known.get(DistrictKey(key)) for key in ([chosen] if chosen else known.keys())]
    said = asyncio.run(glance(settings.database, wiring.clock, _said, packs, since))
    found = [one for one in said if not (args.unhelpful and one[2].helpful)]
    if args.json:
        data([_as_json(one, questions=args.questions) for one in found])
    elif found:
        head = ("said (UTC)", "district", "answer", "rests on", "verdict", "words", *(("question",) if args.questions else ()))
        table(head, [_row(one, questions=args.questions) for one in found])
    else:
        say("Nobody has said anything of an answer yet." if not (args.unhelpful or args.since) else "There is nothing of that kind.")
    return 0


def _since(day: str | None) -> datetime:
    try:
        begins = date.fromisoformat(day) if day else BEGINNING
    except ValueError:
        raise Misused(f"--since {day} is no day: write it as 2026-09-01") from None
    return datetime.combine(begins, time(), UTC)


def _said(work: Work, packs: Sequence[Pack], since: datetime) -> Sequence[Found]:
    return [(pack, *one) for pack in packs for one in work.feedback.of_district(DistrictKey(pack.key), since)]


def _row(found: Found, *, questions: bool) -> Sequence[str]:
    pack, answered, said = found
    clauses = ", ".join(f"{rule} ({locator})" for rule, locator in _clauses(pack, answered)) or "nothing"
    asked = (_line(" / ".join(answered.turns)),) if questions else ()
    return (f"{said.at:%Y-%m-%d %H:%M}", answered.district, answered.ruling, clauses, JUDGED[said.helpful], _line(said.words), *asked)


def _as_json(found: Found, *, questions: bool) -> dict[str, object]:
    pack, answered, said = found
    told: dict[str, object] = {
        "answer": answered.id,
        "district": answered.district,
        "at": said.at.isoformat(),
        "verdict": answered.ruling,
        "citations": [{"rule": rule, "locator": locator} for rule, locator in _clauses(pack, answered)],
        "policy": {"key": answered.district, "fingerprint": answered.fingerprint},
        "helpful": said.helpful,
        "words": said.words or None,
    }
    return told | ({"turns": list(answered.turns)} if questions else {})


def _clauses(pack: Pack, answered: Answered) -> Sequence[tuple[str, str]]:
    """Return rule and place in the text; a rule that the pack has dropped since is said to be an earlier one."""
    return [(rule, earlier.rule(rule, pack).locator) for rule in answered.rules]


def _line(words: str) -> str:
    return " ".join(words.split())
