"""Somebody names who decides beside them for some days: asked of what waits, recorded with each decision, and over by itself."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.loops import Courier
from handlers.actions import Approve, EndStandIn, NameStandIn, View
from handlers.cards import Card
from handlers.days import begins
from handlers.people import Person, Platform, Role, Seat, StandInId
from handlers.wording.plain import plain
from storage.work import open_store
from tests.house import House, button, faulty, opened, whispered
from tests.samples import DANA, HELEN, LEE, MARIA, NGOZI, RAVI, SCHOOL
from tests.scenes import has_sent, kept, lines, one_has_agreed, recorded, seat, takes_back

THIS_WEEK = {"person": NGOZI.id, "starts": "2026-03-02", "ends": "2026-03-06"}


async def names(house: House, who: Person = MARIA, values: dict[str, str] = THIS_WEEK, delivery: str = "") -> Card:
    """Somebody names a stand-in; what they read, once the cards are out."""
    card = whispered(await house.sends(who, NameStandIn(who.id), values, delivery))
    await house.post_is_out()
    return card


async def test_nobody_stands_in_until_somebody_is_named(house: House) -> None:
    card = await house.desk.standing(MARIA)
    assert card.title == "Nobody stands in for you."

    form = opened(await house.presses(MARIA, button(card, "Name")))
    person, starts, ends = form.fields
    assert person.choices == ((HELEN.id, HELEN.name), (NGOZI.id, NGOZI.name), (RAVI.id, RAVI.name))
    assert (starts.value, ends.value, "At most 60 days (district setting)" in ends.hint) == ("2026-03-02", "", True)

    assert (await names(house)).title == "Ngozi Okafor stands in for you until March 6, 2026."
    assert (await house.desk.standing(MARIA)).title == "Ngozi Okafor stands in for you until March 6, 2026."


async def test_what_waits_goes_to_the_stand_in_at_once(house: House) -> None:
    await has_sent(house)

    await names(house)

    assert len(house.sees(NGOZI)) == len(await house.looks(NGOZI, View.inbox)) == 1
    assert "Ngozi Okafor stands in for Maria Ortiz until March 6, 2026: either of them may decide." in plain(house.sees(MARIA)[-1])
    assert "or Ngozi Okafor, in place of Maria Ortiz until March 6, 2026" in plain(house.sees(DANA)[-1])


async def test_what_is_sent_later_is_asked_of_both(house: House) -> None:
    await names(house)

    await has_sent(house)

    assert len(house.sees(NGOZI)) == len(house.sees(MARIA)) == 1


async def test_the_next_stage_is_asked_of_its_stand_in(house: House) -> None:
    await names(house, RAVI)

    await one_has_agreed(house)

    assert len(house.sees(NGOZI)) == len(house.sees(RAVI)) == 1


async def test_the_stand_in_decides_and_the_record_says_in_whose_place(house: House) -> None:
    request = await has_sent(house)
    await names(house)

    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "Approved."
    await house.post_is_out()

    asked = "in place of Maria Ortiz, who asked Ngozi Okafor to stand in until March 6, 2026"
    assert (await lines(house, request))[-1].detail == asked
    assert f"Approved by: Ngozi Okafor, {asked}" in plain(house.sees(MARIA)[-1])
    assert f"Ngozi Okafor approved it, {asked}" in plain((await house.looks(HELEN, View.records))[0])


async def test_what_was_decided_in_her_place_stays_so_when_it_is_over(house: House) -> None:
    request = await has_sent(house)
    await names(house)
    await house.presses(NGOZI, Approve(request.stages[0].id))

    await house.presses(MARIA, button(await house.desk.standing(MARIA), "End"))

    (story,) = await house.looks(HELEN, View.records)
    assert "in place of Maria Ortiz" in plain(story)


async def test_who_stood_in_decides_nothing_once_it_is_ended(house: House) -> None:
    request = await has_sent(house)
    await names(house)

    assert whispered(await house.presses(MARIA, button(await house.desk.standing(MARIA), "End"))).title == "It has ended."
    await house.post_is_out()

    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "This is not yours."
    assert "Ngozi" not in plain(house.sees(DANA)[-1])
    assert (await kept(house)).stages[0].status == "open"


async def test_who_comes_too_late_as_a_stand_in_reads_that_it_is_over(house: House) -> None:
    request = await has_sent(house)
    await names(house)
    await house.presses(MARIA, Approve(request.stages[0].id))

    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "This one was already answered."


async def test_ending_it_twice_says_that_it_was_over_and_a_repeated_press_does_not(house: House) -> None:
    await names(house)
    end = button(await house.desk.standing(MARIA), "End")

    titles = [whispered(await house.presses(MARIA, end, delivery)).title for delivery in ("one", "one", "two")]

    assert titles == ["It has ended.", "It has ended.", "Nobody stands in for you any more."]


async def test_an_old_button_does_not_end_the_new_stand_in(house: House) -> None:
    await names(house)
    old = button(await house.desk.standing(MARIA), "End")
    await names(house, values=THIS_WEEK | {"person": HELEN.id})

    assert whispered(await house.presses(MARIA, old)).title == "Nobody stands in for you any more."
    assert (await house.desk.standing(MARIA)).title.startswith("Helen Brandt")


async def test_naming_somebody_else_takes_the_first_one_off(house: House) -> None:
    request = await has_sent(house)
    await names(house)

    await names(house, values=THIS_WEEK | {"person": HELEN.id})

    assert "or Helen Brandt, in place of Maria Ortiz" in plain(house.sees(DANA)[-1])
    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "This is not yours."


async def test_nobody_ends_or_names_for_somebody_else(house: House) -> None:
    await names(house)
    end = button(await house.desk.standing(MARIA), "End")

    assert whispered(await house.presses(LEE, end)).title == "Nobody stands in for you any more."
    assert whispered(await house.presses(LEE, NameStandIn(MARIA.id))).title == "I cannot find that for you."
    assert whispered(await house.sends(LEE, NameStandIn(MARIA.id), THIS_WEEK)).title == "I cannot find that for you."
    assert whispered(await house.sends(MARIA, EndStandIn(StandInId("i1")), {})).title == "I cannot find that for you."
    assert (await house.desk.standing(MARIA)).title.startswith("Ngozi Okafor stands in")


@pytest.mark.parametrize(
    ("values", "at_fault"),
    [
        ({"starts": "2026-03-01"}, "starts"),
        ({"ends": "2026-03-01"}, "ends"),
        ({"ends": "2026-05-01"}, "ends"),
        ({"ends": ""}, "ends"),
        ({"person": MARIA.id}, "person"),
        ({"person": DANA.id}, "person"),
    ],
    ids=["gone", "backwards", "too-long", "no-end", "herself", "no-part-in-it"],
)
async def test_what_cannot_be_taken_is_said_at_its_field(house: House, values: dict[str, str], at_fault: str) -> None:
    faults = faulty(await house.sends(MARIA, NameStandIn(MARIA.id), THIS_WEEK | values))

    assert list(faults) == [at_fault]
    assert (await house.desk.standing(MARIA)).title == "Nobody stands in for you."


async def test_the_longest_that_the_district_allows_is_taken(house: House) -> None:
    assert (await names(house, values=THIS_WEEK | {"ends": "2026-04-30"})).title.endswith("until April 30, 2026.")


async def test_a_form_that_comes_twice_names_once(house: House) -> None:
    assert [(await names(house, delivery="twice")).title for _ in range(2)] == ["Ngozi Okafor stands in for you until March 6, 2026."] * 2


async def test_where_nobody_could_stand_in_that_is_said(house: House) -> None:
    await seat(house, DANA, MARIA)

    assert whispered(await house.presses(MARIA, NameStandIn(MARIA.id))).title == "Nobody could stand in for you."
    assert whispered(await house.sends(MARIA, NameStandIn(MARIA.id), THIS_WEEK)).title == "Nobody could stand in for you."


async def test_nobody_decides_their_own_request_by_standing_in(house: House) -> None:
    ngozis = await has_sent(house, NGOZI)
    await names(house)

    assert whispered(await house.presses(NGOZI, Approve(ngozis.stages[0].id))).title == "Nobody decides their own request."
    assert await house.looks(NGOZI, View.inbox) == ()


async def test_two_stages_need_two_people_also_where_one_stands_in_for_both(house: House) -> None:
    await names(house)
    await names(house, RAVI)
    request = await has_sent(house)
    await house.presses(NGOZI, Approve(request.stages[0].id))
    await house.post_is_out()

    assert whispered(await house.presses(NGOZI, Approve(request.stages[1].id))).title == "Two different people have to agree."
    assert len(house.sees(RAVI)) == 1
    assert await recorded(house, request) == ["sent", "approved", "refused"]


async def test_who_alone_decides_the_next_stage_is_not_asked_about_this_one(house: House) -> None:
    await names(house, values=THIS_WEEK | {"person": RAVI.id})
    request = await has_sent(house)

    assert house.sees(RAVI) == []
    assert whispered(await house.presses(RAVI, Approve(request.stages[0].id))).title == "This is not yours."


async def test_a_stand_ins_stand_in_is_not_asked(house: House) -> None:
    await names(house)
    await names(house, NGOZI, THIS_WEEK | {"person": HELEN.id})
    request = await has_sent(house)

    assert house.sees(HELEN) == []
    assert whispered(await house.presses(HELEN, Approve(request.stages[0].id))).title == "This is not yours."


async def test_two_who_stand_in_for_each_other_are_no_circle(house: House) -> None:
    await names(house)
    await names(house, NGOZI, THIS_WEEK | {"person": HELEN.id})
    await names(house, HELEN, THIS_WEEK | {"person": NGOZI.id})

    request = await has_sent(house)

    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "Approved."


@pytest.mark.parametrize("gone", [MARIA, NGOZI], ids=["who-named", "who-was-named"])
async def test_who_has_left_neither_decides_nor_lets_decide(house: House, gone: Person) -> None:
    await names(house)
    request = await has_sent(house)
    ada = replace(LEE, seats=(Seat(Role.building_principal, SCHOOL),))
    await seat(house, DANA, ada, RAVI, HELEN, *(one for one in (MARIA, NGOZI) if one is not gone))

    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "This is not yours."


async def test_what_has_been_withdrawn_is_asked_of_nobody(house: House) -> None:
    await takes_back(house, await has_sent(house))

    await names(house)

    assert house.sees(NGOZI) == []


@contextlib.asynccontextmanager
async def on(house: House, folder: Path, day: str) -> AsyncIterator[House]:
    """The same house at the first moment of another day."""
    moment = begins(date.fromisoformat(day), "America/Chicago")
    store = await open_store(f"sqlite:///{folder}/house.db", lambda: moment)
    desk = replace(house.desk, store=store, clock=lambda: moment)
    yield replace(house, store=store, desk=desk, courier=Courier(store, house.packs, {Platform.web: house.chat}, lambda: moment))
    await store.close()


async def test_days_that_lie_ahead_count_for_nothing_yet_and_the_cards_go_out_when_they_come(house: House, tmp_path: Path) -> None:
    request = await has_sent(house)
    await names(house, values=THIS_WEEK | {"starts": "2026-03-04"})
    assert (house.sees(NGOZI), await house.looks(NGOZI, View.inbox)) == ([], ())
    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "This is not yours."
    assert "It counts from March 4, 2026." in plain(await house.desk.standing(MARIA))

    async with on(house, tmp_path, "2026-03-04") as then:
        running = asyncio.create_task(then.courier.run())
        async with asyncio.timeout(10):
            while not house.sees(NGOZI):  # noqa: ASYNC110  # the courier looks by itself
                await asyncio.sleep(0.02)
        then.courier.stop()
        await running
        assert whispered(await then.presses(NGOZI, Approve(request.stages[0].id))).title == "Approved."


async def test_after_the_last_day_it_is_over_by_itself(house: House, tmp_path: Path) -> None:
    request = await has_sent(house)
    await names(house)

    async with on(house, tmp_path, "2026-03-07") as then:
        assert (await then.desk.standing(MARIA)).title == "Nobody stands in for you."
        assert whispered(await then.presses(NGOZI, Approve(request.stages[0].id))).title == "This is not yours."
        assert "Ngozi" not in plain((await then.looks(DANA, View.mine))[0])


async def test_a_naming_that_comes_again_later_names_nobody_anew(house: House) -> None:
    await names(house, delivery="first")
    await names(house, values=THIS_WEEK | {"person": RAVI.id}, delivery="second")

    assert (await names(house, delivery="first")).title == "Ravi Menon stands in for you until March 6, 2026."

    await house.presses(MARIA, button(await house.desk.standing(MARIA), "End"))
    assert (await names(house, delivery="first")).title == "Nobody stands in for you any more."
    assert (await house.desk.standing(MARIA)).title == "Nobody stands in for you."
