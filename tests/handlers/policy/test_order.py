"""A pack may number its steps: the same number is decided side by side."""

import pytest
from pydantic import ValidationError

from handlers.policy.forms import Process


def process(*orders: int | None) -> Process:
    steps = [{"role": "supervisor", "rule": "R1", **({"order": one} if one else {})} for one in orders]
    asked = {"title": "Title", "rule": "R1", "kind": "permission", "intro": "Intro", "fields": [{"name": "what", "label": "What"}]}
    return Process.model_validate({**asked, "stages": steps})


def test_numbers_go_up_and_may_repeat() -> None:
    assert [step.order for step in process(1, 1, 2).stages] == [1, 1, 2]
    assert [step.order for step in process(None, None).stages] == [None, None]


@pytest.mark.parametrize("orders", [(2, 1), (1, None)])
def test_numbers_that_go_down_or_are_missing_are_refused(orders: tuple[int | None, ...]) -> None:
    with pytest.raises(ValidationError, match="write them in that order"):
        process(*orders)
