"""Documents of every kind, made from words: what a district might hand over. Not here: what is read from them."""

import html
import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINE, TOP, LEFT = 14, 700, 72  # points


def a_word_file(text: str) -> bytes:
    """The paragraphs of a text, as Word keeps them."""
    document = docx.Document()
    for line in filter(str.strip, text.splitlines()):
        document.add_paragraph(line.strip())
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def a_word_body(body: str, **parts: str) -> bytes:
    """A Word file with a body and parts of one's own writing; the names of parts are without their ending."""
    return a_zip({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"} | _named(parts))


def a_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive with these files in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def a_web_page(text: str, before: str = "", after: str = "") -> bytes:
    """The paragraphs of a text on a page."""
    body = "".join(f"<p>{html.escape(line.strip())}</p>\n" for line in filter(str.strip, text.splitlines()))
    return f"<!doctype html><html><head><title>Board docs</title></head><body>{before}{body}{after}</body></html>".encode()


def a_pdf(pages: Sequence[Sequence[str]], password: str | None = None) -> bytes:
    """Pages of printed lines; "" is a line left free."""
    made = io.BytesIO()
    lock = pdfencrypt.StandardEncryption(password, strength=128) if password else None
    paper = canvas.Canvas(made, pagesize=letter, encrypt=lock)
    for page in pages:
        for place, line in enumerate(page):
            paper.drawString(LEFT, TOP - place * LINE, line)
        paper.showPage()
    paper.save()
    return made.getvalue()


def _named(parts: Mapping[str, str]) -> dict[str, str]:
    return {f"word/{name}.xml": f"<w:{name} {W}>{content}</w:{name}>" for name, content in parts.items()}
