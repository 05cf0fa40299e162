"""The project's own questions do not get worse: a floor under what is reached, to be raised with it, never lowered.

The figures themselves are far from where they have to be; `make bench` prints them.
"""

import pytest

from tests.scoring import Figures, figures, scores

FLOORS = {"working": Figures(350, 0.41, 0.13, 0.29, 0.62), "held_out": Figures(250, 0.42, 0.13, 0.29, 0.62)}


@pytest.mark.parametrize("name", FLOORS)
def test_no_set_of_questions_is_answered_worse_than_before(name: str) -> None:
    floor, reached = FLOORS[name], figures(scores(name))

    assert reached.questions == floor.questions
    assert reached.verdict >= floor.verdict
    assert reached.dangerous <= floor.dangerous
    assert reached.unclear <= floor.unclear
    assert reached.cited >= floor.cited
