"""The house checks itself: sizes, first lines, no district in code, one place that commits, the diagram equals the table."""

import ast
import re
from importlib.metadata import distributions
from pathlib import Path

import pytest

from handlers.workflow.moves import MOVES

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "adapters", "handlers", "storage")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "versions" not in path.parts)
DISTRICTS = sorted(path.name for path in (ROOT / "policies").iterdir() if path.is_dir())
LONGEST = 200  # lines of a module: one idea, about one screen

by_name = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


@by_name
def test_every_module_opens_by_saying_what_lives_there(path: Path) -> None:
    opening = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert opening
    assert len(opening.splitlines()) <= 4


@by_name
def test_no_module_outgrows_its_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@by_name
def test_no_code_names_a_district(path: Path) -> None:
    strings = [node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)]
    told = [value for value in strings if isinstance(value, str) and not value.startswith(("example:", "`hallpass"))]

    assert not [key for key in DISTRICTS for value in told if key in value]


def _where(words: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in MODULES if re.search(words, path.read_text(encoding="utf-8"))}


def test_only_the_units_of_work_commit() -> None:
    assert _where(r"\.commit\(|\bCOMMIT\b") == {"storage/held.py", "storage/postgres.py"}  # how each driver is told
    assert _where(r"\bHeld\w*\(|\btransact\(") - {"storage/held.py", "storage/postgres.py"} == {"storage/work.py"}  # and by whom


def test_a_platform_is_five_files_with_the_same_names() -> None:
    platforms = [path.parent for path in (ROOT / "adapters").glob("*/listen.py")]

    assert platforms
    assert all(
        {"__init__.py", "listen.py", "draw.py", "chat.py", "people.py"} <= {file.name for file in path.iterdir()} for path in platforms
    )


def test_no_installed_distribution_claims_our_names() -> None:
    others = [one for one in distributions() if one.name.lower() != "hallpass"]

    claimed = {(one.name, file.parts[0]) for one in others for file in one.files or () if file.parts[0] in PACKAGES}

    assert not claimed


def test_the_diagram_in_the_readme_is_the_table_in_the_code() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    drawn = set(re.findall(r"^\s+(\w+) --> (\w+): (\w+)$", readme, flags=re.MULTILINE))

    assert drawn == {(before.value, after.value, move.value) for (before, move), after in MOVES.items()}
