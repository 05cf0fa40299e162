"""What every test may ask for, and what a run must keep to. Not here: builders (samples.py), stand-ins (fakes.py)."""

import os

import pytest


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On a machine that has everything (HALLPASS_CI), a skipped test is a promise nobody checked: the run fails."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("HALLPASS_CI") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("\nHALLPASS_CI is set, and tests were skipped: failed.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
