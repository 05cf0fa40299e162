"""Whatever is killed, and whenever: what was acknowledged is kept, decided once, said once, in order."""

from pathlib import Path

import pytest

from tests.chaos import drain, kill9
from tests.chaos.figures import failed
from tests.chaos.profile import SHORT

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]


async def test_one_process_on_sqlite_is_killed_again_and_again(tmp_path: Path) -> None:
    assert failed(await kill9.run(SHORT, tmp_path)) == []


async def test_who_is_told_to_stop_says_first_what_was_promised(tmp_path: Path) -> None:
    assert failed(await drain.run(SHORT, tmp_path)) == []


@pytest.mark.postgres
async def test_three_processes_on_postgresql_are_killed_again_and_again(tmp_path: Path, database: str) -> None:
    assert failed(await kill9.run(SHORT, tmp_path, database)) == []
