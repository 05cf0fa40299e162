"""Who may import whom is part of the test suite, so that a newcomer meets it early."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_layer_keeps_its_place() -> None:
    """In a process of its own: import-linter switches off every logger of the process it runs in."""
    told = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, told.stdout
