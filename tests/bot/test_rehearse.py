"""`hallpass rehearse`: what is refused before anything is opened."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.verbs import rehearse
from handlers.people import DistrictKey, Person
from handlers.ports import Work
from storage.lock import one_process
from storage.work import open_store
from tests.samples import NOON

pytestmark = pytest.mark.usefixtures("log")

Run = Callable[..., tuple[int, str, str]]
HERE = DistrictKey("maple-grove")


def test_a_second_rehearsal_of_a_folder_is_told_what_to_do(maple_grove: Path, hallpass: Run) -> None:
    with one_process("sqlite:///hallpass-rehearsal.db"):
        status, _, err = hallpass("rehearse", "--no-browser")

    assert status == 1
    assert err == "Another rehearsal is running in this folder: stop it, or start this one in another folder.\n"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("other.txt", "x", "has no text: put maple-grove.txt into it."),
        ("maple-grove.txt", "Staff may do as they like.", "maple-grove.txt is not the text that the pack maple-grove was written for"),
    ],
)
def test_a_text_that_is_not_a_packs_stops_the_rehearsal(maple_grove: Path, hallpass: Run, name: str, text: str, sentence: str) -> None:
    folder = maple_grove / "texts"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")

    status, _, err = hallpass("rehearse", "--no-browser", "--texts", "texts")

    assert status == 1
    assert sentence in err
    assert not (maple_grove / "hallpass-rehearsal.db").exists()


def test_the_districts_texts_are_attached_for_the_rehearsal(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (maple_grove / "texts").mkdir()
    shutil.copy(maple_grove / "policy.txt", maple_grove / "texts" / "maple-grove.txt")

    async def at_once(*_: object) -> None:
        """Instead of opening the page."""

    monkeypatch.setattr(rehearse, "_play", at_once)

    assert hallpass("rehearse", "--no-browser", "--texts", "texts")[0] == 0

    monkeypatch.setenv("DATABASE_URL", "sqlite:///hallpass-rehearsal.db")
    assert " attached" in hallpass("policy", "list")[1]
    assert "not attached" not in hallpass("policy", "list")[1]


async def test_whoever_was_sent_away_from_the_rehearsal_comes_back_as_herself(tmp_path: Path) -> None:
    def empty(work: Work) -> tuple[Person, ...]:
        before = work.directory.people(HERE)
        work.directory.replace(HERE, ())
        return before

    store = await open_store(f"sqlite:///{tmp_path}/x.db", lambda: NOON)
    await store.write(rehearse._seat_everybody, HERE)

    before = await store.write(empty)
    await store.write(rehearse._seat_everybody, HERE)

    assert await store.read(lambda work: work.directory.people(HERE)) == before
    await store.close()
