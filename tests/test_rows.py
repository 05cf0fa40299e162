"""Every row of the policies' demands is carried by its pack and walked by a test, or says why not; and the page says so."""

import re
from collections.abc import Mapping

import pytest

from storage.packs import DiskPacks
from tests.demands import DEMANDS, FILE, Demand, carriers
from tests.rows import PAGE, ROOT, Walkers, collected, page

OWED = {  # how many rows the requirements name, letter by letter: a row that is dropped from the file is missed
    "C": [f"C{number}" for number in range(1, 19)],
    "W": [f"W{number}" for number in range(1, 12)],
    "R": [f"R{number}" for number in range(13)],
    "D": [f"D{number}" for number in range(1, 19)],
    "H": [f"H{number}" for number in range(1, 19) if number != 16] + ["H7b", "H7c"] + [f"H16{letter}" for letter in "abcdefgh"],
}
PACKS = DiskPacks(ROOT / "policies")


@pytest.fixture(scope="module")
def walkers() -> Walkers:
    return collected()


def test_no_row_is_forgotten() -> None:
    assert sorted(DEMANDS) == sorted(row for rows in OWED.values() for row in rows)


def test_every_row_is_walked_or_says_why_not(walkers: Walkers) -> None:
    assert [row for row, one in DEMANDS.items() if not one.open and row not in walkers] == []


def test_what_is_walked_is_not_called_open(walkers: Walkers) -> None:
    assert [row for row, one in DEMANDS.items() if one.open and row in walkers] == [], f"take `open` out of {FILE.name}, then `make rows`"


def test_no_marker_names_a_row_that_there_is_not(walkers: Walkers) -> None:
    assert {row: tests for row, tests in walkers.items() if row not in DEMANDS} == {}


@pytest.mark.parametrize("row", DEMANDS.values(), ids=DEMANDS)
def test_a_row_is_carried_by_its_pack_and_told_in_few_words(row: Demand) -> None:
    assert list(carriers(PACKS.get(row.district), row.id))
    assert len(row.what.split()) <= 20
    assert not row.what.endswith(".")


def test_the_page_is_what_the_tests_say(walkers: Mapping[str, tuple[str, ...]]) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(walkers), "run `make rows`, and read what changed"


def test_the_page_names_nothing_of_this_machine() -> None:
    assert re.search(r"/(home|tmp|work)/", PAGE.read_text(encoding="utf-8")) is None
