"""The record: in order, for good, and closed to everybody who would change it."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.ports import Store, Work
from tests.samples import DANA, MAPLE_GROVE, MARIA, NOON
from tests.storage.conftest import Sql

OPENED = Happening(RequestId("r1"), MAPLE_GROVE, NOON, DANA.id, "opened", "", "pending", fingerprint="sha256:0001")
APPROVED = replace(OPENED, who=MARIA.id, what="approved", before="pending", after="approved", detail="Fine by me")


CHANGES = {
    "change": "UPDATE record SET what = 'denied'",
    "remove": "DELETE FROM record",
    "replace": "INSERT OR REPLACE INTO record SELECT * FROM record",  # SQLite's, and a syntax error on PostgreSQL
    "empty": "TRUNCATE record",  # the other way round
}


def add(work: Work, line: Happening) -> None:
    work.record.add(line)


async def test_lines_come_back_in_the_order_they_happened(store: Store) -> None:
    for line in (OPENED, replace(OPENED, request=RequestId("r2")), APPROVED):
        await store.write(add, line)

    assert await store.read(lambda work: work.record.of(RequestId("r1"))) == (OPENED, APPROVED)
    assert await store.read(lambda work: work.record.of(RequestId("r3"))) == ()


@pytest.mark.parametrize("change", CHANGES)
async def test_nobody_changes_or_removes_a_line(store: Store, sql: Sql, change: str) -> None:
    await store.write(add, OPENED)

    with pytest.raises(DBAPIError, match=r"append-only|syntax"):
        await sql(CHANGES[change])

    assert await store.read(lambda work: work.record.of(RequestId("r1"))) == (OPENED,)
