"""The page that says what each platform has: up to date, without an empty cell, and true of the tests that it names."""

import re

import pytest

from handlers.cards import Form
from handlers.spelling import spell
from tests.gallery import gallery
from tests.parity import FAULTS, JOURNEYS, PAGE, PLATFORMS, REASONS, ROOT, WAYS, labels, module, page, pressing, said


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """The page as the tests say now: read from all of them, so not while tests are only collected."""
    return page().splitlines()


def test_the_page_is_what_the_tests_say(lines: list[str]) -> None:
    assert PAGE.read_text(encoding="utf-8").splitlines() == lines, "run `make parity`, and read what changed"


def test_no_cell_is_empty(lines: list[str]) -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]

    assert rows
    assert [row for row in rows if len(row) != len(PLATFORMS) + 1 or not all(row)] == []


@pytest.mark.parametrize("cell", sorted({cell for cells in WAYS.values() for cell in cells.values()}))
def test_what_is_no_test_has_a_reason(cell: str) -> None:
    path, found, name = cell.partition("::")

    assert name in module(JOURNEYS / path).functions if found else cell in REASONS


@pytest.mark.parametrize("cell", FAULTS.values())
def test_every_test_that_shows_a_fault_exists(cell: str) -> None:
    path, _, name = cell.partition("::")

    assert name in module(ROOT / path).functions


def test_every_reason_is_some_cells() -> None:
    given = {cell for cells in WAYS.values() for cell in cells.values()} | {"the desk"}

    assert set(REASONS) == given & set(REASONS)


def test_every_press_is_drawn_somewhere() -> None:
    begun = {spell(shown.action)[0] for shown in gallery().values() if isinstance(shown, Form)}  # by a command, or a shortcut
    assert [verb for verb, words in labels().items() if not words and verb not in begun] == []


def test_what_a_test_looks_at_is_not_what_it_presses() -> None:
    there = said(JOURNEYS / "test_slack_changes.py", "approved")

    assert "Approve" in there
    assert not {"Revoke", "Renew", "Give it back"} & there.keys()
    assert pressing([JOURNEYS / "test_slack_bind.py"], labels()["revoke"]) is None


def test_the_page_names_nothing_of_this_machine(lines: list[str]) -> None:
    assert not any(re.search(r"/(home|tmp|work)/", line) for line in lines)
