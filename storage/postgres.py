"""What PostgreSQL's driver is told directly: begin, a statement, commit. Not here: which statement, or whether to try a unit again.

SQLAlchemy's own way there is longer, with a greenlet for each step of it: that took half of the processor time of a question.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import await_

from storage.engine import NETWORK, StoreUnusable, drivers_raise

T = TypeVar("T")
Driver = Any  # asyncpg's connection

WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED"
READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
COMMIT = "COMMIT"


class Committing(Exception):  # noqa: N818  # a moment, not a mistake
    """Something broke once the commit was sent: it is open whether the unit was kept. Its cause is what broke."""


def transact(engine: Engine, begin: str, run: Callable[[Connection], T]) -> T:
    """Run the unit in a transaction that begins like this, within SQLAlchemy's greenlet. Raises Committing, or what the unit raised."""
    with engine.connect() as connection:
        driver: Driver = connection.connection.driver_connection
        over = False
        try:
            _told(connection.dialect, driver, begin)
            value = run(connection)
            done = _committed(connection.dialect, driver)
            over = True
        except Committing:
            raise
        except BaseException:
            over = _undone(driver)
            raise
        finally:
            if not over:  # nobody else may get it with a transaction that is open
                connection.invalidate()
    if done != COMMIT:
        raise StoreUnusable("Nothing was changed: the unit went on after a statement had failed.")
    return value


def looked(engine: Engine, run: Callable[[Connection], T]) -> T:
    """Run a unit that only reads, within SQLAlchemy's greenlet; nothing begins, and each statement sees what is committed by then."""
    with engine.connect() as connection:
        try:
            return run(connection)
        except Exception:
            raise
        except BaseException:  # stopped in the middle: the next one must not wait for what is still said
            connection.invalidate()
            raise


def is_looking(connection: Connection) -> bool:
    """Say whether each statement is by itself there: nobody has begun, and SQLAlchemy will not."""
    lent: Any = connection.connection
    return bool(lent.dbapi_connection.autocommit) and not lent.driver_connection.is_in_transaction()


def asked(connection: Connection, driver: Driver, sql: str, rows: Sequence[Sequence[Any]], *, many: bool) -> list[Any]:
    """Run a statement, for one row of parameters or for many; return what comes back. Raises what SQLAlchemy would raise."""
    try:
        return (await_(driver.executemany(sql, rows)) or []) if many else await_(driver.fetch(sql, *rows[0]))
    except drivers_raise() as error:
        raise in_sqlalchemys(connection.dialect, driver, sql, error) from error


def in_sqlalchemys(dialect: Dialect, driver: Driver, sql: str, error: BaseException) -> BaseException:
    """Return SQLAlchemy's error for the driver's, without parameters; one of the network as it is."""
    if isinstance(error, NETWORK):
        return error
    dbapi: Any = dialect.loaded_dbapi
    kinds = dbapi._asyncpg_error_translate  # noqa: SLF001  # the one list there is
    kind = next((kinds[one] for one in type(error).__mro__ if one in kinds), dbapi.Error)
    told = kind(str(error.args[0]) if error.args else type(error).__name__, error)
    gone: bool = driver.is_closed()
    said: BaseException = DBAPIError.instance(
        sql, None, told, dbapi.Error, hide_parameters=True, connection_invalidated=gone, dialect=dialect
    )
    return said


def _committed(dialect: Dialect, driver: Driver) -> str:
    try:
        return _told(dialect, driver, COMMIT)
    except drivers_raise() as error:
        raise Committing from error


def _undone(driver: Driver) -> bool:
    """Roll back; say whether that is certain."""
    with suppress(*drivers_raise()):
        return not driver.is_closed() and bool(await_(driver.execute("ROLLBACK")))
    return False


def _told(dialect: Dialect, driver: Driver, sql: str) -> str:
    """Say a statement that takes nothing; return what PostgreSQL calls it."""
    try:
        done: str = await_(driver.execute(sql))
    except drivers_raise() as error:
        raise in_sqlalchemys(dialect, driver, sql, error) from error
    return done
