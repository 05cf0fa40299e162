"""`hallpass requests student-left`: a list of those who have left, out of every live permission, without a name on the terminal."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from handlers.ids import RequestId, StageId
from handlers.people import DistrictKey
from handlers.ports import Work
from handlers.workflow.request import Request
from storage.work import open_store
from tests.gallery import approved
from tests.samples import DANA, EVERYBODY, NOON

HERE = DistrictKey("maple-grove")
Run = Callable[..., tuple[int, str, str]]
NAMES = "Reyes, Bo\n\nNobody Known\n"


def keep(*requests: Request) -> None:
    def add(work: Work) -> None:
        work.directory.replace(HERE, EVERYBODY)
        for one in requests:
            work.requests.add(one)

    asyncio.run(_with_store(add))


def kept() -> dict[str, Request]:
    found: list[Request] = []
    asyncio.run(_with_store(lambda work: found.extend(work.requests.all(HERE))))
    return {one.id: one for one in found}


async def _with_store(unit: Callable[[Work], None]) -> None:
    store = await open_store("sqlite:///hallpass.db", lambda: NOON)
    await store.write(unit)
    await store.close()


def another(key: str) -> Request:
    stages = tuple(replace(one, id=StageId(f"{key}.{number}")) for number, one in enumerate(approved().stages))
    return replace(approved(), id=RequestId(key), stages=stages, duties=())


def test_who_has_left_is_taken_out_everywhere_and_nobody_is_named(maple_grove: Path, hallpass: Run) -> None:
    keep(approved(), another("r2"))
    (maple_grove / "left.txt").write_text(NAMES, encoding="utf-8")

    status, out, err = hallpass("requests", "student-left", "left.txt")

    assert (status, err) == (0, "")
    assert {one.fields["students"] for one in kept().values()} == {"Ada Finch"}
    assert {one.departures[0].left for one in kept().values()} == {"school"}
    rows = [line.split() for line in out.splitlines()[2:4]]
    assert rows == [["r2", "own-phone", DANA.email, "1", "1"], ["r1", "own-phone", DANA.email, "1", "1"]]
    assert "Line 3 names nobody who is in a live permission." in out
    assert "Line 2" not in out
    assert not any(name in out for name in ("Bo", "Reyes", "Ada", "Known"))


def test_a_dry_run_only_looks_and_a_request_can_be_chosen(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(approved(), another("r2"))
    monkeypatch.setattr("sys.stdin", StringIO("Bo Reyes"))
    out = hallpass("requests", "student-left", "-", "--dry-run")[1]
    assert "Nothing was written (--dry-run)." in out
    assert not any(one.departures for one in kept().values())

    monkeypatch.setattr("sys.stdin", StringIO("Bo Reyes\nAda Finch"))
    hallpass("requests", "student-left", "-", "--request", "r2", "--left", "activity")

    now = kept()
    assert (now["r1"].departures, now["r2"].status) == ((), "ended")
    assert {one.left for one in now["r2"].departures} == {"activity"}


@pytest.mark.parametrize(
    ("words", "why"),
    [(None, "cannot be read"), ("\n \n", "There is no name"), ("x" * 1_000_001, "too much")],
    ids=["none", "empty", "huge"],
)
def test_what_is_no_list_is_refused(maple_grove: Path, hallpass: Run, words: str | None, why: str) -> None:
    if words is not None:
        (maple_grove / "left.txt").write_text(words, encoding="utf-8")

    status, _, err = hallpass("requests", "student-left", "left.txt")

    assert status == 1
    assert why in err
