"""A Word file is read as its reader sees it: list labels counted, deleted words gone, text boxes once, notes last."""

import pytest

from bot.documents.numerals import numeral
from bot.documents.word import read
from tests.files import a_word_body, a_zip

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def paragraph(text: str, number: int | None = None, level: int = 0, style: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number is not None else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(depth: int, style: str, text: str, more: str = "", start: str = "1") -> str:
    begins = f'<w:start w:val="{start}"/>' if start else ""
    return f'<w:lvl w:ilvl="{depth}">{begins}<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


LISTS = (
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "upperRoman", "Article %1.")
    + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    + level(2, "lowerLetter", "(%3)", start="")
    + "</w:abstractNum>"
    + f'<w:abstractNum w:abstractNumId="2">{level(0, "bullet", "x")}</w:abstractNum>'
    + f'<w:abstractNum w:abstractNumId="3">{level(0, "decimal", "%1.", start="x")}</w:abstractNum>'
    + '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
    + f'<w:num w:numId="4"><w:abstractNumId w:val="9"/><w:lvlOverride w:ilvl="0">{level(0, "none", "Note")}</w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H1"/></w:style>'
)


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in read(a_word_body(body, **parts)).text.splitlines() if line]


def test_list_labels_are_counted_as_word_counts_them() -> None:
    body = (
        paragraph("Scope", style="H1")
        + paragraph("Staff", 1, 1)
        + paragraph("coaches", 1, 2)
        + paragraph("tutors", 1, 2)
        + paragraph("Channels", style="Mine")
        + paragraph("Mail", 1, 1)
        + paragraph("sent", 1, 2)
        + paragraph("Dot", 2)
        + paragraph("Fourth", 3)
        + paragraph("Fifth", 3)
        + paragraph("read this", 4)
        + paragraph("plain", 0)
    )

    assert lines(body, numbering=LISTS, styles=STYLES) == [
        "Article I. Scope",
        "1.1 Staff",
        "(a) coaches",
        "(b) tutors",
        "Article II. Channels",
        "2.1 Mail",
        "(a) sent",
        "• Dot",
        "4. Fourth",
        "5. Fifth",
        "Note read this",
        "plain",
    ]


def test_headings_are_known_and_another_reading_is_without_labels() -> None:
    document = read(a_word_body(paragraph("First") + paragraph("Scope", style="H1"), numbering=LISTS, styles=STYLES))

    assert document.headings == (3,)
    assert document.others == ("First\n\nScope",)


def test_what_was_deleted_hidden_or_kept_for_old_programs_is_not_read() -> None:
    body = f"""<w:p><w:r><w:t>Staff </w:t></w:r><w:del><w:r><w:delText>never </w:delText><w:t>never </w:t></w:r></w:del>
        <w:ins><w:r><w:t>may call</w:t><w:tab/><w:t>by</w:t><w:br/><w:t>tele</w:t><w:softHyphen/><w:t>phone</w:t>
        <w:br w:type="page"/></w:r></w:ins>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>.</w:t></w:r>
        <w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r>
        <mc:AlternateContent {MC}><mc:Choice><w:r><w:txbxContent>{paragraph("Box")}</w:txbxContent></w:r></mc:Choice>
        <mc:Fallback><w:r><w:txbxContent>{paragraph("Box")}</w:txbxContent></w:r></mc:Fallback></mc:AlternateContent></w:p>
        <w:sdt><w:sdtContent>{paragraph("Inside")}</w:sdtContent></w:sdt><w:sectPr/>"""

    assert lines(body) == ["Staff may call by", "telephone.", "Box", "Inside"]


def test_a_row_is_a_line_and_a_table_that_lays_out_the_page_is_not() -> None:
    def cell(*texts: str) -> str:
        return f"<w:tc>{''.join(map(paragraph, texts))}</w:tc>"

    rows = (cell("Mail") + cell("Yes"), cell("One", "Two", "Three") + cell("Side"), cell("Alone") + cell())
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"

    assert lines(body) == ["Mail | Yes", "One", "Two", "Three", "Side", "Alone"]


def test_footnotes_come_last_and_another_reading_is_without() -> None:
    notes = f'<w:footnote w:type="separator">{paragraph("----")}</w:footnote><w:footnote>{paragraph("See 12.")}</w:footnote>'
    document = read(a_word_body(paragraph("Staff call."), footnotes=notes))

    assert document.readings == ("Staff call.\n\nSee 12.", "Staff call.")


def test_the_main_part_is_found_where_the_file_says() -> None:
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    raw = a_zip(
        {
            "_rels/.rels": f'<Relationships><Relationship Type="{kind}" Target="/word/document2.xml"/></Relationships>',
            "word/document2.xml": f"<w:document {strict}><w:body>{paragraph('Staff call.')}</w:body></w:document>",
        }
    )

    assert read(raw).text == "Staff call."


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (14, "lowerRoman", "xiv"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (0, "upperLetter", "0"),
        (3, "decimalZero", "03"),
        (11, "ordinal", "11th"),
        (22, "ordinal", "22nd"),
        (5, "chicago", "5"),
    ],
)
def test_a_number_is_shown_in_the_style_of_its_list(number: int, style: str, shown: str) -> None:
    assert numeral(number, style) == shown
