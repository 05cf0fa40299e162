"""What the house costs: a start, memory when idle, the command, a question, a batch. Prints figures, judges nothing."""

import asyncio
import json
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import aiohttp

from bot import wiring
from handlers.answer import NOTHING_CHOSEN, think
from handlers.people import DistrictKey
from handlers.policy.understand.reading import understand
from storage.packs import DiskPacks
from tests.bench.bench_slack import keys, there
from tests.bench.scorecard import keep
from tests.loopback.slack import LoopbackSlack
from tests.loopback.teams import LoopbackTeams
from tests.rehearsal import a_free_port
from tests.served import ROOT, SLACK_IDS, Served

QUESTIONS = (
    "Can I text my players from my own phone?",
    "My daughter is on the team I coach. Can I text her from my own phone?",
    "I run the robotics club and want a Discord server for the kids, is that fine?",
    "May I put a picture of my class on my own Facebook page?",
    "A parent friended me, should I accept?",
)
ROUNDS = 40
KEY = "chsd-230"
MANY = 10_000


def test_a_question() -> None:
    packs = wiring.packs()
    known = [packs.get(key) for key in packs.keys()]  # noqa: SIM118  # a port's method
    asked = [(pack, question) for _ in range(ROUNDS) for pack in known for question in QUESTIONS]
    taken = [_timed(partial(think, pack, None, [question], NOTHING_CHOSEN, understand)) for pack, question in asked]
    quantiles = statistics.quantiles(taken, n=100)

    print(f"\nquestion in process: p50 {1000 * quantiles[49]:.2f} ms, p99 {1000 * quantiles[98]:.2f} ms, of {len(taken)}")


def test_a_batch(tmp_path: Path) -> None:
    packs = wiring.packs()
    asked = [{"id": str(number), "district": packs.keys()[number % 5], "turns": [QUESTIONS[number % 5]]} for number in range(300)]
    lines = "\n".join(json.dumps(one) for one in asked)

    def run() -> None:
        subprocess.run([sys.executable, "-m", "bot", "ask", "--batch"], input=lines, text=True, check=True, stdout=subprocess.DEVNULL)

    print(f"\n300 questions from process start: {min(_timed(run) for _ in range(3)):.2f} s")


def test_a_question_among_many_packs(tmp_path: Path) -> None:
    for number in range(MANY):
        (tmp_path / f"district-{number}").symlink_to(wiring.POLICIES / KEY)
    (tmp_path / "alone" / KEY).parent.mkdir()
    (tmp_path / "alone" / KEY).symlink_to(wiring.POLICIES / KEY)
    alone, among = DiskPacks(tmp_path / "alone"), DiskPacks(tmp_path)
    districts = [(alone, DistrictKey(KEY)), (among, DistrictKey("district-7"))]
    taken: list[list[float]] = [[], []]
    for _ in range(ROUNDS):  # side by side, so that a busy machine slows both
        for place, (packs, key) in enumerate(districts):
            for question in QUESTIONS:
                taken[place].append(_timed(partial(_asked, packs, key, question)))
    one, many = (statistics.median(times) for times in taken)
    keep("F10", 1000 * many, 1000 * one)


def _asked(packs: DiskPacks, key: DistrictKey, question: str) -> None:
    think(packs.get(key), None, [question], NOTHING_CHOSEN, understand)


async def test_a_start(tmp_path: Path) -> None:
    """From the process to the first answer of /readyz, and what it holds then, beside the kits alone."""
    async with LoopbackSlack() as slack, LoopbackTeams() as teams:
        ids = {one: (teams.tenant, teams.person(one, name=one.title()).aad_object_id) for one in SLACK_IDS}
        served = Served(tmp_path, KEY, {**keys(slack), **teams.settings()}, teams=ids, fresh=True)
        started: list[list[float]] = [[], []]
        held: list[list[float]] = [[], []]
        async with served:
            for _ in range(5):
                await served.stop()
                begun = time.perf_counter()
                await served.start()
                started[0].append(time.perf_counter() - begun)
                held[0].append(memory(served.process))
                begun = time.perf_counter()
                async with the_kits() as process:
                    started[1].append(time.perf_counter() - begun)
                    held[1].append(memory(process))
    keep("F9", statistics.median(started[0]), statistics.median(started[1]), "s")
    keep("F8", statistics.median(held[0]), statistics.median(held[1]), "MiB")


@asynccontextmanager
async def the_kits() -> AsyncIterator[int]:
    """What any such bot has loaded, answering /readyz; its process."""
    port = a_free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.bench.kits", str(port), cwd=ROOT)
    try:
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            while not await there(session, port):  # noqa: ASYNC110  # another process: there is no event to wait for
                await asyncio.sleep(0.02)
        yield process.pid
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


def memory(process: int) -> float:
    """MiB that are the process's own, its share of what is shared included."""
    said = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"^Pss:\s+(\d+)", said, re.MULTILINE)[1]) / 1024  # type: ignore[index]


def test_the_command() -> None:
    ours, bare = [sys.executable, "-m", "bot", "--version"], [sys.executable, "-c", "import argparse, sqlite3"]
    taken = [[_timed(partial(subprocess.run, words, check=True, stdout=subprocess.DEVNULL)) for words in (ours, bare)] for _ in range(15)]
    mine, plain = (statistics.median(side) for side in zip(*taken, strict=True))
    keep("F11", 1000 * mine, 1000 * plain)


def _timed(what: Callable[[], object]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun
