"""What every drill's test may ask for: a PostgreSQL database of its own."""

from collections.abc import Iterator

import pytest

from tests.storage.conftest import a_database


@pytest.fixture
def database() -> Iterator[str]:
    """A PostgreSQL database of the drill's own."""
    with a_database() as url:
        yield url
