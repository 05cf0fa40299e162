import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.people import OUTSIDE, Person, PersonId, Role, Seat
from handlers.workflow.chain import Found, chain, holders
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, NGOZI, RAVI, SCHOOL, a_person

OTTO = a_person("otto", "Otto Lange", Seat(Role.building_principal, "Elm School"), Seat(Role.supervisor, "Elm School"))
TWO = [Role.building_principal, Role.technology_department]


# Who holds a role


def test_the_principal_is_the_one_of_the_requesters_own_school():
    assert holders(Role.building_principal, DANA, [*EVERYBODY, OTTO]) == (MARIA.id,)


def test_whoever_teaches_at_two_schools_has_both_their_principals():
    teacher = a_person("tom", "Tom Reyes", Seat(Role.staff, SCHOOL), Seat(Role.staff, "Elm School"))

    assert holders(Role.building_principal, teacher, [*EVERYBODY, OTTO]) == (MARIA.id, OTTO.id)


def test_a_principal_without_a_school_is_everybodys():
    everywhere = a_person("eve", "Eve Park", Seat(Role.building_principal))

    assert holders(Role.building_principal, DANA, [everywhere, OTTO]) == (everywhere.id,)


def test_whoever_works_at_no_school_has_no_principal():
    assert holders(Role.building_principal, RAVI, [MARIA, OTTO]) == ()


def test_the_technology_department_is_the_districts():
    elsewhere = a_person("ida", "Ida Novak", Seat(Role.technology_department, "Elm School"))

    assert holders(Role.technology_department, DANA, [*EVERYBODY, elsewhere]) == (RAVI.id, elsewhere.id)


def test_a_supervisor_is_whoever_supervises_this_requester_and_not_whoever_supervises():
    assert holders(Role.supervisor, DANA, [*EVERYBODY, OTTO]) == (MARIA.id,)
    assert holders(Role.supervisor, MARIA, [*EVERYBODY, OTTO]) == (HELEN.id,)
    assert holders(Role.supervisor, RAVI, [*EVERYBODY, OTTO]) == ()


def test_a_supervisor_who_left_the_directory_supervises_nobody():
    assert holders(Role.supervisor, DANA, [DANA, HELEN]) == ()


def test_the_staff_member_is_the_requester_whoever_else_works_there():
    assert holders(Role.staff, DANA, EVERYBODY) == (DANA.id,)


@pytest.mark.parametrize("role", sorted(OUTSIDE))
def test_nobody_in_the_directory_is_a_parent_or_the_police(role: Role):
    mistaken = a_person("mia", "Mia Brand", Seat(role))

    assert holders(role, DANA, [mistaken]) == ()


# Who decides


def test_dana_asks_her_principal_and_then_technology():
    found = chain(TWO, DANA, EVERYBODY, Role.superintendent)

    assert found == (Found(Role.building_principal, (MARIA.id,)), Found(Role.technology_department, (RAVI.id,)))


def test_a_policy_without_stages_asks_nobody():
    assert chain([], DANA, EVERYBODY, Role.superintendent) == ()


def test_the_principals_own_request_goes_to_the_superintendent_instead():
    (found,) = chain([Role.building_principal], MARIA, EVERYBODY, Role.superintendent)

    assert found == Found(Role.building_principal, (HELEN.id,), stands_in=Role.superintendent)


def test_where_nobody_holds_the_role_the_fallback_decides():
    (found,) = chain([Role.counselor], DANA, EVERYBODY, Role.superintendent)

    assert found == Found(Role.counselor, (HELEN.id,), stands_in=Role.superintendent)


def test_where_there_is_nobody_at_all_the_stage_has_nobody():
    (found,) = chain([Role.building_principal], HELEN, [HELEN, LEE], Role.superintendent)

    assert found.people == ()


def test_a_principal_who_is_also_all_of_technology_decides_once_and_the_fallback_after_her():
    both = a_person("bea", "Bea Moss", Seat(Role.building_principal, SCHOOL), Seat(Role.technology_department))

    found = chain(TWO, DANA, [DANA, both, HELEN], Role.superintendent)

    assert [stage.people for stage in found] == [(both.id,), (HELEN.id,)]
    assert [stage.stands_in for stage in found] == [None, Role.superintendent]


def test_whoever_alone_can_decide_later_is_left_out_before():
    both = a_person("bea", "Bea Moss", Seat(Role.building_principal, SCHOOL), Seat(Role.technology_department))

    found = chain(TWO, DANA, [DANA, MARIA, both], Role.superintendent)

    assert [stage.people for stage in found] == [(MARIA.id,), (both.id,)]


def test_a_fallback_who_alone_can_decide_later_is_left_out_before():
    both = a_person("bea", "Bea Moss", Seat(Role.building_principal, SCHOOL), Seat(Role.superintendent))

    found = chain([Role.building_principal, Role.counselor], DANA, [DANA, MARIA, both], Role.superintendent)

    assert [stage.people for stage in found] == [(MARIA.id,), (both.id,)]


def test_where_two_can_decide_either_stage_both_are_asked_at_both():
    ann, ben = (
        a_person(key, key.title(), Seat(Role.building_principal, SCHOOL), Seat(Role.technology_department)) for key in ("ann", "ben")
    )

    found = chain(TWO, DANA, [ann, ben], Role.superintendent)

    assert [stage.people for stage in found] == [(ann.id, ben.id)] * 2


def test_an_assistant_principal_is_no_principal():
    assert holders(Role.building_principal, DANA, [NGOZI]) == ()
    assert holders(Role.assistant_principal, DANA, [NGOZI]) == (NGOZI.id,)


# Whatever the directory

ROLES = [
    Role.staff,
    Role.supervisor,
    Role.building_principal,
    Role.technology_department,
    Role.superintendent,
    Role.counselor,
    Role.parents,
]
KEYS = [PersonId(key) for key in "abcde"]

seats = st.builds(Seat, st.sampled_from(ROLES), st.sampled_from(["", SCHOOL, "Elm School"]), st.sampled_from([None, *KEYS]))
directories = st.lists(st.lists(seats, max_size=3), min_size=1, max_size=len(KEYS)).map(
    lambda drawn: [a_person(key, key.upper(), *held) for key, held in zip(KEYS, drawn, strict=False)]
)


@given(directories, st.lists(st.sampled_from(ROLES), min_size=1, max_size=3))
def test_nobody_decides_their_own_request_and_nobody_unknown_decides(directory: list[Person], roles: list[Role]):
    requester, known = directory[0], {person.id for person in directory}

    found = chain(roles, requester, directory, Role.superintendent)

    assert [stage.role for stage in found] == roles
    assert all(requester.id not in stage.people and set(stage.people) <= known for stage in found)


@given(directories, st.lists(st.sampled_from(ROLES), min_size=2, max_size=2))
def test_whoever_decides_first_of_two_somebody_is_left_to_decide_second(directory: list[Person], roles: list[Role]):
    first, second = chain(roles, directory[0], directory, Role.superintendent)

    if first.people and second.people:
        assert all(set(second.people) - {decider} for decider in first.people)
