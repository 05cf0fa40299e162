"""`hallpass requests overdue`: numbers by school, kind and days, for people and for programs."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import wiring
from handlers.people import DistrictKey
from handlers.ports import Work
from storage.work import open_store
from tests.gallery import approved
from tests.samples import EVERYBODY, NOON, SCHOOL

HERE = DistrictKey("maple-grove")
Run = Callable[..., tuple[int, str, str]]


def keep() -> None:
    async def kept() -> None:
        store = await open_store("sqlite:///hallpass.db", lambda: NOON)
        await store.write(_keep)
        await store.close()

    asyncio.run(kept())


def _keep(work: Work) -> None:
    work.directory.replace(HERE, EVERYBODY)
    duties = tuple(replace(one, due=NOON + timedelta(days=1)) for one in approved().duties)
    work.requests.add(replace(approved(), duties=duties))


def test_what_is_overdue_is_counted_and_names_nobody(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    number = sum(one.done_by is None for one in approved().duties)
    monkeypatch.setattr(wiring, "clock", lambda: NOON + timedelta(days=4))

    found = json.loads(hallpass("requests", "overdue", "--json")[1])
    out = hallpass("requests", "overdue")[1]

    row = {"district": "maple-grove", "school": SCHOOL, "kind": "permission", "owed": "duty", "days_over": 3, "number": number}
    assert found == [row]
    assert out.splitlines()[2].split() == ["maple-grove", *SCHOOL.split(), "permission", "duty", "3", str(number)]
    assert not any(name in out for name in ("Dana", "Ada", "Bo"))


def test_where_nothing_is_overdue_that_is_said(maple_grove: Path, hallpass: Run) -> None:
    assert hallpass("requests", "overdue")[1] == "Nothing is overdue.\n"
    assert json.loads(hallpass("requests", "overdue", "--json")[1]) == []
