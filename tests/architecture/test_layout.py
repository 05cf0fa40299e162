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


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Every module by its place, parsed."""
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def test_every_module_opens_by_saying_what_lives_there(trees: dict[str, ast.Module]) -> None:
    openings = {place: ast.get_docstring(tree) for place, tree in trees.items()}

    assert openings
    assert [place for place, opening in openings.items() if not opening or len(opening.splitlines()) > 4] == []


def test_no_module_outgrows_its_idea() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {place: lines for place, lines in lengths.items() if lines > LONGEST} == {}


def test_no_code_names_a_district(trees: dict[str, ast.Module]) -> None:
    said = [(place, node.value) for place, tree in trees.items() for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    told = [(place, value) for place, value in said if isinstance(value, str) and not value.startswith(("example:", "`hallpass"))]

    assert DISTRICTS
    assert [(place, value) for place, value in told if any(key in value for key in DISTRICTS)] == []


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
