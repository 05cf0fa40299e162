"""Rows of the policies' demands that are walked by asking: in words, and by the same facts given by hand."""

import pytest

from bot import wiring
from handlers.answer import NOTHING_CHOSEN, think
from handlers.policy.explain import Explained, explain
from handlers.policy.facts import Facts
from handlers.policy.judge import judge
from handlers.policy.understand.reading import understand
from handlers.policy.vocabulary import Fact
from tests.demands import DEMANDS, Asked, Demand, row_of

PACKS = wiring.packs()
ASKED = [
    pytest.param(row, one, id=f"{row.id}-{number}", marks=[] if row.open else pytest.mark.walks(row.id))
    for row in DEMANDS.values()
    for number, one in enumerate(row.asked, 1)
]


@pytest.mark.parametrize(("row", "asked"), ASKED)
def test_the_facts_come_to_what_the_policy_demands(row: Demand, asked: Asked) -> None:
    given = Facts({Fact(name): value for name, value in asked.given.items()})
    pack = PACKS.get(row.district)

    _holds(row, asked, explain(pack, judge(pack, given), ()))


@pytest.mark.parametrize(("row", "asked"), ASKED)
def test_the_words_come_to_what_the_policy_demands(row: Demand, asked: Asked) -> None:
    _holds(row, asked, think(PACKS.get(row.district), None, [asked.words], NOTHING_CHOSEN, understand).explained)


def _holds(row: Demand, asked: Asked, said: Explained) -> None:
    assert said.ruling == asked.verdict
    assert row.id in [row_of(citation.rule) for citation in said.citations]
    opens = PACKS.get(row.district).processes[said.process].kind if said.process else "note"  # a note may be offered anywhere
    assert (opens != "note") == (asked.verdict == "needs_approval" or row.kind == "NOTIFY" or row.id == "D8")
