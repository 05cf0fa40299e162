"""Whenever the one process on SQLite is killed, or told to stop: what was acknowledged is kept, decided once, said once, in order."""

from pathlib import Path

import pytest

from tests.chaos import drain, kill9
from tests.chaos.figures import failed
from tests.chaos.profile import LEAST

pytestmark = pytest.mark.chaos


async def test_one_process_is_killed_again_and_again(tmp_path: Path) -> None:
    assert failed(await kill9.run(LEAST, tmp_path)) == []


async def test_who_is_told_to_stop_says_first_what_was_promised(tmp_path: Path) -> None:
    assert failed(await drain.run(LEAST, tmp_path)) == []
