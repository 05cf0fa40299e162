"""`hallpass records rekey` and `erase`: data keys under the newest secret, and what is made unreadable for good."""

import argparse
import asyncio
import getpass
from collections.abc import Awaitable, Callable
from typing import TypeVar, assert_never

from bot import wiring
from bot.settings import Settings
from bot.terminal import Misused, Refused, count, say
from handlers.erase import Erased, ErasedBefore, Kept, NoRequest, StillNeeded, erase
from handlers.ids import RequestId
from handlers.ports import Store, Work
from handlers.wording import terms
from handlers.workflow.request import Status
from storage.glance import glance
from storage.work import open_store

T = TypeVar("T")

BATCH = 500  # keys in one transaction: a tenth of a second, in which a bot that serves may wait


def rekey(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  # every verb has this signature
    """Wrap every data key under the newest secret, while the bot serves."""
    _need_secret(settings)
    asyncio.run(glance(settings.database, wiring.clock, must_open))
    done = asyncio.run(with_store(settings, _rekeyed))
    say(f"{count(done, 'data key')} put under the newest secret. Keep the older ones: they prove the rows that were linked under them.")
    return 0


def erased(args: argparse.Namespace, settings: Settings) -> int:
    """Erase what people typed about one request."""
    _need_secret(settings)
    if not args.reason.strip():
        raise Misused("--reason is empty: say why, for the record")
    asyncio.run(glance(settings.database, wiring.clock, _there, RequestId(args.id)))  # a refusal makes no database

    async def run(store: Store) -> Erased | Kept:
        return await store.write(erase, RequestId(args.id), f"{args.reason.strip()} (by {user()})", wiring.clock())

    match asyncio.run(with_store(settings, run)):
        case Erased(request):
            say(f"What was typed about request {request.id} can no longer be read by anybody. The record says so, and stays whole.")
            return 0
        case NoRequest() | ErasedBefore() | StillNeeded() as kept:
            raise Refused(_why(kept))


def faults(work: Work) -> list[str]:
    """Return what is wrong with the secrets that are set, a sentence each."""
    return [
        f"What people typed is sealed under the key {name}, which HALLPASS_SECRET_KEY lacks: put that secret back, behind the newer ones."
        for name in work.seals.unopened()
    ]


def must_open(work: Work) -> None:
    """Raise Refused where something could not be read: a bot that serves would meet it on somebody's card."""
    wrong = faults(work)
    if wrong:
        raise Refused("\n".join(wrong))


def user() -> str:
    """Return who is at the command line, as the machine knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run under a number that has no name
        return "an unnamed account"


def _why(kept: Kept) -> str:
    match kept:
        case NoRequest(request):
            return f"There is no request {request[:60]}: `hallpass requests list` shows every one."
        case ErasedBefore(at):
            return f"It was erased before, on {terms.day(at.date().isoformat())}. Nothing was changed."
        case StillNeeded(_, duty) if duty is not None:
            return f"A duty about it is still open (“{duty.what}”): have it done first. Nothing was changed."
        case StillNeeded(request) if request.status is Status.pending:
            return "It waits for a decision: have it decided or withdrawn first. Nothing was changed."
        case StillNeeded():
            return "Its permission still holds: have it revoked or given back first. Nothing was changed."
        case _:
            assert_never(kept)


def _need_secret(settings: Settings) -> None:
    if not settings.secret_keys:
        raise Refused("HALLPASS_SECRET_KEY is not set: set it as for `hallpass serve`. Nothing was changed.")


def _there(work: Work, request: RequestId) -> None:
    if work.requests.get(request) is None:
        raise Refused(_why(NoRequest(request)))


async def _rekeyed(store: Store) -> int:
    done = 0
    while some := await store.write(lambda work: work.seals.rekey(BATCH)):
        done += some
    return done


async def with_store(settings: Settings, unit: Callable[[Store], Awaitable[T]]) -> T:
    """Open the store for one unit of work and close it again."""
    store = await open_store(settings.database, wiring.clock)
    try:
        return await unit(store)
    finally:
        await store.close()
