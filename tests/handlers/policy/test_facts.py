import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from handlers.policy.facts import Facts
from handlers.policy.questions import QUESTIONS
from handlers.policy.vocabulary import PRESUMED, VALUES, Fact, words_for
from tests.rulebook import given

situations = st.dictionaries(st.sampled_from(Fact), st.integers(0, 20)).map(
    lambda drawn: Facts({fact: list(VALUES[fact])[at % len(VALUES[fact])] for fact, at in drawn.items()})
)


def test_a_value_outside_the_vocabulary_is_refused_with_the_values_there_are():
    with pytest.raises(ValueError, match="duty has no value 'maybe'; it is one of on, off"):
        given(duty="maybe")


def test_every_fact_has_values_and_every_value_has_words():
    assert set(VALUES) == set(Fact)
    assert all(words for values in VALUES.values() for words in values.values())
    assert words_for(Fact.device, "personal") == "my own device"


def test_what_is_presumed_or_asked_is_in_the_vocabulary():
    assert all(value in VALUES[fact] for fact, value in PRESUMED.items())
    assert all(question.endswith("?") for question in QUESTIONS.values())


def test_a_fact_that_may_be_open_can_be_asked():
    assert set(Fact) - set(PRESUMED) <= set(QUESTIONS)


def test_what_nobody_said_is_presumed_or_open():
    assert Facts().get(Fact.tie) == "school"
    assert Facts().get(Fact.channel) is None


def test_what_was_said_beats_what_is_presumed():
    assert given(tie="own_child").get(Fact.tie) == "own_child"


def test_what_is_said_later_changes_what_was_said_before_and_keeps_the_rest():
    before = Facts({Fact.channel: "text", Fact.account: "personal"}, {Fact.channel: "text", Fact.account: "my phone"})
    later = Facts({Fact.account: "district"}, {Fact.account: "the school's phone"})

    now = before.plus(later)

    assert dict(now) == {Fact.channel: "text", Fact.account: "district"}
    assert now.words == {Fact.channel: "text", Fact.account: "the school's phone"}


def test_setting_one_fact_leaves_the_situation_before_as_it_was():
    before = given(channel="text")

    now = before.having(Fact.channel, "email")

    assert (before.get(Fact.channel), now.get(Fact.channel)) == ("text", "email")


def test_setting_a_fact_to_what_it_cannot_be_is_refused():
    with pytest.raises(ValueError, match="portal has no value"):
        Facts().having(Fact.portal, "perhaps")


@whatever(situations, situations)
def test_later_words_win_wherever_there_are_any(before: Facts, later: Facts):
    now = before.plus(later)

    assert all(now.get(fact) == later.known.get(fact, before.get(fact)) for fact in Fact)


@whatever(situations)
def test_facts_come_in_the_order_of_the_vocabulary(facts: Facts):
    order = list(Fact)

    said = [fact for fact, _ in facts]

    assert said == sorted(said, key=order.index)
    assert dict(facts) == facts.known
