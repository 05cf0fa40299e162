"""The real bot as a process of its own, with the cast in its directory. For journeys and benchmarks. Not here: Slack itself (loopback/)."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp

from tests.nursery import Child, born
from tests.rehearsal import a_free_port

ROOT = Path(__file__).parents[1]
CAST = ROOT / "bot" / "rehearsal" / "people.csv"
PATIENCE = 60.0  # seconds until it is ready: on a busy machine importing alone takes twenty
SECRET = "nothing that anybody could guess"
TEAM = "T1"
DATABASE = "served.db"
AT_BIRTH = {"PYTHONPATH", "LD_PRELOAD"}  # what counts only as a process begins: other code, another clock
_IMPORTED: dict[tuple[str, str], bytes] = {}  # a database with this cast in it: importing it again takes a second each time
SLACK_IDS = {"dana": "UDANA", "lee": "ULEE", "maria": "UMARIA", "ngozi": "UNGOZI", "ravi": "URAVI", "helen": "UHELEN"}


@dataclass
class Served:
    """`hallpass serve` in a folder, with its own database, and settings for its platforms."""

    folder: Path
    district: str
    settings: Mapping[str, str]
    port: int = field(default_factory=a_free_port)
    teams: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # by first name: tenant and object id
    slack: Mapping[str, str] = field(default_factory=lambda: SLACK_IDS)  # by first name: user id
    cast: str = field(default_factory=lambda: CAST.read_text(encoding="utf-8"))
    log: Path | None = None  # where its log goes; beside the test's own otherwise
    fresh: bool = False  # whether it loads its code itself: where a start, or memory, is measured
    _process: Child | None = None

    async def __aenter__(self) -> Self:
        cast = with_ids(self.cast, self.teams, self.slack)
        (self.folder / "people.csv").write_text(cast, encoding="utf-8")
        made = self.folder / DATABASE
        if "DATABASE_URL" in self.settings or made.exists():
            await self._import()
        elif kept := _IMPORTED.get((self.district, cast)):
            made.write_bytes(kept)
        else:
            await self._import()
            _IMPORTED[self.district, cast] = made.read_bytes()
        await self.start()
        return self

    async def _import(self) -> None:
        assert await (await self._run("people", "import", "people.csv", "--district", self.district)).wait() == 0

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop(signal.SIGKILL)

    @property
    def process(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it was started, and ended by itself."""
        return self._process is not None and self._process.returncode is not None

    async def start(self) -> None:
        """Start the process and wait until it is ready; one that never is does not outlive the test."""
        self._process = await self._run("serve")
        try:
            async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
                while not await self._ready(session):  # noqa: ASYNC110  # another process: there is no event to wait for
                    await asyncio.sleep(0.02)
        except BaseException:
            await self.stop(signal.SIGKILL)
            raise

    async def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """End the process; return its exit status."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(sign)
        return await process.wait()

    async def runs(self, *words: str) -> int:
        """Run another command beside it, as an administrator would; return its exit status."""
        return await (await self._run(*words)).wait()

    async def says(self, *words: str) -> str:
        """Run another command beside it; return all that it printed."""
        command, pipe = (sys.executable, "-m", "bot", *words), asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, cwd=self.folder, env=self._known(), stdout=pipe, stderr=pipe)
        told, wrong = await process.communicate()
        return (told + wrong).decode()

    async def _ready(self, session: aiohttp.ClientSession) -> bool:
        assert self._process is not None
        assert self._process.returncode is None, "it stopped by itself"
        try:
            async with session.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def _run(self, *words: str) -> Child:
        known = self._known()
        with self.log.open("ab") if self.log else contextlib.nullcontext() as told:
            if not (self.fresh or AT_BIRTH & self.settings.keys()):
                return born(words, self.folder, known, told.fileno() if told else None)
            command = (sys.executable, "-m", "bot", *words)
            nowhere = asyncio.subprocess.DEVNULL
            return await asyncio.create_subprocess_exec(*command, cwd=self.folder, env=known, stdout=nowhere, stderr=told)

    def _known(self) -> dict[str, str]:
        return {
            "PYTHONPATH": str(ROOT),
            "PATH": "",
            "DATABASE_URL": f"sqlite:///{DATABASE}",
            "HALLPASS_DISTRICT": self.district,
            "HALLPASS_SECRET_KEY": SECRET,
            "PORT": str(self.port),
            **self.settings,
        }


def with_ids(cast: str, teams: Mapping[str, tuple[str, str]], slack: Mapping[str, str]) -> str:
    """Give the cast places in the workspace and in the tenant."""
    head, *lines = cast.splitlines()
    return "\n".join([head, *(_with_id(line.split(","), teams, slack) for line in lines)]) + "\n"


def _with_id(cells: list[str], teams: Mapping[str, tuple[str, str]], slack: Mapping[str, str]) -> str:
    who = cells[0].partition(".")[0]
    cells[5:7] = [TEAM, slack[who]] if who in slack else ["", ""]
    cells[7:9] = teams.get(who, ("", ""))
    return ",".join(cells)
