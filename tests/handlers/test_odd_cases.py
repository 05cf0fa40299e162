"""What seldom happens and still has one answer: a day with an hour more or less, a school without a principal, circles of stand-ins.

Elsewhere: cards of an earlier stage, and deciders who left (who_may.csv, test_authority), a delegation that ended (test_stand_in),
clocks of two replicas that differ (tests/storage/test_skew.py).
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.actions import Approve, Delegate, NameStandIn, Withdraw
from handlers.changing import ApproveChanged, Revoke
from handlers.people import Role, Seat
from handlers.wording.plain import plain
from handlers.workflow.request import Status
from tests.house import House, opened, whispered
from tests.samples import DANA, HELEN, LEE, MARIA, NGOZI, RAVI
from tests.scenes import asks, has_sent, kept, one_has_agreed, seat

LAST_DAYS = [  # in Chicago: the day's last second, as the world counts it
    pytest.param("2026-03-07", datetime(2026, 3, 8, 5, 59, 59, tzinfo=UTC), id="the day before the clocks change"),
    pytest.param("2026-03-08", datetime(2026, 3, 9, 4, 59, 59, tzinfo=UTC), id="a day of 23 hours"),
    pytest.param("2026-11-01", datetime(2026, 11, 2, 5, 59, 59, tzinfo=UTC), id="a day of 25 hours"),
]


@pytest.mark.parametrize(("day", "last"), LAST_DAYS)
async def test_a_permission_holds_to_the_end_of_its_last_day_however_long_that_is(house: House, day: str, last: datetime) -> None:
    request = await one_has_agreed(house)
    await house.sends(RAVI, ApproveChanged(request.stages[1].id), {"ends": day, "conditions": "Until then"})
    assert (await kept(house)).ends == last

    house.waits_until(last.replace(second=0))
    assert opened(await house.presses(MARIA, Revoke(request.id))).title == "Revoke the permission of Dana Whitlock"

    house.waits_until(datetime.fromtimestamp(last.timestamp() + 60, UTC).replace(second=0))
    assert "It has ended." in plain(whispered(await house.presses(MARIA, Revoke(request.id))))
    assert "It has ended." in plain(whispered(await house.presses(DANA, Withdraw(request.id))))


async def test_at_a_school_without_a_principal_the_superintendent_decides_and_the_form_says_so_first(house: House) -> None:
    supervisor = replace(MARIA, seats=(Seat(Role.supervisor),))
    await seat(house, DANA, LEE, supervisor, NGOZI, RAVI, HELEN)

    form = opened(await house.presses(DANA, await asks(house)))
    assert "Helen Brandt" in str(form.blocks)
    request = await has_sent(house)
    await house.presses(HELEN, Approve(request.stages[0].id))

    assert (await kept(house)).stages[0].decided_by == HELEN.id
    assert (await kept(house)).stages[0].stands_in is Role.superintendent


async def test_a_circle_of_three_stand_ins_asks_each_once_and_ends(house: House) -> None:
    for who, to in ((MARIA, NGOZI), (NGOZI, HELEN), (HELEN, MARIA)):
        await house.sends(who, NameStandIn(who.id), {"person": to.id, "starts": "2026-03-02", "ends": "2026-03-06"})

    request = await has_sent(house)

    assert whispered(await house.presses(HELEN, Approve(request.stages[0].id))).title == "This is not yours."
    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "Approved."


async def test_a_circle_of_who_was_asked_by_name_ends_with_who_began_it(house: House) -> None:
    stage = (await has_sent(house)).stages[0].id

    for who, to, title in (
        (MARIA, NGOZI, "Asked."),
        (NGOZI, HELEN, "Asked."),
        (HELEN, MARIA, "They can decide this already."),
        (HELEN, NGOZI, "They can decide this already."),
    ):
        assert whispered(await house.sends(who, Delegate(stage), {"person": to.id})).title == title

    assert whispered(await house.presses(HELEN, Approve(stage))).title == "Approved."
    assert whispered(await house.presses(MARIA, Approve(stage))).title == "This one was already answered."
    assert (await kept(house)).status is Status.pending
