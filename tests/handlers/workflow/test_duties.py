from handlers.ids import DutyId, RequestId
from handlers.people import Role
from handlers.workflow.duties import Owed, duties
from handlers.workflow.request import DutyStatus
from tests.samples import DANA, EVERYBODY, MARIA

ADDRESS = Owed("web-address", "Hand in the address.", Role.staff)
PARENTS = Owed("parents", "Tell the parents.", Role.building_principal)


def test_each_obligation_becomes_the_duty_of_those_who_hold_its_role_for_this_requester():
    address, parents = duties(RequestId("r1"), [ADDRESS, PARENTS], DANA, EVERYBODY)

    assert (address.id, address.key, address.what) == (DutyId("r1.d1"), "web-address", "Hand in the address.")
    assert (address.owner_role, address.owners, address.status) == (Role.staff, (DANA.id,), DutyStatus.open)
    assert (parents.id, parents.owners) == (DutyId("r1.d2"), (MARIA.id,))


def test_the_same_obligation_for_two_requests_is_two_duties():
    (one,), (other,) = (duties(RequestId(key), [ADDRESS], DANA, EVERYBODY) for key in ("r1", "r2"))

    assert one.id != other.id


def test_where_nothing_is_owed_there_is_no_duty():
    assert duties(RequestId("r1"), [], DANA, EVERYBODY) == ()


def test_a_duty_of_somebody_outside_the_directory_has_no_owner_who_could_press():
    (duty,) = duties(RequestId("r1"), [Owed("law", "Speak to the police.", Role.law_enforcement)], DANA, EVERYBODY)

    assert duty.owners == ()
