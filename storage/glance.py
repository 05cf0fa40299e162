"""One look at a database that makes nothing and changes nothing; one that is not there yet is empty. Not here: any query."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, create_engine

from handlers.ports import Clock, Work
from storage.database import Database
from storage.engine import address
from storage.keyring import Keyring
from storage.migrate import Version, glimpse, newer, older, standing
from storage.tables import metadata
from storage.unit import Units

P = ParamSpec("P")
T = TypeVar("T")


async def glance(where: str | Database, clock: Clock, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a unit that only reads. Raises StoreUnusable, also for a database of another version."""
    database = Database.of(where)
    place, units = address(database.url), Units(clock, "", Keyring(database.secrets))

    def run(connection: Connection) -> T:
        return units.run(connection, unit, *args, **kwargs)

    def look(connection: Connection) -> tuple[T] | None:
        return (run(connection),) if _is_made(connection, place) else None

    found = await glimpse(place, look)
    return _on_nothing(run) if found is None else found[0]


def _is_made(connection: Connection, place: URL) -> bool:
    match standing(connection):
        case Version.older:
            raise older(place)
        case Version.newer:
            raise newer(place)
        case version:
            return version is Version.current


def _on_nothing(run: Callable[[Connection], T]) -> T:
    """Run on an empty database in memory: the queries stay as they are."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            return run(connection)
    finally:
        engine.dispose()
