"""What a pack's process means for one requester: who is told, and who is not."""

from dataclasses import replace

from handlers.people import Role, Seat
from handlers.process import recipients, told
from tests.gallery import PACK
from tests.samples import DANA, EVERYBODY, HELEN, MARIA, NGOZI, RAVI

BOTH = [Role.building_principal, Role.technology_director]
OWN, FAMILY = PACK.processes["own-phone"], PACK.processes["family"]


def test_nobody_is_told_of_what_she_did_herself() -> None:
    assert recipients(BOTH, MARIA, EVERYBODY) == (RAVI.id,)


def test_who_holds_both_roles_is_told_once() -> None:
    everything = replace(MARIA, seats=(*MARIA.seats, Seat(Role.technology_director)))

    assert recipients(BOTH, DANA, (DANA, everything)) == (MARIA.id,)


def test_those_outside_the_district_are_told_by_a_person_and_not_by_the_bot() -> None:
    assert told(OWN, PACK, DANA, EVERYBODY) == ()


def test_a_notice_goes_to_the_principal_or_to_who_stands_in() -> None:
    assert [found.people for found in told(FAMILY, PACK, DANA, EVERYBODY)] == [(MARIA.id,)]
    assert [(found.people, found.stands_in) for found in told(FAMILY, PACK, MARIA, EVERYBODY)] == [((HELEN.id,), Role.superintendent)]
    assert [found.people for found in told(FAMILY, PACK, DANA, (DANA, NGOZI))] == [()]
