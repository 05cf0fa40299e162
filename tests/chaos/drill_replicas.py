"""Several processes on one database: whoever is left finishes what another began, and an older one does no harm for a step."""

from pathlib import Path

import pytest

from tests.chaos import gone, upgrade
from tests.chaos.figures import failed
from tests.chaos.profile import SHORT

pytestmark = [pytest.mark.chaos, pytest.mark.postgres]


async def test_two_of_three_processes_die_for_good(tmp_path: Path, database: str) -> None:
    assert failed(await gone.run(SHORT, tmp_path, database)) == []


async def test_the_program_before_serves_beside_this_one(tmp_path: Path, database: str) -> None:
    assert failed(await upgrade.run(SHORT, tmp_path, database)) == []
