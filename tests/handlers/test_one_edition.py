"""A press sees one edition of its pack, and the next press the next one."""

import os
from pathlib import Path
from shutil import copytree

from bot import wiring
from handlers.one_edition import OneEdition
from handlers.people import DistrictKey
from storage.packs import DiskPacks


def test_a_pack_stays_the_same_until_the_press_is_over(tmp_path: Path) -> None:
    key = wiring.packs().keys()[0]
    copytree(wiring.POLICIES / key, tmp_path / key)
    packs = DiskPacks(tmp_path)
    press = OneEdition(packs)
    before = press.get(key)

    os.utime(tmp_path / key / "rules.yaml", (1, 1))

    assert press.get(DistrictKey(key)) is before
    assert OneEdition(packs).get(key) is not before
    assert press.keys() == (key,)
