"""A backup is whole, is of one moment, and never takes the place of anything; a restore loses nothing of what was there before."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.backup import backup, restore
from storage.engine import StoreUnusable
from storage.lock import one_process
from storage.migrate import migrate

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
async def url(tmp_path: Path) -> str:
    """A database of this version in a folder of its own."""
    await migrate(f"sqlite:///{tmp_path}/hallpass.db")
    return f"sqlite:///{tmp_path}/hallpass.db"


def note(file: Path, delivery: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("INSERT INTO inbox (delivery, result, at) VALUES (?, '', '2026-03-02 12:00:00.000000')", [delivery])


def noted(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [row[0] for row in database.execute("SELECT delivery FROM inbox ORDER BY delivery")]


def test_what_was_committed_before_is_in_it_while_somebody_writes(url: str, tmp_path: Path) -> None:
    file, to, done = tmp_path / "hallpass.db", tmp_path / "saved.db", threading.Event()
    note(file, "before")

    def writes() -> None:
        for number in range(10_000):
            if done.is_set():
                break
            note(file, f"meanwhile {number}")

    writer = threading.Thread(target=writes)
    writer.start()
    try:
        said = backup(url, to)
    finally:
        done.set()
        writer.join()

    assert "before" in noted(to)
    assert f"was saved to {to} (" in said
    with closing(sqlite3.connect(to)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_takes_no_files_place(url: str, tmp_path: Path) -> None:
    (tmp_path / "saved.db").write_text("precious")
    with pytest.raises(StoreUnusable, match="is there already"):
        backup(url, tmp_path / "saved.db")
    assert (tmp_path / "saved.db").read_text() == "precious"


def test_what_is_not_there_cannot_be_saved(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="does not exist: nothing was saved"):
        backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "saved.db")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_missing_is_named(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match=r"saved\.db cannot be used"):
        backup(url, tmp_path / "missing" / "saved.db")


def test_restoring_keeps_what_was_there(url: str, tmp_path: Path) -> None:
    file, to = tmp_path / "hallpass.db", tmp_path / "saved.db"
    note(file, "old")
    backup(url, to)
    note(file, "since")

    said = restore(url, to, NOW)

    assert noted(file) == ["old"]
    kept = tmp_path / "hallpass.db.before-20260302T120000"
    assert noted(kept) == ["old", "since"]
    assert str(kept) in said


def test_a_database_that_is_gone_is_made_again(url: str, tmp_path: Path) -> None:
    note(tmp_path / "hallpass.db", "old")
    backup(url, tmp_path / "saved.db")

    said = restore(f"sqlite:///{tmp_path}/new.db", tmp_path / "saved.db", NOW)

    assert noted(tmp_path / "new.db") == ["old"]
    assert "before" not in said


def test_nothing_is_restored_while_it_is_served(url: str, tmp_path: Path) -> None:
    backup(url, tmp_path / "saved.db")
    with one_process(url), pytest.raises(StoreUnusable, match="in use by another Hallpass"):
        restore(url, tmp_path / "saved.db", NOW)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is no backup of Hallpass"),
        (b"SQLite format 3\0 but cut off", "cannot be used: file is not a database"),
        (b"minutes of a meeting " * 99, "cannot be used: file is not a database"),
    ],
)
def test_what_is_no_backup_changes_nothing(url: str, tmp_path: Path, content: bytes, why: str) -> None:
    note(tmp_path / "hallpass.db", "old")
    (tmp_path / "saved.db").write_bytes(content)
    with pytest.raises(StoreUnusable, match=why):
        restore(url, tmp_path / "saved.db", NOW)
    assert noted(tmp_path / "hallpass.db") == ["old"]


def test_a_backup_of_a_later_version_is_refused(url: str, tmp_path: Path) -> None:
    backup(url, tmp_path / "saved.db")
    with closing(sqlite3.connect(tmp_path / "saved.db")) as database, database:
        database.execute("UPDATE hallpass_version SET version_num = '9999'")
    with pytest.raises(StoreUnusable, match="was made by a later Hallpass"):
        restore(url, tmp_path / "saved.db", NOW)


def test_a_backup_that_is_not_there_is_named(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match=r"saved\.db is not there"):
        restore(url, tmp_path / "saved.db", NOW)


@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_postgresql_has_tools_of_its_own(verb: str, tmp_path: Path) -> None:
    place = "postgresql://db/school"
    with pytest.raises(StoreUnusable, match="use `pg_"):
        backup(place, tmp_path / "x") if verb == "backup" else restore(place, tmp_path / "x", NOW)
