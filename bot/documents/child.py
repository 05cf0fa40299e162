"""The process that opens a document's insides: bytes in, JSON out, within bounds. Not here: who starts it and waits."""

import importlib
import json
import logging
import sys
import warnings
from dataclasses import asdict

from bot.documents.document import Document, Unreadable

LONGEST = 3_000_000  # characters: a thousand pages
MEMORY = 1_500_000_000  # bytes
SECONDS = 15  # of the processor
DEPTH = 5_000  # calls inside each other, for tables in tables; the interpreter's own thousand ends a deep but honest file
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.remove", "os.rename", "os.system", "shutil.")


def main(kind: str) -> None:
    """Read one document of a kind from standard input, and print what it says, or why it says nothing."""
    raw = sys.stdin.buffer.read()
    warnings.simplefilter("ignore")
    logging.disable()
    reader = importlib.import_module(f"bot.documents.{kind}")
    _bounded()
    sys.addaudithook(_forbid)
    sys.setrecursionlimit(DEPTH)
    try:
        told = asdict(_short(reader.read(raw)))
    except Unreadable as why:
        told = {"trouble": str(why)}
    sys.stdout.write(json.dumps(told))  # in ASCII, so that no locale matters


def _short(document: Document) -> Document:
    if len(document.text) > LONGEST:
        raise Unreadable(f"holds more than {LONGEST:,} letters, which no policy does: give the policy's own text.")
    return document


def _bounded() -> None:
    """Where the system can, the process ends before it harms the machine; elsewhere only its time is bounded."""
    try:
        import resource  # noqa: PLC0415  # only Unix has it
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def _forbid(event: str, args: tuple[object, ...]) -> None:
    """Nothing that a document holds may reach the network, another program, or a file it could write."""
    writing = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
    if writing or event.startswith(FORBIDDEN):
        raise PermissionError(event)
