"""What rarely goes together counts for less, whatever its parts say."""

from handlers.policy.facts import Facts
from handlers.policy.sense import RARELY, TOGETHER, sense
from handlers.policy.vocabulary import VALUES
from tests.rulebook import given


def test_facts_that_go_together_are_as_likely_as_their_parts() -> None:
    assert sense(Facts()) == 1.0
    assert sense(given(topic="contact_students", to="student", channel="text")) == 1.0


def test_each_pair_that_rarely_goes_together_makes_a_reading_less_likely() -> None:
    assert sense(given(topic="contact_parents", to="student")) == RARELY
    assert sense(given(topic="contact_parents", to="student", device="district", channel="text", account="personal")) == RARELY * RARELY


def test_every_pair_is_made_of_the_vocabulary() -> None:
    assert all(value is None or value in VALUES[fact] for line in TOGETHER for fact, values in line.items() for value in values)
