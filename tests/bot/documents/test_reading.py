"""A file of any kind is read, or refused in one sentence; what is inside never runs, hangs or fills the machine."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import reading
from bot.documents.document import Unreadable
from bot.documents.reading import read
from tests.files import W, a_pdf, a_web_page, a_word_body, a_word_file, a_zip

TEXT = "Staff do not text students after nine.\nThey may call the parents."
BOMB = "".join(f'<!ENTITY l{step} "{f"&l{step - 1};" * 10}">' for step in range(1, 9))
LAUGHS = f'<!DOCTYPE d [<!ENTITY l0 "ha">{BOMB}]><w:document {W}><w:body>&l8;</w:body></w:document>'
TABLES = "<w:tbl><w:tr><w:tc>" * 9_000 + "</w:tc></w:tr></w:tbl>" * 9_000


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("policy.txt", TEXT.encode()),
        ("POLICY.MD", TEXT.encode()),
        ("policy.html", a_web_page(TEXT)),
        ("policy.htm", a_web_page(TEXT)),
        ("policy.docx", a_word_file(TEXT)),
        ("policy.pdf", a_pdf([TEXT.splitlines()])),
    ],
)
def test_every_kind_of_file_says_the_same(tmp_path: Path, name: str, raw: bytes) -> None:
    (tmp_path / name).write_bytes(raw)

    assert words(read(tmp_path / name).text) == words(TEXT)


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("policy.doc", b"x", "neither a .txt nor a .md, .html, .docx or .pdf"),
        ("missing.pdf", None, "cannot be read (No such file or directory)"),
        ("empty.docx", b"", "the file is empty"),
        ("blank.txt", b" \n\t", "holds no text"),
        ("huge.txt", b"a" * 5_000_001, "larger than 5 MB"),
        ("huge.pdf", b"a" * 25_000_001, "larger than 25 MB"),
        ("old.docx", b"\xd0\xcf\x11\xe0" + b"x" * 99, "old Word file, or one locked with a password"),
        ("named.txt", a_pdf([["x"]]), "is a PDF by its content"),
        ("named.pdf", a_word_file("x"), "Word file or an archive by its content"),
        ("junk.docx", b"junk", "damaged, or no Word file"),
        ("other.docx", a_zip({"a.txt": "x"}), "no Word document inside"),
        ("cut.docx", a_zip({"word/document.xml": "<w:document"}), "is damaged (its part word/document.xml)"),
        ("bomb.docx", a_zip({"word/document.xml": b" " * 30_000_000}), "unpacks to more than 20 MB"),
        ("laughs.docx", a_zip({"word/document.xml": LAUGHS}), "holds XML that Word never writes"),
        ("laughs16.docx", a_zip({"word/document.xml": LAUGHS.encode("utf-16")}), "holds XML that Word never writes"),
        ("deep.docx", a_word_body(TABLES), "cannot be read (damaged, or made to break its readers)"),
        ("pictures.docx", a_word_body("<w:p><w:r><w:drawing/></w:r></w:p>"), "holds no words"),
        ("script.html", b"<script>alert('hi')</script>", "no text that a reader would see"),
        ("deep.html", b"<div>" * 100_000, "nested too deeply"),
        ("long.html", b"<p>" + b"word " * 800_000, "holds more than 3,000,000 letters"),
        ("junk.pdf", b"junk", "is damaged, or no PDF"),
        ("cut.pdf", a_pdf([["x"]])[:200], "is damaged, or no PDF"),
        ("picture.pdf", a_pdf([[], []]), "holds pictures of pages"),
        ("locked.pdf", a_pdf([["x"]], password="open"), "is locked with a password"),
        ("long.pdf", a_pdf([["x"]] * 501), "more than 500 pages"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, name: str, raw: bytes | None, sentence: str) -> None:
    if raw is not None:
        (tmp_path / name).write_bytes(raw)

    with pytest.raises(Unreadable) as refused:
        read(tmp_path / name)

    assert str(refused.value).startswith(f"{name} ")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_and_an_impossible_name_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()

    with pytest.raises(Unreadable, match="is no file"):
        read(tmp_path / "folder.pdf")
    with pytest.raises(Unreadable, match="cannot be read"):
        read(tmp_path / "a\0b.pdf")


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        ("import time; time.sleep(60)", "takes too long"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "takes too long"),
        ("print('junk')", "cannot be read"),
    ],
)
def test_a_file_that_hangs_or_breaks_its_reader_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: str, sentence: str
) -> None:
    monkeypatch.setattr(reading, "START", start)
    monkeypatch.setattr(reading, "PATIENCE", 1.0)
    (tmp_path / "policy.html").write_bytes(a_web_page(TEXT))

    with pytest.raises(Unreadable, match=sentence):
        read(tmp_path / "policy.html")


@pytest.mark.parametrize(
    "deed",
    ["open('made.txt', 'w')", "socket.create_connection(('127.0.0.1', 9))", "subprocess.run(['true'])", "os.system('true')"],
)
def test_nothing_inside_a_document_can_write_connect_or_start_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str) -> None:
    """A reader that a document had taken over would try this: it ends there."""
    evil = (
        "import os, socket, subprocess, sys; sys.path.insert(0, sys.argv[1]);"
        f"from bot.documents import child, webpage; webpage.read = lambda raw: {deed}; child.main('webpage')"
    )
    monkeypatch.setattr(reading, "START", evil)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.html").write_bytes(a_web_page(TEXT))

    with pytest.raises(Unreadable, match="cannot be read"):
        read(tmp_path / "policy.html")

    assert [file.name for file in tmp_path.iterdir()] == ["policy.html"]


@pytest.mark.parametrize(
    ("suffix", "made"), [(".docx", a_word_file), (".html", a_web_page), (".pdf", lambda text: a_pdf([text.splitlines()]))]
)
@settings(max_examples=12)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_never_anything_else(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, made: Callable[[str], bytes], data: st.DataObject
) -> None:
    raw = bytearray(made("\n".join(textwrap.wrap(TEXT * 20, 70))))
    for _ in range(data.draw(st.integers(1, 20))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    file = tmp_path_factory.mktemp("damaged") / f"policy{suffix}"
    file.write_bytes(raw[: data.draw(st.integers(1, len(raw)))])

    assert _said(file).strip()


def _said(file: Path) -> str:
    try:
        return read(file).text
    except Unreadable as refused:
        return str(refused)
