"""A glance on PostgreSQL, where nothing begins or ends: it sees what is kept by then, changes nothing, and disturbs nobody."""

import asyncio
from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import func, select

from handlers.actions import Said
from handlers.answer import before, remember
from handlers.ids import AnswerId
from handlers.kept import Answered
from handlers.people import PersonId
from handlers.ports import Store, Work
from storage.answers import SqlAnswers
from storage.engine import StoreUnusable
from storage.work import PostgresStore
from tests.samples import DANA, NOON
from tests.storage.test_answers import FIRST

pytestmark = pytest.mark.postgres
THREAD = "of glances"
MINE = replace(FIRST, id=AnswerId("g1"), thread=THREAD)
SAID = Said("Can I text my players?", THREAD, "glances 1")


class Slow:
    """The answers, of which somebody else keeps one right after the latest was looked for."""

    def __init__(self, work: Work, elsewhere: Store) -> None:
        """Keep what it stands before, and the other process."""
        self._answers, self._elsewhere, self._loop = cast("SqlAnswers", work.answers), elsewhere, asyncio.get_running_loop()

    def latest(self, person: PersonId, thread: str) -> Answered | None:
        found = self._answers.latest(person, thread)
        asyncio.run_coroutine_threadsafe(self._elsewhere.write(remember, MINE, SAID.delivery), self._loop)
        wait(self._answers)
        return found

    def __getattr__(self, name: str) -> Any:  # whatever the answers have
        return getattr(self._answers, name)


def wait(answers: SqlAnswers, seconds: float = 0.3) -> None:
    """Let the database take its time."""
    answers._connection.execute(select(func.pg_sleep(seconds)))


async def test_what_somebody_else_keeps_for_the_same_delivery_is_no_earlier_turn(remote: PostgresStore) -> None:
    def looks(work: Work) -> Any:  # three values
        return before(work.but(answers=Slow(work, remote)), DANA, SAID, SAID.text, NOON)

    turns, chosen, _ = await remote.glance(looks)

    assert (turns, chosen) == (FIRST.turns, FIRST.chosen)
    assert (await remote.glance(before, DANA, replace(SAID, delivery="glances 2"), "Hm", NOON))[0] == (*FIRST.turns, "Hm")


async def test_a_glance_changes_nothing(remote: PostgresStore) -> None:
    with pytest.raises(StoreUnusable, match="only reads"):
        await remote.glance(lambda work: work.inbox.first("glances 3", "noted"))

    assert await remote.glance(lambda work: work.inbox.result("glances 3")) is None


async def test_each_statement_of_a_glance_is_by_itself(remote: PostgresStore) -> None:
    def looks(work: Work) -> list[Any]:
        begun = select(func.now())  # when the transaction began
        return [cast("SqlAnswers", work.answers)._connection.execute(begun).scalar_one() for _ in range(2)]

    first, second = await remote.glance(looks)
    same, again = await remote.read(looks)

    assert first < second
    assert same == again


async def test_whoever_stops_looking_disturbs_nobody(remote: PostgresStore) -> None:
    looking = [asyncio.create_task(remote.glance(lambda work: wait(cast("SqlAnswers", work.answers), 30))) for _ in range(20)]
    await asyncio.sleep(0.3)
    for one in looking:
        one.cancel()
    await asyncio.gather(*looking, return_exceptions=True)

    async with asyncio.timeout(10):
        assert await asyncio.gather(*(remote.glance(lambda work: work.inbox.result("glances 4")) for _ in range(20))) == [None] * 20
