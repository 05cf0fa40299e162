"""A small Microsoft, and a bot that it talks to."""

from collections.abc import AsyncIterator

import pytest

from adapters.teams.keys import Keys
from tests.adapters.teams.microsoft import APP, TENANT, Bot, Microsoft, at_loopback, serving


@pytest.fixture
async def microsoft() -> AsyncIterator[Microsoft]:
    one = Microsoft()
    async with at_loopback(one.app()) as one.url:
        yield one


@pytest.fixture
async def bot(microsoft: Microsoft) -> AsyncIterator[Bot]:
    keys = Keys(APP, "secret", allowed_tenants=frozenset({TENANT}), cloud=microsoft.cloud())
    async with serving(microsoft, keys) as one:
        yield one
