"""How well the project's own questions are answered, set by set and kind by kind. Prints figures, judges nothing."""

import pytest

from tests.scoring import Figures, figures, scores


@pytest.mark.parametrize("name", ["working", "held_out"])
def test_questions(name: str) -> None:
    found = scores(name)

    print(f"\n{name:24}{'n':>5}{'verdict':>10}{'dangerous':>11}{'unclear':>9}{'cited@3':>9}")
    _print("all", figures(found))
    for kind in sorted({one.kind for one in found}):
        _print(kind, figures([one for one in found if one.kind == kind]))


def _print(name: str, of: Figures) -> None:
    print(f"{name:24}{of.questions:5}{of.verdict:10.3f}{of.dangerous:11.3f}{of.unclear:9.3f}{of.cited:9.3f}")
