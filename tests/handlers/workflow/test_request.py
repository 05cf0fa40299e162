from dataclasses import replace

from handlers.ids import DutyId, StageId
from handlers.people import Role
from handlers.workflow.request import DutyStatus, StageStatus
from tests.samples import DANA, MARIA, RAVI, a_duty, a_request, a_stage


def test_the_stage_whose_turn_it_is_is_the_open_one():
    decided = a_stage("r1.s1", Role.building_principal, MARIA, status=StageStatus.approved)
    waits = a_stage("r1.s2", Role.technology_department, RAVI)

    assert a_request(stages=[decided, waits]).open_stage is waits


def test_no_stage_is_open_when_all_are_decided():
    assert a_request(stages=[a_stage("r1.s1", Role.supervisor, MARIA, status=StageStatus.denied)]).open_stage is None


def test_a_stage_is_found_by_its_id_and_by_no_other():
    request = a_request()

    assert request.stage(StageId("r1.s2")) is request.stages[1]
    assert request.stage(StageId("r2.s2")) is None


def test_a_duty_is_found_by_its_id_and_by_no_other():
    address, parents = a_duty("r1.d1", "Hand in the address.", DANA), a_duty("r1.d2", "Tell the parents.", MARIA)
    request = a_request(duties=[address, parents])

    assert request.duty(DutyId("r1.d2")) is parents
    assert request.duty(DutyId("r1.s1")) is None


def test_a_duty_is_open_until_somebody_says_it_is_done():
    duty = a_duty("r1.d1", "Hand in the address.", DANA)

    assert duty.status is DutyStatus.open
    assert replace(duty, status=DutyStatus.done) != duty
