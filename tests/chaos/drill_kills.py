"""Whichever of three processes on PostgreSQL is killed, and whenever: what was acknowledged is kept, decided once, said once, in order."""

from pathlib import Path

import pytest

from tests.chaos import drain, kill9
from tests.chaos.figures import failed
from tests.chaos.profile import SHORT

pytestmark = [pytest.mark.chaos, pytest.mark.postgres]


async def test_three_processes_are_killed_again_and_again(tmp_path: Path, database: str) -> None:
    assert failed(await kill9.run(SHORT, tmp_path, database)) == []


async def test_who_is_told_to_stop_says_first_what_was_promised(tmp_path: Path, database: str) -> None:
    assert failed(await drain.run(SHORT, tmp_path, database)) == []
