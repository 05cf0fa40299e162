"""What is sealed opens with any of the keys, for as long as is allowed, and with nothing else."""

import re
import time

import pytest

from storage.vault import FernetVault


def test_what_was_sealed_opens_and_nothing_of_it_shows() -> None:
    vault = FernetVault(["one"])
    sealed = vault.seal("xoxb-secret")

    assert vault.open(sealed) == "xoxb-secret"
    assert "secret" not in sealed
    assert re.fullmatch(r"[A-Za-z0-9_-]+", sealed)
    assert vault.seal("xoxb-secret") != sealed


def test_the_newest_key_seals_and_an_older_one_still_opens() -> None:
    old = FernetVault(["old"]).seal("words")
    both = FernetVault(["new", "old"])

    assert both.open(old) == "words"
    assert both.is_outdated(old)
    assert not both.is_outdated(both.seal("words"))
    assert FernetVault(["new"]).open(both.seal("words")) == "words"
    assert FernetVault(["new"]).open(old) is None


@pytest.mark.parametrize("sealed", ["", "nothing of ours", "gAAAAA", "\u2028", "a" * 5000])
def test_what_is_not_ours_does_not_open(sealed: str) -> None:
    assert FernetVault(["one"]).open(sealed) is None


def test_what_was_changed_does_not_open() -> None:
    sealed = FernetVault(["one"]).seal("words")
    other = "A" if sealed[40] != "A" else "B"

    assert FernetVault(["one"]).open(sealed[:40] + other + sealed[41:]) is None


def test_what_is_too_old_does_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    vault = FernetVault(["one"])
    sealed, later = vault.seal("words"), time.time() + 601

    assert vault.open(sealed, within=600) == "words"
    monkeypatch.setattr(time, "time", lambda: later)
    assert vault.open(sealed, within=600) is None
    assert vault.open(sealed) == "words"


def test_without_a_key_there_is_no_vault() -> None:
    with pytest.raises(ValueError, match="at least one"):
        FernetVault([])
