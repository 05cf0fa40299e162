"""A word that a line broke is one word again, with its hyphen when it has one."""

import pytest

from handlers.policy.split.hyphens import Ends, mended


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("elec-\ntronic mail", "electronic\nmail"),
        ("a self-\nowned phone", "a self-owned\nphone"),
        ("staff-student, and staff-\n  student talk", "staff-student, and staff-student\ntalk"),
        ("recreate, or re-\ncreate.", "recreate, or recreate.\n"),
        ("pre-\nand post-test", "pre- and\npost-test"),
        ("soft\u00ad\nware", "software\n"),
        ("Staff-\nStudent", "Staff-\nStudent"),
        ("elec-\n\ntronic", "electronic\n"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_judged_by_the_rest_of_the_text(text: str, whole: str) -> None:
    assert mended(text) == whole


def test_all_hyphens_can_be_taken_or_left() -> None:
    assert mended("self-\nowned", Ends.joined) == "selfowned\n"
    assert mended("elec-\ntronic", Ends.kept) == "elec-tronic\n"
