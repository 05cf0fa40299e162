"""One question, five answers: the coach, her church team, her own child, her brother, in every district and in many voices."""

import json
from collections.abc import Sequence

import pytest

from bot.__main__ import main

COACH = (
    ["Can I text my players from my own phone?"],
    ["I coach JV soccer. Am I allowed to message the kids on my team from my personal cell?"],
    ["hey, ok if i txt my athletes off my private number about practice times"],
    ["Is it fine to send texts to my squad with my own cell phone?"],
    ["im the volleyball coach, cn i text my girls from my personel phone abt the bus"],
)
CHURCH = (
    ["I coach my church's basketball team. Can I text my players from my own phone?"],
    ["I coach at my church, and most of my players are at our school. ok to text them off my cell?"],
    ["I coach a church league team. Can I text my players, who go to our school, from my own phone?"],
    ["Can I text my players from my own phone?", "what if it's the community team I coach, not the school's?"],
    ["My rec league team has kids from our school on it. May I text them from my personal cell about games?"],
    ["Can I text my players from my own phone?", "and for my travel team outside of school?"],
)
OWN_CHILD = (
    ["Can I text my players from my own phone?", "what if the player is my own son?"],
    ["My daughter is on the team I coach. Can I text her from my own phone?"],
    ["one of my players is my kid - ok to text him from my personal phone?"],
    ["Can I text my players from my own phone?", "even my own child?"],
)
SIBLING = (
    ["Can I text my players from my own phone?", "what if it is my sister who plays?"],
    ["My little brother is on the team I coach. Can I text him from my own phone?"],
    ["Can I text my players from my own phone?", "the player is my brother though"],
)

# situation, district: verdict, who decides, who is told at least
Expected = tuple[str, set[str], set[str]]
EXPECTED: dict[str, dict[str, Expected]] = {
    "coach": {
        "carthage-r9": ("needs_approval", {"supervisor"}, {"parents"}),
        "west-st-francois-r4": ("needs_approval", {"supervisor"}, {"supervisor", "parents"}),
        "policy-401-13r2": ("discouraged", set(), set()),
        "dudley-charlton": ("prohibited", set(), set()),
        "chsd-230": ("prohibited", set(), set()),
    },
    "church": {
        "carthage-r9": ("unclear", set(), set()),
        "west-st-francois-r4": ("needs_approval", {"building_principal", "technology_department"}, set()),
        "policy-401-13r2": ("discouraged", set(), set()),
        "dudley-charlton": ("unclear", set(), set()),
        "chsd-230": ("must_act", set(), {"building_principal"}),
    },
    "own child": {
        "carthage-r9": ("allowed", set(), set()),
        "west-st-francois-r4": ("allowed", set(), set()),
        "policy-401-13r2": ("allowed", set(), set()),
        "dudley-charlton": ("prohibited", set(), set()),
        "chsd-230": ("must_act", set(), {"building_principal"}),
    },
    "sibling": {
        "carthage-r9": ("needs_approval", {"supervisor"}, {"parents"}),
        "west-st-francois-r4": ("allowed", set(), set()),
        "policy-401-13r2": ("discouraged", set(), set()),
        "dudley-charlton": ("prohibited", set(), set()),
        "chsd-230": ("must_act", set(), {"building_principal"}),
    },
}
VOICES = {"coach": COACH, "church": CHURCH, "own child": OWN_CHILD, "sibling": SIBLING}
CASES = [(who, district, turns) for who, districts in EXPECTED.items() for district in districts for turns in VOICES[who]]


@pytest.mark.parametrize(("who", "district", "turns"), CASES, ids=[f"{who}-{district}-{turns[-1][:40]}" for who, district, turns in CASES])
def test_the_answer_is_the_districts_own(
    who: str, district: str, turns: Sequence[str], capsys: pytest.CaptureFixture[str], no_database: None
) -> None:
    verdict, approvers, notified = EXPECTED[who][district]

    status = main(["ask", "--json", "--district", district, *turns])

    answer = json.loads(capsys.readouterr().out)
    assert status == 0
    assert answer["verdict"] == verdict
    assert set(answer["approvers"]) == approvers
    assert notified <= set(answer["notified"])
    assert answer["citations"]
    assert all(citation["locator"] and citation["says"] for citation in answer["citations"])
