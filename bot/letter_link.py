"""Where a letter's file is fetched: an address sealed for one reader and for ten minutes, which says nothing to whoever reads it."""

import asyncio
import json
from dataclasses import dataclass

from aiohttp import web

from bot import wiring
from handlers import letter
from handlers.ids import DutyId
from handlers.people import PersonId
from handlers.policy.letters import Letter
from handlers.ports import Link, Packs, Store, Vault, Work

LASTS = 600  # seconds; the card says so
PURPOSE = "letter"  # other things are sealed under the same key, and are no letters
PATH = "/letters/"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
TOO_OLD = "This link is older than ten minutes, or was not made here. Press the button on your card again: it makes a new one."
GONE = "There is no such letter any more, or it is no longer yours to send. Look at your card: it shows what counts."


@dataclass(frozen=True, slots=True)
class LetterLinks:
    """Makes the addresses and answers them; `base` is where browsers reach this installation, empty where they do not."""

    store: Store
    packs: Packs
    vault: Vault
    base: str

    def link(self, duty: DutyId, reader: PersonId) -> str:
        """Return the address of a letter's file for this reader, empty where there is none."""
        return f"{self.base}{PATH}{self.vault.seal(json.dumps([PURPOSE, duty, reader]))}" if self.base else ""

    def route(self, app: web.Application) -> Link:
        """Answer the addresses, where there are any; return how they are made."""
        if self.base:
            app.router.add_get(f"{PATH}{{sealed}}", self._file)
        return self.link

    async def _file(self, request: web.Request) -> web.Response:
        """Whose letter it is, and whether it still may be sent, is asked again now."""
        opened = self._opened(request.match_info["sealed"])
        if opened is None:
            return web.Response(status=410, text=TOO_OLD, headers=HEADERS)
        written = await self.store.read(_written, self.packs, *opened)
        if written is None:
            return web.Response(status=404, text=GONE, headers=HEADERS)
        named = {"Content-Disposition": 'attachment; filename="letter-to-parents.docx"'}
        return web.Response(body=await asyncio.to_thread(_drawn, written), content_type=KIND, headers=HEADERS | named)

    def _opened(self, sealed: str) -> tuple[DutyId, PersonId] | None:
        try:
            what, duty, reader = json.loads(self.vault.open(sealed, within=LASTS) or "[]")
        except ValueError:  # sealed by us for something else, or by nobody
            return None
        return (DutyId(duty), PersonId(reader)) if what == PURPOSE else None


def _written(work: Work, packs: Packs, duty: DutyId, reader: PersonId) -> Letter | None:
    person = work.directory.get(reader)
    if person is None or not person.seats:
        return None
    drafted = letter.draft(work, packs, duty, person, wiring.clock())
    return drafted.letter if isinstance(drafted, letter.Drafted) else None


def _drawn(letter: Letter) -> bytes:
    from bot.letter_file import as_docx  # noqa: PLC0415  # 8 MiB, in most schools for a few letters a year

    return as_docx(letter)
