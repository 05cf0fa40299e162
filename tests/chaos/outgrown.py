"""README's "When you outgrow one machine", word by word: its own lines make the database, two replicas and their proxy; one is killed.

Where Caddy is not installed the loopback Slack goes from door to door itself, and the table says so.
"""

import asyncio
import contextlib
import os
import re
import shutil
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import aiohttp
from sqlalchemy import make_url

from tests.chaos.checker import judged
from tests.chaos.cluster import Cluster, Doors, crowd
from tests.chaos.figures import Figures, at_most, count, told
from tests.chaos.profile import Profile
from tests.lives import TWO, History, a_life
from tests.rehearsal import a_free_port
from tests.served import ROOT, SECRET, Served, with_ids
from tests.town import DISTRICT

LINE, WITHIN, PATIENCE, STARTING = 3, 90.0, 240.0, 90.0
SECTION = re.compile(r"^## When you outgrow one machine$(.*?)^## ", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ADDRESS = re.compile(r"^export DATABASE_URL=(.*)$", re.MULTILINE)
PLAIN = "{\n\tadmin off\n\tauto_https off\n}\n"  # a certificate cannot be had here
COMPOSE = ROOT / "manifests" / "container" / "Caddyfile"
BY_NAME = re.compile(r"dynamic a bot 3000 \{.*?\}", re.DOTALL)  # what only a network of containers knows


@dataclass(frozen=True)
class Section:
    """README's lines, with this run's database and ports in the place of its own."""

    database: str
    replicas: tuple[str, ...]
    proxy: str
    name: str  # of the database
    ports: Mapping[str, str]  # README's, and those that are free here

    @classmethod
    def read(cls, url: str) -> Self:
        """Read it for a database beside that one."""
        section = SECTION.search((ROOT / "README.md").read_text(encoding="utf-8"))
        assert section, "README has no such section any more"
        database, serve, proxy = BLOCK.findall(section[1])[:3]
        place, ports = make_url(url), {words: str(a_free_port()) for words in ("3000", "3001", "8080")}
        name = f"{place.database}_outgrown"
        database = database.replace("127.0.0.1/hallpass", f"127.0.0.1:{place.port or 5432}/{name}").replace(" hallpass\n", f" {name}\n")
        assert database.count(name) == 2, "README names its database in another way"
        replicas = tuple(cls._here(line, ports) for line in serve.splitlines())
        return cls(database, replicas, PLAIN + cls._here(proxy, ports), name, ports)

    @staticmethod
    def _here(line: str, ports: Mapping[str, str]) -> str:
        return re.sub("|".join(ports), lambda found: ports[found[0]], line)

    @property
    def address(self) -> str:
        """Where README has its database."""
        found = ADDRESS.search(self.database)
        assert found
        return found[1]


class Administrator:
    """Whoever follows README in a folder; ends whatever she started."""

    def __init__(self, folder: Path, settings: Mapping[str, str], url: str) -> None:
        self._folder, self._settings, self._url = folder, settings, url
        self._log = folder / "shell.log"
        self._made = ""
        self._started: list[asyncio.subprocess.Process] = []

    async def __aenter__(self) -> Self:
        program = self._folder / ".venv" / "bin" / "hallpass"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m bot "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        return self

    async def __aexit__(self, *_: object) -> None:
        for one in self._started:
            await self.kills(one)
        if self._made:
            place = make_url(self._url)
            where = f"--host {place.host} --port {place.port or 5432} --username {place.username}"
            await self.does(f"dropdb {where} --if-exists --force {self._made}")

    async def makes(self, section: Section) -> None:
        self._made = section.name
        await self.does(f"set -e\n{section.database}")

    async def does(self, words: str) -> None:
        """Type that, and see it go well."""
        process = await self._shell(words, {})
        assert await process.wait() == 0, self._log.read_text(encoding="utf-8")[-2000:]

    async def starts(self, words: str, until: tuple[str, int], **more: str) -> asyncio.subprocess.Process:
        """Type that in a terminal of its own, and wait until that address answers with that status."""
        self._started.append(await self._shell(words, more))
        address, status = until
        async with asyncio.timeout(STARTING), aiohttp.ClientSession() as session:
            while await _said(session, address) != status:  # noqa: ASYNC110  # another process: there is no event to wait for
                await asyncio.sleep(0.1)
        return self._started[-1]

    async def kills(self, process: asyncio.subprocess.Process) -> None:
        """As hard as can be."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()

    async def _shell(self, words: str, more: Mapping[str, str]) -> asyncio.subprocess.Process:
        with self._log.open("ab") as log:
            known = {**self._settings, **more}
            return await asyncio.create_subprocess_exec(
                "bash", "-c", words, cwd=self._folder, env=known, stdout=log, stderr=log, start_new_session=True
            )


async def _said(session: aiohttp.ClientSession, address: str) -> int:
    with contextlib.suppress(aiohttp.ClientError):
        async with session.get(address) if address.endswith("/readyz") else session.post(address) as answer:
            return answer.status
    return 0


async def run(profile: Profile, folder: Path, url: str) -> Figures:
    """Follow the section; while people live, the first replica is killed for good."""
    section, people, clock = Section.read(url), max(profile.people, 2), asyncio.get_running_loop().time
    ids, cast = crowd(people)
    (folder / "people.csv").write_text(with_ids(cast, {}, ids), encoding="utf-8")
    async with Doors() as slack:
        for name, user in ids.items():
            slack.user(user, name=name.title())
        settings = _settings(folder, slack)
        async with Administrator(folder, settings, url) as administrator:
            await administrator.makes(section)
            ready = [(f"http://127.0.0.1:{section.ports[number]}/readyz", 200) for number in ("3000", "3001")]
            serving = [f"export DATABASE_URL={section.address}\n{line}" for line in section.replicas]
            first, _ = [await administrator.starts(line, until) for line, until in zip(serving, ready, strict=True)]
            proxied = shutil.which("caddy") is not None
            slack.doors = await _proxied(folder, section, administrator) if proxied else [_events(section.ports["3001"])]
            slack.app_url = slack.doors[0]
            staff = tuple(ids[name] for name in ids if name.startswith(("dana", "lee")))[:people]
            town, history = Cluster(slack, Served(folder, DISTRICT, settings), [], staff, section.address), History()
            lives = [asyncio.create_task(a_life(town, user, f"Student of {user}", history, TWO, PATIENCE)) for user in staff]
            await slack.until(lambda: any(town.key(one).startswith("decide:") for one in slack.messages), timeout=60)
            await administrator.kills(first)
            begun = clock()
            await asyncio.gather(*lives)
            took = clock() - begun
            await town.quiet(3.0)
            return [
                told(LINE, "README, two replicas behind", "Caddy, as README has it" if proxied else "no proxy: Caddy is not installed"),
                count(LINE, "README, lives after a kill", people, len(history.done)),
                at_most(LINE, "README, until all was done", WITHIN * profile.stretch, took),
                *await judged(town, history, TWO, LINE),
            ]


def _settings(folder: Path, slack: Doors) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "HALLPASS_DISTRICT": DISTRICT,
        "HALLPASS_SECRET_KEY": SECRET,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_API_BASE_URL": slack.api_url,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }


def _events(port: str) -> str:
    return f"http://127.0.0.1:{port}/slack/events"


async def _proxied(folder: Path, section: Section, administrator: Administrator) -> list[str]:
    """Start README's proxy, and that of the containers beside it; return the way through both, in turn."""
    port = str(a_free_port())
    (folder / "Caddyfile").write_text(section.proxy, encoding="utf-8")
    upstream = f"to 127.0.0.1:{section.ports['3000']} 127.0.0.1:{section.ports['3001']}"
    (folder / "Compose").write_text(PLAIN + BY_NAME.sub(upstream, COMPOSE.read_text(encoding="utf-8")), encoding="utf-8")
    ways = [_events(section.ports["8080"]), _events(port)]
    await administrator.starts("exec caddy run --config Caddyfile", (ways[0], 401))
    await administrator.starts("exec caddy run --adapter caddyfile --config Compose", (ways[1], 401), PUBLIC_NAME=f":{port}")
    return ways
