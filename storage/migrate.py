"""The database's version: made when new, brought up to date on request, refused when it is not ours. Not here: the steps themselves."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import URL, Connection, column, func, inspect, select, table

from handlers.ports import Clock
from storage.database import Database
from storage.engine import StoreUnusable, address, is_sqlite, onlooker, postgres, telling, where, writer
from storage.found import seal_found
from storage.keyring import Keyring

if TYPE_CHECKING:
    from alembic.config import Config

T = TypeVar("T")

STEPS = Path(__file__).parent / "migrations"
VERSIONS = "hallpass_version"  # of our own name: another program's Alembic may live in the same database
TURN = 4_872_250  # any number that is ours: replicas that start at once on an empty PostgreSQL take turns


class Version(StrEnum):
    """How a database stands to this program."""

    new = "new"
    current = "current"
    older = "older"
    newer = "newer"


async def version_state(url: str) -> Version:
    """Return how the database stands; nothing is made, nothing changed. Raises StoreUnusable."""
    return await glimpse(address(url), standing) or Version.new


async def glimpse(url: URL, unit: Callable[[Connection], T]) -> T | None:
    """Run the unit where it can change nothing and nothing is made; None where there is no database yet. Raises StoreUnusable."""
    with telling(url):
        if is_sqlite(url):
            return _glimpse_of_a_file(url, unit)
        engine = postgres(url)
        try:
            async with engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True).connect() as connection:
                return await connection.run_sync(unit)
        finally:
            await engine.dispose()


async def migrate(given: str | Database, clock: Clock = lambda: datetime.now(UTC)) -> str:
    """Bring the database to this version, seal what is not sealed yet, and say what was done.

    Raises StoreUnusable, also for a newer one.
    """
    database = Database.of(given)
    place, keyring = address(database.url), Keyring(database.secrets)

    def run(connection: Connection) -> str:
        done, sealed = _migrated(connection, place), seal_found(connection, keyring, clock)
        return f"{done}; what people had typed was sealed, and the record as it was found" if sealed else done

    return f"{where(place)} {await _alone(place, run)}."


async def prepare(url: URL, keyring: Keyring, clock: Clock) -> None:
    """Make a new database, or seal what is not sealed yet; raises StoreUnusable for one of another version."""

    def run(connection: Connection) -> None:
        _prepared(connection, url)
        seal_found(connection, keyring, clock)

    await _alone(url, run)


def upgrade(connection: Connection) -> None:
    """Run every step that is still to be run, in the transaction that the connection is in."""
    from alembic import command  # noqa: PLC0415  # 10 MiB and a fifth of a second, for nothing at every start but the first

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def _alone(url: URL, unit: Callable[[Connection], T]) -> T:
    """Run the unit in one transaction while no other process of ours looks at the version or changes it."""
    with telling(url):
        if is_sqlite(url):
            return _alone_on_sqlite(url, unit)
        engine = postgres(url)
        try:
            async with engine.begin() as connection:
                await connection.execute(select(func.pg_advisory_xact_lock(TURN)))
                return await connection.run_sync(unit)
        finally:
            await engine.dispose()


def _alone_on_sqlite(url: URL, unit: Callable[[Connection], T]) -> T:
    engine = writer(url)
    try:
        with engine.begin() as connection:
            return unit(connection)
    finally:
        engine.dispose()


def _glimpse_of_a_file(url: URL, unit: Callable[[Connection], T]) -> T | None:
    file = Path(url.database or "")
    if not file.exists() and file.absolute().parent.is_dir():
        return None
    engine = onlooker(url)
    try:
        with engine.begin() as connection:
            return unit(connection)
    finally:
        engine.dispose()


def standing(connection: Connection) -> Version:
    """Return how the database behind the connection stands to this program."""
    at = _at(connection)
    if at is None:
        return Version.new
    steps = sorted(step.name.partition("_")[0].removesuffix(".py") for step in (STEPS / "versions").glob("*.py"))
    if at == steps[-1]:
        return Version.current
    return Version.older if at in steps else Version.newer


def _migrated(connection: Connection, url: URL) -> str:
    match standing(connection):
        case Version.current:
            return f"is at version {_at(connection)} already; nothing was changed"
        case Version.newer:
            raise newer(url)
        case Version.new | Version.older:
            before = _at(connection)
            upgrade(connection)
            return f"was brought from version {before} to {_at(connection)}" if before else f"was made, at version {_at(connection)}"


def _prepared(connection: Connection, url: URL) -> None:
    match standing(connection):
        case Version.new:
            upgrade(connection)
        case Version.older:
            raise older(url)
        case Version.newer:
            raise newer(url)
        case Version.current:
            pass


def older(url: URL) -> StoreUnusable:
    """Return the sentence for a database that an administrator has to bring up to date first."""
    return StoreUnusable(f"{where(url)} was made by an earlier Hallpass. Make a backup, then run `hallpass migrate`.")


def newer(url: URL) -> StoreUnusable:
    """Return the sentence for a database that this program does not understand."""
    return StoreUnusable(f"{where(url)} was made by a later Hallpass than this one. Nothing was changed; install that version again.")


def _at(connection: Connection) -> str | None:
    known = table(VERSIONS, column("version_num"))
    return connection.scalar(select(known.c.version_num)) if inspect(connection).has_table(VERSIONS) else None


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
