"""`hallpass manifest teams`: the app package that Teams takes, with its pictures, in a file. Not here: what stands in it."""

import argparse
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adapters.teams.manifest import NOBODY, Publisher, manifest, package
from bot.settings import Settings
from bot.terminal import Refused, say

EXAMPLE = 'example: hallpass manifest teams --publisher "Maple Grove Schools" --site https://schools.example.org hallpass-teams.zip'
ABOUT = (
    "Write the app package that Teams takes: upload it in Teams under Apps, Manage your apps, Upload an app, or in the Teams admin center"
    " for everybody. It is the same in every one of Microsoft's clouds. A later version of Hallpass makes a package with a higher number,"
    " which takes the earlier one's place."
)
FILE = Path("hallpass-teams.zip")
LONGEST_NAME = 32  # of a publisher, in Teams
LONGEST_SITE = 2048
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def add(inner: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the platform and its arguments."""
    own = Publisher()
    parser = inner.add_parser("teams", help="write the app package, a zip", description=ABOUT, epilog=EXAMPLE)
    parser.add_argument("file", metavar="FILE.zip", type=Path, nargs="?", default=FILE, help=f"where to write it; {FILE} when left out")
    parser.add_argument("--app-id", metavar="ID", help="the Microsoft App ID of the Azure Bot; TEAMS_APP_ID when left out")
    parser.add_argument("--url", metavar="URL", help="the public https address of this installation; HALLPASS_URL when left out")
    parser.add_argument("--publisher", metavar="NAME", default=own.name, help=f"who answers for the app; {own.name!r} when left out")
    parser.add_argument("--site", metavar="URL", default=own.site, help="the publisher's site, for its privacy statement and terms, too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write the package; say where, and what is still to be put into it."""
    app_id = _app_id(args.app_id, settings)
    publisher = Publisher(_name(args.publisher), _https("--site", args.site))
    url = args.url or settings.public_url
    host = urlsplit(_https("--url" if args.url else "HALLPASS_URL", url)).hostname if url else None
    _write(args.file, package(manifest(app_id, version("hallpass"), publisher, host or "")))
    say(f"{args.file} is the app package: upload it in Teams under Apps, Manage your apps, Upload an app.")
    if Publisher().name == publisher.name or Publisher().site == publisher.site:
        say("Note: people will see a made-up publisher: name yours with --publisher and --site before everybody gets the app.")
    return 0


def _app_id(given: str | None, settings: Settings) -> str:
    said = (given or settings.teams.written.get("TEAMS_APP_ID", "")).strip().casefold()
    if not said:
        raise Refused("Which bot? Give --app-id, or set TEAMS_APP_ID, to the Microsoft App ID of the Azure Bot.")
    if not _GUID.fullmatch(said):
        raise Refused(f"{said[:60]!r} is no Microsoft App ID: it looks like {NOBODY}, and stands in the Azure Bot's configuration.")
    return said


def _name(said: str) -> str:
    name = " ".join(said.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(f"--publisher has {len(name)} characters: Teams shows a name of 1 to {LONGEST_NAME}.")
    return name


def _https(what: str, said: str) -> str:
    """Return the address as it is written, where Teams takes it."""
    try:
        parts = urlsplit(said.strip())
        good = parts.scheme == "https" and "." in (parts.hostname or "") and parts.port in (None, 443) and " " not in said.strip()
    except ValueError:
        good = False
    if not good or len(said) > LONGEST_SITE:
        raise Refused(f"{what} is {said[:60]!r}: Teams takes a public https address, such as https://bot.example.org.")
    return said.strip()


def _write(file: Path, what: bytes) -> None:
    if file.suffix.casefold() != ".zip":
        raise Refused(f"{str(file)[:200]!r} does not end with .zip: Teams takes nothing else.")
    try:
        file.write_bytes(what)
    except OSError as why:
        raise Refused(f"{str(file)[:200]!r} cannot be written: {why.strerror or why}. Name another place.") from why
