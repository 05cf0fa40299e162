"""Units that share one commit on SQLite: each runs so that it can fail alone. Not here: when they run, or the commit."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection

from storage.engine import in_words


@dataclass(frozen=True, slots=True)
class Job:
    """A unit that waits for the writer, and where its outcome is awaited."""

    run: Callable[[Connection], Any]
    future: asyncio.Future[Any]


Outcome = tuple[Job, Any, BaseException | None]


def apart(connection: Connection, job: Job, url: URL) -> Outcome:
    """Run one job so that what it raises undoes that job only; the driver is asked itself, for SQLAlchemy takes longer than most jobs."""
    driver: Any = connection.connection.dbapi_connection
    try:
        driver.execute("SAVEPOINT unit")
        value = job.run(connection)
        driver.execute("RELEASE unit")
    except BaseException as error:
        if not driver.in_transaction:
            raise  # a full disk: SQLite has undone everything, and what came next would be kept on its own
        driver.execute("ROLLBACK TO unit")
        driver.execute("RELEASE unit")
        return job, None, in_words(url, error)
    return job, value, None


def tell(outcomes: list[Outcome]) -> None:
    """Hand over what came of them to whoever still waits."""
    for job, value, error in outcomes:
        if not job.future.done():  # or whoever waited has been cancelled
            job.future.set_result(value) if error is None else job.future.set_exception(error)
