"""What a turn in Slack costs, beside a bare Bolt app that echoes: CPU a question, waiting alone and in a crowd, acknowledgements."""

import asyncio
import os
import signal
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.loopback.slack import LoopbackSlack
from tests.rehearsal import a_free_port
from tests.served import ROOT, SLACK_IDS, Served

USERS = list(SLACK_IDS.values())
QUESTIONS = ("Can I text my players from my own phone?", "May I put a team picture on my Instagram?", "Can I email a parent from school?")
ROUNDS, ALONE, CROWD, AT_ONCE = 4, 30, 128, 64
TICK = os.sysconf("SC_CLK_TCK")


def cpu(process: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


class Turns:
    """What a number of questions took: until the acknowledgement, until the answer, and of the processor."""

    def __init__(self) -> None:
        self.acks: list[float] = []
        self.waits: list[float] = []
        self.cpu = 0.0


async def asked(slack: LoopbackSlack, number: int, turns: Turns) -> None:
    user, before = USERS[number % len(USERS)], time.perf_counter()
    said = await slack.says(user, f"{QUESTIONS[number % len(QUESTIONS)]} ({number})")
    turns.acks.append(said.tries[-1].seconds)
    ts = said.payload["event"]["ts"]
    await slack.until(lambda: any(one.thread_ts == ts for one in slack.messages[-4 * AT_ONCE :]), timeout=30)
    turns.waits.append(time.perf_counter() - before)


async def measured(slack: LoopbackSlack, process: int, many: int, at_once: int) -> Turns:
    turns, gate, begun = Turns(), asyncio.Semaphore(at_once), cpu(process)

    async def one(number: int) -> None:
        async with gate:
            await asked(slack, number, turns)

    await asyncio.gather(*(one(number) for number in range(many)))
    turns.cpu = (cpu(process) - begun) / many
    return turns


@asynccontextmanager
async def an_echo(slack: LoopbackSlack, *how: str) -> AsyncIterator[tuple[int, int]]:
    """A bare Bolt app; its process and port."""
    port = a_free_port()
    words = ["-m", "tests.bench.echo", str(port), slack.api_url, slack.bot_token, slack.signing_secret, *how]
    process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT)
    try:
        async with asyncio.timeout(20), aiohttp.ClientSession() as session:
            while not await _there(session, port):  # noqa: ASYNC110  # another process: there is no event to wait for
                await asyncio.sleep(0.05)
        yield process.pid, port
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def _there(session: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def test_a_question_in_slack_beside_an_echo(tmp_path: Path) -> None:
    async with LoopbackSlack() as ours, LoopbackSlack() as bare:
        for slack in (ours, bare):
            for name, user in SLACK_IDS.items():
                slack.user(user, name=name.title())
        keys = {"SLACK_BOT_TOKEN": ours.bot_token, "SLACK_API_BASE_URL": ours.api_url, "SLACK_SIGNING_SECRET": ours.signing_secret}
        async with Served(tmp_path, "west-st-francois-r4", keys) as served, an_echo(bare) as (echo, port):
            ours.app_url, bare.app_url = (f"http://127.0.0.1:{one}/slack/events" for one in (served.port, port))
            sides = ((ours, served.process), (bare, echo))
            for slack, process in sides:
                await measured(slack, process, 20, 4)
            alone: list[list[Turns]] = [[], []]
            crowd: list[list[Turns]] = [[], []]
            for _ in range(ROUNDS):  # side by side, so that a busy machine slows both
                for place, (slack, process) in enumerate(sides):
                    alone[place].append(await measured(slack, process, ALONE, 1))
                    crowd[place].append(await measured(slack, process, CROWD, AT_ONCE))
    print()
    tell("question, CPU", *[each(side, lambda one: one.cpu) for side in crowd])
    tell("question alone, p50", *(each(side, lambda one: statistics.median(one.waits)) for side in alone))
    tell(f"question, {AT_ONCE} at once, p99", *(each(side, lambda one: statistics.quantiles(one.waits, n=100)[98]) for side in crowd))
    tell(f"acknowledgement, {AT_ONCE} at once, p99", *(each(side, lambda one: statistics.quantiles(one.acks, n=100)[98]) for side in crowd))


def each(rounds: list[Turns], figure: Callable[[Turns], float]) -> float:
    return statistics.median(figure(one) for one in rounds)


def tell(what: str, ours: float, bare: float, *, anchor: str = "a bare Bolt echo") -> None:
    """Print a figure in milliseconds, and its ratio to the anchor's."""
    print(f"{what}: {1000 * ours:.2f} ms, {ours / bare:.2f} times {anchor} ({1000 * bare:.2f} ms)")
