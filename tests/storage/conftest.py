"""Both real databases: a SQLite file of the test's own, and a PostgreSQL database of the session's own, emptied for each test."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from alembic.config import Config
from sqlalchemy import Connection, CursorResult, Engine, Executable, Result, make_url, text

from storage import migrate
from storage.engine import address, is_sqlite, postgres, writer
from storage.migrate import VERSIONS
from storage.prepared import _Prepared
from storage.tables import metadata
from storage.work import PostgresStore, SqliteStore, open_store
from tests.samples import NOON

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

AnyStore = SqliteStore | PostgresStore
Sql = Callable[[str], Awaitable[list[Any]]]


@pytest.fixture(scope="session")
def postgres_database() -> Iterator[str]:
    """A database that this session made and drops again."""
    with a_database() as url:
        yield url


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of this version with nothing in it: to make one takes longer than most tests."""
    made = tmp_path_factory.mktemp("empty") / "empty.db"

    async def make() -> None:
        await (await open_store(f"sqlite:///{made}", lambda: NOON)).close()

    asyncio.run(make())
    return made


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address of either database, with its tables and nothing in them."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "hallpass.db")
        return f"sqlite:///{tmp_path / 'hallpass.db'}"
    database: str = request.getfixturevalue("postgres_database")
    asyncio.run(_emptied(database))
    return database


@pytest.fixture(params=BOTH)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address of either database, without a table in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    with a_database() as database:
        yield database


@pytest.fixture
async def store(url: str) -> AsyncIterator[AnyStore]:
    """A store of the test's own, over either database."""
    opened = await open_store(url, lambda: NOON)
    yield opened
    await opened.close()


@pytest.fixture
async def remote(postgres_database: str) -> AsyncIterator[PostgresStore]:
    """A store over PostgreSQL."""
    opened = await open_store(postgres_database, lambda: NOON)
    assert isinstance(opened, PostgresStore)
    yield opened
    await opened.close()


@pytest.fixture
def sql(url: str) -> Sql:
    """What somebody else does to the database, behind the store's back."""
    return lambda statement: run_sql(url, statement)


async def run_sql(url: str, statement: str) -> list[Any]:
    """Run one statement on a connection of its own."""
    place = address(url)
    if is_sqlite(place):
        with closing_engine(writer(place)) as engine, engine.begin() as connection:
            return _rows(connection.execute(text(statement)))
    remote = postgres(place)
    try:
        async with remote.begin() as connected:
            return _rows(await connected.execute(text(statement)))
    finally:
        await remote.dispose()


@contextmanager
def closing_engine(engine: Engine) -> Iterator[Engine]:
    """Leave no connection behind."""
    try:
        yield engine
    finally:
        engine.dispose()


async def stepped(url: str, to: str, how: Callable[[Config, str], None]) -> None:
    """Bring the database to another step, up or down, as nobody but a test may."""

    def run(connection: Connection) -> None:
        config = migrate._config()
        config.attributes["connection"] = connection
        how(config, to)

    await migrate._alone(address(url), run)


def _rows(result: CursorResult[Any]) -> list[Any]:
    return list(result) if result.returns_rows else []


@contextmanager
def a_database() -> Iterator[str]:
    """Make a PostgreSQL database for as long as it is needed; the test is skipped where there is no server."""
    name = f"hallpass_test_{uuid4().hex}"
    try:
        asyncio.run(_told(POSTGRES, f"CREATE DATABASE {name}"))
    except (OSError, asyncpg.PostgresError) as error:
        pytest.skip(f"no PostgreSQL at TEST_POSTGRES_URL: {type(error).__name__}")
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        asyncio.run(_told(POSTGRES, f"DROP DATABASE {name} WITH (FORCE)"))


async def _told(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url, timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _emptied(url: str) -> None:
    """Empty every table; the record's triggers are off for this connection only."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        if await connection.fetchval("SELECT to_regclass($1)", VERSIONS):
            deletes = "; ".join(str(table.delete()) for table in metadata.tables.values())
            await connection.execute(f"SET session_replication_role = replica; {deletes}")
    finally:
        await connection.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Executable]:
    """Every statement that units of work have asked since."""
    seen, real = list[Executable](), _Prepared.execute

    def execute(self: _Prepared, statement: Executable, *given: Any) -> Result[Any]:
        seen.append(statement)
        return real(self, statement, *given)

    monkeypatch.setattr(_Prepared, "execute", execute)
    return seen
