"""Clocks that differ are noticed by nobody; eight people at once wait for nothing; with nobody there, next to nothing is done."""

from pathlib import Path

import pytest

from tests.chaos import latency, skew
from tests.chaos.figures import failed
from tests.chaos.profile import SHORT

pytestmark = pytest.mark.chaos


@pytest.mark.postgres
async def test_three_clocks_differ_by_ten_minutes(tmp_path: Path, database: str) -> None:
    assert failed(await skew.run(SHORT, tmp_path, database)) == []


async def test_eight_people_at_once_wait_for_nothing(tmp_path: Path) -> None:
    assert failed(await latency.run(SHORT, tmp_path)) == []
