"""What the log says: one JSON line per happening, on standard error. Never what an unknown error says: it may quote a person."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

from handlers.trouble import Trouble

TOLD = ("reference", "kind", "place", "why", "request", "outbox")  # what may stand beside a message
OURS = ("bot", "adapters", "handlers", "storage")


class Line(logging.Formatter):
    """A happening as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a library's message is cut at its first line, for the next ones may hold an error's words."""
        said = {name: getattr(record, name) for name in TOLD if getattr(record, name, None) is not None}
        broke = record.exc_info[1] if record.exc_info else None
        what = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": (record.getMessage().splitlines() or [""])[0],
            **said,
            **(seen(broke) if broke else {}),
        }
        return json.dumps(what, ensure_ascii=False, default=str)


def seen(error: BaseException) -> dict[str, str]:
    """Return an error's kind and place; its words only where they are a sentence of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    why = {"why": str(error)} if isinstance(error, Trouble) else {}
    return {"kind": type(error).__name__, "place": place, **why}


def start() -> None:
    """Write the log from now on: all of ours, and of the libraries what is a warning or worse."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(Line())
    root = logging.getLogger()
    root.handlers[:] = [lines]
    root.setLevel(logging.WARNING)
    logging.raiseExceptions = False  # a line that cannot be written would be printed with everything in it
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
