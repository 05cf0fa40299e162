"""A district's times: refused with a sentence where they make no sense."""

from datetime import time
from typing import Any

import pytest
from pydantic import ValidationError

from handlers.policy.times import Times


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"school_week": ()}, "at least one day"),
        ({"begins": time(17), "ends": time(7)}, "begins must come before ends"),
        ({"escalate_after": 20, "lapse_after": 20}, "lapse_after must be more"),
        ({"warn_before": (0,)}, "numbers of school days"),
        ({"warn_before": (201,)}, "numbers of school days"),
        ({"year_ends": "30-06"}, "month and day"),
        ({"year_ends": "02-29"}, "day"),
        ({"remind_after": -1}, "greater than or equal to 0"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Times(**wrong)


def test_zero_says_never_and_needs_no_order() -> None:
    assert Times(lapse_after=0, escalate_after=9).lapse_after == 0
    assert Times(year_ends="06-30").year_ends == "06-30"
