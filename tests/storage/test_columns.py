"""Columns mean the same on both databases: moments keep their instant, and the database's own clock can be counted on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from handlers.ports import Store, Work
from storage.columns import NOW, soon
from storage.inbox import SqlInbox
from tests.samples import NOON, a_request


async def test_a_moment_of_any_zone_comes_back_as_the_same_instant_in_utc(store: Store) -> None:
    there = NOON.astimezone(timezone(timedelta(hours=-6)))

    await store.write(lambda work: work.requests.add(replace(a_request(), opened_at=there)))

    kept = await store.read(lambda work: work.requests.get(a_request().id))
    assert kept is not None
    assert kept.opened_at == NOON
    assert kept.opened_at.tzinfo == UTC


@pytest.mark.parametrize("seconds", [0.0, 2.5, 86_400.0])
async def test_soon_is_counted_from_the_databases_own_now(store: Store, seconds: float) -> None:
    def asked(work: Work) -> tuple[datetime, datetime]:
        assert isinstance(work.inbox, SqlInbox)
        now, then = work.inbox._connection.execute(select(NOW, soon("wait")), {"wait": seconds}).one()
        return now, then

    now, then = await store.read(asked)

    assert then - now == timedelta(seconds=seconds)
    assert abs(datetime.now(UTC) - now) < timedelta(minutes=1)
