"""How turns come together: what a later turn changes, what it keeps, and where a new question begins."""

import pytest

from handlers.policy.facts import QUESTIONS, VALUES, Fact
from handlers.policy.understand.reading import TURNS, understand

TEXT_PLAYERS = "Can I text my players from my own phone?"


def test_every_fact_keeps_the_words_that_show_it() -> None:
    facts = understand([TEXT_PLAYERS, "what if it's my own son?"]).facts

    assert facts.words[Fact.channel] == "text"
    assert facts.words[Fact.account] == "my own phone"
    assert facts.words[Fact.activity] == "my players"
    assert facts.words[Fact.tie] == "my own son"
    assert facts.words.keys() == facts.known.keys()


def test_a_follow_up_keeps_what_was_said_before() -> None:
    facts = understand([TEXT_PLAYERS, "and if it's a church team?"]).facts

    assert facts.get(Fact.activity) == "outside"
    assert facts.get(Fact.channel) == "text"
    assert facts.get(Fact.account) == "personal"


def test_what_was_only_presumed_gives_way_to_what_was_said_before() -> None:
    facts = understand(["I coach a church team.", TEXT_PLAYERS]).facts

    assert facts.get(Fact.activity) == "outside"


def test_another_account_is_on_another_device() -> None:
    facts = understand([TEXT_PLAYERS, "from my school account then?"]).facts

    assert facts.get(Fact.account) == "district"
    assert facts.get(Fact.device) is None


def test_the_parents_are_not_the_own_child() -> None:
    facts = understand([TEXT_PLAYERS, "what if it's my own son?", "and their parents?"]).facts

    assert facts.get(Fact.to) == "parent"
    assert facts.get(Fact.tie) == "school"


def test_the_rest_of_the_team_is_not_the_own_child() -> None:
    facts = understand([TEXT_PLAYERS, "what if it's my own son?", "and the rest of the team?"]).facts

    assert facts.get(Fact.tie) == "school"


def test_a_complete_question_about_another_deed_begins_anew() -> None:
    facts = understand([TEXT_PLAYERS, "Can I use the school logo?"]).facts

    assert facts.get(Fact.act) == "use_mark"
    assert facts.get(Fact.channel) is None
    assert facts.get(Fact.activity) is None


def test_a_grave_matter_stays_said() -> None:
    facts = understand(["A student texted me that her stepdad hits her.", "Should I text her back about grades?"]).facts

    assert facts.get(Fact.content) == "abuse"


def test_within_one_turn_a_small_matter_does_not_undo_a_grave_one() -> None:
    facts = understand(["A player says her stepdad hits her. Her grades are down."]).facts

    assert facts.get(Fact.content) == "abuse"


def test_within_one_turn_talk_does_not_undo_a_deed() -> None:
    facts = understand(["Can I post photos of students on Facebook? Parents texted me about it."]).facts

    assert facts.get(Fact.act) == "post"


@pytest.mark.parametrize("said", ["thanks!", "hi", "ok", "yes", "no", "Good morning", "What's for lunch today?", "cool, thank you", "lol"])
def test_small_talk_is_not_a_question_and_shows_nothing(said: str) -> None:
    reading = understand([TEXT_PLAYERS, said])

    assert not reading.understood
    assert not reading.facts.known


def test_after_small_talk_the_thread_goes_on() -> None:
    facts = understand([TEXT_PLAYERS, "thanks!", "and their parents?"]).facts

    assert facts.get(Fact.to) == "parent"
    assert facts.get(Fact.account) == "personal"


def test_what_parents_agree_to_is_ours_although_no_fact_says_it() -> None:
    assert understand([TEXT_PLAYERS, "what if the parents agree?"]).understood


def test_only_the_last_turns_are_read() -> None:
    facts = understand(["It is a church team.", *["and then?"] * TURNS, TEXT_PLAYERS]).facts

    assert facts.get(Fact.activity) == "district"


def test_no_turns_are_no_facts() -> None:
    assert not understand([]).facts.known


def test_a_coach_asked_about_in_the_third_person_stands_for_the_asker() -> None:
    facts = understand(["May a coach text players from his own phone?"]).facts

    assert facts.get(Fact.account) == "personal"


@pytest.mark.parametrize("said", ["Can I text students on their own phones?", "Can I email a student at her personal email address?"])
def test_the_students_phone_is_not_the_askers(said: str) -> None:
    assert understand([said]).facts.get(Fact.account) is None


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [(fact, value, words) for fact in QUESTIONS for value, words in VALUES[fact].items() if (fact, value) != (Fact.to, "student")],
)
def test_the_words_on_a_button_may_also_be_typed(fact: Fact, value: str, words: str) -> None:
    reading = understand(["Can I contact my students?", words])

    assert reading.understood
    assert reading.facts.get(fact) == value
