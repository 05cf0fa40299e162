"""`hallpass ask`: one conversation, or many as JSON lines; the last answer of each is printed."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot import texts, wiring
from bot.settings import Settings
from bot.terminal import Refused, complain, data, line, say
from handlers.answer import NOTHING_CHOSEN, think
from handlers.ids import AnswerId
from handlers.people import DistrictKey
from handlers.policy.explain import Citation, Explained
from handlers.policy.facts import QUESTIONS, words_for
from handlers.policy.pack import Pack
from handlers.policy.understand.reading import understand
from handlers.ports import Packs
from handlers.trouble import Trouble
from handlers.wording.answers import answer as answer_card
from handlers.wording.plain import plain
from handlers.wording.refusals import LONGEST_QUESTION, not_said, said_too_much

EXAMPLE = 'example: hallpass ask --district chsd-230 "Can I text my players from my own phone?" "what if it is my own son?"'


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    parser = verbs.add_parser("ask", help="ask a question", description=__doc__, epilog=EXAMPLE)
    parser.add_argument("turns", nargs="*", metavar="MESSAGE", help="the question, then any follow-ups")
    parser.add_argument("--district", metavar="KEY", help="whose policy; HALLPASS_DISTRICT when left out")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--batch", action="store_true", help="read JSON lines from standard input, print JSON lines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Answer; return the exit status."""
    packs = wiring.packs()
    attached = texts.Attached(settings.database_url)
    if args.batch:
        return _batch(sys.stdin, packs, attached)
    if not args.turns:
        raise Refused("Nothing was asked: write the question after the verb, in quotation marks.")
    district = args.district or settings.district
    if not district:
        raise Refused(f"Whose policy? Add --district KEY or set HALLPASS_DISTRICT; there are {', '.join(packs.keys())}.")
    pack = packs.get(DistrictKey(district))
    explained = _think(pack, args.turns, attached)
    if args.json:
        data(as_json(explained, pack))
    else:
        say(plain(answer_card(explained, pack, AnswerId("cli"))))
    return 0


def _batch(lines: Iterable[str], packs: Packs, attached: texts.Attached) -> int:
    status = 0
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            asked = _read(raw, number)
            pack = packs.get(DistrictKey(asked["district"]))
            line({"id": asked["id"], "answer": as_json(_think(pack, asked["turns"], attached), pack)})
        except Trouble as why:
            complain(str(why))
            status = 1
    return status


def _read(raw: str, number: int) -> Mapping[str, Any]:
    """Return one line's question. Raises Refused with the line's number and what to write."""
    form = '{"id": "q1", "district": "KEY", "turns": ["question", "follow-up"]}'
    try:
        asked = json.loads(raw)
    except ValueError:
        asked = None
    turns = asked.get("turns") if isinstance(asked, dict) else None
    strings = isinstance(turns, list) and turns and all(isinstance(turn, str) for turn in turns)
    if not isinstance(asked, dict) or not strings or not isinstance(asked.get("id"), str) or not isinstance(asked.get("district"), str):
        raise Refused(f"Line {number} is not a question: write {form}.")
    return asked


def _think(pack: Pack, turns: Sequence[str], attached: texts.Attached) -> Explained:
    """Return the answer to the last turn; a turn nobody could read is refused in the words the bot uses in a thread."""
    last = turns[-1].strip()
    if not last:
        raise Refused(plain(not_said()))
    if len(last) > LONGEST_QUESTION:
        raise Refused(plain(said_too_much(len(last))))
    return think(pack, attached.of(pack.key), turns, NOTHING_CHOSEN, understand).explained


def as_json(explained: Explained, pack: Pack) -> dict[str, object]:
    """Return the answer as other programs read it (contracts, section 1)."""
    return {
        "verdict": explained.ruling,
        "text": plain(answer_card(explained, pack, AnswerId("cli"))),
        "citations": [_citation(one) for one in explained.citations],
        "approvers": list(explained.approvers),
        "notified": list(explained.notified),
        "process": explained.process,
        "facts": dict(explained.facts),
        "would_change": [{"fact": one.fact, "value": one.value, "verdict": one.ruling} for one in explained.changes],
        "ask": _asked(explained),
    }


def _citation(citation: Citation) -> dict[str, str | None]:
    return {"policy": citation.policy, "locator": citation.locator, "says": citation.says, "quote": citation.quote}


def _asked(explained: Explained) -> dict[str, object] | None:
    fact = explained.question
    if fact is None:
        return None
    options = [{"value": value, "label": words_for(fact, value)} for value in explained.choices]
    return {"fact": fact, "question": QUESTIONS[fact], "options": options}
