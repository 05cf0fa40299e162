"""A document file is read: its size and kind looked at, its insides opened in a process of their own, within time and memory."""

import json
import subprocess
import sys
from pathlib import Path

import bot
from bot.documents import plain
from bot.documents.document import Document, Unreadable

KINDS = {".txt": "text", ".md": "text", ".html": "webpage", ".htm": "webpage", ".docx": "word", ".pdf": "pdf"}
NAMED = ".txt, .md, .html, .docx or .pdf"
LARGEST = {"text": 5, "webpage": 5, "word": 25, "pdf": 25}  # MB: a policy is some pages; Word and PDF may hold pictures, too
MEGABYTE = 1_000_000
PATIENCE = 20.0  # seconds: a policy takes less than two
OUT_OF_TIME = (-24, -9)  # ended by the system for the time or the memory it took
ZIP, PDF, OLD_WORD = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0"
START = "import sys; sys.path.insert(0, sys.argv[1]); from bot.documents.child import main; main(sys.argv[2])"
TOO_LONG = "takes too long to read, which no policy does: save its text as .txt and give that."
BROKEN = "cannot be read (damaged, or made to break its readers): save its text as .txt and give that."


def read(file: Path) -> Document:
    """Return what a document file says. Raises Unreadable with one sentence."""
    try:
        return _read(file)
    except Unreadable as why:
        raise Unreadable(f"{file.name} {why}") from None


def _read(file: Path) -> Document:
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        raise Unreadable(f"is neither a .txt nor a .md, .html, .docx or .pdf file: save the policy as {NAMED}.")
    raw = _bytes(file, LARGEST[kind])
    _as_named(raw, kind)
    return plain.read(raw) if kind == "text" else _apart(raw, kind)


def _bytes(file: Path, most: int) -> bytes:
    try:
        if file.exists() and not file.is_file():
            raise Unreadable("is no file: name the policy's document.")
        with file.open("rb") as opened:
            raw = opened.read(most * MEGABYTE + 1)
    except OSError as why:
        raise Unreadable(f"cannot be read ({why.strerror or why}): check the name and that you may read it.") from None
    except ValueError:
        raise Unreadable("cannot be read: no file has such a name.") from None
    if len(raw) > most * MEGABYTE:
        raise Unreadable(f"is larger than {most} MB: a policy is not; give the policy's own text.")
    if not raw.strip():
        raise Unreadable("holds no text: the file is empty; give the policy's own words.")
    return raw


def _as_named(raw: bytes, kind: str) -> None:
    """Refuse what is something else than its name says: the reader of the named kind would only find junk."""
    if raw.startswith(OLD_WORD):
        raise Unreadable("is an old Word file, or one locked with a password: open it in Word and save it as .docx without a password.")
    if kind != "pdf" and raw.startswith(PDF):
        raise Unreadable("is a PDF by its content: give it a name that ends in .pdf.")
    if kind != "word" and raw.startswith(ZIP):
        raise Unreadable("is a Word file or an archive by its content: if it is a Word file, give it a name that ends in .docx.")


def _apart(raw: bytes, kind: str) -> Document:
    """Read in a process of its own: what hangs or eats memory there ends there."""
    command = [sys.executable, "-P", "-c", START, str(Path(bot.__file__).parents[1]), kind]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603  # our own code
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_LONG) from None
    if done.returncode in OUT_OF_TIME:
        raise Unreadable(TOO_LONG)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise Unreadable(BROKEN) from None
    if "trouble" in told:
        raise Unreadable(told["trouble"])
    return Document(told["text"], tuple(told["headings"]), tuple(told["others"]))
