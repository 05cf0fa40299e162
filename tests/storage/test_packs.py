"""Packs are read from disk when first asked for, and a file that cannot be read is explained."""

import os
import time
from pathlib import Path

import pytest

from handlers.people import DistrictKey
from handlers.policy.read import BrokenPack
from handlers.ports import UnknownDistrict
from storage.marked import DEEPEST, LONGEST, Unreadable, from_toml, from_yaml
from storage.packs import DiskPacks

MAPLE = DistrictKey("maple-grove")

RULES = f"""# a pack
name: Maple Grove
policy: P 12
dates: 2020-05-01
fingerprint: {"0" * 64}
rules:
  - id: M1
    locator: item 1
    kind: prohibition
    says: You may not write on duty.
    when: {{duty: [on]}}
    instead: Wait.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "maple-grove", "rules.yaml", RULES)
    write(tmp_path, "maple-grove", "settings.toml", 'ask = "staff"\n')
    return tmp_path


def write(folder: Path, key: str, name: str, text: str) -> Path:
    file = folder / key / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def fault_of(text: str) -> str:
    with pytest.raises(Unreadable) as refused:
        from_yaml("rules.yaml", text)
    return str(refused.value)


def test_every_folder_with_rules_is_a_district(folder: Path) -> None:
    write(folder, "elm", "rules.yaml", RULES)
    write(folder, "Not A Key", "rules.yaml", RULES)
    (folder / "empty").mkdir()

    assert DiskPacks(folder).keys() == ("elm", "maple-grove")


def test_a_pack_is_called_as_its_folder(folder: Path) -> None:
    pack = DiskPacks(folder).get(MAPLE)

    assert (pack.key, pack.name, pack.dates) == ("maple-grove", "Maple Grove", "2020-05-01")


def test_a_pack_is_read_once_and_again_when_it_was_changed(folder: Path) -> None:
    packs = DiskPacks(folder)
    first = packs.get(MAPLE)
    assert packs.get(MAPLE) is first

    changed = write(folder, "maple-grove", "rules.yaml", RULES.replace("Wait.", "Wait until noon."))
    os.utime(changed, (1, 1))

    assert packs.get(MAPLE).rule("M1").instead == "Wait until noon."


def test_a_change_is_heard_of_once_a_rest_is_over(folder: Path) -> None:
    hasty, patient = DiskPacks(folder, rest=0.001), DiskPacks(folder, rest=60.0)
    first, before = hasty.get(MAPLE), patient.get(MAPLE)

    os.utime(write(folder, "maple-grove", "rules.yaml", RULES.replace("Wait.", "Wait until noon.")), (1, 1))
    time.sleep(0.01)

    assert hasty.get(MAPLE) is not first
    assert patient.get(MAPLE) is before


def test_only_some_packs_stay_in_memory(folder: Path) -> None:
    write(folder, "elm", "rules.yaml", RULES)
    packs = DiskPacks(folder, kept=1)

    first = packs.get(MAPLE)
    packs.get(DistrictKey("elm"))

    assert packs.get(MAPLE) is not first


@pytest.mark.parametrize("key", ["oak", "", "../maple-grove", "Maple-Grove", "maple-grove/../maple-grove"])
def test_a_district_that_is_not_there_is_said_to_be_unknown(folder: Path, key: str) -> None:
    with pytest.raises(UnknownDistrict):
        DiskPacks(folder).get(DistrictKey(key))


def test_a_broken_pack_shows_its_faults_with_file_and_line(folder: Path) -> None:
    write(folder, "maple-grove", "rules.yaml", RULES.replace("prohibition", "ban"))

    with pytest.raises(BrokenPack, match=r"maple-grove/rules\.yaml, line 9: Rule M1: `kind` says 'ban'"):
        DiskPacks(folder).get(MAPLE)


def test_files_that_cannot_be_read_are_told_together(folder: Path) -> None:
    (folder / "maple-grove" / "rules.yaml").write_bytes(b"name: \xff\xfe")
    write(folder, "maple-grove", "settings.toml", "ask = \n")
    write(folder, "maple-grove", "processes.yaml", "\tx: 1\n")

    with pytest.raises(BrokenPack) as broken:
        DiskPacks(folder).get(MAPLE)

    assert [fault.file for fault in broken.value.faults] == [
        "maple-grove/processes.yaml",
        "maple-grove/rules.yaml",
        "maple-grove/settings.toml",
    ]


def test_words_stay_words_and_only_true_and_false_are_neither() -> None:
    source = from_yaml("rules.yaml", "a: [yes, no, on, off, 2020-05-01, 1.5, 007]\nb: [true, False, 12, -3]\nc:\nd: '5'\n")

    assert source.data == {
        "a": ["yes", "no", "on", "off", "2020-05-01", "1.5", "007"],
        "b": [True, False, 12, -3],
        "c": None,
        "d": "5",
    }


def test_every_value_knows_its_line() -> None:
    source = from_yaml("rules.yaml", "\ufeffa:\n  - b: 1\n    c: 2\n".lstrip("\ufeff"))

    assert source.line(("a", 0, "c")) == 3
    assert source.line(("a", 0, "z")) == 2
    assert source.line(("nowhere",)) == 1


def test_an_empty_file_holds_nothing() -> None:
    assert from_yaml("rules.yaml", "# nothing yet\n").data is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: 1\nb: 2\na: 3\n", "rules.yaml, line 3: `a` stands here a second time. Keep one of the two."),
        ("a: &x 1\nb: 2\n", "rules.yaml, line 1: An anchor or alias (& or *) stands here."),
        ("a: *x\n", "rules.yaml, line 1: An anchor or alias (& or *) stands here."),
        ("a:\n\t- 1\n", "rules.yaml, line 2: A tab stands where spaces are needed. Replace it with two spaces."),
        ("a: [1\nb: 2\n", "rules.yaml, line 2: This is not YAML:"),
        ("a: 1\n--- \nb: 2\n", "rules.yaml, line 2: This is not YAML:"),
        ("? [a]\n: 1\n", "rules.yaml, line 1: A list or table stands where a name is needed."),
        ("a: \x01\n", "rules.yaml, line 1: A character in this file cannot be read."),
        ("[" * (DEEPEST + 1), "rules.yaml, line 1: Lists lie too deep in each other."),
        ("x" * (LONGEST + 1), "rules.yaml, line 1: This file is far too long for a policy."),
    ],
)
def test_what_cannot_be_read_is_explained(text: str, sentence: str) -> None:
    assert fault_of(text).startswith(sentence)


def test_settings_know_their_lines() -> None:
    source = from_toml("settings.toml", '# ours\nask = "staff"\n\n[owners]\nparents-informed = "staff"\n')

    assert source.line(("ask",)) == 2
    assert source.line(("owners", "parents-informed")) == 5


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ask = \n", "settings.toml, line 1: This is not TOML: Invalid value."),
        ("a = 1\na = 2\n", "settings.toml, line 2: This is not TOML:"),
        ("a = [", "settings.toml, line 1: This is not TOML:"),
    ],
)
def test_settings_that_cannot_be_read_are_explained(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        from_toml("settings.toml", text)

    assert str(refused.value).startswith(sentence)
