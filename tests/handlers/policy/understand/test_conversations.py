"""What a later turn leaves behind and what it goes on with: the tuned conversations exactly, the held-out ones mostly."""

import pytest

from handlers.policy.facts import Fact
from handlers.policy.understand.reading import understand
from tests.handlers.policy.understand.test_utterances import as_labelled, beyond_presumed, utterances

HELD_OUT_AT_LEAST = 0.9  # read exactly


def read_exactly(said: str, facts: dict[str, str], *, understood: bool) -> bool:
    reading = understand(said.split(" // "))
    label = beyond_presumed({Fact(fact): value for fact, value in facts.items()})
    return reading.understood == understood and as_labelled(reading, facts) == label


@pytest.mark.parametrize(("said", "facts", "understood"), list(utterances("conversations.yaml")))
def test_a_conversation_shows_exactly_its_facts(said: str, facts: dict[str, str], understood: bool) -> None:  # noqa: FBT001
    assert read_exactly(said, facts, understood=understood)


def test_conversations_that_nobody_tuned_for_are_mostly_read_exactly() -> None:
    held_out = list(utterances("conversations_held_out.yaml"))

    exact = [said for said, facts, understood in held_out if read_exactly(said, facts, understood=understood)]

    assert len(exact) / len(held_out) >= HELD_OUT_AT_LEAST


def test_a_reading_says_whether_it_left_the_earlier_turns_behind() -> None:
    assert understand(["Can I text my own son?", "Can I message students on Instagram?"]).afresh
    assert not understand(["Can I text my own son?", "and on Instagram?"]).afresh


def test_who_asks_stays_who_they_are() -> None:
    facts = understand(["As a coach, can I text my own son?", "Can I message students on Instagram?"]).facts

    assert facts.get(Fact.asker) == "coach"


def test_words_of_other_subjects_are_not_ours() -> None:
    assert not understand(["What's for lunch today?"]).ours
    assert understand(["my students"]).ours
