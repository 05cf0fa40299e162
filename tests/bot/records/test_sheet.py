"""No cell that leaves here is a formula, and every cell comes back as it was but for the mark before it."""

import csv
import io

import pytest

from bot.records.sheet import cell

PAYLOADS = [
    *(
        f"{sign}{rest}"
        for sign in "=+-@"
        for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "SUM(A1:A9)", "", "\n=2", " 2")
    ),
    *(f"{lead}=1+1" for lead in ("\t", "\r", "\0", "\n", " ", "  ", "\u00a0", "\u2003", "\r\n", "\t\t", "\v", "\f")),
    *(f"{wide}1+1" for wide in "\uff1d\uff0b\uff0d\uff20"),
    *('=1,"2"', '="a""b"', "=1;2", "=\u202e1", "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!D2", "+1-2-3", "--1", "@@", "=="),
    *('=IMPORTXML(CONCAT("x",A1),"//a")', '=WEBSERVICE("x")', '=DDE("cmd";"/C calc";"x")', "+A1", "-A1", "@A1"),
]
PLAIN = ["Ada Finch", "1+1=2", "a@b.example", "", "'quoted", 'say "so"', "two\nlines", "two\r\nlines", "comma, here", "ä ö ü", "0", "3 - 2"]


def there_and_back(value: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([cell(value), "next"])
    ((back, after),) = csv.reader(io.StringIO(text.getvalue(), newline=""))
    assert after == "next"
    return back


def test_there_are_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) == 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_would_run_is_marked(payload: str) -> None:
    assert there_and_back(payload) == f"'{payload}"


@pytest.mark.parametrize("value", PLAIN)
def test_what_would_not_run_stays_as_it_is(value: str) -> None:
    assert there_and_back(value) == value
