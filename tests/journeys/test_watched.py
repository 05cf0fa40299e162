"""What whoever looks after the bot sees of the real process: what it counts, and whether it can do its work."""

import asyncio
import json
import re
import resource
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import pytest

from tests.journeys.test_slack import DANA, MARIA, asked, opened, requested, until_said
from tests.loopback.slack import LoopbackSlack
from tests.served import SLACK_IDS, Served
from tests.storage.conftest import a_database

DISTRICT = "west-st-francois-r4"
SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$")
LABEL = re.compile(r'(\w+)="([^"]*)"')
ALLOWED = {  # every label, and what it may say
    "verdict": "allowed|prohibited|needs_approval|must_act|discouraged|information|not_covered|unclear",
    "platform": "web|slack|teams|none",
    "move": "[a-z_]{3,20}",
    "outcome": "sent|retried|dead",
    "state": "due|later|dead",
    "route": "/slack/events|/healthz|/readyz|/metrics|unknown",
    "status": r"\d{3}",
    "le": r"[\d.+Inf]+",
    "version": r"\d+\.\d+\.\d+",
}


@asynccontextmanager
async def running(folder: Path, **more: str) -> AsyncIterator[tuple[LoopbackSlack, Served]]:
    """The bot, its workspace, and the cast in both."""
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(folder, DISTRICT, keys | more) as served:
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
            yield slack, served


async def told(served: Served, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{served.port}{path}") as answer:
        return answer.status, await answer.text()


async def metrics(served: Served) -> dict[tuple[str, ...], float]:
    """Every sample by its name and its labels' values."""
    status, text = await told(served, "/metrics")
    assert status == 200
    found = (SAMPLE.match(line) for line in text.splitlines() if not line.startswith("#"))
    return {(one[1], *(value for _, value in LABEL.findall(one[2] or ""))): float(one[3]) for one in found if one}


async def drained(served: Served) -> dict[tuple[str, ...], float]:
    """What is counted once nothing is due any more."""
    async with asyncio.timeout(90):
        while (seen := await metrics(served))["hallpass_outbox_cards", "due"] > 0:  # noqa: ASYNC110  # another process
            await asyncio.sleep(0.1)
    return seen


async def readiness(served: Served) -> tuple[int, dict[str, Any]]:
    status, text = await told(served, "/readyz")
    assert "/" not in text  # no path, no address
    return status, json.loads(text)


async def until_ready(served: Served, wanted: Callable[[int, dict[str, Any]], bool], seconds: float = 30) -> dict[str, Any]:
    async with asyncio.timeout(seconds):
        while True:
            status, words = await readiness(served)
            if wanted(status, words):
                assert words["ready"] is (status == 200)
                return words
            await asyncio.sleep(0.1)


async def test_what_happens_is_counted_once_and_nobody_is_named(tmp_path: Path) -> None:
    async with running(tmp_path) as (slack, served):
        card = await requested(slack)
        await slack.presses(MARIA, card, label="Approve")
        await until_said(slack, DANA, "You may go ahead")
        said = await slack.says(DANA, "Can I text parents from my own phone?")
        await slack.again(said, 2)
        asked_in = next(one.ts for one in slack.dm(DANA) if "parents from my own" in one.text)
        await slack.until(lambda: [one for one in slack.answers(DANA) if one.thread_ts == asked_in])
        await told(served, "/nothing/of/ours/Ada%20Finch")

        seen = await drained(served)
        _, text = await told(served, "/metrics")

    assert sum(seen[key] for key in seen if key[0] == "hallpass_questions_total") == 2
    assert seen["hallpass_questions_total", "slack", "needs_approval"] >= 1
    assert seen["hallpass_decisions_total", "sent"] == seen["hallpass_decisions_total", "approved"] == 1
    assert seen["hallpass_deliveries_total", "sent", "slack"] >= 3
    assert seen[("hallpass_question_seconds_count", "slack")] == 2  # what is delivered again is not answered again
    assert seen[("hallpass_database_write_seconds_count",)] > 5
    assert seen["hallpass_http_requests_total", "/slack/events", "200"] >= 5
    assert seen["hallpass_http_requests_total", "unknown", "404"] == 1
    assert seen[("hallpass_http_request_seconds_count", "/slack/events")] >= 5
    assert seen[("hallpass_outbox_oldest_due_seconds",)] == 0
    assert {"hallpass_build_info", "process_resident_memory_bytes"} <= {key[0] for key in seen}
    for name in ("Ada", "Finch", "Dana", "Ortiz", "maplegrove", "UDANA", "text"):
        assert name not in re.sub(r"(?m)^#.*$", "", text)


async def test_no_label_takes_a_value_that_nobody_foresaw(tmp_path: Path) -> None:
    async with running(tmp_path) as (slack, served):
        await asked(slack)
        for method, path in (("GET", "/x"), ("POST", "/metrics"), ("BREW", "/slack/events")):
            async with aiohttp.ClientSession() as session, session.request(method, f"http://127.0.0.1:{served.port}{path}"):
                pass
        _, text = await told(served, "/metrics")

    pairs = [pair for line in text.splitlines() if line.startswith("hallpass_") for pair in LABEL.findall(line)]
    assert pairs
    assert [(name, value) for name, value in pairs if not re.fullmatch(ALLOWED[name], value)] == []


async def test_what_slack_does_not_take_is_counted_as_tried_again(tmp_path: Path) -> None:
    async with running(tmp_path) as (slack, served):
        answer = await asked(slack)
        await slack.presses(DANA, answer, label="Ask for approval")
        form = await opened(slack, "request")
        slack.fail("chat.postMessage", times=1, status=503)
        await slack.submits(
            DANA,
            form,
            {"students": "Ada Finch", "activity": "Soccer", "channel": "text messages", "reason": "Buses", "unavailable": ["yes"]},
        )
        await slack.until(lambda: slack.answers(MARIA))

        async with asyncio.timeout(90):
            while (retried := (await metrics(served)).get(("hallpass_deliveries_total", "retried", "slack"), 0)) < 1:  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    assert retried == 1


async def test_ready_says_a_word_for_each_part(tmp_path: Path) -> None:
    async with running(tmp_path) as (_, served):
        assert await readiness(served) == (200, {"ready": True, "database": "writable", "queue": "running", "slack": "reachable"})
        assert await told(served, "/healthz") == (200, '{"alive": true}')


async def test_a_line_that_slack_does_not_let_us_open_is_not_ready(tmp_path: Path) -> None:
    async with LoopbackSlack() as slack:
        slack.fail("apps.connections.open", times=1_000, error="invalid_auth")
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_APP_TOKEN": slack.app_token}
        served = Served(tmp_path, DISTRICT, keys)
        serving = asyncio.create_task(served.start())
        try:
            async with asyncio.timeout(90):
                while (words := await known_so_far(served)).get("slack") != "locked out (coming in)":  # noqa: ASYNC110  # another process: there is no event to wait for
                    await asyncio.sleep(0.1)
            assert words["ready"] is False
        finally:
            serving.cancel()
            await served.stop(signal.SIGKILL)


async def known_so_far(served: Served) -> dict[str, object]:
    """What it says of itself, nothing before it listens."""
    try:
        return (await readiness(served))[1]
    except aiohttp.ClientError:
        return {}


async def test_a_database_that_somebody_holds_is_not_ready_until_it_is_let_go(tmp_path: Path) -> None:
    async with running(tmp_path) as (_, served):
        with closing(sqlite3.connect(tmp_path / "served.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            words = await until_ready(served, lambda status, _: status == 503)
            assert words["database"] == "slow"
            assert (await told(served, "/healthz"))[0] == 200
            status, _ = await told(served, "/metrics")  # is told without the database
            assert status == 200
            other.execute("ROLLBACK")
        await until_ready(served, lambda status, _: status == 200)


async def test_a_full_disk_is_not_ready_until_there_is_room(tmp_path: Path) -> None:
    async with running(tmp_path) as (_, served):
        limits = resource.prlimit(served.process, resource.RLIMIT_FSIZE)
        resource.prlimit(served.process, resource.RLIMIT_FSIZE, (1024, limits[1]))
        words = await until_ready(served, lambda status, _: status == 503)
        assert words["database"] == "unusable"

        resource.prlimit(served.process, resource.RLIMIT_FSIZE, limits)
        await until_ready(served, lambda status, _: status == 200)


async def test_a_database_file_that_was_taken_away_is_not_ready(tmp_path: Path) -> None:
    async with running(tmp_path) as (_, served):
        (tmp_path / "served.db").rename(tmp_path / "elsewhere.db")
        words = await until_ready(served, lambda status, _: status == 503)
        assert words["database"] == "unusable"

        (tmp_path / "elsewhere.db").rename(tmp_path / "served.db")
        await until_ready(served, lambda status, _: status == 200)


@pytest.fixture
def database() -> Iterator[str]:
    """A PostgreSQL database of the test's own."""
    with a_database() as url:
        yield url


@pytest.mark.postgres
async def test_a_postgresql_that_may_only_be_read_or_is_gone_is_not_ready(tmp_path: Path, database: str) -> None:
    name = database.rpartition("/")[2]
    async with running(tmp_path, DATABASE_URL=database) as (_, served):
        await run(database, f"ALTER DATABASE {name} SET default_transaction_read_only = on", anew=name)
        assert (await until_ready(served, lambda status, _: status == 503))["database"] == "unusable"

        await run(database, f"ALTER DATABASE {name} SET default_transaction_read_only = off", anew=name)
        await until_ready(served, lambda status, _: status == 200)

        await run(database, f"DROP DATABASE {name} WITH (FORCE)")
        try:
            words = await until_ready(served, lambda status, _: status == 503)
            assert words["database"] in ("unusable", "slow")
            assert (await told(served, "/metrics"))[0] == 200
        finally:
            await run(database, f"CREATE DATABASE {name}")  # for the fixture to drop


async def run(database: str, statement: str, anew: str = "") -> None:
    """What an administrator does to the database; `anew` has everybody connect again."""
    connection = await asyncpg.connect(f"{database.rpartition('/')[0]}/postgres")
    try:
        await connection.execute(statement)
        if anew:
            await connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", anew)
    finally:
        await connection.close()


async def test_slack_away_is_told_and_changes_nothing(tmp_path: Path) -> None:
    async with running(tmp_path) as (slack, served):
        slack.fail("*", times=3, status=503)
        await slack.says(DANA, "Can I text my players from my own phone?")

        words = await until_ready(served, lambda _, words: words["slack"] == "away")
        assert words["ready"] is True

        await slack.until(lambda: slack.answers(DANA))
        await until_ready(served, lambda _, words: words["slack"] == "reachable")


async def test_whoever_slack_locks_out_is_not_ready_until_it_is_let_in(tmp_path: Path) -> None:
    async with running(tmp_path) as (slack, served):
        slack.fail("chat.postMessage", times=1, error="token_revoked")
        await slack.says(DANA, "Can I text my players from my own phone?")

        words = await until_ready(served, lambda status, _: status == 503)
        assert (words["slack"], words["database"]) == ("locked out", "writable")

        await slack.says(DANA, "Can I text parents from my own phone?")  # it was mended, and this is answered
        await until_ready(served, lambda status, _: status == 200)


async def test_who_was_never_let_in_is_not_ready(tmp_path: Path) -> None:
    async with LoopbackSlack() as slack:
        slack.fail("auth.test", times=1, delay=3.0)
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        served = Served(tmp_path, DISTRICT, keys)
        starting = asyncio.create_task(served.__aenter__())
        try:
            seen = await until_seen(served)
            assert seen == {"ready": False, "database": "writable", "queue": "running", "slack": "not reached yet"}
            await starting
            assert (await readiness(served))[0] == 200
        finally:
            starting.cancel()
            await served.__aexit__(None, None, None)


async def until_seen(served: Served) -> dict[str, Any]:
    """What the process says of itself first."""
    async with asyncio.timeout(90):
        while True:
            try:
                return (await readiness(served))[1]
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)
