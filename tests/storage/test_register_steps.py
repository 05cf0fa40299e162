"""The steps that bring the register and the words of duties go down and up again on both databases, and keep what was there before."""

import pytest
from alembic import command
from sqlalchemy import Connection, inspect

from storage.engine import address, is_sqlite, postgres, writer
from storage.migrate import _config
from storage.work import open_store
from tests.samples import DANA, NOON, a_duty, a_request
from tests.storage.conftest import closing_engine, run_sql

BEFORE = "0011"
DUTY = a_duty("r1.d1", "Copy", DANA)


async def moved(url: str, to: str) -> set[str]:
    """Bring the database to a version; return which columns duties have then."""
    place = address(url)
    if is_sqlite(place):
        with closing_engine(writer(place)) as engine, engine.begin() as connection:
            return move(connection, to)
    remote = postgres(place)
    try:
        async with remote.begin() as connected:
            return await connected.run_sync(move, to)
    finally:
        await remote.dispose()


def move(connection: Connection, to: str) -> set[str]:
    config = _config()
    config.attributes["connection"] = connection
    (command.upgrade if to == "head" else command.downgrade)(config, to)
    return {column["name"] for column in inspect(connection).get_columns("duties")}


@pytest.mark.parametrize("times", [1, 2])
async def test_they_go_down_and_up_and_keep_what_was_there(new_url: str, times: int) -> None:
    store = await open_store(new_url, lambda: NOON)
    await store.write(lambda work: work.requests.add(a_request(duties=[DUTY])))
    await store.close()

    for _ in range(times):
        assert "reopened_by" not in await moved(new_url, BEFORE)
        assert (await run_sql(new_url, "SELECT count(*) FROM duties"))[0][0] == 1
        assert {"handed_by", "reopened_word"} <= await moved(new_url, "head")

    store = await open_store(new_url, lambda: NOON)
    kept = await store.read(lambda work: work.requests.of_duty(DUTY.id))
    await store.close()
    assert kept is not None
    assert (kept.duties, kept.channel) == ((DUTY,), None)
