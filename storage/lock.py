"""One process a SQLite file: a lock file beside it, held as long as the bot runs. Not here: transactions."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from storage.engine import StoreUnusable, address, is_sqlite, telling, where

if sys.platform == "win32":
    import msvcrt

    BEHIND = 1_000_000  # nobody may read what is locked there, and the holder's number stands at the beginning

    def _lock(file: int) -> None:
        os.lseek(file, BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(file, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


HELD = (BlockingIOError, PermissionError)  # what the two systems say when somebody else holds it


class InUse(StoreUnusable):
    """Another process holds the file."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Proof that no other bot works with this SQLite file; replicas on PostgreSQL are never alone."""

    url: str


@contextmanager
def one_process(url: str) -> Iterator[Alone]:
    """Hold the file's lock; raises InUse while another process does. It frees itself when a process dies."""
    place = address(url)
    if not is_sqlite(place):
        yield Alone(url)
        return
    with telling(place):
        lock = os.open(f"{place.database}-lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _hold(lock, where(place))
        yield Alone(url)
    finally:
        os.close(lock)  # the file stays: whoever removed it could lock a new one beside a waiting process


def _hold(lock: int, what: str) -> None:
    try:
        _lock(lock)
    except HELD:
        other = os.read(lock, 20).decode("ascii", "replace") or "unknown"
        raise InUse(f"{what} is in use by another Hallpass (process {other}). Stop it, or use PostgreSQL for several.") from None
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode("ascii"))
