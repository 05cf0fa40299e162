"""Whoever is left of several processes on one database finishes what another began."""

from pathlib import Path

import pytest

from tests.chaos import gone
from tests.chaos.figures import failed
from tests.chaos.profile import SHORT

pytestmark = [pytest.mark.chaos, pytest.mark.postgres, pytest.mark.timeout(600)]


async def test_two_of_three_processes_die_for_good(tmp_path: Path, database: str) -> None:
    assert failed(await gone.run(SHORT, tmp_path, database)) == []
