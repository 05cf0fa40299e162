"""The newest step of the schema goes down and up again beneath requests that wait: nothing of them is lost or exported otherwise."""

from pathlib import Path

import pytest

from tests.chaos import steps
from tests.chaos.figures import failed
from tests.chaos.profile import LEAST

pytestmark = pytest.mark.chaos


async def test_on_sqlite(tmp_path: Path) -> None:
    assert failed(await steps.run(LEAST, tmp_path)) == []


@pytest.mark.postgres
async def test_on_postgresql(tmp_path: Path, database: str) -> None:
    assert failed(await steps.run(LEAST, tmp_path, database)) == []
