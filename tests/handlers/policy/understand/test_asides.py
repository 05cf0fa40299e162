"""What asks only for the grounds of an answer leaves its facts alone; whatever asks more does not."""

import pytest

from handlers.policy.understand.asides import is_aside
from handlers.policy.understand.reading import understand
from handlers.policy.vocabulary import Fact

FIRST = "Can I text my players from my own phone about practice?"


@pytest.mark.parametrize(
    "turn",
    [
        "why?",
        "Why not?",
        "ok but why",
        "says who?",
        "Who says so?",
        "show me the rule",
        "Show me the exact clause please",
        "which clause says that?",
        "Where does it say that??",
        "where is that written",
        "What's your source?",
        "are you sure?",
        "on what basis?",
        "Quote the policy",
        "source?",
    ],
)
def test_a_question_about_the_answer_changes_nothing(turn: str) -> None:
    assert is_aside(turn)
    assert understand([FIRST, turn]) == understand([FIRST])


@pytest.mark.parametrize(
    "turn",
    [
        "why can't I text parents?",
        "Who says I can friend them?",
        "show me the form",
        "What rule covers Snapchat?",
        "where do I find the policy?",
        "who approves that?",
        "what would I have to do?",
        "are you sure that holds for my nephew?",
        "",
        "and their parents?",
    ],
)
def test_a_question_of_its_own_is_read(turn: str) -> None:
    assert not is_aside(turn)


def test_at_the_beginning_there_is_no_answer_to_ask_about() -> None:
    assert understand(["why?"]).facts.get(Fact.topic) != understand([FIRST]).facts.get(Fact.topic)
