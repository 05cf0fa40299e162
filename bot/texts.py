"""The districts' own texts for the command: read from a file, stored, and read again. Never part of the project."""

import asyncio
from pathlib import Path

from bot import wiring
from bot.documents.document import Document
from bot.documents.reading import read
from bot.terminal import Refused
from handlers.people import DistrictKey
from handlers.policy.clauses import fingerprint
from handlers.policy.layout import laid_out
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from storage.database import Database
from storage.glance import glance
from storage.work import open_store


class Attached:
    """The attached texts of a database, read once when first asked for; none where there is no database yet."""

    def __init__(self, database: Database) -> None:
        """Keep where to look; nothing is opened yet."""
        self._database = database
        self._found: dict[DistrictKey, str] | None = None

    def of(self, district: str) -> str | None:
        """Return the district's text, None when none is attached."""
        if self._found is None:
            self._found = asyncio.run(glance(self._database, wiring.clock, _of_all))
        return self._found.get(DistrictKey(district))


async def attach(database: Database, district: str, text: str) -> None:
    """Store a district's text in place of an earlier one."""
    store = await open_store(database, wiring.clock)
    try:
        await store.write(keep, DistrictKey(district), text)
    finally:
        await store.close()


def in_folder(folder: Path, known: Packs) -> dict[DistrictKey, str]:
    """Return the text of every `<folder>/<key>.txt` of a pack. Raises Refused when there is none, or one is not its pack's."""
    files = {key: folder / f"{key}.txt" for key in known.keys()}  # noqa: SIM118  # a port's method, not a dict's
    found = {key: file for key, file in files.items() if file.is_file()}
    if not found:
        raise Refused(f"The folder {folder} has no text: put {' or '.join(file.name for file in files.values())} into it.")
    return {key: fitting(known.get(key), read(file), file.name) for key, file in found.items()}


def marked(document: Document) -> str:
    """Return the text with a # before every line that its file marks as a heading: the words are the same, and the marks are kept."""
    headings = frozenset(document.headings)
    lines = document.text.split("\n")
    return "\n".join(f"# {line}" if number in headings else line for number, line in enumerate(lines, 1))


def fitting(pack: Pack, document: Document, name: str) -> str:
    """Return the text laid out as the pack counts it, in the first reading of its file that is the pack's.

    Raises Refused when none is the text that the pack was written for.
    """
    for text in document.readings if pack.addresses == "counted" else (marked(document), *document.others):
        laid = laid_out(text, pack.lines) if pack.lines else text
        if laid is not None and fingerprint(text) == pack.fingerprint:
            return laid
    raise Refused(
        f"{name} is not the text that the pack {pack.key} was written for ({pack.policy}, {pack.dates}): its words differ."
        " Nothing was attached. Check that it is the right document, or have the pack reviewed against the new text first."
    )


def _of_all(work: Work) -> dict[DistrictKey, str]:
    return {key: text for key in wiring.packs().keys() if (text := work.texts.get(key))}  # noqa: SIM118  # a port's method


def keep(work: Work, district: DistrictKey, text: str) -> None:
    """Keep the text in place of an earlier one."""
    work.texts.attach(district, text, wiring.clock())
