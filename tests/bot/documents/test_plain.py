"""A text file is read however it was saved."""

import pytest

from bot.documents.document import Unreadable
from bot.documents.plain import decoded, read

TEXT = "Staff’s “own” phones – in a résumé\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_usual_encodings_are_understood(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_utf8_that_was_taken_for_windows_text_is_turned_back() -> None:
    mangled = "".join(bytes([byte]).decode("cp1252", "replace") for byte in "Staff’s own".encode())

    assert decoded(mangled.encode()) == "Staff’s own"


def test_words_that_only_look_mangled_stay() -> None:
    assert decoded("Ãœber Â© ☃".encode()) == "Ãœber Â© ☃"


def test_a_control_character_here_or_there_is_dropped() -> None:
    assert decoded(b"Staff may" + b"\x07" + b" call. " * 100).startswith("Staff may call.")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"\n\x81\x8d junk \xff", "is not UTF-8 text (line 2)"),
        ("one\ntwo \ufffd".encode(), "has lost letters (\ufffd, first on line 2)"),
        (bytes(range(32)) * 9, "holds no text"),
        (b"a\0b", "holds no text"),
    ],
)
def test_what_is_no_text_or_lost_letters_is_refused(raw: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(raw)

    assert sentence in str(refused.value)
