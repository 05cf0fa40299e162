"""A text broken into other lines is the same text, and its clauses keep their addresses."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.policy.clauses import cut, fingerprint
from handlers.policy.layout import counts, laid_out

TEXT = """Policy 12 Staff Online

Staff write by district mail (see Form A). They copy nobody.
1. Never post grades;
2. “Ask first” is the rule. It holds for coaches, too.

Adopted 2020
"""


@pytest.mark.parametrize("width", [12, 20, 33, 79])
def test_a_copy_with_other_line_breaks_has_the_same_clauses(width: int) -> None:
    copied = "\n".join(textwrap.wrap(TEXT, width))
    assert cut(copied) != cut(TEXT)

    again = laid_out(copied, counts(TEXT))

    assert again is not None
    assert cut(again) == cut(TEXT)
    assert fingerprint(again) == fingerprint(TEXT)


def test_one_long_line_is_broken_again() -> None:
    again = laid_out(" ".join(TEXT.split()), counts(TEXT))

    assert again is not None
    assert cut(again) == cut(TEXT)


def test_marks_stay_with_the_word_they_touch() -> None:
    assert laid_out("One two. “Three four” (five) six", (2, 2, 2)) == "One two.\n“Three four”\n(five) six"


def test_words_without_white_space_between_them_are_broken_where_they_meet() -> None:
    assert laid_out("one-two", (1, 1)) == "one\n-two"


def test_another_number_of_words_is_another_text() -> None:
    assert laid_out(TEXT + " more", counts(TEXT)) is None


def test_an_empty_text_has_no_lines() -> None:
    assert counts(" \n ...") == ()


@given(st.text(max_size=200))
def test_laying_out_changes_no_word(text: str) -> None:
    again = laid_out(text, counts(text))

    assert again is not None
    assert fingerprint(again) == fingerprint(text)
