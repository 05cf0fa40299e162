"""What people say, and what is understood of it: shares of wordings that the network was never trained on."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import yaml

from handlers.policy.understand.reading import understand
from handlers.policy.vocabulary import PRESUMED, Fact

HERE = Path(__file__).parent
# Share of labelled facts that are read as labelled; raise it with what is reached, never lower it.
FLOORS = {"utterances.yaml": 0.9, "held_out.yaml": 0.93, "conversations.yaml": 0.78, "conversations_held_out.yaml": 0.88}

ASKING = [
    "Can I text {people} {way}?",
    "may i text {people} {way}",
    "Is it ok to text {people} {way}?",
    "am i allowed to send texts to {people} {way}",
    "I'd like to text {people} {way}. Is that allowed?",
    "{people} need updates. Could I text them {way}?",
    "would it be a problem if I texted {people} {way}",
    "i wanna txt {people} {way} is that cool",
    "Are we allowed to shoot {people} a text {way}?",
]
PEOPLE = ["my players", "my students", "the kids on my squad", "my band kids", "the girls on my team", "students in my class"]
WAYS = ["from my own phone", "from my personal phone", "on my cell", "with my personal cell phone", "using my private number"]
OWN_PHONE = {Fact.to: "student", Fact.channel: "text", Fact.account: "personal"}


def labelled(file: str) -> Iterator[tuple[list[str], Fact, str]]:
    """Every fact that somebody labelled, with the turns it was said in."""
    for group in yaml.safe_load((HERE / file).read_text(encoding="utf-8")):
        for said in group["say"] if group.get("understood", True) else ():
            for fact, value in group["facts"].items():
                yield said.split(" // "), Fact(fact), value


@pytest.mark.parametrize("file", FLOORS)
def test_most_of_what_is_said_is_read_as_a_person_reads_it(file: str) -> None:
    told = list(labelled(file))

    right = [value for turns, fact, value in told if understand(turns).facts.get(fact) == value]

    assert len(right) / len(told) >= FLOORS[file]


def test_however_it_is_asked_it_is_the_same_situation() -> None:
    asked = [asking.format(people=people, way=way) for asking, people, way in product(ASKING, PEOPLE, WAYS)]

    misread = [said for said in asked if not understand([said]).facts.known.items() >= OWN_PHONE.items()]

    assert len(misread) / len(asked) <= 0.02


def test_what_is_presumed_need_not_be_said() -> None:
    facts = understand(["Can I text a student?"]).facts

    assert all(facts.get(fact) == value for fact, value in PRESUMED.items() if fact is not Fact.topic)
