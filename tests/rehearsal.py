"""The real rehearsal as a process of its own, and what its pages can ask of it over HTTP. For journeys."""

import asyncio
import itertools
import re
import signal
import socket
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.nursery import Child, born

PATIENCE = 90.0  # seconds until it answers, on a busy machine
BUTTON = re.compile(r'data-verb="([a-z_]+)" data-value="([^"]+)"[^>]*>([^<]*)</button>')


def a_free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Rehearsal:
    """`hallpass rehearse` in a folder, with one district's page open."""

    folder: Path
    district: str
    port: int = field(default_factory=a_free_port)
    _deliveries: "itertools.count[int]" = field(default_factory=itertools.count)
    _process: Child | None = None
    _session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(f"http://127.0.0.1:{self.port}", headers={"Origin": f"http://127.0.0.1:{self.port}"})
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.die()
        if self._session is not None:
            await self._session.close()

    async def start(self) -> None:
        """Start the process and wait until the page answers; one where it never does not outlive the test."""
        words, known = ["rehearse", "--no-browser", "--port", str(self.port)], {"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": ""}
        self._process = born(words, self.folder, known)
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self._answers():  # noqa: ASYNC110  # another process: there is no event to wait for
                    await asyncio.sleep(0.02)
        except BaseException:
            await self.die()
            raise

    async def die(self, sign: signal.Signals = signal.SIGKILL) -> int:
        """End the process, by default without a word of warning; return how it left."""
        process = self._process
        if process is None:
            return 0
        self._process = None
        if process.returncode is None:
            process.send_signal(sign)
        return await process.wait()

    def memory(self) -> float:
        """MiB of memory that the process has resident."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]

    async def say(self, seat: str, text: str) -> dict[str, Any]:
        """Write in a seat's thread."""
        return await self.post("say", {"seat": seat, "text": text})

    async def press(self, seat: str, verb: str, value: str) -> dict[str, Any]:
        """Press a button."""
        return await self.post("press", {"seat": seat, "verb": verb, "value": value})

    async def submit(self, seat: str, verb: str, value: str, values: dict[str, str]) -> dict[str, Any]:
        """Send a form."""
        return await self.post("submit", {"seat": seat, "verb": verb, "value": value, "values": values})

    async def post(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send as the page does, each time as a new delivery unless the body names one."""
        assert self._session is not None
        sent = {"district": self.district, "delivery": f"d{next(self._deliveries)}", **body}
        async with self._session.post(f"/{route}", json=sent) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

    async def thread(self, seat: str) -> list[str]:
        """What stands in a seat's thread, oldest first, as HTML."""
        return [message["html"] for message in (await self._get("thread", seat=seat))["messages"]]

    async def look(self, seat: str, view: str) -> list[str]:
        """The cards of a view, as HTML."""
        return list((await self._get("look", seat=seat, view=view))["cards"])

    async def until(self, seat: str, words: str) -> str:
        """Wait for a card with these words in a seat's thread; return it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for html in reversed(await self.thread(seat)):
                    if words in unescape(html):
                        return html
                await asyncio.sleep(0.02)

    async def _get(self, route: str, **query: str) -> dict[str, Any]:
        assert self._session is not None
        async with self._session.get(f"/{route}", params={"district": self.district, **query}) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

    async def _answers(self) -> bool:
        assert self._session is not None
        try:
            async with self._session.get("/world", params={"district": self.district}) as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


def buttons(html: str) -> dict[str, tuple[str, str]]:
    """Return a card's buttons: label to verb and value."""
    return {unescape(label): (verb, value) for verb, value, label in BUTTON.findall(html)}


def button(html: str, begins: str) -> tuple[str, str]:
    """Return the verb and value of the button whose label begins so."""
    return next((spelled for label, spelled in buttons(html).items() if label.startswith(begins)), ("", ""))
