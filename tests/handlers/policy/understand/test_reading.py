"""How turns come together: what a later turn changes, what it keeps, and where a new question begins."""

import pytest

from handlers.policy.questions import QUESTIONS
from handlers.policy.topics import GRAVE_CONTENT, GRAVE_TOPICS
from handlers.policy.understand.reading import NOTHING, TURNS, understand
from handlers.policy.vocabulary import VALUES, Fact, words_for

TEXT_PLAYERS = "Can I text my players from my own phone?"
UNEASY = [
    "My colleague texts one girl every night, only her.",
    "He calls me his work mom and texts me good night every evening. Sweet, no?",
    "A girl asks me to keep something from her parents.",
    "He writes me poems on the class page and I write back, is this app fine?",
]


def test_a_fact_keeps_the_words_that_show_it() -> None:
    facts = understand([TEXT_PLAYERS, "what if it's my own son?"]).facts

    assert "text" in facts.words[Fact.channel]
    assert "own" in facts.words[Fact.account]
    assert "son" in facts.words[Fact.tie]
    assert Fact.topic not in facts.words


def test_a_follow_up_keeps_what_was_said_before() -> None:
    facts = understand([TEXT_PLAYERS, "and if it's a church team?"]).facts

    assert facts.get(Fact.activity) == "outside"
    assert facts.get(Fact.channel) == "text"
    assert facts.get(Fact.account) == "personal"


def test_another_account_takes_the_place_of_the_first() -> None:
    assert understand([TEXT_PLAYERS, "from my school account then?"]).facts.get(Fact.account) == "district"


def test_the_parents_of_one_s_players_are_not_the_players() -> None:
    facts = understand([TEXT_PLAYERS, "and their parents?"]).facts

    assert facts.get(Fact.to) == "parent"
    assert facts.get(Fact.tie) == "school"


def test_a_complete_question_about_another_matter_begins_anew() -> None:
    facts = understand([TEXT_PLAYERS, "Can I use the school logo?"]).facts

    assert facts.get(Fact.topic) == "logo_use"
    assert facts.get(Fact.channel) is None


@pytest.mark.parametrize("said", ["thanks!", "hi", "ok", "Good morning", "lol", "asdf qwer zxcv", "", "?!"])
def test_small_talk_is_not_a_question_and_shows_nothing(said: str) -> None:
    assert understand([TEXT_PLAYERS, said]) == NOTHING


def test_after_small_talk_the_thread_goes_on() -> None:
    facts = understand([TEXT_PLAYERS, "thanks!", "and their parents?"]).facts

    assert facts.get(Fact.to) == "parent"
    assert facts.get(Fact.channel) == "text"


def test_only_the_last_turns_are_read() -> None:
    facts = understand(["It is about my own son.", *["and then?"] * TURNS, TEXT_PLAYERS]).facts

    assert facts.get(Fact.tie) == "school"


def test_no_turns_are_no_facts() -> None:
    assert understand([]) == NOTHING


def test_what_is_not_sure_is_weighed_and_what_is_sure_is_not() -> None:
    reading = understand([TEXT_PLAYERS])

    assert Fact.channel not in reading.doubts
    for values in understand(["is that one ok for the thing on Friday with the group?"]).doubts.values():
        assert sum(values.values()) <= 1.0
        assert list(values.values()) == sorted(values.values(), reverse=True)


@pytest.mark.parametrize(
    "said",
    ["From my school mail, may I write to the Yahoo address a student gave me?", "The kid only reads his private yahoo. Email him there?"],
)
def test_the_students_address_is_not_the_askers(said: str) -> None:
    assert understand([said]).facts.get(Fact.recipient) == "personal"


@pytest.mark.parametrize(("fact", "value", "words"), [(fact, value, words) for fact in QUESTIONS for value, words in VALUES[fact].items()])
def test_the_words_on_a_button_may_also_be_typed(fact: Fact, value: str, words: str) -> None:
    reading = understand(["Can I contact my students?", words])

    assert reading.understood
    assert reading.facts.get(fact) == value
    assert fact not in reading.doubts


def test_a_child_at_risk_is_read_even_where_it_is_unlikely() -> None:
    alarms = [understand([said]).alarm for said in UNEASY]

    assert any(alarm is not None for alarm in alarms)
    for alarm in filter(None, alarms):
        assert alarm.get(Fact.topic) in GRAVE_TOPICS or alarm.get(Fact.content) in GRAVE_CONTENT


def test_where_nothing_hints_at_a_risk_or_all_is_clear_there_is_no_alarm() -> None:
    assert understand([TEXT_PLAYERS]).alarm is None
    assert understand(["A fourth grader has belt marks on his back and says his stepdad did it."]).alarm is None


def test_a_button_does_not_take_back_that_a_child_may_be_at_risk() -> None:
    uneasy = next(said for said in UNEASY if understand([said]).alarm)

    alarm = understand([uneasy, words_for(Fact.account, "district")]).alarm

    assert alarm is not None
    assert alarm.get(Fact.account) == "district"
