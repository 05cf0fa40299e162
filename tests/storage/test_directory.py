"""The directory: who is who today, and the names of those who were."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from handlers.people import Address, DistrictKey, Person, Platform
from handlers.ports import Store, Work
from storage.work import open_store
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, NOON, RAVI

OAK_HOLLOW = DistrictKey("oak-hollow")


def replace_all(work: Work, people: Sequence[Person]) -> None:
    work.directory.replace(MAPLE_GROVE, people)


async def test_people_come_back_as_they_were_written_in_the_order_of_their_names(store: Store) -> None:
    await store.write(replace_all, EVERYBODY)

    people = await store.read(lambda work: work.directory.people(MAPLE_GROVE))

    assert people == (DANA, HELEN, LEE, MARIA, NGOZI, RAVI)
    assert await store.read(lambda work: work.directory.people(OAK_HOLLOW)) == ()


async def test_somebody_is_found_by_id_by_mail_and_by_address(store: Store) -> None:
    await store.write(replace_all, EVERYBODY)

    assert await store.read(lambda work: work.directory.get(MARIA.id)) == MARIA
    assert await store.read(lambda work: work.directory.by_email(MAPLE_GROVE, MARIA.email.upper())) == MARIA
    assert await store.read(lambda work: work.directory.by_email(OAK_HOLLOW, MARIA.email)) is None
    assert await store.read(lambda work: work.directory.by_address(MARIA.addresses[0])) == MARIA
    assert await store.read(lambda work: work.directory.by_address(replace(MARIA.addresses[0], tenant="other"))) is None


async def test_who_left_can_be_named_but_neither_found_nor_reached(store: Store) -> None:
    await store.write(replace_all, EVERYBODY)

    await store.write(replace_all, [DANA, HELEN])

    assert await store.read(lambda work: work.directory.people(MAPLE_GROVE)) == (DANA, HELEN)
    assert await store.read(lambda work: work.directory.get(MARIA.id)) == replace(MARIA, seats=(), addresses=())
    assert await store.read(lambda work: work.directory.by_email(MAPLE_GROVE, MARIA.email)) is None
    assert await store.read(lambda work: work.directory.by_address(MARIA.addresses[0])) is None


async def test_who_left_may_come_back_and_a_mail_address_may_pass_to_somebody_else(store: Store) -> None:
    successor = replace(LEE, email=MARIA.email)
    for people in ([MARIA], [successor], [replace(MARIA, email="m.ortiz@maplegrove.example")]):
        await store.write(replace_all, people)

    assert await store.read(lambda work: work.directory.by_email(MAPLE_GROVE, "m.ortiz@maplegrove.example"))
    assert await store.read(lambda work: work.directory.by_email(MAPLE_GROVE, MARIA.email)) is None


async def test_an_address_that_two_districts_know_means_nobody(store: Store) -> None:
    shared = Address(Platform.slack, "T1", "U1")
    here, there = replace(DANA, addresses=(shared,)), replace(LEE, district=OAK_HOLLOW, addresses=(shared,))

    await store.write(lambda work: work.directory.replace(MAPLE_GROVE, [here]))
    assert await store.read(lambda work: work.directory.by_address(shared)) == here

    await store.write(lambda work: work.directory.replace(OAK_HOLLOW, [there]))
    assert await store.read(lambda work: work.directory.by_address(shared)) is None


async def test_a_directory_replaced_elsewhere_is_seen_at_once(store: Store, url: str) -> None:
    other = await open_store(url, lambda: NOON)
    await store.write(replace_all, EVERYBODY)
    await store.read(lambda work: work.directory.people(MAPLE_GROVE))

    await other.write(replace_all, [DANA])

    assert await store.read(lambda work: work.directory.people(MAPLE_GROVE)) == (DANA,)
    await other.close()


async def test_a_directory_that_was_rolled_back_was_never_seen(store: Store) -> None:
    def fails(work: Work) -> None:
        work.directory.replace(MAPLE_GROVE, [RAVI])
        assert work.directory.people(MAPLE_GROVE) == (RAVI,)
        raise LookupError

    await store.write(replace_all, [DANA])
    await asyncio.gather(store.write(fails), return_exceptions=True)

    assert await store.read(lambda work: work.directory.people(MAPLE_GROVE)) == (DANA,)


async def test_whoever_was_ever_here_is_known_with_her_id(store: Store) -> None:
    await store.write(replace_all, [DANA, MARIA])
    await store.write(replace_all, [DANA])

    ever = await store.read(lambda work: work.directory.ever(MAPLE_GROVE))

    assert ever == (DANA, replace(MARIA, seats=(), addresses=()))
    assert await store.read(lambda work: work.directory.ever(OAK_HOLLOW)) == ()


async def test_an_address_that_is_bound_comes_after_those_there_are_and_is_seen_elsewhere_at_once(store: Store, url: str) -> None:
    other = await open_store(url, lambda: NOON)
    slack, lees = Address(Platform.slack, "T1", "U1"), Address(Platform.slack, "T1", "U2")
    nowhere_yet = replace(LEE, addresses=())
    await store.write(replace_all, [DANA, nowhere_yet])
    await store.read(lambda work: work.directory.people(MAPLE_GROVE))

    await other.write(lambda work: work.directory.bind(DANA, slack))
    await other.write(lambda work: work.directory.bind(nowhere_yet, lees))

    bound = replace(DANA, addresses=(*DANA.addresses, slack))
    assert await store.read(lambda work: work.directory.people(MAPLE_GROVE)) == (
        bound,
        replace(LEE, addresses=(lees,)),
    )
    assert await store.read(lambda work: work.directory.by_address(slack)) == bound
    await other.close()


async def test_a_unit_sees_the_people_that_it_changed(store: Store) -> None:
    await store.write(replace_all, EVERYBODY)

    def unit(work: Work) -> tuple[int, tuple[Person, ...], Person | None]:
        before = work.directory.people(MAPLE_GROVE)
        work.directory.replace(MAPLE_GROVE, [DANA])
        return len(before), work.directory.people(MAPLE_GROVE), work.directory.get(MARIA.id)

    assert await store.write(unit) == (len(EVERYBODY), (DANA,), replace(MARIA, seats=(), addresses=()))
