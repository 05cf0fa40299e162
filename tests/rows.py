"""Which test walks which row of the policies' demands, read from the tests' own markers: `make rows` writes .github/ROWS.md."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from storage.packs import DiskPacks
from tests.demands import DEMANDS, DISTRICTS, Demand, carriers

ROOT = Path(__file__).parents[1]
PAGE = ROOT / ".github" / "ROWS.md"
MARK = re.compile(r"mark\.walks\(")
GENERATED = {  # tests that walk row after row from data: a word is enough for each
    "tests/policies/test_demands.py": ("asked", "asks it in words, and by the same facts given by hand"),
    "tests/policies/test_lives.py": ("lived", "plays the whole process of the pack through the desk"),
}
Walkers = Mapping[str, tuple[str, ...]]


class _Collector:
    """Notes the rows that each test says it walks."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for mark in item.iter_markers("walks"):
                for row in mark.args:
                    self.found.setdefault(row, []).append(item.nodeid)


def collected() -> Walkers:
    """Return row by row which tests walk it, as pytest itself finds them, in a process of its own."""
    run = subprocess.run([sys.executable, "-m", "tests.rows", "collect"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return {row: tuple(tests) for row, tests in json.loads(run.stdout.splitlines()[-1]).items()}


def page(walkers: Walkers) -> str:
    """Return the whole page."""
    return "\n".join((*_head(), *(line for letter in DISTRICTS for line in _district(letter, walkers)))) + "\n"


def _head() -> Iterator[str]:
    yield "# What the policies demand, and the tests that walk it"
    yield ""
    yield "Made by `make rows` from `tests/demands.toml`, the packs and the tests' markers; a test holds it to them. Kinds: ASK an answer,"
    yield "EXEMPT, PERMIT somebody decides, NOTIFY, DUTY what follows, PRODUCE handed over when asked, REPORT, STOP never approved, ADMIN."
    yield ""
    yield from (f"- *{word}*: `{path}` {does}." for path, (word, does) in GENERATED.items())
    yield ""
    yield f"{len(DEMANDS)} rows, {sum(1 for one in DEMANDS.values() if one.open)} of them open."


def _district(letter: str, walkers: Walkers) -> Iterator[str]:
    pack = DiskPacks(ROOT / "policies").get(DISTRICTS[letter])
    yield from (
        "",
        f"## `{DISTRICTS[letter]}`",
        "",
        "| row | kind | what | carried by | walked by | status |",
        "| --- | --- | --- | --- | --- | --- |",
    )
    for row in (one for one in DEMANDS.values() if one.id.startswith(letter)):
        cells = (
            row.id,
            row.kind,
            f"{row.what} ({row.where})",
            ", ".join(carriers(pack, row.id)),
            _tests(walkers.get(row.id, ())),
            _status(row),
        )
        yield f"| {' | '.join(cells)} |"


def _tests(found: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(_short(test.partition("[")[0]) for test in found))


def _short(test: str) -> str:
    word, _ = GENERATED.get(test.partition("::")[0], ("", ""))
    return word or f"`{test.removeprefix('tests/')}`"


def _status(row: Demand) -> str:
    return f"open: {row.open}" if row.open else "walked"


def _collect() -> None:
    files = [str(path) for path in sorted((ROOT / "tests").rglob("test_*.py")) if MARK.search(path.read_text(encoding="utf-8"))]
    noting = _Collector()
    code = pytest.main(["--collect-only", "--quiet", "--no-header", "-p", "no:cacheprovider", *files], plugins=[noting])
    sys.stdout.write("\n" + json.dumps(noting.found) + "\n")
    sys.exit(code)


def main(args: list[str] = sys.argv[1:]) -> Any:
    """Write the page; with `collect`, only print what walks what."""
    return _collect() if args == ["collect"] else PAGE.write_text(page(collected()), encoding="utf-8")


if __name__ == "__main__":
    main()
