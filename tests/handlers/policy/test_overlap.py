"""The same students, the same activity, overlapping days: what counts as asking twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.policy.forms import Asked
from handlers.policy.overlap import overlaps, students

NAMES = Asked(name="students", label="Students", kind="text", student_names=True)
WHICH = Asked(name="activity", label="Which activity")
WHY = Asked(name="reason", label="Why", kind="text")
WHAT = Asked(name="what", label="What")
SIZE = Asked(name="size", label="Size", kind="choice", options=("small", "large"))
FORM = (NAMES, WHICH, WHY)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ada Finch", {"ada finch"}),
        ("Finch, Ada", {"ada finch"}),
        ("ADA  FINCH\nBo Reyes", {"ada finch", "bo reyes"}),
        ("Ada Finch, Bo Reyes and Cy Young", {"ada finch", "bo reyes", "cy young"}),
        ("Ada M. Finch; Bo Reyes", {"ada finch", "bo reyes"}),
        ("Zoë O’Neil-Smith", {"oneil smith zoe"}),
        ("A. F.", {"a f"}),
        ("Choir member 7, Choir member 8", {"7 choir member", "8 choir member"}),
        ("  \n, ", set()),
    ],
)
def test_a_name_is_one_however_it_is_written(written: str, meant: set[str]) -> None:
    assert students(written) == {" ".join(sorted(name.split())) for name in meant}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"students": "Ada Finch"}, {"students": "finch, ada\nBo"}, True),
        ({"students": "Ada Finch", "activity": "Choir"}, {"students": "Bo Reyes", "activity": "Choir"}, False),
        ({"students": "Ada Finch", "activity": "Choir"}, {"activity": "choir "}, True),
        ({"activity": "Choir"}, {"activity": "Band"}, False),
        ({"students": "Ada", "ends": "2026-03-01"}, {"students": "Ada", "starts": "2026-03-02"}, False),
        ({"students": "Ada", "ends": "2026-03-02"}, {"students": "Ada", "starts": "2026-03-02"}, True),
        ({"students": "Ada", "starts": "2026-03-02"}, {"students": "Ada", "ends": ""}, True),
    ],
)
def test_two_forms_are_about_the_same_or_are_not(one: dict[str, str], other: dict[str, str], *, same: bool) -> None:
    assert overlaps(FORM, one, other) is same
    assert overlaps(FORM, other, one) is same


def test_where_nobody_and_nothing_is_named_the_short_answers_tell() -> None:
    assert overlaps((WHAT, SIZE, WHY), {"what": "A sign", "size": "small", "reason": "x"}, {"what": "a sign", "size": "small"})
    assert not overlaps((WHAT, SIZE, WHY), {"what": "A sign", "size": "small"}, {"what": "A sign", "size": "large"})


@given(st.lists(st.sampled_from(["Ada Finch", "Bo Reyes", "Cy Young", "Dee Park"]), min_size=1, unique=True), st.randoms())
def test_neither_order_nor_capitals_nor_signs_matter(names: list[str], random: object) -> None:
    written = [name.upper() if number % 2 else name.lower() for number, name in enumerate(names)]
    assert students("\n".join(reversed(written))) == students(", ".join(names)) == students("; ".join(names))
