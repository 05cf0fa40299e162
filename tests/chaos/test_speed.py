"""Eight people at once are all served, and nothing is kept afterwards but what is remembered on purpose. How fast, `make drills` judges."""

from pathlib import Path

import pytest

from tests.chaos import latency
from tests.chaos.figures import failed
from tests.chaos.profile import LEAST

pytestmark = pytest.mark.chaos


async def test_eight_people_at_once_are_served(tmp_path: Path) -> None:
    assert failed(await latency.run(LEAST, tmp_path)) == []
