"""The database's version: made when new, brought up to date on request, refused when it is not ours. Not here: the steps themselves."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, func, select

from storage.engine import StoreUnusable, address, is_sqlite, postgres, telling, where, writer

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
    place = address(url)
    return Version.new if _is_no_file(place) else await _alone(place, _version)


async def migrate(url: str) -> str:
    """Bring the database to this version, and say what was done. Raises StoreUnusable, also for a newer one."""
    place = address(url)
    return f"{where(place)} {await _alone(place, lambda connection: _migrated(connection, place))}."


async def prepare(url: URL) -> None:
    """Make a new database; raises StoreUnusable for one of another version, which only `hallpass migrate` may change."""
    await _alone(url, lambda connection: _prepared(connection, url))


def upgrade(connection: Connection) -> None:
    """Run every step that is still to be run, in the transaction that the connection is in."""
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


def _is_no_file(url: URL) -> bool:
    return is_sqlite(url) and not Path(url.database or "").exists()


def _version(connection: Connection) -> Version:
    at = _at(connection)
    if at is None:
        return Version.new
    steps = ScriptDirectory.from_config(_config())
    if at == steps.get_current_head():
        return Version.current
    return Version.older if at in {step.revision for step in steps.walk_revisions()} else Version.newer


def _migrated(connection: Connection, url: URL) -> str:
    match _version(connection):
        case Version.current:
            return f"is at version {_at(connection)} already; nothing was changed"
        case Version.newer:
            raise _newer(url)
        case Version.new | Version.older:
            before = _at(connection)
            upgrade(connection)
            return f"was brought from version {before} to {_at(connection)}" if before else f"was made, at version {_at(connection)}"


def _prepared(connection: Connection, url: URL) -> None:
    match _version(connection):
        case Version.new:
            upgrade(connection)
        case Version.older:
            raise StoreUnusable(f"{where(url)} was made by an earlier Hallpass. Make a backup, then run `hallpass migrate`.")
        case Version.newer:
            raise _newer(url)
        case Version.current:
            pass


def _newer(url: URL) -> StoreUnusable:
    return StoreUnusable(f"{where(url)} was made by a later Hallpass than this one. Nothing was changed; install that version again.")


def _at(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table": VERSIONS}).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
