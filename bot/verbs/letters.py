"""`hallpass letters`: the letter that an approval obliges somebody to send, drafted into a file. Nothing is sent."""

import argparse
import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot import wiring
from bot.letter_file import as_docx, as_text
from bot.settings import Settings
from bot.terminal import Refused, say
from handlers import letter
from handlers.ids import RequestId
from handlers.naming import named
from handlers.people import Person
from handlers.policy.letters import Letter, Unwritable
from handlers.ports import Packs, Work
from handlers.wording import earlier, letters, refusals
from handlers.wording.plain import plain
from handlers.workflow.request import Duty, Request
from storage.glance import glance

EXAMPLE = "example: hallpass letters draft REQUEST --to letter.docx"
FILES: Mapping[str, Callable[[Letter], bytes]] = {".docx": as_docx, ".txt": lambda written: as_text(written).encode()}


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its own verb and its arguments."""
    parser = verbs.add_parser("letters", help="letters that an approval asks for", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="VERB")
    draft = inner.add_parser("draft", help="draft a request's letter", description=letters.OURS, epilog=EXAMPLE)
    draft.add_argument("request", metavar="REQUEST", help="which one, as `hallpass requests list` names it")
    draft.add_argument("--duty", metavar="ID", help="for which duty, where several ask for a letter")
    draft.add_argument("--to", metavar="FILE", type=Path, help="a .docx or a .txt file; without it the text is printed")
    draft.set_defaults(run=_draft)


def _draft(args: argparse.Namespace, settings: Settings) -> int:
    if args.to and args.to.suffix.lower() not in FILES:
        raise Refused(f"{args.to.name} is neither a .docx nor a .txt file: name one that is.")
    written = asyncio.run(glance(settings.database, wiring.clock, _written, wiring.packs(), args.request, args.duty))
    if args.to is None:
        say(as_text(written).rstrip("\n"))
        return 0
    try:
        args.to.write_bytes(FILES[args.to.suffix.lower()](written))
    except OSError as why:
        raise Refused(f"{args.to} cannot be written ({why.strerror or why}): name a file in a folder that you may write to.") from None
    say(f"Drafted into {args.to}. Please read it before it is sent: Hallpass sends it to nobody.")
    return 0


def _written(work: Work, packs: Packs, request_id: str, duty_id: str | None) -> Letter:
    request = work.requests.get(RequestId(request_id))
    if request is None:
        raise Refused(f"There is no request {request_id[:60]}: `hallpass requests list` shows every one.")
    duty = _duty(request, packs, duty_id)
    drafted = letter.draft(work, packs, duty.id, _sender(work, duty), wiring.clock())
    if isinstance(drafted, Unwritable):
        raise Refused(f"No letter can be written from the template: {drafted.why} (line {drafted.line}). Nothing was written.")
    if not isinstance(drafted, letter.Drafted):
        raise Refused(" ".join(plain(refusals.refused(drafted, named(work, request.district, [request]))).split()))
    return drafted.letter


def _duty(request: Request, packs: Packs, duty_id: str | None) -> Duty:
    pack = packs.get(request.district)
    asking = [duty for duty in request.duties if earlier.obligation(request, duty, pack).letter is not None]
    found = [duty for duty in asking if duty_id in (None, duty.id)]
    if len(found) == 1:
        return found[0]
    if not asking:
        raise Refused(f"Nothing that request {request.id} obliges somebody to do asks for a letter. Nothing was written.")
    raise Refused(f"Which letter? Add --duty with one of {', '.join(duty.id for duty in asking)}. Nothing was written.")


def _sender(work: Work, duty: Duty) -> Person:
    """Return who signs it: whoever has taken the duty, else its first owner who is still here."""
    owners = [work.directory.get(one) for one in (duty.taken_by, *duty.owners) if one is not None]
    here = next((one for one in owners if one is not None and one.seats), None)
    if here is None:
        raise Refused(f"Nobody who has the duty {duty.id} is in the directory any more: see `hallpass people list`. Nothing was written.")
    return here
