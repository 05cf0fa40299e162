# ruff: noqa: S608  # the statements are an intruder's
"""The chain of the record: what was written verifies, whatever else was done to it is found and named."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from random import Random

import pytest

from handlers.ids import RequestId
from handlers.kept import Happening, Head, Verified
from handlers.people import DistrictKey
from handlers.ports import Store, Work
from storage.database import Database
from storage.engine import address, is_sqlite
from storage.work import open_store
from tests.samples import DANA, MAPLE_GROVE, MARIA, NOON, a_request
from tests.storage.conftest import AnyStore, run_sql

ELSEWHERE = DistrictKey("elsewhere")
SECRET = ("a secret of this test",)
LENGTH = 20


def line(number: int, district: DistrictKey = MAPLE_GROVE) -> Happening:
    return Happening(
        RequestId(f"r{number % 5}"), district, NOON, (DANA, MARIA)[number % 2].id, "approved", "pending", "approved", f"Reason {number}"
    )


def add(work: Work, *lines: Happening) -> None:
    for one in lines:
        work.record.add(one)


def proved(work: Work, district: DistrictKey = MAPLE_GROVE, *heads: Head) -> Verified:
    return work.chains.verified(district, heads)


@pytest.fixture
async def secret_store(new_url: str) -> AsyncIterator[AnyStore]:
    """A store with a secret of its own."""
    opened = await open_store(Database(new_url, SECRET), lambda: NOON)
    yield opened
    await opened.close()


async def test_what_was_written_verifies(secret_store: Store) -> None:
    for number in range(LENGTH):
        await secret_store.write(add, line(number), line(number, ELSEWHERE))

    assert await secret_store.read(proved) == Verified(MAPLE_GROVE, LENGTH, 0, None, "")
    assert await secret_store.read(proved, ELSEWHERE) == Verified(ELSEWHERE, LENGTH, 0, None, "")
    head = await secret_store.read(lambda work: work.chains.head(MAPLE_GROVE))
    assert head is not None
    assert (head.number, head.at) == (LENGTH, NOON)


async def test_a_district_of_which_nothing_is_recorded_has_no_head_and_no_fault(store: Store) -> None:
    assert await store.read(lambda work: work.chains.head(MAPLE_GROVE)) is None
    assert await store.read(proved) == Verified(MAPLE_GROVE, 0, 0, None, "")


async def test_what_a_unit_takes_back_leaves_no_gap(store: Store) -> None:
    async def broken() -> None:
        def unit(work: Work) -> None:
            add(work, line(1))
            raise RuntimeError("taken back")

        with pytest.raises(RuntimeError):
            await store.write(unit)

    await asyncio.gather(*(store.write(add, line(number)) for number in range(5)), broken(), broken())

    assert await store.read(proved) == Verified(MAPLE_GROVE, 5, 0, None, "")


@pytest.mark.parametrize("writers", [4])
async def test_several_processes_add_to_one_chain(url: str, writers: int) -> None:
    stores = [await open_store(url, lambda: NOON) for _ in range(writers)]
    try:
        await asyncio.gather(*(stores[number % writers].write(add, line(number), line(number + 1)) for number in range(60)))
        assert await stores[0].read(proved) == Verified(MAPLE_GROVE, 120, 0, None, "")
    finally:
        for one in stores:
            await one.close()


# What somebody does who owns the database and not the secret: statements for either database, triggers off.


@dataclass(frozen=True)
class Blow:
    """One deed, at a row of the chain or between two."""

    name: str
    statements: Callable[[int, Random], list[str]]
    first: Callable[[int], int | None]  # the row of the chain that the sentence names; None: the end


COLUMNS = ("request", "who", "what", "before", "after", "detail", "fingerprint", "about")


def edited(at: int, dice: Random) -> list[str]:
    return [f"UPDATE record SET {dice.choice(COLUMNS)} = 'forged' WHERE number = {at}"]


def backdated(at: int, _: Random) -> list[str]:
    return [f"UPDATE record SET at = '2020-01-01 00:00:00.000000+00' WHERE number = {at}"]


def deleted(at: int, _: Random) -> list[str]:
    return [f"DELETE FROM record WHERE number = {at}"]


def deleted_with_its_link(at: int, _: Random) -> list[str]:
    return [f"DELETE FROM record WHERE number = {at}", f"DELETE FROM links WHERE record = {at}"]


def deleted_and_closed_up(at: int, _: Random) -> list[str]:
    return [
        *deleted_with_its_link(at, _),
        f"UPDATE links SET number = -number WHERE number > {at}",
        "UPDATE links SET number = -number - 1 WHERE number < 0",
    ]


def swapped(at: int, _: Random) -> list[str]:
    return [
        f"UPDATE record SET number = 9999 WHERE number = {at}",
        f"UPDATE record SET number = {at} WHERE number = {at + 1}",
        f"UPDATE record SET number = {at + 1} WHERE number = 9999",
    ]


def links_swapped(at: int, _: Random) -> list[str]:
    return [
        f"UPDATE links SET number = 9999 WHERE record = {at}",
        f"UPDATE links SET number = {at} WHERE record = {at + 1}",
        f"UPDATE links SET number = {at + 1} WHERE number = 9999",
    ]


def inserted(at: int, _: Random) -> list[str]:
    columns = "request, district, at, who, what, before, after, detail, fingerprint, about"
    return [f"INSERT INTO record (number, {columns}) SELECT 500, {columns} FROM record WHERE number = {at}"]


def inserted_with_a_link(at: int, dice: Random) -> list[str]:
    link = f"INSERT INTO links SELECT 500, district, {LENGTH + 1}, key, mac FROM links WHERE record = {at}"
    return [*inserted(at, dice), link]


def linked_out_of_sight(at: int, dice: Random) -> list[str]:
    return [*inserted(at, dice), f"INSERT INTO links SELECT 500, district, {-at}, key, mac FROM links WHERE record = {at}"]


def linked_elsewhere(at: int, dice: Random) -> list[str]:
    return [*inserted(at, dice), f"INSERT INTO links SELECT 500, 'elsewhere', 1, key, mac FROM links WHERE record = {at}"]


def cut(at: int, _: Random) -> list[str]:
    return [f"DELETE FROM record WHERE number >= {at}", f"DELETE FROM links WHERE record >= {at}"]


def cut_and_the_end_moved(at: int, _: Random) -> list[str]:
    last = f"(SELECT mac FROM links WHERE record = {at - 1})"
    return [*cut(at, _), f"UPDATE chains SET number = {at - 1}, mac = {last}"]


BLOWS = (
    Blow("edited", edited, lambda at: at),
    Blow("backdated", backdated, lambda at: at),
    Blow("deleted", deleted, lambda at: at),
    Blow("deleted with its link", deleted_with_its_link, lambda at: at),
    Blow("deleted and closed up", deleted_and_closed_up, lambda at: at),
    Blow("swapped", swapped, lambda at: at),
    Blow("links swapped", links_swapped, lambda at: at),
    Blow("inserted", inserted, lambda _: None),
    Blow("inserted with a link", inserted_with_a_link, lambda _: LENGTH + 1),
    Blow("linked out of sight", linked_out_of_sight, lambda _: None),
    Blow("linked elsewhere", linked_elsewhere, lambda _: None),
    Blow("cut", cut, lambda _: None),
    Blow("cut and the end moved", cut_and_the_end_moved, lambda _: None),
)
OPEN = {
    True: [f"DROP TRIGGER IF EXISTS {table}_{what}" for table in ("record", "links") for what in ("unchanged", "undeleted", "unreplaced")],
    False: [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in ("record", "links")],
}
COPY = ("record", "links", "chains")


async def open_up(url: str) -> None:
    for statement in OPEN[is_sqlite(address(url))]:
        await run_sql(url, statement)


async def keep_a_copy(url: str) -> None:
    for name in COPY:
        await run_sql(url, f"CREATE TABLE kept_{name} AS SELECT * FROM {name}")


async def put_back(url: str) -> None:
    for name in COPY:
        await run_sql(url, f"DELETE FROM {name}")
        await run_sql(url, f"INSERT INTO {name} SELECT * FROM kept_{name}")


async def strike(url: str, statements: list[str]) -> None:
    for statement in statements:
        await run_sql(url, statement.replace(".000000+00", ".000000") if is_sqlite(address(url)) else statement)


@pytest.mark.parametrize("seed", [1])
async def test_ninety_random_deeds_are_all_found(new_url: str, secret_store: Store, seed: int) -> None:
    dice = Random(seed)  # noqa: S311  # the same deeds in every run
    for number in range(LENGTH):
        await secret_store.write(add, line(number))
    await keep_a_copy(new_url)
    await open_up(new_url)
    missed, misnamed = [], []
    for number in range(45):  # on either database: ninety
        blow, at = BLOWS[number] if number < len(BLOWS) else dice.choice(BLOWS), dice.randrange(2, LENGTH - 1)
        await strike(new_url, blow.statements(at, dice))
        fault, first = (await secret_store.read(proved)).fault, blow.first(at)
        if not fault:
            missed.append((blow.name, at))
        elif first is not None and f"Row {first} " not in fault:
            misnamed.append((blow.name, at, fault))
        await put_back(new_url)

    assert missed == []
    assert misnamed == []
    assert (await secret_store.read(proved)).fault == ""


async def test_an_end_that_was_put_back_is_found_by_a_head_that_was_kept_elsewhere(new_url: str, secret_store: Store) -> None:
    await secret_store.write(add, *(line(number) for number in range(5)))
    await keep_a_copy(new_url)
    await secret_store.write(add, line(6))
    head = await secret_store.read(lambda work: work.chains.head(MAPLE_GROVE))
    assert head is not None
    await open_up(new_url)
    await put_back(new_url)

    assert (await secret_store.read(proved)).fault == ""
    assert "its tail was cut off" in (await secret_store.read(proved, MAPLE_GROVE, head)).fault
    other = replace(head, number=5)
    assert "Row 5 of the chain" in (await secret_store.read(proved, MAPLE_GROVE, other)).fault
    await secret_store.write(add, line(7))
    assert "it was replaced" in (await secret_store.read(proved, MAPLE_GROVE, head)).fault


async def test_a_chain_that_anybody_could_have_written_proves_nothing(url: str) -> None:
    anybody = await open_store(url, lambda: NOON)
    await anybody.write(add, line(1))
    await anybody.close()
    secret = await open_store(Database(url, SECRET), lambda: NOON)

    assert "linked without a secret" in (await secret.read(proved)).fault
    await secret.close()


async def test_rows_say_under_which_key_they_were_linked(url: str) -> None:
    for secrets in (("old",), ("new", "old")):
        store = await open_store(Database(url, secrets), lambda: NOON)
        await store.write(add, line(1), line(2))
        assert (await store.read(proved)).fault == ""
        await store.close()
    newest = await open_store(Database(url, ("new",)), lambda: NOON)

    assert "Row 1 of the chain was linked under the key" in (await newest.read(proved)).fault
    await newest.close()
    none = await open_store(url, lambda: NOON)
    assert "set HALLPASS_SECRET_KEY" in (await none.read(proved)).fault
    await none.close()


async def test_a_record_that_is_gone_altogether_is_missed(new_url: str, secret_store: Store) -> None:
    await secret_store.write(lambda work: work.requests.add(a_request()))

    assert "the record was deleted" in (await secret_store.read(proved)).fault


async def test_a_line_that_names_another_district_is_told(new_url: str, secret_store: Store) -> None:
    await secret_store.write(lambda work: work.requests.add(a_request()))
    await secret_store.write(add, replace(line(1), request=RequestId("r1")), replace(line(1, ELSEWHERE), request=RequestId("r1")))

    assert "names another district: it was inserted" in (await secret_store.read(proved)).fault


async def test_a_chain_without_its_end_is_told(new_url: str, secret_store: Store) -> None:
    await secret_store.write(add, line(1))
    await run_sql(new_url, "DELETE FROM chains")

    assert "The end of the chain, behind row 1, is missing" in (await secret_store.read(proved)).fault


@pytest.mark.parametrize("change", ["UPDATE links SET mac = ''", "DELETE FROM links"])
async def test_nobody_changes_a_link(store: Store, url: str, change: str) -> None:
    await store.write(add, line(1))

    with pytest.raises(Exception, match="append-only"):
        await run_sql(url, change)
