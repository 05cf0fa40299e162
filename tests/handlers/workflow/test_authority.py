from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.people import Person, PersonId, Role, Seat, StandIn, StandInId
from handlers.workflow.authority import today
from handlers.workflow.parts import Delegation
from handlers.workflow.request import Request, StageStatus, Status
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, NGOZI, NOON, RAVI, SCHOOL, a_person, a_request, a_stage

ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))
LAST_DAY = date(2026, 3, 6)
WITHOUT_PRINCIPAL = (DANA, LEE, RAVI, HELEN)


ASKABLE = (LEE.id, ADA.id, HELEN.id)


def people(request: Request, directory: tuple[Person, ...], askable: Collection[PersonId] = ASKABLE) -> list[tuple[PersonId, ...]]:
    return [stage.people for stage in today(request, DANA, directory, Role.superintendent, askable=askable).stages]


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


def asked_also(*people: Person) -> Request:
    """The bot had these decide, too."""
    first, second = a_request().stages
    return a_request(stages=[replace(first, added=tuple(person.id for person in people)), second])


def asked_by_maria(*people: Person) -> Request:
    first, second = asked_also(*people).stages
    return a_request(stages=[replace(first, delegations=tuple(Delegation(person.id, MARIA.id) for person in people)), second])


def test_who_was_asked_by_name_decides_beside_those_who_hold_the_role():
    assert people(asked_by_maria(LEE), EVERYBODY)[0] == (MARIA.id, LEE.id)


def test_who_was_asked_by_name_and_could_not_be_today_does_not():
    assert people(asked_by_maria(LEE, HELEN), EVERYBODY, [HELEN.id])[0] == (MARIA.id, HELEN.id)


def test_whom_the_bot_asked_decides_only_while_they_hold_the_fallback_role():
    request = asked_also(HELEN)

    assert people(request, EVERYBODY)[0] == (MARIA.id, HELEN.id)
    assert people(request, (DANA, MARIA, RAVI, replace(HELEN, seats=(Seat(Role.staff, SCHOOL),))))[0] == (MARIA.id,)


def test_who_was_asked_afterwards_and_has_left_does_not():
    assert people(asked_by_maria(LEE), (DANA, MARIA, replace(LEE, seats=()), RAVI, HELEN))[0] == (MARIA.id,)


def test_who_was_asked_afterwards_decides_once_and_never_her_own():
    assert people(asked_by_maria(DANA, MARIA), EVERYBODY, [DANA.id, MARIA.id])[0] == (MARIA.id,)


@pytest.mark.parametrize(
    ("actor", "place"), [(HELEN, Role.superintendent), (LEE, None), (MARIA, None)], ids=["fallback", "other", "principal"]
)
def test_the_fallback_that_was_asked_afterwards_takes_the_place_of_who_holds_the_role(actor: Person, place: Role | None):
    first, second = asked_by_maria(LEE).stages
    request = a_request(stages=[replace(first, added=(HELEN.id, LEE.id)), second])
    stage = today(request, DANA, EVERYBODY, Role.superintendent, actor.id, askable=ASKABLE).stages[0]

    assert (stage.people, stage.stands_in) == ((MARIA.id, HELEN.id, LEE.id), place)


def stood_for(person: Person, to: Person) -> Person:
    """The person, with somebody who stands in at this moment."""
    one = StandIn(StandInId(f"{person.id}.{to.id}"), person.district, person.id, to.id, NOON, NOON + timedelta(days=5), LAST_DAY)
    return replace(person, stand_in=one)


def delegations(request: Request, directory: tuple[Person, ...]) -> tuple[Delegation, ...]:
    return today(request, DANA, directory, Role.superintendent, askable=ASKABLE).stages[0].delegations


def test_who_stands_in_decides_beside_whom_they_stand_in_for():
    directory = (DANA, LEE, stood_for(MARIA, LEE), RAVI, HELEN)

    assert people(a_request(), directory) == [(MARIA.id, LEE.id), (RAVI.id,)]
    assert delegations(a_request(), directory) == (Delegation(LEE.id, MARIA.id, until=LAST_DAY),)


def test_who_stands_in_for_two_of_a_stage_is_asked_once_by_the_first():
    directory = (DANA, LEE, stood_for(MARIA, LEE), stood_for(ADA, LEE), RAVI, HELEN)

    assert people(a_request(), directory)[0] == (MARIA.id, ADA.id, LEE.id)
    assert delegations(a_request(), directory) == (Delegation(LEE.id, MARIA.id, until=LAST_DAY),)


def test_a_stand_ins_stand_in_decides_nothing():
    assert people(a_request(), (DANA, stood_for(LEE, HELEN), stood_for(MARIA, LEE), RAVI, HELEN))[0] == (MARIA.id, LEE.id)


def test_a_delegates_stand_in_decides():
    asked = asked_by_maria(LEE)

    assert people(asked, (DANA, stood_for(LEE, HELEN), MARIA, RAVI, HELEN))[0] == (MARIA.id, LEE.id, HELEN.id)


@pytest.mark.parametrize("to", [DANA, MARIA, RAVI, replace(LEE, seats=())], ids=["requester", "herself", "needed-for-the-next", "has-left"])
def test_some_stand_in_for_nobody(to: Person):
    directory = tuple({one.id: one for one in (DANA, LEE, RAVI, HELEN, stood_for(MARIA, to), *([to] if to.id == LEE.id else []))}.values())

    assert people(a_request(), directory)[0] == (MARIA.id,)


def test_who_decided_one_stage_stands_in_for_nobody_at_another():
    request = decided(MARIA)

    assert people(request, (DANA, MARIA, stood_for(RAVI, MARIA), HELEN))[1] == (RAVI.id,)


def test_who_was_asked_stays_asked_only_as_long_as_needed():
    """A delegate who came to hold the role decides in their own right."""
    request = asked_by_maria(ADA)

    assert delegations(request, (DANA, MARIA, ADA, RAVI, HELEN)) == ()
    assert delegations(request, (DANA, MARIA, replace(ADA, seats=(Seat(Role.staff, SCHOOL),)), RAVI, HELEN)) == (
        Delegation(ADA.id, MARIA.id),
    )


def test_who_was_asked_and_comes_too_late_is_still_of_the_stage():
    first, second = decided(MARIA).stages
    request = a_request(stages=[replace(first, added=(LEE.id,), delegations=(Delegation(LEE.id, MARIA.id),)), second])

    stage = today(request, DANA, (DANA, LEE, stood_for(MARIA, HELEN), RAVI, HELEN), Role.superintendent).stages[0]

    assert stage.people == (MARIA.id, LEE.id, HELEN.id)
    assert stage.delegations == (Delegation(LEE.id, MARIA.id),)


BOTH = replace(MARIA, seats=(*MARIA.seats, Seat(Role.technology_department)))  # principal, and of the department, too


def decided_in_her_place(until: date | None = LAST_DAY) -> Request:
    """Ngozi has decided the first stage in Maria's place."""
    first, second = decided(NGOZI).stages
    return a_request(stages=[replace(first, added=(NGOZI.id,), delegations=(Delegation(NGOZI.id, MARIA.id, until=until),)), second])


def test_in_whose_place_one_stage_was_decided_decides_no_other():
    assert people(decided_in_her_place(), (DANA, BOTH, NGOZI, RAVI, HELEN))[1] == (RAVI.id,)
    assert people(decided_in_her_place(), (DANA, BOTH, NGOZI, HELEN))[1] == (HELEN.id,)


def test_nor_does_she_where_she_was_asked_by_name():
    first, second = decided_in_her_place().stages
    asked = replace(second, added=(MARIA.id,), delegations=(Delegation(MARIA.id, RAVI.id),))

    assert people(a_request(stages=[first, asked]), (DANA, MARIA, NGOZI, RAVI, HELEN), [MARIA.id])[1] == (RAVI.id,)


def test_she_decides_all_the_same_where_nobody_else_is_left():
    assert people(decided_in_her_place(), (DANA, BOTH, NGOZI))[1] == (MARIA.id,)


def test_who_asked_somebody_to_decide_for_once_may_still_decide_another_stage():
    """Whoever was asked by name decided for herself, and not in anybody's place."""
    assert people(decided_in_her_place(None), (DANA, BOTH, NGOZI, HELEN))[1] == (MARIA.id,)
