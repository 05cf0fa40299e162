"""What the house costs: a warm start, memory while serving, a question, a batch. Prints figures, judges nothing."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot import wiring
from handlers.answer import NOTHING_CHOSEN, think
from handlers.people import DistrictKey
from handlers.policy.understand.reading import understand
from storage.packs import DiskPacks
from tests.rehearsal import Rehearsal

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

    print(f"\nquestion with {MANY:,} packs on disk: {1000 * many:.2f} ms, {many / one:.2f} times that with one")


def _asked(packs: DiskPacks, key: DistrictKey, question: str) -> None:
    think(packs.get(key), None, [question], NOTHING_CHOSEN, understand)


async def test_a_start(tmp_path: Path) -> None:
    async with Rehearsal(tmp_path, "chsd-230") as house:
        taken = []
        for _ in range(5):
            await house.die()
            begun = time.perf_counter()
            await house.start()
            taken.append(time.perf_counter() - begun)
        print(f"\nwarm start until the page answers: median {statistics.median(taken):.2f} s; serving: {house.memory():.0f} MiB resident")


def _timed(what: Callable[[], object]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun
