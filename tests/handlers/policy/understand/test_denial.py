"""What is denied shows nothing, and what is doubted is not denied."""

import pytest

from handlers.policy.facts import Fact
from handlers.policy.understand.reading import understand


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("Can I text my players, not from my own phone?", Fact.account),
        ("Can I text my players without using my own phone?", Fact.account),
        ("Can I reach my players other than from my personal phone?", Fact.account),
        ("Can I email my class rather than use my own phone?", Fact.account),
        ("I do not want to use my personal phone. Can I reach my players?", Fact.account),
        ("I will not be using my own phone. Can I text my team?", Fact.account),
        ("Can I text them as opposed to my own account?", Fact.account),
        ("He is not my son, can I text him?", Fact.tie),
        ("She isn't really my sister. Can I text her?", Fact.tie),
    ],
)
def test_what_is_denied_shows_nothing(said: str, fact: Fact) -> None:
    assert understand([said]).facts.known.get(fact) in {None, "school"}


@pytest.mark.parametrize(
    "said",
    [
        "Why can't I use my own phone to text my team?",
        "Can I not use my own phone to text my players?",
        "Not only the parents: can I text players from my own phone?",
        "No, I mean from my own phone, can I text the team?",
    ],
)
def test_a_doubt_is_not_a_denial(said: str) -> None:
    assert understand([said]).facts.get(Fact.account) == "personal"


def test_not_a_school_team_is_a_team_outside() -> None:
    assert understand(["It's not a school team. Can I text the kids?"]).facts.get(Fact.activity) == "outside"


def test_calling_instead_of_texting_is_calling() -> None:
    assert understand(["Can I text my players?", "calling instead of texting?"]).facts.get(Fact.channel) == "call"
