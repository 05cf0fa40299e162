"""The product's processes, forked from one that has loaded its code, which saves most of a start. Not: what a start costs (bench/)."""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import Any, Protocol

# Every module that a process of the journeys loads, by those that load the rest.
LOADED = ("bot.__main__", "bot.verbs.serve", "bot.verbs.rehearse", "bot.verbs.people", "adapters.teams.bot", "storage.work")
_FORKS = multiprocessing.get_context("forkserver")


class Child(Protocol):
    """What a test may know of a process and do to it; asyncio's own process has these too."""

    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | None: ...
    def send_signal(self, signal: int, /) -> None: ...
    async def wait(self) -> int: ...


@dataclass(frozen=True)
class Forked:
    """A process of its own, in all but how it came to be: its own pid, folder, environment, signals and end."""

    process: ForkServerProcess

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def send_signal(self, signal: int, /) -> None:
        """Send it, unless the process has ended."""
        if self.process.exitcode is None:
            os.kill(self.pid, signal)

    async def wait(self) -> int:
        """Wait for its end; return how it left, as asyncio does: less than zero for a signal."""
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        loop.add_reader(self.process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self.process.sentinel)
        await asyncio.to_thread(self.process.join)
        assert self.process.exitcode is not None
        return self.process.exitcode


def born(words: Sequence[str], folder: Path, known: Mapping[str, str], told: int | None = None) -> Child:
    """Run `hallpass` with these words in a folder and an environment; `told` takes what it says of troubles."""
    _FORKS.set_forkserver_preload(list(LOADED))
    said = DupFd(2 if told is None else told)
    process = _FORKS.Process(target=_live, args=(list(words), str(folder), dict(known), said))
    process.start()
    return Forked(process)


def _live(words: list[str], folder: str, known: dict[str, str], said: Any) -> None:  # typeshed has no name for it
    from bot.__main__ import main  # noqa: PLC0415  # loaded before the fork

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(said.detach(), 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(known)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main(words))
