"""Slack is away or slow, PostgreSQL falls over, the disk is full: what was acknowledged arrives afterwards, once and in order."""

from pathlib import Path

import pytest

from tests.chaos import disk, outage, pace, restarts
from tests.chaos.figures import failed
from tests.chaos.profile import SHORT

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]


async def test_slack_is_away(tmp_path: Path) -> None:
    assert failed(await outage.run(SHORT, tmp_path)) == []


async def test_slack_takes_one_message_a_second(tmp_path: Path) -> None:
    assert failed(await pace.run(SHORT, tmp_path)) == []


async def test_the_disk_is_full(tmp_path: Path) -> None:
    assert failed(await disk.run(SHORT, tmp_path)) == []


@pytest.mark.postgres
async def test_postgresql_is_restarted_without_goodbye(tmp_path: Path) -> None:
    assert failed(await restarts.run(SHORT, tmp_path)) == []
