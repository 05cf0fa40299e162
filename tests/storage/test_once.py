"""A form that a platform delivers many times at once is one request, on both databases."""

import asyncio
from pathlib import Path

from handlers.actions import Request
from handlers.answer import kept, think
from handlers.apply import Sent, Twice, send
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
    assert [one.request.id for one in sent if isinstance(one, Sent)] == [requests[0].id] * 10
    assert len(await store.read(lambda work: work.record.of(requests[0].id))) == 1


async def test_the_same_in_two_windows_at_once_is_one_request_and_one_question(store: Store) -> None:
    await store.write(asked, PACK)

    came = await asyncio.gather(*(store.write(sends, number, f"window-{number}") for number in range(6)))

    requests = await store.read(lambda work: work.requests.all(MAPLE_GROVE))
    assert len(requests) == 1
    assert sorted(type(one).__name__ for one in came) == ["Sent", *["Twice"] * 5]
    assert {one.same[0].id for one in came if isinstance(one, Twice)} == {requests[0].id}


def asked(work: Work, pack: Pack) -> None:
    """Dana has asked, and her answer has a form."""
    work.directory.replace(MAPLE_GROVE, EVERYBODY)
    thought = think(pack, None, ("May I?",), Facts(), lambda _: Reading(TEXTING, understood=True))
    work.answers.add(kept(thought, AnswerId("a1"), DANA, pack, "t1", NOON))


def sends(work: Work, number: int, delivery: str = "once") -> object:
    """One process takes the form, as a request of its own."""
    return send(work, Request(AnswerId("a1")), TEAM, DANA, PACK, new=RequestId(f"r{number}"), delivery=delivery, now=NOON)
