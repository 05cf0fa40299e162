"""Slack is away or slow, the disk is full: what was acknowledged arrives afterwards, once and in order."""

from pathlib import Path

import pytest

from tests.chaos import disk, outage, pace
from tests.chaos.figures import failed
from tests.chaos.profile import LEAST

pytestmark = pytest.mark.chaos


async def test_slack_is_away(tmp_path: Path) -> None:
    assert failed(await outage.run(LEAST, tmp_path)) == []


async def test_slack_takes_one_message_a_second(tmp_path: Path) -> None:
    assert failed(await pace.run(LEAST, tmp_path)) == []


async def test_the_disk_is_full(tmp_path: Path) -> None:
    assert failed(await disk.run(LEAST, tmp_path)) == []
