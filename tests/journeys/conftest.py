"""What every journey may ask for: the rehearsal as a process of its own, and a Chromium that must have nothing to complain of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.browser import Chromium, a_chromium
from tests.rehearsal import Rehearsal


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Rehearsal]:
    """A rehearsal of its own, asked about the district that most stories play in."""
    async with Rehearsal(tmp_path, "west-st-francois-r4") as running:
        yield running


@pytest.fixture
async def chromium() -> AsyncIterator[Chromium]:
    """A Chromium for the test; at its end no page may have complained: no script error, nothing that the page's own policy forbids."""
    async with a_chromium() as running:
        yield running
        assert not running.complaints
