"""`hallpass ask`: one conversation, or many as JSON lines; the last answer of each is printed.

Several messages make one conversation: each is understood in the light of those before it.
"""

import argparse
import json
import logging
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot import texts, wiring
from bot.settings import Settings
from bot.terminal import Misused, Refused, complain, data, line, say
from handlers.answer import NOTHING_CHOSEN, heard, think
from handlers.ids import AnswerId
from handlers.people import DistrictKey
from handlers.policy.explain import Citation, Explained
from handlers.policy.pack import Pack
from handlers.policy.questions import QUESTIONS
from handlers.policy.understand.reading import understand
from handlers.policy.vocabulary import words_for
from handlers.ports import Packs
from handlers.trouble import Trouble
from handlers.wording.answers import answer as answer_card
from handlers.wording.plain import plain
from handlers.wording.refusals import LONGEST_QUESTION, not_said, said_too_much

EXAMPLE = 'example: hallpass ask --district chsd-230 "Can I text my players from my own phone?" "what if it is my own son?"'


FORM = '{"id": "q1", "district": "KEY", "turns": ["question", "follow-up"]}'
log = logging.getLogger(__name__)


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    parser = verbs.add_parser("ask", help="ask a question", description=__doc__, epilog=EXAMPLE)
    parser.set_defaults(run=run, misused=parser.error)
    parser.add_argument("turns", nargs="*", metavar="MESSAGE", help="the question, then any follow-ups")
    parser.add_argument("--district", metavar="KEY", help="whose policy; HALLPASS_DISTRICT when left out")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--batch", action="store_true", help=f"read lines such as {FORM} from standard input; print a JSON line for each")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Answer; return the exit status."""
    packs = wiring.packs()
    attached = texts.Attached(settings.database)
    if args.batch:
        return _batch(sys.stdin, packs, attached)
    if not args.turns:
        raise Misused("nothing was asked: write the question after the verb, in quotation marks")
    district = args.district or settings.district
    if not district:
        raise Misused(f"whose policy? Add --district KEY or set HALLPASS_DISTRICT; there are {', '.join(packs.keys())}")
    pack = packs.get(DistrictKey(district))
    explained = answered(pack, args.turns, attached)
    if args.json:
        data(as_json(explained, pack))
    else:
        say(plain(answer_card(explained, pack, AnswerId("cli"))))
    return 0


def _batch(lines: Iterable[str], packs: Packs, attached: texts.Attached) -> int:
    """Answer line by line; a line that cannot be answered is named, and stops no other."""
    status = 0
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line(_line(raw, packs, attached))
        except BrokenPipeError:
            raise
        except Trouble as why:
            complain(f"Line {number}: {why}")
            status = 1
        except Exception as why:
            complain(f"Line {number}: something broke on our side ({type(why).__name__}). Please report what the line asks.")
            log.debug("a line of a batch broke", exc_info=why)
            status = 1
    return status


def _line(raw: str, packs: Packs, attached: texts.Attached) -> dict[str, object]:
    asked = _read(raw)
    pack = packs.get(DistrictKey(asked["district"]))
    return {"id": asked["id"], "answer": as_json(answered(pack, asked["turns"], attached), pack)}


def _read(raw: str) -> Mapping[str, Any]:
    """Return one line's question. Raises Refused with what to write."""
    try:
        asked = json.loads(raw.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        asked = None
    turns = asked.get("turns") if isinstance(asked, dict) else None
    strings = isinstance(turns, list) and turns and all(isinstance(turn, str) for turn in turns)
    if not isinstance(asked, dict) or not strings or not isinstance(asked.get("id"), str) or not isinstance(asked.get("district"), str):
        raise Refused(f"this is not a question. Write {FORM}.")
    return asked


def answered(pack: Pack, turns: Sequence[str], attached: texts.Attached) -> Explained:
    """Return the answer to the last turn; a turn nobody could read is refused in the words the bot uses in a thread."""
    said = [heard(turn) for turn in turns]
    if not said[-1]:
        raise Refused(plain(not_said()))
    longest = max(map(len, said))
    if longest > LONGEST_QUESTION:
        raise Refused(plain(said_too_much(longest)))
    return think(pack, attached.of(pack.key), [turn for turn in said if turn], NOTHING_CHOSEN, understand).explained


def as_json(explained: Explained, pack: Pack) -> dict[str, object]:
    """Return the answer as other programs read it (contracts, section 1)."""
    return {
        "verdict": explained.ruling,
        "draft": explained.draft,
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
