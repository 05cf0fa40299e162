"""The packs on disk: one folder a district, read when first asked for. Not here: what a pack may say, and the districts' texts."""

import math
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from handlers.people import DistrictKey
from handlers.policy.pack import Pack
from handlers.policy.prove import Accounts
from handlers.policy.read import LETTERS, PROCESSES, RULES, SETTINGS, TEMPLATE, BrokenPack, Fault, Source, read
from handlers.ports import Packs, UnknownDistrict
from storage.marked import Unreadable, from_toml, from_yaml

COVERAGE = "coverage.toml"
NOT_UTF_8 = ("This file is not UTF-8 text.", "Save it again as UTF-8.")
PARTS = ("quoted", "information", "silent")
FILES = frozenset({RULES, PROCESSES, SETTINGS})
Written = tuple[tuple[str, float], ...]  # a pack's files, and when each was written
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def is_key(key: str) -> bool:
    """Say whether a folder of that name may hold a pack."""
    return _KEY.fullmatch(key) is not None


class DiskPacks(Packs):
    """Reads `<folder>/<key>/rules.yaml`, `processes.yaml`, `settings.toml` and `letters/*.j2`; a pack that was changed is read again."""

    def __init__(self, folder: Path, kept: int = 16, rest: float = 0.0) -> None:
        """Take the folder of all packs, how many to keep in memory, and for how many seconds not to look whether one was changed."""
        self._folder = folder
        self._kept = kept
        self._rest = rest
        self._looked: dict[DistrictKey, float] = {}
        self._packs: dict[DistrictKey, tuple[Written, Pack]] = {}

    def keys(self) -> tuple[DistrictKey, ...]:
        """Return the key of every folder that holds rules, in alphabetical order."""
        found = (path.parent.name for path in self._folder.glob(f"*/{RULES}"))
        return tuple(DistrictKey(name) for name in sorted(found) if is_key(name))

    def get(self, district: DistrictKey) -> Pack:
        """Return the pack; raises UnknownDistrict, or BrokenPack with every fault in it."""
        now, kept = time.monotonic(), self._packs.get(district)
        if kept is not None and now - self._looked.get(district, -math.inf) < self._rest:
            return kept[1]
        written = self._written(district) if is_key(district) else ()
        if not any(name == RULES for name, _ in written):
            raise UnknownDistrict(district)
        read_at, pack = self._packs.get(district, (None, None))
        if pack is None or read_at != written:
            pack = self._read(district)
            self._keep(district, written, pack)
        self._looked[district] = now
        return pack

    def accounts(self, district: DistrictKey) -> Accounts:
        """Return what the pack's rules leave out, each with its reason. Raises BrokenPack for a coverage.toml that cannot be read."""
        faults: list[Fault] = []
        kept = self._source(district, COVERAGE, from_toml, faults)
        told = kept.data if isinstance(kept.data, dict) else {}
        faults += [_stray(kept.file, part) for part in told if part not in PARTS or not isinstance(told[part], dict)]
        if faults:
            raise BrokenPack(district, tuple(faults))
        return Accounts(*({name: str(why) for name, why in told.get(part, {}).items()} for part in PARTS))

    def _keep(self, district: DistrictKey, written: Written, pack: Pack) -> None:
        kept = {**self._packs, district: (written, pack)}
        while len(kept) > self._kept:
            kept.pop(next(iter(kept)))
        self._packs = kept

    def _written(self, district: DistrictKey) -> Written:
        folder = str(self._folder / district)
        return *_files(folder, FILES.__contains__), *_files(f"{folder}/{LETTERS}", lambda name: name.endswith(TEMPLATE))

    def _read(self, district: DistrictKey) -> Pack:
        faults: list[Fault] = []
        rules = self._source(district, RULES, from_yaml, faults)
        processes = self._source(district, PROCESSES, from_yaml, faults)
        settings = self._source(district, SETTINGS, from_toml, faults)
        letters = {path.stem: self._text(path, faults) for path in self._templates(district)}
        if faults:
            raise BrokenPack(district, tuple(faults))
        return read(district, rules, processes, settings, letters)

    def _templates(self, district: DistrictKey) -> list[Path]:
        return sorted((self._folder / district / LETTERS).glob(f"*{TEMPLATE}"))

    def _text(self, path: Path, faults: list[Fault]) -> str:
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            faults.append(Fault(path.relative_to(self._folder).as_posix(), 1, *NOT_UTF_8))
        return ""

    def _source(self, district: DistrictKey, name: str, parse: Callable[[str, str], Source], faults: list[Fault]) -> Source:
        """Return what one file holds; a missing one holds nothing, an unreadable one is a fault."""
        path = self._folder / district / name
        shown = f"{district}/{name}"
        try:
            return parse(shown, path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return Source(shown, None)
        except UnicodeDecodeError:
            faults.append(Fault(shown, 1, *NOT_UTF_8))
        except Unreadable as error:
            faults.append(error.fault)
        return Source(shown, None)


def _files(folder: str, wanted: Callable[[str], bool]) -> Written:
    """A pack is looked at for each question and several times for each press: a Path for each file would take ten times as long."""
    try:
        with os.scandir(folder) as found:
            return tuple(sorted((one.name, one.stat().st_mtime) for one in found if wanted(one.name) and one.is_file()))
    except (FileNotFoundError, NotADirectoryError):
        return ()


def _stray(file: str, part: str) -> Fault:
    return Fault(file, 1, f"[{part}] is no part of this file.", f"Its parts are {', '.join(f'[{name}]' for name in PARTS)}.")
