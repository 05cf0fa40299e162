"""What a turn in Slack costs, beside a bare Bolt app that echoes: CPU a question, waiting alone and in a crowd, acknowledgements."""

import asyncio
import signal
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.bench.scorecard import keep
from tests.loopback.slack import LoopbackSlack
from tests.rehearsal import a_free_port
from tests.served import ROOT, SLACK_IDS, Served

USERS = list(SLACK_IDS.values())
QUESTIONS = ("Can I text my players from my own phone?", "May I put a team picture on my Instagram?", "Can I email a parent from school?")
ROUNDS, ALONE, CROWD, AT_ONCE = 4, 30, 128, 64
OF_ALL_THREADS = 2  # clock_getcpuclockid(3): /proc counts in hundredths of a second, and a round of presses takes less


def cpu(process: int) -> float:
    """Seconds of processor time that a process has used."""
    return time.clock_gettime((~process << 3) | OF_ALL_THREADS)


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
            while not await there(session, port):  # noqa: ASYNC110  # another process: there is no event to wait for
                await asyncio.sleep(0.05)
        yield process.pid, port
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def there(session: aiohttp.ClientSession, port: int) -> bool:
    """Whether a process answers there."""
    try:
        async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def test_a_question_in_slack_beside_an_echo(tmp_path: Path) -> None:
    async with LoopbackSlack() as ours, LoopbackSlack() as bare, LoopbackSlack() as stock:
        for slack in (ours, bare, stock):
            with_everybody(slack)
        async with (
            Served(tmp_path, "west-st-francois-r4", keys(ours), fresh=True) as served,
            an_echo(bare) as (echo, port),
            an_echo(stock, "stock") as (plain, plain_port),
        ):
            ours.app_url, bare.app_url, stock.app_url = (url(one) for one in (served.port, port, plain_port))
            sides = ((ours, served.process), (bare, echo), (stock, plain))
            for slack, process in sides:
                await measured(slack, process, 20, 4)
            alone: list[list[Turns]] = [[], [], []]
            crowd: list[list[Turns]] = [[], [], []]
            for _ in range(ROUNDS):  # side by side, so that a busy machine slows all
                for place, (slack, process) in enumerate(sides):
                    alone[place].append(await measured(slack, process, ALONE, 1))
                    crowd[place].append(await measured(slack, process, CROWD, AT_ONCE))
    used = [1000 * each(side, lambda one: one.cpu) for side in crowd]
    waited = [1000 * each(side, lambda one: slowest(one.waits)) for side in crowd]
    acked = [1000 * each(side, lambda one: slowest(one.acks)) for side in crowd]
    lone = [1000 * each(side, lambda one: statistics.median(one.waits)) for side in alone]
    keep("F1", used[0], used[1])
    keep("F1b", used[0], used[2])
    keep("F2", waited[0], waited[1])
    keep("F3", acked[0], acked[1])
    print(f"question alone, p50: {lone[0]:.1f} ms, {lone[0] / lone[1]:.2f} times the bare echo")


def with_everybody(slack: LoopbackSlack) -> None:
    """Put the cast into a workspace."""
    for name, user in SLACK_IDS.items():
        slack.user(user, name=name.title())


def keys(slack: LoopbackSlack) -> dict[str, str]:
    """The settings with which a bot serves that workspace."""
    return {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}


def url(port: int) -> str:
    """Where a bot takes what Slack sends."""
    return f"http://127.0.0.1:{port}/slack/events"


def slowest(seconds: list[float]) -> float:
    """Return the slowest hundredth's bound."""
    return statistics.quantiles(seconds, n=100)[98]


def each(rounds: list[Turns], figure: Callable[[Turns], float]) -> float:
    """Return the median round's figure."""
    return statistics.median(figure(one) for one in rounds)
