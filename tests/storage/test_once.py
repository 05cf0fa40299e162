"""A form that a platform delivers many times at once is one request, on both databases."""

import asyncio
from pathlib import Path

from handlers.actions import Request
from handlers.answer import kept, think
from handlers.apply import Sent, send
from handlers.ids import AnswerId, RequestId
from handlers.policy.facts import Facts
from handlers.policy.pack import Pack
from handlers.policy.understand.reading import Reading
from handlers.ports import Store, Work
from storage.packs import DiskPacks
from tests.samples import DANA, EVERYBODY, MAPLE_GROVE, NOON
from tests.scenes import TEAM, TEXTING

PACK = DiskPacks(Path(__file__).parents[1] / "packs").get(MAPLE_GROVE)


async def test_the_same_form_ten_times_at_once_is_one_request(store: Store) -> None:
    await store.write(asked, PACK)

    sent = await asyncio.gather(*(store.write(sends, number) for number in range(10)))

    requests = await store.read(lambda work: work.requests.all(MAPLE_GROVE))
    assert len(requests) == 1
    assert sent == [Sent(requests[0])] * 10
    assert len(await store.read(lambda work: work.record.of(requests[0].id))) == 1


def asked(work: Work, pack: Pack) -> None:
    """Dana has asked, and her answer has a form."""
    work.directory.replace(MAPLE_GROVE, EVERYBODY)
    thought = think(pack, None, ("May I?",), Facts(), lambda _: Reading(TEXTING, understood=True))
    work.answers.add(kept(thought, AnswerId("a1"), DANA, pack, "t1", NOON))


def sends(work: Work, number: int) -> object:
    """One process takes the form, as a request of its own."""
    return send(work, Request(AnswerId("a1")), TEAM, DANA, PACK, new=RequestId(f"r{number}"), delivery="once", now=NOON)
