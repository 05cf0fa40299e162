"""What people say, and what must be understood: the tuned utterances exactly, the held-out ones mostly."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from handlers.policy.facts import PRESUMED, Fact
from handlers.policy.understand.reading import Reading, understand

HERE = Path(__file__).parent
HELD_OUT_AT_LEAST = 0.9  # read exactly; when this falls, the rules have grown towards the tuned utterances


def utterances(file: str) -> Iterator[tuple[str, dict[str, str], bool]]:
    for group in yaml.safe_load((HERE / file).read_text(encoding="utf-8")):
        for said in group["say"]:
            yield said, group["facts"], group.get("understood", True)


def beyond_presumed(facts: Mapping[Fact, str]) -> dict[str, str]:
    return {str(fact): value for fact, value in facts.items() if PRESUMED.get(fact) != value}


def as_labelled(reading: Reading, label: Mapping[str, str]) -> dict[str, str]:
    """Who asks is compared only where the label says so: most labels leave it out."""
    return {fact: value for fact, value in beyond_presumed(reading.facts.known).items() if fact != "asker" or "asker" in label}


@pytest.mark.parametrize(
    ("said", "facts", "understood"),
    [pytest.param(*each, id=f"{number}-{each[0]}") for number, each in enumerate(utterances("utterances.yaml"))],
)
def test_an_utterance_shows_exactly_its_facts(said: str, facts: dict[str, str], understood: bool) -> None:  # noqa: FBT001
    reading = understand(said.split(" // "))

    assert reading.understood == understood
    if understood:
        assert as_labelled(reading, facts) == beyond_presumed({Fact(fact): value for fact, value in facts.items()})


def test_utterances_that_nobody_tuned_for_are_mostly_read_exactly() -> None:
    held_out = list(utterances("held_out.yaml"))
    readings = [(understand(said.split(" // ")), facts, understood) for said, facts, understood in held_out]

    exact = [
        reading
        for reading, facts, understood in readings
        if reading.understood == understood
        and (not understood or as_labelled(reading, facts) == beyond_presumed({Fact(fact): value for fact, value in facts.items()}))
    ]

    assert len(exact) / len(held_out) >= HELD_OUT_AT_LEAST
