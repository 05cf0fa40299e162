"""One look at a database: it makes nothing, changes nothing, and finds an empty one where there is none."""

import os
from pathlib import Path

import pytest

from handlers.ports import Work
from handlers.workflow.request import Request
from storage.engine import StoreUnusable
from storage.glance import glance
from storage.work import open_store
from tests.samples import MAPLE_GROVE, NOON, a_request
from tests.storage.conftest import Sql, run_sql


def everything(work: Work) -> tuple[Request, ...]:
    return work.requests.all(MAPLE_GROVE)


async def made(url: str) -> None:
    store = await open_store(url, lambda: NOON)
    await store.write(lambda work: work.requests.add(a_request()))
    await store.close()


async def test_what_is_kept_is_seen(url: str) -> None:
    await made(url)

    assert await glance(url, lambda: NOON, everything) == (a_request(),)


async def test_where_nothing_is_there_is_nothing_and_nothing_is_made(new_url: str, tmp_path: Path) -> None:
    assert await glance(new_url, lambda: NOON, everything) == ()
    assert os.listdir(tmp_path) == []  # noqa: PTH208  # pathlib would block a loop that nobody else uses
    with pytest.raises(StoreUnusable):
        await run_sql_refused(new_url)


async def run_sql_refused(url: str) -> None:
    """Look for a table: none was made."""
    try:
        await run_sql(url, "SELECT * FROM requests")
    except Exception as error:
        raise StoreUnusable(str(error)) from error


async def test_a_look_changes_nothing(url: str) -> None:
    await made(url)

    with pytest.raises(StoreUnusable):
        await glance(url, lambda: NOON, lambda work: work.requests.add(a_request("r2")))

    assert await glance(url, lambda: NOON, everything) == (a_request(),)


async def test_another_version_is_said_so(url: str, sql: Sql) -> None:
    await made(url)
    ((now,),) = await sql("SELECT version_num FROM hallpass_version")
    await sql("UPDATE hallpass_version SET version_num = '9999'")

    try:
        with pytest.raises(StoreUnusable, match="a later Hallpass"):
            await glance(url, lambda: NOON, everything)
    finally:
        await sql(f"UPDATE hallpass_version SET version_num = '{now}'")  # noqa: S608  # what stood there


async def test_a_file_that_may_only_be_read_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/100%25 read only.db"
    await made(url)
    monkeypatch.setattr("storage.engine._writable", lambda _: False)  # as for somebody who may not write; root always may

    assert await glance(url, lambda: NOON, everything) == (a_request(),)
    assert len(os.listdir(tmp_path)) == 1  # noqa: PTH208  # pathlib would block a loop that nobody else uses


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="missing does not exist"):
        await glance(f"sqlite:///{tmp_path}/missing/x.db", lambda: NOON, everything)
