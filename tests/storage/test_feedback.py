"""Feedback: one verdict a person and answer, on both databases."""

from dataclasses import replace
from datetime import timedelta

from handlers.ids import AnswerId
from handlers.kept import Feedback
from handlers.people import DistrictKey
from handlers.ports import Store, Work
from tests.samples import DANA, LEE, MAPLE_GROVE, NOON
from tests.storage.test_answers import FIRST, add

SAID = Feedback(FIRST.id, DANA.id, helpful=False, words="The clause was missing", at=NOON)


def keep(work: Work, said: Feedback) -> None:
    work.feedback.keep(said)


async def test_the_last_verdict_of_a_person_counts(store: Store) -> None:
    later = replace(SAID, helpful=True, words="", at=NOON + timedelta(minutes=1))

    for one in (SAID, replace(SAID, person=LEE.id), later):
        await store.write(keep, one)

    assert await store.read(lambda work: work.feedback.get(FIRST.id, DANA.id)) == later
    assert await store.read(lambda work: work.feedback.get(FIRST.id, LEE.id)) == replace(SAID, person=LEE.id)
    assert await store.read(lambda work: work.feedback.get(AnswerId("none"), DANA.id)) is None


async def test_a_districts_verdicts_come_newest_first_with_their_answers(store: Store) -> None:
    second = replace(FIRST, id=AnswerId("a2"))
    for answered in (FIRST, second, replace(FIRST, id=AnswerId("b1"), district=DistrictKey("elsewhere"))):
        await store.write(add, answered)
    told = replace(SAID, answer=second.id, at=NOON + timedelta(days=1))
    for one in (SAID, told, replace(SAID, answer=AnswerId("b1")), replace(SAID, answer=AnswerId("gone"))):
        await store.write(keep, one)

    assert await store.read(lambda work: work.feedback.of_district(MAPLE_GROVE, NOON)) == ((second, told), (FIRST, SAID))
    assert await store.read(lambda work: work.feedback.of_district(MAPLE_GROVE, told.at)) == ((second, told),)
