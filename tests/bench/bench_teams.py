"""What a question costs in Teams, beside Microsoft's own adapter that echoes: CPU a turn, and turns while the token endpoint is slow."""

import asyncio
import signal
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.bench.bench_slack import QUESTIONS, cpu, there
from tests.bench.scorecard import keep
from tests.loopback.teams import LoopbackTeams
from tests.rehearsal import a_free_port
from tests.served import ROOT, SLACK_IDS, Served

ROUNDS, TURNS, AT_ONCE = 4, 120, 16
SLOW = 0.08  # seconds that a token takes
TOKEN = "kept-by-the-anchor"
PLACE = "general"  # a channel, where each question begins a thread: in a chat the five before it are read with it


@asynccontextmanager
async def an_echo(teams: LoopbackTeams, way: str) -> AsyncIterator[int]:
    """Microsoft's adapter beside us; its process."""
    port = a_free_port()
    teams.tokens[TOKEN] = teams.now() + 24 * 3600.0
    known = {name.removeprefix("TEAMS_"): value for name, value in teams.settings().items() if name.startswith(("TEAMS_APP", "TO_"))}
    known["APP_TENANTID"] = teams.tenant
    words = ["-m", "tests.bench.teams_echo", str(port), way, TOKEN, *(f"{name}={value}" for name, value in known.items())]
    process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT)
    try:
        async with asyncio.timeout(30), aiohttp.ClientSession() as session:
            while not await there(session, port):  # noqa: ASYNC110  # another process: there is no event to wait for
                await asyncio.sleep(0.05)
        teams.app_url = f"http://127.0.0.1:{port}/api/messages"
        yield process.pid
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def measured(teams: LoopbackTeams, process: int, many: int = TURNS) -> tuple[float, float]:
    """Ask so many questions, each a conversation of its own as in Slack; return seconds of processor a turn, and turns a second."""
    if PLACE not in teams.places:
        teams.channel(PLACE, members=tuple(SLACK_IDS))
    gate, begun, since, before = asyncio.Semaphore(AT_ONCE), cpu(process), time.perf_counter(), sent(teams)

    async def one(number: int) -> None:
        async with gate:
            await teams.says(list(SLACK_IDS)[number % len(SLACK_IDS)], f"{QUESTIONS[number % len(QUESTIONS)]} ({number})", PLACE)

    await asyncio.gather(*(one(number) for number in range(many)))
    await teams.until(lambda: sent(teams) >= before + many, timeout=60)
    return (cpu(process) - begun) / many, many / (time.perf_counter() - since)


def sent(teams: LoopbackTeams) -> int:
    """How often the bot has said something."""
    return sum(one.author == teams.bot["id"] for one in teams.messages)


async def test_a_question_in_teams_beside_microsofts_adapter(tmp_path: Path) -> None:
    async with LoopbackTeams() as ours, LoopbackTeams() as documented, LoopbackTeams() as pooled:
        for teams in (ours, documented, pooled):
            for name in SLACK_IDS:
                teams.person(name, name=name.title())
        ids = {name: (ours.tenant, ours.people[name].aad_object_id) for name in SLACK_IDS}
        async with (
            Served(tmp_path, "west-st-francois-r4", ours.settings(), teams=ids, fresh=True) as served,
            an_echo(documented, "documented") as plain,
            an_echo(pooled, "pooled") as kept,
        ):
            ours.app_url = f"http://127.0.0.1:{served.port}/api/messages"
            sides = ((ours, served.process), (documented, plain), (pooled, kept))
            for teams, process in sides:
                await measured(teams, process, 24)
            found: list[list[float]] = [[], [], []]
            for _ in range(ROUNDS):  # side by side, so that a busy machine slows all
                for place, (teams, process) in enumerate(sides):
                    found[place].append((await measured(teams, process))[0])
    product, anchor, quick = (statistics.median(side) for side in found)
    keep("F4", 1000 * product, 1000 * quick)
    keep("F4b", 1000 * product, 1000 * anchor)


async def test_turns_while_tokens_are_slow(tmp_path: Path) -> None:
    rates: list[float] = []
    for name, delay in (("quick", 0.0), ("slow", SLOW)):
        async with LoopbackTeams() as teams:
            ids = {one: (teams.tenant, teams.person(one, name=one.title()).aad_object_id) for one in SLACK_IDS}
            (tmp_path / name).mkdir()
            async with Served(tmp_path / name, "west-st-francois-r4", teams.settings(), teams=ids, fresh=True) as served:
                teams.app_url = f"http://127.0.0.1:{served.port}/api/messages"
                if delay:
                    teams.fail("token", delay=delay, times=10_000)
                await measured(teams, served.process, 24)
                rates.append(statistics.median([(await measured(teams, served.process))[1] for _ in range(ROUNDS)]))
    quick, slow = rates
    keep("F14", slow, quick, "turns/s")
