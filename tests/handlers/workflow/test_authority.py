from dataclasses import replace

import pytest

from handlers.people import Person, PersonId, Role, Seat
from handlers.workflow.authority import today
from handlers.workflow.request import Request, StageStatus, Status
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, RAVI, SCHOOL, a_person, a_request, a_stage

ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))
WITHOUT_PRINCIPAL = (DANA, LEE, RAVI, HELEN)


def people(request: Request, directory: tuple[Person, ...], actor: PersonId | None = None) -> list[tuple[PersonId, ...]]:
    return [stage.people for stage in today(request, DANA, directory, Role.superintendent, actor).stages]


def stood_in() -> Request:
    """Helen was asked in place of the principal."""
    first, second = a_request().stages
    return a_request(stages=[replace(first, people=(HELEN.id,), stands_in=Role.superintendent), second])


def decided(by: Person) -> Request:
    first, second = a_request().stages
    done = replace(first, status=StageStatus.approved, decided_by=by.id)
    return a_request(stages=[done, replace(second, status=StageStatus.open)])


def test_as_long_as_nothing_changes_the_same_people_decide():
    assert today(a_request(), DANA, EVERYBODY, Role.superintendent) == a_request()


def test_a_successor_decides_and_who_was_before_does_not():
    assert people(a_request(), (DANA, ADA, RAVI)) == [(ADA.id,), (RAVI.id,)]


def test_where_nobody_is_left_the_fallback_stands_in():
    request = today(a_request(), DANA, WITHOUT_PRINCIPAL, Role.superintendent)

    assert (request.stages[0].people, request.stages[0].stands_in) == ((HELEN.id,), Role.superintendent)


def test_the_requester_never_decides_even_as_the_new_principal():
    promoted = replace(DANA, seats=(*DANA.seats, Seat(Role.building_principal, SCHOOL)))

    assert people(a_request(), (promoted, RAVI, HELEN))[0] == (HELEN.id,)


def test_who_decided_another_stage_does_not_decide_this_one():
    both = replace(MARIA, seats=(*MARIA.seats, Seat(Role.technology_department)))

    assert people(decided(MARIA), (DANA, both, HELEN)) == [(MARIA.id,), (HELEN.id,)]


def test_a_stage_that_is_decided_keeps_its_people_and_has_its_decider():
    assert people(decided(ADA), (DANA, RAVI)) == [(MARIA.id, ADA.id), (RAVI.id,)]


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.pending])
def test_what_is_over_is_read_from_no_directory(status: Status):
    over = replace(a_request(), status=status)

    assert today(over, DANA, (), Role.superintendent) == over


@pytest.mark.parametrize(
    ("actor", "place"), [(HELEN, Role.superintendent), (ADA, None), (LEE, None)], ids=["stand-in", "principal", "other"]
)
def test_who_was_asked_to_stand_in_stays_beside_the_new_principal(actor: Person, place: Role | None):
    stage = today(stood_in(), DANA, (*WITHOUT_PRINCIPAL, ADA), Role.superintendent, actor.id).stages[0]

    assert (stage.people, stage.stands_in) == ((ADA.id, HELEN.id), place)


def test_who_stood_in_and_holds_that_role_no_longer_does_not():
    assert people(stood_in(), (DANA, LEE, RAVI, ADA, replace(HELEN, seats=())))[0] == (ADA.id,)


def test_what_nobody_can_decide_today_has_nobody():
    assert people(a_request(stages=[a_stage("r1.s1", Role.building_principal, MARIA)]), (DANA, LEE)) == [()]
