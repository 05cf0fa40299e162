"""Several processes on one database are as one: each delivery counts once, and whoever is left finishes what another began."""

from pathlib import Path

import pytest

from tests.chaos import clicks, duplicates, gone
from tests.chaos.figures import failed
from tests.chaos.profile import SHORT

pytestmark = [pytest.mark.chaos, pytest.mark.postgres, pytest.mark.timeout(600)]


async def test_every_delivery_comes_four_times_each_to_another_process(tmp_path: Path, database: str) -> None:
    assert failed(await duplicates.run(SHORT, tmp_path, database)) == []


async def test_hundreds_of_clicks_at_once_are_one_decision(tmp_path: Path, database: str) -> None:
    assert failed(await clicks.run(SHORT, tmp_path, database)) == []


async def test_two_of_three_processes_die_for_good(tmp_path: Path, database: str) -> None:
    assert failed(await gone.run(SHORT, tmp_path, database)) == []
