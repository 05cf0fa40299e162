"""A letter as a Word file, and as plain text. Not here: what it says."""

from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt, RGBColor

from handlers.policy.letters import ITEM, Letter

PAGE = (8.5, 11.0)  # inches: the paper of the districts' offices
MARGIN = 1.0  # inches
BLACK = RGBColor(0, 0, 0)  # a letter is printed
HEADING, BULLET = "Heading 1", "List Bullet"  # styles of Word's own, so that the office's look follows


def as_text(letter: Letter) -> str:
    """Return the letter as text, its paragraphs parted by an empty line."""
    return "\n\n".join(one for one in (letter.heading, *letter.paragraphs) if one) + "\n"


def as_docx(letter: Letter) -> bytes:
    """Return the letter as a .docx file."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Inches(side) for side in PAGE)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(MARGIN)
    style = document.styles[HEADING]
    style.font.size, style.font.color.rgb, style.paragraph_format.space_after = Pt(16), BLACK, Pt(12)
    document.core_properties.title, document.core_properties.author = _visible(letter.heading), ""
    if letter.heading:
        document.add_heading(_visible(letter.heading), level=1).alignment = WD_ALIGN_PARAGRAPH.LEFT
    for one in letter.paragraphs:
        document.add_paragraph(_visible(one.removeprefix(ITEM)), style=BULLET if one.startswith(ITEM) else None)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _visible(text: str) -> str:
    """Drop what no XML file can hold."""
    return "".join(char for char in text if char.isprintable() or char == "\n")
