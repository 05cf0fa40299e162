"""Line 8: a PostgreSQL of the drill's own is restarted without mercy under load; nothing is lost, and no process ends."""

import asyncio
import contextlib
import os
import pwd
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chaos.checker import judged
from tests.chaos.cluster import a_cluster
from tests.chaos.faults import flaky
from tests.chaos.figures import Figures, none_of, told
from tests.chaos.kill9 import living
from tests.chaos.profile import Profile
from tests.lives import TWO, History
from tests.rehearsal import a_free_port

LINE, OWNER = 8, "postgres"
PROGRAMS = Path("/usr/lib/postgresql")  # Debian's; elsewhere they are on the PATH


@dataclass(frozen=True)
class Server:
    """A cluster of databases in a folder that goes away with it."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/postgres"

    def control(self, *words: str) -> None:
        """pg_ctl; never as root, for it refuses that."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        _run("pg_ctl", "-D", str(self.folder), "-w", "-l", str(self.folder / "log"), "-o", options, *words)

    async def restart(self) -> None:
        """As after a power cut: no checkpoint, no goodbye; it recovers from its log."""
        await asyncio.to_thread(self.control, "-m", "immediate", "restart")


@contextlib.contextmanager
def a_server() -> Iterator[Server]:
    """Made for the drill, and gone after it; the machine's own server is left alone."""
    if _program("initdb") is None:
        pytest.skip("no initdb here: a PostgreSQL of our own cannot be made")
    with tempfile.TemporaryDirectory(prefix="hallpass-chaos-", ignore_cleanup_errors=True) as above:
        server = Server(Path(above) / "data", a_free_port())
        if os.geteuid() == 0:
            shutil.chown(above, OWNER)
        _run("initdb", "-D", str(server.folder), "-U", OWNER, "-A", "trust", "--no-sync")
        server.control("start")
        try:
            yield server
        finally:
            server.control("-m", "immediate", "stop")


def _program(name: str) -> str | None:
    return shutil.which(name) or next((str(one) for one in sorted(PROGRAMS.glob(f"*/bin/{name}"), reverse=True)), None)


def _run(name: str, *words: str) -> None:
    program = _program(name)
    assert program
    user = pwd.getpwnam(OWNER).pw_uid if os.geteuid() == 0 else None
    done = subprocess.run([program, *words], user=user, cwd="/", stdout=subprocess.DEVNULL, check=False)
    assert done.returncode == 0, (name, words)


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:  # a server of its own
    """Three processes on it."""
    dice = random.Random(profile.seed)  # noqa: S311  # when it is restarted, not a secret
    with a_server() as server:
        async with a_cluster(folder, replicas=3, url=server.url, people=profile.people) as town:
            history, over = History(), asyncio.Event()
            flaky(town.slack, dice, late=0.0)
            lives = [asyncio.create_task(living(town, user, history, over)) for user in town.staff]
            for _ in range(profile.restarts):
                await asyncio.sleep(dice.uniform(1.0, 4.0))
                await server.restart()
            over.set()
            await asyncio.gather(*lives)
            town.slack.heals()
            await town.quiet(3.0)
            ended = [number for number, one in enumerate(town.replicas) if one.ended]
            return [
                told(LINE, "restarts without goodbye", str(profile.restarts)),
                none_of(LINE, "processes that ended by themselves", ended),
                *await judged(town, history, TWO, LINE),
            ]
