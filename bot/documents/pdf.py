"""A PDF becomes lines as they are printed, without running heads. Not here: pictures of text, which nobody can read without OCR."""

import io
from collections.abc import Callable, Sequence
from itertools import product

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from bot.documents.document import Document, Unreadable
from bot.documents.heads import without_heads
from handlers.policy.split.hyphens import Ends, mended

MOST_PAGES = 500
LEAST_LETTERS = 0.5  # share of letters and blanks in English: far less is a font without a table of its letters
LEAST_ON_A_PAGE = 40  # letters, on the average: a page of a policy has two thousand, a scanned one a stamp at most
LOCKED = "is locked with a password or a cipher: print it to a new PDF, or save its text as .docx or .txt."
DAMAGED = "is damaged, or no PDF: open it and print it to a new PDF."

Pages = list[list[str]]


def read(raw: bytes) -> Document:
    """Return a PDF's words, line by line as printed. Raises Unreadable."""
    pages = _pages(raw)
    printed = [_lines(pages, _in_place), _lines(pages, _in_order)]
    letters = sum(char.isalpha() for page in printed[0] for line in page for char in line)
    if letters < LEAST_ON_A_PAGE * len(pages) and letters < LEAST_ON_A_PAGE * 10:
        raise Unreadable("holds pictures of pages, not words: have the text recognised (OCR), or use the file it was printed from.")
    if letters < LEAST_LETTERS * sum(len(line.replace(" ", "")) for page in printed[0] for line in page):
        raise Unreadable("does not say which letters its signs are: use the file it was printed from, or copy its text into a .txt file.")
    bodies = ["\n".join(without_heads(one)) for one in printed]
    wholes = ["\n".join(line for page in one for line in page) for one in printed]
    readings = [mended(text, ends) for text, ends in product((*bodies, *wholes), Ends)]
    first, *others = dict.fromkeys(readings)
    return Document(first, others=tuple(others))


def _pages(raw: bytes) -> list[PageObject]:
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(LOCKED)
        pages = list(reader.pages[: MOST_PAGES + 1])
    except (DependencyError, NotImplementedError):
        raise Unreadable(LOCKED) from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, AssertionError):
        raise Unreadable(DAMAGED) from None
    if not pages:
        raise Unreadable("has no pages: open it and print it to a new PDF.")
    if len(pages) > MOST_PAGES:
        raise Unreadable(f"has more than {MOST_PAGES} pages: give the pages of this policy alone.")
    return pages


def _lines(pages: Sequence[PageObject], text: Callable[[PageObject], str]) -> Pages:
    found: Pages = []
    for number, page in enumerate(pages, start=1):
        try:
            found.append([line.rstrip() for line in text(page).replace("\u00a0", " ").splitlines()])
        except DependencyError:
            raise Unreadable(LOCKED) from None
        except Exception:  # noqa: BLE001  # the library lets through whatever a broken page makes of it
            raise Unreadable(f"is damaged on page {number}: open it and print it to a new PDF.") from None
    return found


def _in_place(page: PageObject) -> str:
    """As it looks: lines from top to bottom, blank ones where there is room between them."""
    return page.extract_text(extraction_mode="layout")


def _in_order(page: PageObject) -> str:
    """As it was written into the file: for the rare page whose letters stand too far apart to be seen as words."""
    return page.extract_text()
