"""A district's text is attached from a file of any kind: the words are what counts."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.files import a_pdf, a_web_page, a_word_file

Run = Callable[..., tuple[int, str, str]]
Make = Callable[[str], bytes]

MENU = "<nav><ul><li>Home<li>Board</ul></nav>"


def printed(text: str) -> bytes:
    """Two narrow pages with a running head, words broken at the ends of lines."""
    lines = [line for part in text.splitlines() for line in (textwrap.wrap(part.replace("technology", "tech- nology"), 30) or [""])]
    broken = "\n".join(lines).replace("tech- ", "tech-\n").splitlines()
    half = len(broken) // 2
    return a_pdf([["Board docs", *page, f"- {number} -"] for number, page in enumerate((broken[:half], broken[half:]), start=1)])


KINDS = {
    "policy.html": lambda text: a_web_page(text, before=MENU, after="<footer>Contact</footer>"),
    "policy.htm": a_web_page,
    "policy.docx": a_word_file,
    "policy.pdf": printed,
    "windows.txt": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize(("name", "make"), KINDS.items(), ids=KINDS)
def test_the_same_words_attach_from_every_kind_of_file(maple_grove: Path, hallpass: Run, name: str, make: Make) -> None:
    text = (maple_grove / "policy.txt").read_text(encoding="utf-8")
    (maple_grove / name).write_bytes(make(text))

    status, out, _ = hallpass("policy", "attach", "maple-grove", name)

    assert status == 0
    assert out.startswith(f"Attached {name} to maple-grove: 7 sentences.")
    assert "“They copy their supervisor.”" in hallpass("policy", "show", "maple-grove")[1]


@pytest.mark.parametrize(("name", "make"), KINDS.items(), ids=KINDS)
def test_one_more_sentence_is_another_text_in_every_kind_of_file(maple_grove: Path, hallpass: Run, name: str, make: Make) -> None:
    text = (maple_grove / "policy.txt").read_text(encoding="utf-8")
    (maple_grove / name).write_bytes(make(f"{text}\nAll of this ends in June.\n"))

    status, _, err = hallpass("policy", "attach", "maple-grove", name)

    assert status == 1
    assert "is not the text that the pack maple-grove was written for" in err


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(maple_grove: Path, hallpass: Run) -> None:
    (maple_grove / "policy.pdf").write_bytes(b"%PDF-1.7 and nothing more")

    status, _, err = hallpass("policy", "attach", "maple-grove", "policy.pdf")

    assert status == 1
    assert err == "policy.pdf is damaged, or no PDF: open it and print it to a new PDF.\n"
