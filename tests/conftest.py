"""What every test may ask for, and what a run must keep to. Not here: builders (samples.py), stand-ins (fakes.py)."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from storage import marked, packs

settings.register_profile("house", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("house")


@pytest.fixture
def no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with no database in it, and no settings from the machine."""
    for name in (
        "DATABASE_URL",
        "HALLPASS_DISTRICT",
        "HALLPASS_SECRET_KEY",
        "HOST",
        "PORT",
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_APP_TOKEN",
        "TEAMS_APP_ID",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """The same text of a pack is parsed once a process: most commands read the packs anew, and parsing is most of what they do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "from_yaml", cache(marked.from_yaml))
        yield


# These drive other processes, or play long random games over code whose every line other tests walk: counting lines doubles their time.
UNCOUNTED = (
    "journeys",
    "chaos",
    "learning",
    "policies/test_questions.py",
    "handlers/test_every_move.py",
    "handlers/test_time_passes.py",
    "handlers/test_who_may.py",
    "handlers/workflow/test_asked.py",
    "handlers/workflow/test_life.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave those tests out of the count of covered lines."""
    places = tuple(str(Path(__file__).parent / one) for one in UNCOUNTED)
    for item in items:
        if str(item.path).startswith(places) or item.get_closest_marker("postgres"):  # its units run in greenlets (pyproject.toml)
            item.add_marker(pytest.mark.no_cover)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On a machine that has everything (HALLPASS_CI), a skipped test is a promise nobody checked: the run fails."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("HALLPASS_CI") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("\nHALLPASS_CI is set, and tests were skipped: failed.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
