"""A label is told from a number that only begins a sentence."""

import pytest

from handlers.policy.split.labels import follows, label_of


@pytest.mark.parametrize(
    ("line", "word", "marks", "shown"),
    [
        ("Article III. Channels", "article", "", "III"),
        ("ARTICLE IV", "article", "", "IV"),
        ("Section 2-101: Scope", "section", "", "2-101"),
        ("Sec. 4. Staff call.", "section", "", "4"),
        ("Section 4 Staff call by day.", "section", "", "4"),
        ("§ 2 Staff call.", "section", "", "2"),
        ("§4", "section", "", "4"),
        ("Appendix B – Forms", "appendix", "", "B"),
        ("4.2.1 Staff", "decimal", "", "4.2.1"),
        ("2.0 Scope", "decimal", "", "2.0"),
        ("1.a. Staff", "decimal", "", "1(a)"),
        ("3(b). Staff", "decimal", "", "3(b)"),
        ("12. Staff", "", ".", "12"),
        ("(iv) Staff", "", "()", "iv"),
        ("aa) staff", "", ")", "aa"),
        ("B – Staff", "", "-", "B"),
        ("Q: May I?", "q", ":", ""),
        ("Question 4. May I?", "q", ":", "4"),
        ("A: Yes", "a", ":", ""),
        ("A3. Yes", "a", ":", "3"),
        ("● Staff", "bullet", "●", ""),
        ("o Staff", "bullet", "o", ""),
    ],
)
def test_labels_of_every_kind_are_read(line: str, word: str, marks: str, shown: str) -> None:
    label = label_of(line)

    assert label is not None
    assert (label.word, label.marks, label.shown) == (word, marks, shown)


@pytest.mark.parametrize(
    "line",
    [
        "Section 504 of the Act",
        "Title IX Coordinators and their deputies shall be told about it within a day, whoever asks and whatever for.",
        "section 4. of",
        "Article of faith",
        "Sections 4 and 5",
        "3.5 percent of staff",
        "4.2 (a)",
        "5 students",
        "9 p.m. is late",
        "mix) of things",
        "xxxxx) of things",
        "lxx. of things",
        "e.g. this",
        "oh no",
        "Q and A",
        "- ",
        "",
    ],
)
def test_what_is_no_label_is_none(line: str) -> None:
    assert label_of(line) is None


def test_labels_of_the_same_list_follow_each_other() -> None:
    one, two, other = label_of("(a) x"), label_of("(b) x"), label_of("b. x")

    assert one is not None
    assert two is not None
    assert other is not None
    assert follows(one, two)
    assert not follows(two, one)
    assert not follows(one, other)
    assert one.is_first
    assert not two.is_first
