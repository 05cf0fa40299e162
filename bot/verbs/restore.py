"""`hallpass restore`: a backup in the place of the database, which nobody may be serving; what was there is kept."""

import argparse
from pathlib import Path
from typing import Any

from bot import wiring
from bot.settings import Settings
from bot.terminal import say
from storage.backup import restore

EXAMPLE = "example: hallpass restore hallpass-monday.db"


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb."""
    parser = verbs.add_parser("restore", help="put a backup in the database's place", description=__doc__, epilog=EXAMPLE)
    parser.add_argument("file", metavar="FILE", type=Path, help="what `hallpass backup` made")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Restore, and say what is to be done next."""
    say(restore(settings.database_url, args.file, wiring.clock()))
    return 0
