"""`hallpass requests reassign`: an administrator gives an undecided stage to somebody else who may decide it."""

import argparse
import asyncio
from typing import Any

from bot import wiring
from bot.settings import Settings
from bot.terminal import Refused, say
from handlers.ids import RequestId
from handlers.people import Person
from handlers.ports import Packs, Work
from handlers.reassign import GivenAway, NotAdministrator, NotTheirs, Order, WhichStage, order
from handlers.wording.plain import plain
from handlers.wording.reassigning import REASON
from handlers.wording.refusals import refused
from handlers.workflow.refused import Refusal
from handlers.workflow.request import Request
from storage.glance import glance
from storage.work import open_store

EXAMPLE = (
    'example: hallpass requests reassign ID --to helen.brandt@maplegrove.example --by ravi.menon@maplegrove.example --reason "On leave"'
)
REASSIGN = (
    "Give a stage that nobody has decided to somebody else who may decide it: whoever holds its role at any school, is above those who do,"
    " or decides where nobody else can (district setting). Who ordered it, and why, stands in the record."
)


def add(inner: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    verb = inner.add_parser("reassign", help="give an undecided stage to somebody else", description=REASSIGN, epilog=EXAMPLE)
    verb.add_argument("id", metavar="ID")
    verb.add_argument("--to", metavar="EMAIL", required=True, help="who decides it from now on")
    verb.add_argument("--by", metavar="EMAIL", required=True, help="who orders it, and looks after Hallpass in that district")
    verb.add_argument("--reason", metavar="TEXT", required=True, help="why, for the record; name no student here")
    verb.add_argument("--stage", metavar="N", type=int, help="which stage, the first is 1; needed unless exactly one is open")
    verb.set_defaults(run=_reassign, misused=verb.error)


def _reassign(args: argparse.Namespace, settings: Settings) -> int:
    if not args.reason.strip() or len(args.reason.strip()) > REASON.longest:
        raise Refused(f"Say why with --reason, in at most {REASON.longest} characters.")
    to = asyncio.run(_ordered(args, settings))
    say(f"{to.name} decides it now, and has the card once it is sent. Whoever had it sees that.")
    return 0


async def _ordered(args: argparse.Namespace, settings: Settings) -> Person:
    packs = wiring.packs()
    await glance(settings.database, wiring.clock, _wanted, args)  # a refusal makes no database
    store = await open_store(settings.database, wiring.clock)
    try:
        return await store.write(_carry_out, packs, args)
    finally:
        await store.close()


def _carry_out(work: Work, packs: Packs, args: argparse.Namespace) -> Person:
    outcome = order(work, packs, wanted := _wanted(work, args))
    if isinstance(outcome, GivenAway):
        return outcome.to
    raise Refused(_why_not(work, outcome, wanted))


def _wanted(work: Work, args: argparse.Namespace) -> Order:
    """Return what is ordered. Raises Refused where the request or the people are not there."""
    request = work.requests.get(RequestId(args.id))
    if request is None:
        raise Refused(f"There is no request {args.id[:60]}: `hallpass requests list` shows every one.")
    to, by = (_person(work, request, mail) for mail in (args.to, args.by))
    return Order(request.id, args.stage, to, by, args.reason.strip(), wiring.clock())


def _person(work: Work, request: Request, mail: str) -> Person:
    found = work.directory.by_email(request.district, mail.strip())
    if found is None:
        raise Refused(f"Nobody in the directory of {request.district} has the address {mail[:60]}: `hallpass people list` shows everybody.")
    return found


def _why_not(work: Work, outcome: NotAdministrator | WhichStage | NotTheirs | Refusal, wanted: Order) -> str:
    match outcome:
        case NotAdministrator():
            return f"{wanted.by.email} does not look after Hallpass in that district (district setting). Nothing was changed."
        case WhichStage(request):
            stages = ", ".join(f"{number} ({stage.role}, {stage.status})" for number, stage in enumerate(request.stages, 1))
            return f"Say which stage with --stage: {stages or 'this request has none'}. Nothing was changed."
        case NotTheirs(people):
            others = ", ".join(one.email for one in people) or "nobody else in the directory"
            return f"{wanted.to.email} may not decide this, or has it already. Who may have it: {others}. Nothing was changed."
        case _:
            return plain(refused(outcome, {person.id: person for person in work.directory.people(wanted.by.district)}))
