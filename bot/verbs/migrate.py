"""`hallpass migrate`: bring the database to this version; refuses politely when it is newer."""

import argparse
import asyncio
from typing import Any

from bot.settings import Settings
from bot.terminal import say
from storage.migrate import migrate

EXAMPLE = "example: DATABASE_URL=sqlite:///hallpass.db hallpass migrate"


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb."""
    parser = verbs.add_parser("migrate", help="bring the database to this version", description=__doc__, epilog=EXAMPLE)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  # every verb has this signature
    """Migrate and say what was done."""
    say(asyncio.run(migrate(settings.database)))
    return 0
