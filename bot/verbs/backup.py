"""`hallpass backup`: the database as of this moment in one file, also while it is served."""

import argparse
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.terminal import say
from storage.backup import backup

EXAMPLE = "example: hallpass backup hallpass-monday.db"


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb."""
    parser = verbs.add_parser("backup", help="save the database to a file", description=__doc__, epilog=EXAMPLE)
    parser.add_argument("file", metavar="FILE", type=Path, help="a new file; keep it as safe as the database")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Save, and say where and how much."""
    say(backup(settings.database_url, args.file))
    return 0
