"""One process a SQLite file."""

import subprocess
import sys
from pathlib import Path

import pytest

from storage.engine import StoreUnusable
from storage.lock import one_process

ROOT = Path(__file__).parents[2]
HOLDS = (
    "import sys; from storage.lock import one_process\nwith one_process(sys.argv[1]):\n    print('held', flush=True)\n    sys.stdin.read()"
)


def test_a_second_process_is_told_who_holds_the_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    with subprocess.Popen([sys.executable, "-c", HOLDS, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        with pytest.raises(StoreUnusable, match=f"in use by another Hallpass .process {other.pid}.") as why, one_process(url):
            pass

        other.kill()
    assert str(tmp_path) in str(why.value)
    with one_process(url):
        pass  # a process that died holds nothing


def test_replicas_on_postgresql_do_not_wait_for_each_other() -> None:
    with one_process("postgresql://db/school"), one_process("postgresql://db/school") as alone:
        assert alone.url == "postgresql://db/school"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="missing does not exist"), one_process(f"sqlite:///{tmp_path}/missing/x.db"):
        pass


WINDOWS = """
import os, sys, types, storage.engine
held = []
def locking(file, mode, bytes):
    if os.lseek(file, 0, os.SEEK_CUR) < 1000:
        raise AssertionError("whoever waits could not read who holds it")
    if held:
        raise PermissionError(13, "Permission denied")
    held.append(file)
sys.platform, sys.modules["fcntl"], sys.modules["msvcrt"] = "win32", None, types.SimpleNamespace(locking=locking, LK_NBLCK=2)
from storage.lock import InUse, one_process
with one_process(sys.argv[1]):
    try:
        with one_process(sys.argv[1]):
            pass
    except InUse as why:
        print(why)
"""


def test_windows_locks_in_its_own_way(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", WINDOWS, f"sqlite:///{tmp_path}/x.db"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert "is in use by another Hallpass (process " in told.stdout
    assert "unknown" not in told.stdout
