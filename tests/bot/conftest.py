"""The command in a folder of its own, with one made-up pack whose text the test may attach."""

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import wiring
from bot.__main__ import main

PACKS = Path(__file__).parents[1] / "packs"
CAST = Path(wiring.__file__).parent / "rehearsal" / "people.csv"


@pytest.fixture
def maple_grove(no_database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the pack of Maple Grove and its text in policy.txt; the command serves that district."""
    folder = no_database / "policies" / "maple-grove"
    shutil.copytree(PACKS / "maple-grove", folder)
    shutil.copy(PACKS / "maple-grove.txt", no_database / "policy.txt")
    shutil.copy(CAST, no_database / "people.csv")
    monkeypatch.setattr(wiring, "POLICIES", folder.parent)
    monkeypatch.setenv("HALLPASS_DISTRICT", "maple-grove")
    return no_database


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Logger]:
    """A log that the test may set up as it likes: it is put back afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    monkeypatch.setattr(logging, "raiseExceptions", True)
    yield logging.getLogger("bot.tests")
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def hallpass(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command; return its status, what it printed, and what it complained."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            status = main(words)
        except SystemExit as left:
            status = int(left.code or 0)
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run
