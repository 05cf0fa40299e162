"""A PDF is read as it is printed, without running heads and feet, its broken words whole."""

import pytest
from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError

from bot.documents import pdf
from bot.documents.document import Unreadable
from bot.documents.heads import without_heads
from bot.documents.pdf import read
from tests.files import a_pdf

FIRST = [
    "Handbook 2024",
    "",
    "1. Staff write to students from their school account.",
    "2. They do not use per-",
    "sonal accounts, whether",
    "",
]
SECOND = ["Handbook 2024", "", "on a self-", "owned phone or not.", "3. They keep what they send for a year, at least.", ""]
PAGES = [[*FIRST, "Page 1 of 2"], [*SECOND, "Page 2 of 2"]]


def test_running_heads_and_page_numbers_are_gone_and_words_are_whole() -> None:
    text = " ".join(read(a_pdf(PAGES)).text.split())

    assert text == (
        "1. Staff write to students from their school account. 2. They do not use personal accounts, whether on a self-owned phone or not."
        " 3. They keep what they send for a year, at least."
    )


def test_other_readings_keep_the_heads_and_the_hyphens() -> None:
    others = [" ".join(other.split()) for other in read(a_pdf(PAGES)).others]

    assert any("selfowned" in other for other in others)
    assert any("per-sonal" in other for other in others)
    assert any("Page 2 of 2" in other and "Handbook 2024" in other for other in others)


def test_a_page_that_only_looks_like_the_others_keeps_its_lines() -> None:
    pages = [["Rule", "Staff call.", "3"], ["Rule", "Staff write.", "4"], ["Other", "Staff visit.", "5"], []]

    assert without_heads(pages) == ["Staff call.", "\f", "Staff write.", "\f", "Other", "Staff visit.", "\f", "\f"]


@pytest.mark.parametrize(("fault", "sentence"), [(DependencyError("cipher"), "is locked"), (ValueError("broken"), "is damaged on page 1")])
def test_a_page_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, fault: Exception, sentence: str) -> None:
    def extract(*args: object, **more: object) -> str:
        raise fault

    monkeypatch.setattr(PageObject, "extract_text", extract)

    with pytest.raises(Unreadable, match=sentence):
        read(a_pdf(PAGES))


def test_a_cipher_we_cannot_read_and_a_file_without_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PdfReader, "pages", [])
    with pytest.raises(Unreadable, match="has no pages"):
        read(a_pdf(PAGES))

    def locked(*args: object) -> None:
        raise DependencyError("cryptography>=3.1 is required")

    monkeypatch.setattr(pdf, "PdfReader", locked)
    with pytest.raises(Unreadable, match="is locked"):
        read(a_pdf(PAGES))


def test_signs_that_are_no_letters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PageObject, "extract_text", lambda *args, **more: "staff " * 20 + "\uf041\uf042\uf043 " * 200)

    with pytest.raises(Unreadable, match="does not say which letters"):
        read(a_pdf(PAGES))
