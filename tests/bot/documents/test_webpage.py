"""Of a web page only what a reader would see is read: main part first, lists with their numbers, tables row by row."""

import pytest

from bot.documents.webpage import read

LONG = "Staff write to students from their school account and copy the counselor on it. " * 4


def lines(page: str) -> list[str]:
    return [line for line in read(page.encode()).text.splitlines() if line]


def test_scripts_styles_and_hidden_parts_are_not_read() -> None:
    page = """<title>t</title><style>p {}</style><script>document.write("<p>no")</script><template>no</template>
        <p hidden>no</p><div style="display: none"><p>no</p></div><noscript>no</noscript>
        <p onclick="no()">Staff &amp; students<!-- no --></p>"""

    assert lines(page) == ["Staff & students"]


def test_the_main_part_is_read_and_the_page_around_it_is_another_reading() -> None:
    page = f"<nav>Menu</nav><header>Site</header><p>Beside</p><main><h1>Policy 3</h1><p>{LONG}</p></main><footer>Foot</footer>"

    document = read(page.encode())

    assert document.text.splitlines() == ["Policy 3", "", LONG.strip()]
    assert document.headings == (1,)
    assert [other.split("\n")[0] for other in document.others] == ["Beside", "Menu"]


def test_a_main_part_with_next_to_nothing_is_not_the_policy() -> None:
    assert lines(f"<main>Loading</main><p>{LONG}</p>") == ["Loading", LONG.strip()]


def test_lists_have_their_numbers_and_another_reading_is_without() -> None:
    page = """<ol><li>One<ol type="a"><li>Sub<li>Sub two</ol></li><li value="5">Five</li><li>Six</ol>
        <ul><li>Dot</ul><ol start="3" style="list-style-type: upper-roman"><li>Three</ol><ol reversed start="x"><li>Again</ol>"""

    document = read(page.encode())

    assert lines(page) == ["1. One", "a. Sub", "b. Sub two", "5. Five", "6. Six", "• Dot", "III. Three", "1. Again"]
    assert document.others[-1].split() == ["One", "Sub", "Sub", "two", "Five", "Six", "Dot", "Three", "Again"]


def test_a_row_is_a_line_and_a_table_that_lays_out_the_page_is_not() -> None:
    page = f"""<table><tr><th>Channel<th>Allowed<tr><td>Mail<td><p>Yes</table>
        <table><tr><td><p>{LONG}</p><p>Second</p><p>Third</p></td><td>Side</td></tr><tr><td>Alone</td></tr></table>"""

    assert lines(page) == ["Channel | Allowed", "Mail | Yes", LONG.strip(), "Second", "Third", "Side", "Alone"]


def test_broken_mark_up_still_makes_paragraphs() -> None:
    page = "<p>One<p>Two<div>Three <b>bold</i> words</div></p>Four<br>Five<br/><br/>Six &nbsp; seven <pre>a\n  b</pre><td>Cell</td><li>Item"

    assert lines(page) == ["One", "Two", "Three bold words", "Four", "Five", "Six seven", "a", "b", "Cell", "• Item"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_page_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert read("<p>Staff’s own</p>".encode(encoding)).text == "Staff’s own"
