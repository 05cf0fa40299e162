"""The districts' own texts for the command: read from a file, stored, and read again. Never part of the project."""

import asyncio
from pathlib import Path

from bot import wiring
from bot.terminal import Refused
from handlers.people import DistrictKey
from handlers.policy.clauses import fingerprint
from handlers.policy.layout import laid_out
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from storage.glance import glance
from storage.work import open_store

LARGEST = 5_000_000  # bytes: a policy is some pages; more is not a policy
KINDS = frozenset({".txt", ".md"})


class Attached:
    """The attached texts of a database, read once when first asked for; none where there is no database yet."""

    def __init__(self, url: str) -> None:
        """Keep where to look; nothing is opened yet."""
        self._url = url
        self._found: dict[DistrictKey, str] | None = None

    def of(self, district: str) -> str | None:
        """Return the district's text, None when none is attached."""
        if self._found is None:
            self._found = asyncio.run(glance(self._url, wiring.clock, _of_all))
        return self._found.get(DistrictKey(district))


async def attach(url: str, district: str, text: str) -> None:
    """Store a district's text in place of an earlier one."""
    store = await open_store(url, wiring.clock)
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
    return {key: fitting(known.get(key), read_file(file), file.name) for key, file in found.items()}


def read_file(file: Path) -> str:
    """Return a document's text. Raises Refused with one sentence for what cannot be read."""
    if file.suffix.lower() not in KINDS:
        raise Refused(f"{file.name} is neither a .txt nor a .md file: save the policy as plain text, then attach that.")
    try:
        raw = file.read_bytes()
    except OSError as why:
        raise Refused(f"{file.name} cannot be read ({why.strerror or why}): check the name and that you may read it.") from None
    return _text(raw, file)


def fitting(pack: Pack, text: str, name: str) -> str:
    """Return the text laid out as the pack counts it. Raises Refused when it is not the text that the pack was written for."""
    laid = laid_out(text, pack.lines) if pack.lines else text
    if laid is None or fingerprint(text) != pack.fingerprint:
        raise Refused(
            f"{name} is not the text that the pack {pack.key} was written for ({pack.policy}, {pack.dates}): its words differ."
            " Nothing was attached. Check that it is the right document, or have the pack reviewed against the new text first."
        )
    return laid


def _text(raw: bytes, file: Path) -> str:
    if len(raw) > LARGEST:
        raise Refused(f"{file.name} is larger than 5 MB: a policy is not; attach the policy's own text.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{file.name} is not UTF-8 text: save it again as UTF-8.") from None
    if not text.strip() or "\0" in text:
        raise Refused(f"{file.name} holds no text: attach the policy's own words.")
    return text


def _of_all(work: Work) -> dict[DistrictKey, str]:
    return {key: text for key in wiring.packs().keys() if (text := work.texts.get(key))}  # noqa: SIM118  # a port's method


def keep(work: Work, district: DistrictKey, text: str) -> None:
    """Keep the text in place of an earlier one."""
    work.texts.attach(district, text, wiring.clock())
