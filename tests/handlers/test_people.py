from dataclasses import FrozenInstanceError

import pytest

from handlers.people import OF_A_SCHOOL, OUTSIDE, Person, Role, Seat
from tests.samples import DANA, HELEN, MARIA, SCHOOL, a_person


def test_maria_is_principal_and_supervisor_at_once():
    assert MARIA.roles == {Role.building_principal, Role.supervisor}


def test_somebody_without_a_seat_holds_no_role_at_no_school_under_nobody():
    visitor = a_person("vera", "Vera Lind")

    assert (visitor.roles, visitor.schools, visitor.supervisors) == (frozenset(), frozenset(), frozenset())


def test_a_teacher_of_two_schools_belongs_to_both_and_has_two_supervisors():
    teacher = a_person("tom", "Tom Reyes", Seat(Role.staff, SCHOOL, MARIA.id), Seat(Role.staff, "Elm School", HELEN.id))

    assert teacher.schools == {SCHOOL, "Elm School"}
    assert teacher.supervisors == {MARIA.id, HELEN.id}


def test_whoever_has_a_seat_with_nobody_above_is_supervised_by_nobody():
    assert HELEN.supervisors == frozenset()


def test_a_seat_in_the_whole_district_is_at_no_school():
    assert HELEN.schools == frozenset()


def test_whoever_is_outside_holds_no_role_at_a_school():
    assert not OUTSIDE & OF_A_SCHOOL


def test_a_person_is_not_changed_in_passing():
    with pytest.raises(FrozenInstanceError):
        DANA.name = "Somebody Else"  # type: ignore[misc]


def test_two_readings_of_the_directory_give_the_same_person():
    again = Person(DANA.id, DANA.district, DANA.email, DANA.name, DANA.seats, DANA.addresses)

    assert again == DANA
