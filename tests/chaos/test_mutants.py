"""What the mutants break is still there to be broken, and so are their checks. Not here: breaking it (`make mutants`)."""

import pytest

from tests.chaos.mutants import MUTANTS, ROOT, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_mutant_breaks_one_place_and_names_a_check_that_is_there(mutant: Mutant) -> None:
    code = (ROOT / mutant.file).read_text(encoding="utf-8")
    file, _, name = mutant.check.partition("::")

    assert [code.count(before) for before, _ in mutant.texts] == [1] * len(mutant.texts)
    assert name.partition("[")[0] in (ROOT / file).read_text(encoding="utf-8")
