"""The names of things, as they stand in a sentence."""

import pytest

from handlers.people import PersonId, Role
from handlers.wording import terms
from tests.samples import DANA, MARIA

KNOWN = {MARIA.id: MARIA, DANA.id: DANA}


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_name(role: Role) -> None:
    assert terms.ROLES[role]


@pytest.mark.parametrize("role", Role)
def test_a_third_person_never_reads_your(role: Role) -> None:
    assert "your" not in terms.of_her(role)


def test_the_requester_reads_of_her_own_supervisor() -> None:
    assert terms.to_her(Role.supervisor) == "your supervisor"
    assert terms.of_her(Role.supervisor) == "the staff member's supervisor"


@pytest.mark.parametrize(("parts", "phrase"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_several_things_are_one_phrase(parts: list[str], phrase: str) -> None:
    assert terms.joined(parts) == phrase


def test_people_of_whom_any_one_will_do_are_joined_by_or() -> None:
    assert terms.names([MARIA.id, DANA.id], KNOWN) == "Maria Ortiz or Dana Whitlock"


def test_who_left_the_directory_is_a_former_colleague() -> None:
    assert terms.name(PersonId("gone"), KNOWN) == "a former colleague"


def test_a_capital_leaves_the_rest_alone() -> None:
    assert terms.capital("the Children's Division") == "The Children's Division"


@pytest.mark.parametrize(("value", "words"), [("2026-03-02", "March 2, 2026"), ("next week", "next week")])
def test_a_day_is_said_in_words(value: str, words: str) -> None:
    assert terms.day(value) == words
