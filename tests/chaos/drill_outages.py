"""PostgreSQL falls over, Slack is away for longer: what was acknowledged arrives afterwards, once and in order, and soon."""

from pathlib import Path

import pytest

from tests.chaos import outage, restarts
from tests.chaos.figures import failed
from tests.chaos.profile import SHORT

pytestmark = pytest.mark.chaos


async def test_slack_is_away(tmp_path: Path) -> None:
    assert failed(await outage.run(SHORT, tmp_path)) == []


@pytest.mark.postgres
async def test_postgresql_is_restarted_without_goodbye(tmp_path: Path) -> None:
    assert failed(await restarts.run(SHORT, tmp_path)) == []
