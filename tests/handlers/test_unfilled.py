"""Nobody could decide what somebody wants to send: she is told at once, and those who look after Hallpass once a day."""

from dataclasses import replace

import pytest

from handlers.actions import Begin, Request
from handlers.changing import Renew
from handlers.people import Person, Role, Seat
from handlers.wording.plain import plain
from tests.fakes import KeepingChat
from tests.house import House, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, NGOZI, RAVI, SCHOOL, a_person
from tests.scenes import NIECE, RELATED, TEAM, asks, both_have_agreed, seat

NOBODY = "Nobody could decide what somebody wanted to send"
WEST = a_person("wes", "Wes Tyler", Seat(Role.staff, "Maple Grove West"))
HELEN_ELSEWHERE = replace(HELEN, seats=(Seat(Role.records_officer),))  # no superintendent, no principal: nobody is left


async def press(house: House, who: Person = DANA) -> str:
    """What somebody reads who wants to ask, once the cards are out."""
    action = await asks(house, who=who)
    assert isinstance(action, Request)
    card = whispered(await house.presses(who, action))
    await house.post_is_out()
    return card.title


async def nobody_is_left(house: House, *more: Person) -> None:
    await seat(house, DANA, LEE, RAVI, HELEN_ELSEWHERE, *more)


async def test_those_who_look_after_hallpass_hear_which_role_at_which_school_and_no_name(house: House) -> None:
    await nobody_is_left(house)

    assert await press(house) == "Nobody could decide this yet."

    (card,) = house.sees(RAVI)
    assert card.title == NOBODY
    assert f"Role: The building principal\nSchool: {SCHOOL}" in plain(card)
    assert not any(name in plain(card) for name in (DANA.name, "Ada Finch"))
    assert not any(house.sees(one) for one in (DANA, LEE, HELEN))


async def test_once_a_day_for_each_role_and_school_however_many_press(house: House) -> None:
    await nobody_is_left(house, WEST)

    for who in (DANA, DANA, LEE):
        await press(house, who)
    assert len(house.sees(RAVI)) == 1
    await press(house, WEST)
    assert len(house.sees(RAVI)) == 2
    house.waits_until(house.now.replace(day=3))
    await press(house)

    assert [card.title for card in house.sees(RAVI)] == [NOBODY] * 3


async def test_it_stands_in_its_own_message_and_beneath_no_other(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    beneath: list[str] = []
    whole = KeepingChat.post

    async def post(self: KeepingChat, *args: object, **more: object) -> str:
        beneath.append(str(args[3]))
        return await whole(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(KeepingChat, "post", post)
    await nobody_is_left(house, WEST)

    for who in (DANA, WEST):
        await press(house, who)

    assert beneath == ["", ""]


async def test_also_when_the_form_was_open_already(house: House) -> None:
    action = await asks(house)
    await nobody_is_left(house)

    await house.sends(DANA, action, TEAM)
    await house.post_is_out()

    assert [card.title for card in house.sees(RAVI)] == [NOBODY]


async def test_also_when_a_permission_is_to_be_renewed(house: House) -> None:
    request = await both_have_agreed(house)
    before = len(house.sees(RAVI))
    await nobody_is_left(house)

    assert whispered(await house.presses(DANA, Renew(request.id))).title == "Nobody could decide this yet."
    await house.post_is_out()

    assert [card.title for card in house.sees(RAVI)[before:]] == [NOBODY]


async def test_also_when_nobody_could_be_told(house: House) -> None:
    action = await asks(house, RELATED)
    await nobody_is_left(house)

    await house.sends(DANA, action, NIECE)
    await house.post_is_out()

    assert [card.title for card in house.sees(RAVI)] == ["Nobody could be told of what somebody wanted to send"]


async def test_what_is_refused_otherwise_tells_nobody(house: House) -> None:
    await seat(house, *EVERYBODY)

    await house.presses(DANA, Begin("none"))
    await house.post_is_out()

    assert not any(house.sees(one) for one in (RAVI, MARIA, NGOZI, HELEN))


async def test_where_nobody_looks_after_hallpass_the_log_says_so(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await seat(house, DANA, LEE)

    await press(house)

    assert "nobody is left who could be told" in caplog.text


async def test_whoever_has_left_meanwhile_gets_none_and_nothing_breaks(house: House) -> None:
    await nobody_is_left(house)
    await house.presses(DANA, await asks(house))
    await seat(house, DANA, LEE)

    await house.post_is_out()

    assert house.sees(RAVI) == []
