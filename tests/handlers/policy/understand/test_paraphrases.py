"""One situation in a thousand wordings: who is meant, by which phone, how one asks; and what each follow-up changes."""

from itertools import product

import pytest

from handlers.policy.facts import Fact
from handlers.policy.understand.reading import understand

ASKING = [
    "Can I text {people} {way}?",
    "may i text {people} {way}",
    "Is it ok to text {people} {way}?",
    "am i allowed to send texts to {people} {way}",
    "I'd like to text {people} {way}. Is that allowed?",
    "Quick question: is texting {people} {way} permitted?",
    "{people} need updates. Could I text them {way}?",
    "would it be a problem if I texted {people} {way}",
    "So {way}, can I text {people}?",
    "Do I need approval to text {people} {way}?",
    "i wanna txt {people} {way} is that cool",
    "Are we allowed to shoot {people} a text {way}?",
]
PEOPLE = [
    "my players",
    "my students",
    "my team",
    "the kids on my squad",
    "our athletes",
    "my band kids",
    "the girls on my team",
    "my runners",
    "students in my class",
    "the varsity team",
]
WAYS = ["from my own phone", "from my personal phone", "on my cell", "with my personal cell phone", "using my private number"]
OWN_PHONE = {Fact.channel: "text", Fact.account: "personal", Fact.device: "personal", Fact.activity: "district"}

FIRST = ["Can I text my players from my own phone?", "Is it ok for me to text my team from my personal cell?"]
FOLLOWING = [
    ("what if it's my own son?", {Fact.tie: "own_child"}),
    ("What if the player is my daughter?", {Fact.tie: "own_child"}),
    ("same for my son?", {Fact.tie: "own_child"}),
    ("even if he's my kid?", {Fact.tie: "own_child"}),
    ("and my little sister?", {Fact.tie: "sibling"}),
    ("my brother is on the team", {Fact.tie: "sibling"}),
    ("and if it's a church team?", {Fact.activity: "outside"}),
    ("What if it is a community team?", {Fact.activity: "outside"}),
    ("I meant my travel team", {Fact.activity: "outside"}),
    ("what if the team is not a school team", {Fact.activity: "outside"}),
    ("and their parents?", {Fact.to: "parent"}),
    ("how about the moms and dads", {Fact.to: "parent"}),
    ("what about calling instead?", {Fact.channel: "call"}),
    ("and phone calls?", {Fact.channel: "call"}),
    ("does my supervisor's approval change that?", {}),
]


def test_however_it_is_asked_it_is_the_same_situation() -> None:
    misread = [
        asked
        for asking, people, way in product(ASKING, PEOPLE, WAYS)
        for asked in [asking.format(people=people, way=way)]
        if not understand([asked]).facts.known.items() >= OWN_PHONE.items()
    ]

    assert misread == []


@pytest.mark.parametrize(("follow_up", "changed"), FOLLOWING, ids=[follow_up for follow_up, _ in FOLLOWING])
def test_a_follow_up_changes_what_it_says_and_nothing_else(follow_up: str, changed: dict[Fact, str]) -> None:
    for first in FIRST:
        reading = understand([first, follow_up])

        assert reading.understood
        assert reading.facts.known.items() >= {**OWN_PHONE, **changed}.items()
