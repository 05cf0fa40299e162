"""Which students a form names, and the form without one of them."""

import pytest

from handlers.policy.forms import Asked
from handlers.policy.roll import named, without

LINES = Asked(name="students", label="Students", kind="text", student_names=True)
LINE = Asked(name="player", label="Player", student_names=True)
TEAM = Asked(name="team", label="Team", kind="choice", options=("A. Team", "B. Team"), student_names=True)
WHY = Asked(name="reason", label="Why", kind="text")
FORM = (LINES, WHY, LINE, TEAM)
GIVEN = {"students": "Ada Finch\nReyes, Bo; Cy Young and Dee Park", "reason": "Bus and rides", "player": "Elk, Fay", "team": "A. Team"}


def test_students_are_named_one_by_one_as_they_were_written() -> None:
    assert [one.name for one in named(FORM, GIVEN)] == ["Ada Finch", "Reyes, Bo", "Cy Young", "Dee Park", "Elk, Fay"]


@pytest.mark.parametrize(
    ("number", "field", "then"),
    [
        (0, "students", "Reyes, Bo\nCy Young\nDee Park"),
        (1, "students", "Ada Finch\nCy Young\nDee Park"),
        (3, "students", "Ada Finch\nReyes, Bo\nCy Young"),
        (4, "player", None),
    ],
)
def test_the_others_stay_and_nothing_else_changes(number: int, field: str, then: str | None) -> None:
    students = named(FORM, GIVEN)

    left = without(students, students[number], GIVEN)

    assert left.get(field) == then
    assert {name: value for name, value in left.items() if name != field} == {name: value for name, value in GIVEN.items() if name != field}
    assert len(named(FORM, left)) == len(students) - 1


def test_of_two_of_one_name_only_one_goes() -> None:
    students = named((LINES,), {"students": "Ada Finch\nAda Finch"})

    assert without(students, students[1], {"students": "Ada Finch\nAda Finch"}) == {"students": "Ada Finch"}


def test_names_of_one_line_stay_apart() -> None:
    students = named((LINE,), {"player": "Ada Finch, Bo Reyes and Cy Young"})

    assert [one.name for one in named((LINE,), without(students, students[1], {"player": ""}))] == ["Ada Finch", "Cy Young"]
