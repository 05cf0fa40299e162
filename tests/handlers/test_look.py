"""What a person can look up: her own, what waits for her, and the record for those who keep it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.actions import Done, View
from handlers.look import OVER
from handlers.people import Person, Role, Seat
from handlers.ports import Work
from handlers.wording.plain import plain
from handlers.workflow.request import Request, Status
from storage.directory import SqlDirectory
from tests.house import House
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, NOON, RAVI, a_person, a_request
from tests.scenes import (
    ADDRESS,
    TEAM,
    both_have_agreed,
    denies,
    hands_in,
    has_given_notice,
    has_sent,
    one_has_agreed,
    seat,
    takes_back,
)

TOM = a_person("tom", "Tom Baker", Seat(Role.building_principal, "Elm Street School"))  # a principal of another school


async def test_she_sees_her_own_requests_and_nobody_elses(house: House) -> None:
    await has_sent(house)
    await has_sent(house, LEE)

    assert [card.title for card in await house.looks(DANA, View.mine)] == ["Your request: “Permission to text from your own phone”"]


async def test_she_sees_where_it_stands_and_what_she_still_owes(house: House) -> None:
    await both_have_agreed(house)

    assert [card.title for card in await house.looks(DANA, View.mine)] == [
        "To do: Copy your supervisor on every message",
        "To do: Hand in the number you use",
        "Your request: “Permission to text from your own phone”",
    ]


async def test_what_is_done_is_no_longer_owed(house: House) -> None:
    request = await both_have_agreed(house)
    await house.presses(DANA, Done(request.duties[0].id))
    await hands_in(house, request)

    assert [card.title for card in await house.looks(DANA, View.mine)] == ["Your request: “Permission to text from your own phone”"]


async def test_the_newest_comes_first(house: House) -> None:
    await has_sent(house)
    await has_given_notice(house)

    assert [card.title[:11] for card in await house.looks(DANA, View.mine)] == ["Your notice", "Your reques"]


async def test_of_what_is_over_the_newest_are_shown_and_it_is_said_where_the_others_are(house: House) -> None:
    def many(work: Work) -> None:
        work.requests.add(a_request("waits"))
        for number in range(OVER + 5):
            work.requests.add(replace(a_request(f"over{number}"), status=Status.denied))

    await house.store.write(many)

    *shown, waits, last = await house.looks(DANA, View.mine)
    assert len(shown) == OVER
    assert "Waiting for a decision" in plain(waits)
    assert "ask the superintendent" in plain(last)
    drawn = [card.title for section in (await house.desk.home(DANA)) for card in section.cards]
    assert len([title for title in drawn if title.startswith("Your request")]) == OVER + 1


async def test_the_inbox_holds_what_waits_for_whom_and_when(house: House) -> None:
    await has_sent(house)
    assert [len(await house.looks(who, View.inbox)) for who in (MARIA, RAVI, LEE, DANA)] == [1, 0, 0, 0]
    assert [one.label for one in (await house.looks(MARIA, View.inbox))[0].buttons] == [
        "Approve",
        "Deny",
        "Approve with changes",
        "Give away",
        "Ask a question",
        "Ask somebody else to decide",
    ]


async def test_the_inbox_moves_on_with_the_stages(house: House) -> None:
    await one_has_agreed(house)

    assert [len(await house.looks(who, View.inbox)) for who in (MARIA, RAVI)] == [0, 1]


@pytest.mark.parametrize("ends", [denies, takes_back], ids=["denied", "withdrawn"])
async def test_what_is_over_waits_for_nobody(house: House, ends: Callable[[House, Request], Awaitable[None]]) -> None:
    await ends(house, await has_sent(house))

    assert [len(await house.looks(who, View.inbox)) for who in (MARIA, RAVI)] == [0, 0]


async def test_the_principal_finds_the_parents_duty_and_the_address_in_her_inbox(house: House) -> None:
    await hands_in(house, await both_have_agreed(house))

    assert [card.title for card in await house.looks(MARIA, View.inbox)] == [
        "To do: Inform the parents",
        "Done by Dana Whitlock: “Hand in the number you use”",
    ]


async def test_a_principal_of_another_school_reads_nothing_of_it(house: House) -> None:
    await seat(house, *EVERYBODY, TOM)
    await hands_in(house, await both_have_agreed(house))

    assert await house.looks(TOM, View.inbox) == ()


async def test_what_was_handed_in_by_who_has_left_keeps_its_name(house: House) -> None:
    await hands_in(house, await both_have_agreed(house))
    await seat(house, *(person for person in EVERYBODY if person is not DANA))

    assert ADDRESS["url"] in plain((await house.looks(HELEN, View.records))[0])
    assert (await house.looks(RAVI, View.inbox))[-1].title == "Done by Dana Whitlock: “Hand in the number you use”"


async def test_what_was_handed_in_by_nobody_knows_whom_is_in_the_records_only(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await hands_in(house, await both_have_agreed(house))
    await seat(house, *(person for person in EVERYBODY if person is not DANA))
    monkeypatch.setattr(SqlDirectory, "get", lambda *_: None)

    assert not [card for card in await house.looks(RAVI, View.inbox) if card.title.startswith("Done by")]
    assert ADDRESS["url"] in plain((await house.looks(HELEN, View.records))[0])


@pytest.mark.parametrize("who", [DANA, LEE, MARIA, NGOZI, RAVI], ids=lambda who: who.name)
async def test_the_records_are_for_those_who_keep_them(house: House, who: Person) -> None:
    await has_sent(house)

    (card,) = await house.looks(who, View.records)

    assert card.title == "The records are kept by the records office."
    assert "Dana Whitlock" not in plain(card)


async def test_the_records_tell_every_story_to_its_end(house: House) -> None:
    request = await one_has_agreed(house)
    await denies(house, request, RAVI, stage=1)

    (story,) = await house.looks(HELEN, View.records)

    told = plain(story)
    assert told.index("Dana Whitlock sent the request") < told.index("Maria Ortiz approved it") < told.index("Ravi Menon denied it")
    assert "Reason: The team has an app" in told


async def test_the_records_name_who_has_left(house: House) -> None:
    await one_has_agreed(house)
    await seat(house, HELEN)

    told = plain((await house.looks(HELEN, View.records))[0])

    assert "Maria Ortiz approved it" in told
    assert "From: Dana Whitlock" in told


async def test_what_is_old_and_still_waits_is_not_lost_behind_what_is_new(house: House) -> None:
    await has_sent(house)
    await house.store.write(many_more)

    assert len(await house.looks(MARIA, View.inbox)) == 1
    assert len(await house.looks(DANA, View.mine)) == 1


async def test_the_records_show_the_newest_and_say_that_there_are_more(house: House) -> None:
    await house.store.write(many_more)

    first, *stories = await house.looks(HELEN, View.records)

    assert first.title == "These are the newest 200 requests."
    assert len(stories) == 200


async def test_the_records_show_what_was_asked_for_and_no_students_name(house: House) -> None:
    await both_have_agreed(house)

    (story,) = await house.looks(HELEN, View.records)

    told = plain(story)
    assert "Reason: Bus times change during the day" in told
    assert "Students: named in the request" in told
    assert not any(student in told for student in TEAM["students"].splitlines())
    assert "Maria Ortiz approved it as building principal" in told
    assert "Ravi Menon approved it for the technology department" in told


async def test_the_records_are_empty_until_something_happens(house: House) -> None:
    assert [card.title for card in await house.looks(HELEN, View.records)] == ["No requests yet."]


async def test_every_view_can_be_read_after_the_pack_has_dropped_a_form(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await hands_in(house, await both_have_agreed(house))
    changed = house.packs.get(MAPLE_GROVE).model_copy(update={"processes": {}, "rules": house.packs.get(MAPLE_GROVE).rules[:1]})
    monkeypatch.setattr(house.packs, "get", lambda district: changed)

    for who in EVERYBODY:
        for view in View:
            await house.looks(who, view)
    assert "A request under earlier rules" in plain((await house.looks(HELEN, View.records))[0])


def many_more(work: Work) -> None:
    """A busy district: more requests of a colleague's than any page shows, all of them over."""
    for number in range(501):
        work.requests.add(replace(a_request(f"x{number}", requester=LEE), status=Status.withdrawn, stages=(), process="own-phone"))


async def test_the_record_says_that_a_permission_has_ended_once_its_last_day_is_over(house: House) -> None:
    request = await both_have_agreed(house)
    await house.store.write(lambda work: work.requests.stop(replace(request, ends=NOON - timedelta(days=1))))

    (story,) = await house.looks(HELEN, View.records)

    assert "Status: Ended" in plain(story)
