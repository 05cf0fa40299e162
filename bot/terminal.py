"""What the command prints: sentences, tables, JSON. The only place that writes to the terminal."""

import io
import json
import sys
from collections.abc import Sequence

from handlers.trouble import Trouble


class Refused(Trouble):
    """The command cannot do it; the message is the sentence for the person, and the exit status is 1."""


class Misused(Trouble):
    """The command was not called as its usage says; the exit status is 2."""


def speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale: names and quotations have letters that an ASCII terminal setting would refuse."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def say(sentence: str) -> None:
    """Print one sentence or block of text."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    """Print why something was refused, to standard error."""
    sys.stderr.write(f"{sentence}\n")


def data(value: object) -> None:
    """Print one JSON document, indented."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def line(value: object) -> None:
    """Print one JSON document on one line."""
    say(json.dumps(value, ensure_ascii=False))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their heads, in columns as wide as they need."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, tuple("-" * width for width in widths), *rows):
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def count(number: int, thing: str, things: str = "") -> str:
    """Return how many there are, in words: "1 pack", "2 packs"."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"
