"""Three processes on one PostgreSQL are as one: each delivery counts once, and of very many clicks one."""

from pathlib import Path

import pytest

from tests.chaos import clicks, duplicates
from tests.chaos.figures import failed
from tests.chaos.profile import LEAST

pytestmark = pytest.mark.chaos


@pytest.mark.postgres
async def test_every_delivery_comes_four_times_each_to_another_process(tmp_path: Path, database: str) -> None:
    assert failed(await duplicates.run(LEAST, tmp_path, database)) == []


@pytest.mark.postgres
async def test_hundreds_of_clicks_on_three_processes_are_one_decision(tmp_path: Path, database: str) -> None:
    assert failed(await clicks.run(LEAST, tmp_path, database)) == []


async def test_hundreds_of_clicks_on_one_process_are_one_decision(tmp_path: Path) -> None:
    assert failed(await clicks.run(LEAST, tmp_path)) == []
