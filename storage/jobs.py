"""Units that share one commit on SQLite: they come together, and each runs so that it can fail alone. Not here: the commit."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from sqlalchemy import URL, Connection

from storage.engine import in_words


@dataclass(frozen=True, slots=True)
class Job:
    """A unit that waits for the writer, and where its outcome is awaited."""

    run: Callable[[Connection], Any]
    future: asyncio.Future[Any]


Outcome = tuple[Job, Any, BaseException | None]
GROUP = 64  # units that share one commit; more would keep the first of them waiting


class Queue:
    """The way to the writer: what one turn of the loop brings is handed over together.

    A writer that is woken for the first of them keeps the loop from bringing the others, for only one thread at a time runs Python.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._brought: list[Job] = []
        self._queue: SimpleQueue[Job | None] = SimpleQueue()  # None: nothing comes after it

    def put(self, job: Job) -> None:
        """Have it run soon. On the loop."""
        if not self._brought:
            self._loop.call_soon(self._hand_over)
        self._brought.append(job)

    def end(self) -> None:
        """Say that nothing comes after what was put. On the loop."""
        self._hand_over()
        self._queue.put(None)

    def waiting(self) -> list[Job | None]:
        """Wait for one, and return those that came with it. In the writer's thread."""
        jobs = [self._queue.get()]
        while len(jobs) < GROUP and jobs[-1] is not None and not self._queue.empty():
            jobs.append(self._queue.get())
        return jobs

    def _hand_over(self) -> None:
        brought, self._brought = self._brought, []
        for job in brought:
            self._queue.put(job)


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
