"""`make chaos`: the drills at full length, one after another; a table here, and chaos.md and chaos.json in .cache/chaos."""

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import fields, replace
from pathlib import Path

import pytest

from tests.chaos import (
    clicks,
    disk,
    drain,
    duplicates,
    forgery,
    fuzz,
    gone,
    kill9,
    latency,
    leak,
    outage,
    outgrown,
    pace,
    restarts,
    skew,
    soak,
    steps,
    upgrade,
)
from tests.chaos.figures import Figure, Figures, table, told, write
from tests.chaos.profile import LONG, SHORT, Profile
from tests.storage.conftest import a_database

Drill = Callable[[Profile, Path, str], Coroutine[None, None, Figures]]
BOTH: dict[str, Drill] = {  # on either database
    "kill9": kill9.run,
    "duplicates": duplicates.run,
    "clicks": clicks.run,
    "drain": drain.run,
    "steps": steps.run,
}
SQLITE: dict[str, Drill] = {
    "outage": outage.run,
    "disk": disk.run,
    "fuzz": fuzz.run,
    "forgery": forgery.run,
    "leak": leak.run,
    "latency": latency.run,
    "pace": pace.run,
    "soak": soak.run,
}
POSTGRES: dict[str, Drill] = {"gone": gone.run, "skew": skew.run, "upgrade": upgrade.run, "outgrown": outgrown.run}
ALONE: dict[str, Drill] = {"restarts": restarts.run}  # brings a server of its own
DRILLS = {**BOTH, **SQLITE, **POSTGRES, **ALONE}


def main(words: list[str] | None = None) -> int:
    """Run what was asked for; 1 when something missed its target."""
    parser = argparse.ArgumentParser(prog="make chaos ARGS=…", description=__doc__)
    parser.add_argument("--drill", action="append", choices=sorted(DRILLS), help="only this one; may be given again")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="where a drill runs on both, only there")
    parser.add_argument("--short", action="store_true", help="as short as `make drills` has them")
    parser.add_argument("--to", type=Path, default=Path(".cache/chaos"), help="the folder of chaos.md and chaos.json")
    for one in fields(Profile):
        parser.add_argument(f"--{one.name}", type=type(one.default))
    asked = parser.parse_args(words)
    given = {one.name: value for one in fields(Profile) if (value := getattr(asked, one.name)) is not None}
    profile, figures = replace(SHORT if asked.short else LONG, **given), list[Figure]()
    for name in asked.drill or DRILLS:
        for database in _databases(name, asked.database):
            begun = time.monotonic()
            figures += _tried(name, profile, database)
            sys.stderr.write(f"{name} {database} {time.monotonic() - begun:.0f} s\n")
            write(figures, asked.to)
    sys.stdout.write(table(figures) + "\n")
    return 0 if all(one.passed for one in figures) else 1


def _databases(name: str, only: str | None) -> list[str]:
    able = ["sqlite"] * (name not in POSTGRES) + ["postgresql"] * (name in BOTH or name in POSTGRES)
    return [one for one in able if only in (None, one)] or able[:1]


def _tried(name: str, profile: Profile, database: str) -> Figures:
    """A drill that breaks, or cannot be had here, must not take the others' figures with it."""
    try:
        return _run(DRILLS[name], profile, database)
    except pytest.skip.Exception as why:
        return [told(0, f"{name} on {database}", f"left out: {why}")]
    except Exception as error:  # noqa: BLE001  # whatever it is, it is shown and counted
        traceback.print_exc()
        return [Figure(0, f"{name} on {database}", "an end", f"{type(error).__name__}: {error}"[:200].replace("\n", " "), passed=False)]


def _run(drill: Drill, profile: Profile, database: str) -> Figures:
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(a_database()) if database == "postgresql" else ""
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hallpass-chaos-")))
        return asyncio.run(drill(profile, folder, url))


if __name__ == "__main__":
    sys.exit(main())
