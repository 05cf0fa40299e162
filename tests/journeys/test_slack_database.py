"""The database is away while Slack is not: refused honestly, nothing promised and lost, and well again by itself. The real process."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from tests.loopback.slack import Delivery
from tests.storage.conftest import a_database
from tests.town import DANA, FORM, HELEN, LEE, MARIA, QUESTION, Town, a_town

PATIENCE = 3.0  # seconds that Slack gives us
LATER = (0.02, 1.0, 4.0, 6.0)  # seconds until Slack brings an event again; in truth a minute, and five
HONEST = ("One moment", "Something broke on our side.", "That took too long.")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with a_town(tmp_path_factory.mktemp("database")) as town:
        yield town


@pytest.fixture
def database() -> Iterator[str]:
    """A PostgreSQL database of the test's own."""
    with a_database() as url:
        yield url


async def until_ready(town: Town, status: int) -> None:
    async with asyncio.timeout(90):
        while await town.ready() != status:  # noqa: ASYNC110  # another process
            await asyncio.sleep(0.1)


@pytest.mark.asyncio(loop_scope="module")
async def test_somebody_else_writes_for_five_seconds(town: Town) -> None:
    slack = town.slack
    slack.retry_after = LATER
    card, form = await town.requested(DANA, "Ada Finch"), await town.form(LEE)
    before = len(town.outcomes(DANA))
    with closing(sqlite3.connect(town.served.folder / "served.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = asyncio.create_task(slack.says(DANA, "Can I text parents?"))
        pressing = asyncio.create_task(slack.presses(MARIA, card, label="Approve"))
        sent = await slack.submits(LEE, form, FORM | {"students": "Ben Okri"})
        await until_ready(town, 503)
        assert "One moment" in slack.text_of(form)  # and not "sent"
        assert town.outcomes(DANA)[before:] == []
        await asyncio.sleep(2.5)
        other.execute("ROLLBACK")
    said, pressed = await asked, await pressing
    await town.answered(DANA, said)
    await town.said(MARIA, "Ben Okri")
    await slack.until(lambda: len(town.outcomes(DANA)) == before + 1)
    await slack.until(lambda: "as soon as it is decided" in slack.text_of(form))
    await until_ready(town, 200)
    await town.quiet()
    in_time(said, pressed, sent)
    assert [said.tries[0].status, said.status] == [500, 200]  # Slack is told that it was not kept, and brings it again
    assert len(town.answers_to(DANA, said)) == 1
    assert town.doubled() == []


@pytest.mark.asyncio(loop_scope="module")
async def test_the_disk_is_full_for_a_while(town: Town) -> None:
    slack = town.slack
    slack.retry_after = LATER
    card, form = await town.requested(LEE, "Cleo Marsh"), await town.form(DANA)
    before, decided = len(town.outcomes(LEE)), town.rows("SELECT count(*) FROM record")
    with full(town):
        asked = asyncio.create_task(slack.says(LEE, QUESTION))
        pressed = await slack.presses(MARIA, card, label="Approve")
        sent = await slack.submits(DANA, form, FORM | {"students": "Dov Stern"})
        await until_ready(town, 503)
        await slack.until(lambda: "Something broke on our side." in town.told(MARIA))
        assert any(words in slack.text_of(form) for words in HONEST)
        assert town.rows("SELECT count(*) FROM record") == decided

    await until_ready(town, 200)
    said = await asked
    await town.answered(LEE, said)
    assert said.tries[0].status == 500
    await slack.presses(MARIA, town.now(card), label="Approve")
    await slack.until(lambda: len(town.outcomes(LEE)) == before + 1)
    in_time(said, pressed, sent)
    assert "Dov Stern" not in town.told(MARIA)
    await town.quiet()
    assert len(town.answers_to(LEE, said)) == 1
    assert town.doubled() == []


@contextmanager
def full(town: Town) -> Iterator[None]:
    """No file of the process can grow."""
    limits = resource.prlimit(town.served.process, resource.RLIMIT_FSIZE)
    resource.prlimit(town.served.process, resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        yield
    finally:
        resource.prlimit(town.served.process, resource.RLIMIT_FSIZE, limits)


@pytest.mark.asyncio(loop_scope="module")
async def test_whoever_asked_what_could_never_be_kept_is_told_so_once(town: Town) -> None:
    town.slack.retry_after = (0.02, 0.02, 0.02)

    with full(town):
        said = await town.slack.says(HELEN, QUESTION)

    assert [one.status for one in said.tries] == [500] * 4  # Slack will not bring it again
    await town.slack.until(lambda: "Something broke on our side." in town.told(HELEN))
    await town.quiet(0.5)
    assert town.told(HELEN).count("Something broke on our side.") == 1
    await until_ready(town, 200)


@pytest.mark.postgres
async def test_postgresql_ends_our_connections_and_goes_away(tmp_path: Path, database: str) -> None:
    name = database.rpartition("/")[2]
    async with a_town(tmp_path, DATABASE_URL=database) as town:
        slack = town.slack
        slack.retry_after = LATER
        first = await town.requested(DANA, "Ada Finch")
        for _ in range(3):
            await administers(database, ENDED, name)
            assert slack.buttons(await town.asked(LEE))
        async with away(database, name):
            asked = asyncio.create_task(slack.says(LEE, "Can I text parents?"))
            pressed = await slack.presses(MARIA, first, label="Approve")
            await until_ready(town, 503)
            await asyncio.sleep(3)
            assert town.outcomes(DANA) == []
        await until_ready(town, 200)
        said = await asked
        await town.answered(LEE, said)
        if "Approve" in town.labels(first):
            await slack.presses(MARIA, town.now(first), label="Approve")
        await slack.until(lambda: len(town.outcomes(DANA)) == 1)
        await town.quiet()

    in_time(said, pressed)
    assert said.tries[0].status == 500
    assert len(town.answers_to(LEE, said)) == 1
    assert town.doubled() == []


@asynccontextmanager
async def away(database: str, name: str) -> AsyncIterator[None]:
    """Nobody can connect, and nothing of that name is there."""
    await administers(database, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await administers(database, ENDED, name)
    await administers(database, f"ALTER DATABASE {name} RENAME TO {name}_away")
    try:
        yield
    finally:
        await administers(database, f"ALTER DATABASE {name}_away RENAME TO {name}")
        await administers(database, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


ENDED = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"


def in_time(*deliveries: Delivery) -> None:
    """Each try of each was answered before Slack gave up waiting."""
    assert max(one.seconds for delivery in deliveries for one in delivery.tries) < PATIENCE


async def administers(database: str, statement: str, *arguments: str) -> None:
    """What whoever looks after the server does."""
    connection = await asyncpg.connect(f"{database.rpartition('/')[0]}/postgres")
    try:
        await connection.execute(statement, *arguments)
    finally:
        await connection.close()
