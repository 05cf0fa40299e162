"""The project's own questions do not get worse: a floor under what is reached, to be raised with it, never lowered.

`make bench` prints the figures; a small margin is left for rounding on other processors.
"""

import pytest

from tests.scoring import Figures, figures, scores

FLOORS = {"working": Figures(350, 0.885, 0.012, 0.065, 0.93), "held_out": Figures(250, 0.885, 0.012, 0.056, 0.94)}


@pytest.mark.parametrize("name", FLOORS)
def test_no_set_of_questions_is_answered_worse_than_before(name: str) -> None:
    floor, reached = FLOORS[name], figures(scores(name))

    assert reached.questions == floor.questions
    assert reached.verdict >= floor.verdict
    assert reached.dangerous <= floor.dangerous
    assert reached.unclear <= floor.unclear
    assert reached.cited >= floor.cited
