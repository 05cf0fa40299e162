"""What the command prints: sentences, tables, JSON. The only place that writes to the terminal."""

import json
import sys
from collections.abc import Sequence

from handlers.trouble import Trouble


class Refused(Trouble):
    """The command cannot do it; the message is the sentence for the person, and the exit status is 1."""


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
