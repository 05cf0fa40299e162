"""Units come to SQLite's one writer together, so that they share a commit."""

import asyncio
import time

from storage.jobs import Job, Queue


def a_job() -> Job:
    return Job(lambda _: None, asyncio.get_running_loop().create_future())


async def test_what_one_turn_of_the_loop_brings_comes_together() -> None:
    """However long the turn takes, and although the writer is free."""
    queue, jobs = Queue(asyncio.get_running_loop()), [a_job() for _ in range(3)]
    writer = asyncio.create_task(asyncio.to_thread(queue.waiting))
    await asyncio.sleep(0.02)

    for job in jobs:
        queue.put(job)
        time.sleep(0.01)  # noqa: ASYNC251  # as working out the next answer does

    assert await writer == jobs


async def test_what_was_put_before_the_end_comes_before_it() -> None:
    queue, job = Queue(asyncio.get_running_loop()), a_job()

    queue.put(job)
    queue.end()
    await asyncio.sleep(0)

    assert queue.waiting() == [job, None]
