"""What the start made is looked at by no search for rubbish; what comes after it is."""

import gc
from pathlib import Path
from weakref import ref

import pytest

from bot.lasting import lasting
from handlers.people import DistrictKey
from handlers.ports import UnknownDistrict
from storage.packs import DiskPacks


class Ring:
    def __init__(self) -> None:
        self.itself = self


def test_what_was_made_is_out_of_the_search_and_what_comes_later_is_in_it() -> None:
    gc.collect()
    try:
        with lasting():
            made = Ring()
            assert not gc.isenabled()

        assert gc.isenabled()
        assert not any(one is made for one in gc.get_objects())
    finally:
        gc.unfreeze()


def test_rubbish_that_comes_later_is_found() -> None:
    try:
        with lasting():
            pass
        later = Ring()
        gone = ref(later)
        del later

        gc.collect()

        assert gone() is None
    finally:
        gc.unfreeze()


def test_a_start_that_fails_leaves_the_search_on(tmp_path: Path) -> None:
    try:
        with pytest.raises(UnknownDistrict), lasting():
            DiskPacks(tmp_path).get(DistrictKey("nowhere"))

        assert gc.isenabled()
    finally:
        gc.unfreeze()
