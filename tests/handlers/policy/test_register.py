"""What a pack may say of the register: days that exist, steps in order, fields that are asked and name no student."""

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from handlers.people import DistrictKey
from handlers.policy.pack import Settings
from handlers.policy.read import BrokenPack
from storage.packs import DiskPacks
from tests.gallery import PACKS


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ({"recertify": "15 August"}, "08-15"),
        ({"recertify": "02-29"}, "08-15"),
        ({"recertify": "8-15"}, "08-15"),
        ({"remind": 20, "close": 20}, "after `remind`"),
        ({"months": 0}, "greater than"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(said: dict[str, object], part: str) -> None:
    with pytest.raises(ValidationError, match=part):
        Settings.model_validate({"register": said})


def test_what_nobody_sets_is_the_conservative_choice() -> None:
    upkeep = Settings.model_validate({"register": {"recertify": "08-15"}}).upkeep

    assert (upkeep.recertify, upkeep.remind, upkeep.close) == ("08-15", 5, 20)
    assert Settings().upkeep.months == 12


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("{platform: chanel, purpose: reason}", "`platform` names chanel, which is nowhere asked"),
        ("{platform: copy, purpose: reason}", "`platform` names copy, which is nowhere asked"),
        ("{platform: channel, purpose: students}", "`purpose` may name a student"),
        ("{platform: channel, purpose: reason, address: site}", "`address` names site"),
        ("{platform: channel, purpose: reason, administrators: who}", "`administrators` names who"),
        ("{platform: channel, purpose: reason, when: {how: [text]}}", "`when` names how, which is no field"),
    ],
)
def test_the_register_takes_only_what_is_asked_and_names_no_student(tmp_path: Path, written: str, part: str) -> None:
    shutil.copytree(PACKS / "maple-grove", tmp_path / "maple-grove")
    file = tmp_path / "maple-grove" / "processes.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("{platform: channel, purpose: reason, address: address}", written), "utf-8")

    with pytest.raises(BrokenPack, match=part):
        DiskPacks(tmp_path).get(DistrictKey("maple-grove"))
