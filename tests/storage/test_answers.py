"""Answers: the memory of a thread is its newest answer."""

from dataclasses import replace
from datetime import timedelta

from handlers.ids import AnswerId
from handlers.kept import Answered
from handlers.policy.facts import Facts
from handlers.policy.vocabulary import Fact
from handlers.ports import Store, Work
from tests.samples import DANA, LEE, MAPLE_GROVE, NOON
from tests.storage.conftest import Sql

TEXTING = Facts({Fact.channel: "text", Fact.to: "student"}, {Fact.channel: "text"})
FIRST = Answered(
    id=AnswerId("a1"),
    district=MAPLE_GROVE,
    person=DANA.id,
    thread="t1",
    turns=("Can I text my players?",),
    chosen=Facts({Fact.account: "personal"}),
    facts=TEXTING,
    ruling="needs_approval",
    rules=("R1", "R2"),
    fingerprint="sha256:0001",
    at=NOON,
    process="text_students",
)


def add(work: Work, answered: Answered) -> None:
    work.answers.add(answered)


def _take_on(work: Work, key: str) -> bool:
    return work.inbox.mine(key)


async def test_an_answer_comes_back_as_it_was_given(store: Store) -> None:
    await store.write(add, FIRST)

    assert await store.read(lambda work: work.answers.get(AnswerId("a1"))) == FIRST
    assert await store.read(lambda work: work.answers.get(AnswerId("a2"))) is None


async def test_the_latest_answer_is_the_last_one_given_in_that_persons_thread(store: Store) -> None:
    second = replace(FIRST, id=AnswerId("a0"), asked="account")  # at the same moment, with a smaller id

    for answered in (FIRST, second, replace(FIRST, id=AnswerId("b1"), thread="t2"), replace(FIRST, id=AnswerId("b2"), person=LEE.id)):
        await store.write(add, answered)

    assert await store.read(lambda work: work.answers.latest(DANA.id, "t1")) == second
    assert await store.read(lambda work: work.answers.latest(DANA.id, "t3")) is None


async def test_an_answer_is_owed_from_when_somebody_takes_it_on_until_it_is_over(store: Store) -> None:
    second = replace(FIRST, id=AnswerId("a2"))
    for answered in (FIRST, second, replace(FIRST, id=AnswerId("a3"))):
        await store.write(add, answered)
    for key in ("say:a2", "say:a1", "tell:a3"):
        await store.write(_take_on, key)

    assert await store.read(lambda work: work.answers.owed("say:", NOON)) == (FIRST, second)
    assert await store.read(lambda work: work.answers.owed("say:", NOON + timedelta(seconds=1))) == ()
    await store.write(lambda work: work.inbox.over("say:a1"))
    assert await store.read(lambda work: work.answers.owed("say:", NOON)) == (second,)


async def test_a_fact_that_left_the_vocabulary_is_forgotten(store: Store, sql: Sql) -> None:
    await store.write(add, FIRST)

    await sql(
        """UPDATE answers SET facts = '{"known"\\: {"channel"\\: "pager", "moon": "full", "to": "student"}, "words": {"moon": "x"}}'"""
    )

    kept = await store.read(lambda work: work.answers.get(AnswerId("a1")))
    assert kept is not None
    assert kept.facts == Facts({Fact.to: "student"})
