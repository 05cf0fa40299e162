"""The database's version: made when new, refused when it is another, brought up to date when asked."""

import asyncio
import os
import re
import shutil
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage import migrate as module
from storage.engine import StoreUnusable, address, is_sqlite, postgres, writer
from storage.migrate import STEPS, VERSIONS, Version, migrate, version_state
from storage.tables import metadata
from storage.work import open_store
from tests.samples import MAPLE_GROVE, NOON, a_request
from tests.storage.conftest import run_sql, stepped

LATEST = max(step.name[:4] for step in (STEPS / "versions").glob("0*.py"))
NEXT = f"""
from alembic import op

revision = "tomorrow"
down_revision = "{LATEST}"


def upgrade():
    op.execute("CREATE TABLE tomorrow (id INTEGER)")
"""


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this were a later Hallpass, with one more step."""
    steps = tmp_path / "100% later"
    shutil.copytree(STEPS, steps)
    (steps / "versions" / "tomorrow.py").write_text(NEXT)
    monkeypatch.setattr(module, "STEPS", steps)


async def made(url: str) -> None:
    store = await open_store(url, lambda: NOON)
    await store.write(lambda work: work.requests.add(a_request()))
    await store.close()


async def test_a_new_database_is_made_when_it_is_opened(new_url: str) -> None:
    assert await version_state(new_url) is Version.new

    await made(new_url)

    assert await version_state(new_url) is Version.current


async def test_asking_for_the_version_makes_nothing(tmp_path: Path) -> None:
    await version_state(f"sqlite:///{tmp_path}/x.db")

    assert os.listdir(tmp_path) == []  # noqa: PTH208  # pathlib would block a loop that nobody else uses


async def test_many_may_open_a_new_database_at_once(new_url: str) -> None:
    stores = await asyncio.gather(*(open_store(new_url, lambda: NOON) for _ in range(4)))

    for store in stores:
        await store.close()
    assert await version_state(new_url) is Version.current


async def test_migrating_says_what_was_done(new_url: str) -> None:
    assert (await migrate(new_url)).endswith(f"was made, at version {LATEST}.")
    assert (await migrate(new_url)).endswith(f"is at version {LATEST} already; nothing was changed.")


async def test_the_steps_lead_to_the_tables(new_url: str) -> None:
    await migrate(new_url)

    assert await differences(new_url) == []


async def test_an_older_database_waits_for_an_administrator(new_url: str, request: pytest.FixtureRequest) -> None:
    await made(new_url)
    request.getfixturevalue("tomorrow")

    with pytest.raises(StoreUnusable, match="run `hallpass migrate`"):
        await open_store(new_url, lambda: NOON)

    assert await version_state(new_url) is Version.older


async def test_an_older_database_is_brought_up_to_date_with_everything_in_it(new_url: str, request: pytest.FixtureRequest) -> None:
    await made(new_url)
    request.getfixturevalue("tomorrow")

    assert (await migrate(new_url)).endswith(f"was brought from version {LATEST} to tomorrow.")

    store = await open_store(new_url, lambda: NOON)
    assert await store.read(lambda work: work.requests.all(MAPLE_GROVE)) == (a_request(),)
    await store.close()


async def test_a_newer_database_is_left_alone(new_url: str) -> None:
    await made(new_url)
    await run_sql(new_url, "UPDATE hallpass_version SET version_num = '9999'")

    assert await version_state(new_url) is Version.newer
    for refused in (open_store(new_url, lambda: NOON), migrate(new_url)):
        with pytest.raises(StoreUnusable, match="a later Hallpass"):
            await refused


async def differences(url: str) -> list[object]:
    place = address(url)
    if is_sqlite(place):
        engine = writer(place)
        with engine.connect() as connection:
            found = _differences(connection)
        engine.dispose()
        return found
    remote = postgres(place)
    async with remote.connect() as connected:
        found = await connected.run_sync(_differences)
    await remote.dispose()
    return found


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"version_table": VERSIONS}), metadata))


async def test_the_steps_of_the_record_lead_down_and_up_again(new_url: str) -> None:
    await made(new_url)
    with pytest.raises(RuntimeError, match="people's words are sealed"):
        await stepped(new_url, "0008", command.downgrade)
    await run_sql(new_url, "DELETE FROM request_keys")

    await stepped(new_url, "0008", command.downgrade)
    assert await version_state(new_url) is Version.older
    await stepped(new_url, "head", command.upgrade)

    assert await differences(new_url) == []
    await run_sql(new_url, "INSERT INTO links VALUES (1, 'here', 1, '', '')")
    for change in ("UPDATE links SET mac = ''", "DELETE FROM links"):
        with pytest.raises(DBAPIError, match="append-only"):
            await run_sql(new_url, change)


def test_the_steps_are_named_in_their_order() -> None:
    """Which version a database has is read off the files' names: Alembic is not asked at each start."""
    chain = [step.revision for step in ScriptDirectory.from_config(module._config()).walk_revisions()][::-1]

    assert [step.name.partition("_")[0] for step in sorted((STEPS / "versions").glob("*.py"))] == chain


async def test_an_index_is_of_some_rows_where_its_table_says_so(new_url: str) -> None:
    """Alembic does not compare that."""
    await migrate(new_url)
    lite, post = "SELECT name, sql FROM sqlite_master WHERE type = 'index'", "SELECT indexname, indexdef FROM pg_indexes"
    made = {str(name): str(sql) for name, sql in await run_sql(new_url, lite if is_sqlite(address(new_url)) else post)}

    for index in (index for table in metadata.sorted_tables for index in table.indexes):
        _, _, rows = made[str(index.name)].partition(" WHERE ")
        assert re.sub(r"[()]", "", rows) == index.info.get("where", ""), index.name
