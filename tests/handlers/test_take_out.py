"""A student leaves: the permission goes on for the others, and everybody who was told of it hears so; the last one ends it."""

from dataclasses import replace

import pytest

from handlers.actions import View, Withdraw
from handlers.cards import Form
from handlers.changing import Correct, Renew, TakeOut
from handlers.ids import RequestId
from handlers.people import DistrictKey, Person
from handlers.ports import Work
from handlers.take_out import all_leave, concerned
from handlers.wording.plain import plain
from handlers.workflow.request import Request
from handlers.workflow.said import Left
from storage.amendments import SqlAmendments
from tests.house import House, button, faulty, opened, whispered
from tests.samples import DANA, HELEN, LEE, MAPLE_GROVE, MARIA, NOON, RAVI
from tests.scenes import TEAM, both_have_agreed, has_given_notice, has_sent, kept, lines, recorded, seat, takes_back

FIRST, SECOND = {"student": "0.0", "left": "activity"}, {"student": "0.1", "left": "school"}
LAST = {"student": "1.0", "left": "school"}
NEWS = "A student has left: "


def news(house: House, who: Person) -> list[str]:
    return [plain(card) for card in house.sees(who) if card.title.startswith(NEWS)]


async def form_of(house: House, who: Person, request: Request) -> Form:
    return opened(await house.presses(who, TakeOut(request.id)))


async def takes_out(house: House, who: Person, request: Request, values: dict[str, str]) -> str:
    reply = plain(whispered(await house.sends(who, TakeOut(request.id), values)))
    await house.post_is_out()
    return reply


async def test_one_leaves_and_the_permission_goes_on_for_the_other(house: House) -> None:
    request = await both_have_agreed(house)
    form = opened(await house.presses(DANA, button(house.sees(DANA)[0], "Take a student out")))
    assert form.fields[0].choices == (("0.0", "Ada Finch"), ("0.1", "Bo Reyes"))

    assert "goes on for the others" in await takes_out(house, DANA, request, SECOND)

    now = await kept(house)
    assert (now.status, now.fields, now.ends) == ("approved", TEAM | {"students": "Ada Finch"}, request.ends)
    assert [(one.name, one.left, one.by) for one in now.departures] == [("Bo Reyes", "school", DANA.id)]
    assert (await recorded(house, now))[-1] == "student_left"
    for who in (DANA, MARIA, RAVI):
        card = plain(house.sees(who)[0])
        assert "Students: Ada Finch\n" in card
        assert "Student: Bo Reyes, who has left the school" in card
    for who in (MARIA, RAVI):
        assert len(news(house, who)) == 1
        assert "The permission goes on for the others." in news(house, who)[0]
    assert news(house, DANA) == []  # she did it
    assert not any("Bo Reyes" in f"{card.title} {card.summary}" for _, card in house.chat.messages.values())


async def test_the_record_and_the_outbox_name_nobody(house: House) -> None:
    request = await both_have_agreed(house)
    await takes_out(house, DANA, request, FIRST)

    line = (await lines(house, request))[-1]
    assert (line.detail, line.before, line.after) == (
        "took out a student who has left the class or activity: still for 1",
        *["approved"] * 2,
    )
    story = plain((await house.looks(HELEN, View.records))[0])
    assert "Dana Whitlock took out a student who has left the class or activity" in story
    assert "Ada" not in story
    put = await house.store.read(lambda work: str(work.outbox.cards(request.id)))
    assert "student_left" in put
    assert "Ada" not in put


async def test_who_may_revoke_may_and_the_requester_hears_of_it(house: House) -> None:
    await both_have_agreed(house)
    card = next(card for card in house.sees(MARIA) if any(one.label == "Take a student out" for one in card.buttons))

    await house.sends(MARIA, button(card, "Take a student out"), FIRST)
    await house.post_is_out()

    assert f"By: {MARIA.name}" in news(house, DANA)[0]
    assert (await kept(house)).departures[0].by == MARIA.id
    assert len(news(house, RAVI)) == 1


async def test_the_last_one_out_ends_it_and_everybody_reads_why(house: House) -> None:
    request = await both_have_agreed(house)
    await takes_out(house, DANA, request, FIRST)

    assert "the permission has ended" in await takes_out(house, MARIA, request, LAST)

    now = await kept(house)
    assert (now.status, now.stopped_by, now.fields.get("students")) == ("ended", MARIA.id, None)
    assert now.ends is not None
    card = plain(house.sees(DANA)[0])
    assert "Ended by: " in card
    assert "the last student who was named has left" in card
    assert "Nobody else was named: the permission has ended." in news(house, DANA)[-1]
    assert "The permission goes on" not in "".join(news(house, RAVI)[1:])
    assert (await lines(house, now))[-1].after == "ended"
    for reply in (await house.presses(DANA, TakeOut(request.id)), await house.sends(MARIA, TakeOut(request.id), LAST)):
        assert "It has ended. Nothing was changed." in plain(whispered(reply))
    assert not any(one.label == "Take a student out" for card in house.sees(DANA) for one in card.buttons)


async def test_a_name_that_stood_elsewhere_on_the_list_is_not_mistaken_for_another(house: House) -> None:
    """Both have the form before them: what the second one chose is another student by now, so it is asked again."""
    request = await both_have_agreed(house)
    await takes_out(house, MARIA, request, FIRST)

    assert faulty(await house.sends(DANA, TakeOut(request.id), FIRST)) == {
        "student": "Which student has left: please choose one of the answers offered."
    }
    assert (await kept(house)).fields["students"] == "Bo Reyes"


async def test_the_same_form_twice_takes_out_one(house: House) -> None:
    request = await both_have_agreed(house)
    replies = [await house.sends(DANA, TakeOut(request.id), FIRST, delivery="once") for _ in range(2)]
    assert replies[0] == replies[1]
    assert (await kept(house)).fields["students"] == "Bo Reyes"
    await house.sends(DANA, TakeOut(request.id), LAST, delivery="last")
    assert "ended" in plain(whispered(await house.sends(DANA, TakeOut(request.id), LAST, delivery="last")))


async def test_who_may_not_is_refused_and_the_record_keeps_it_once(house: House) -> None:
    request = await both_have_agreed(house)
    for _ in range(2):
        assert "This is not yours." in plain(whispered(await house.sends(LEE, TakeOut(request.id), FIRST, delivery="once")))
    assert (await recorded(house, request)).count("refused") == 1
    assert (await lines(house, request))[-1].detail == "tried to take a student out"
    stranger = replace(MARIA, district=DistrictKey("willow"))
    assert "cannot find" in plain(whispered(await house.presses(stranger, TakeOut(request.id))))
    assert "cannot find" in plain(whispered(await house.presses(DANA, TakeOut(RequestId("none")))))
    assert (await kept(house)).departures == ()


async def test_only_a_live_permission_loses_a_student(house: House) -> None:
    request = await has_sent(house)
    assert "There is no permission yet." in plain(whispered(await house.presses(DANA, TakeOut(request.id))))
    await takes_back(house, request)
    assert "withdrawn" in plain(whispered(await house.presses(DANA, TakeOut(request.id))))
    notice = await has_given_notice(house)
    assert "cannot find" in plain(whispered(await house.presses(DANA, TakeOut(notice.id))))


async def test_one_student_alone_has_no_button_and_still_ends_it(house: House) -> None:
    request = await has_sent(house)
    await house.sends(DANA, Correct(request.id), TEAM | {"students": "Ada Finch"})
    await both_decide(house)
    assert [one.label for one in house.sees(DANA)[0].buttons] == ["Renew", "Give it back"]

    assert "the permission has ended" in await takes_out(house, DANA, request, FIRST)


async def both_decide(house: House) -> None:
    await house.post_is_out()
    await house.presses(MARIA, button(house.sees(MARIA)[0], "Approve"))
    await house.post_is_out()
    await house.presses(RAVI, button(house.sees(RAVI)[0], "Approve"))
    await house.post_is_out()


async def test_what_is_wrong_or_gone_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await both_have_agreed(house)
    assert set(faulty(await house.sends(DANA, TakeOut(request.id), {}))) == {"student", "left"}
    pack = house.packs.get(MAPLE_GROVE).model_copy(update={"processes": {}})
    with monkeypatch.context() as patched:
        patched.setattr(type(house.packs), "get", lambda *_: pack)
        assert whispered(await house.presses(DANA, TakeOut(request.id))).title == "No student is named here."
        assert not any(one.label == "Take a student out" for one in (await house.looks(DANA, View.mine))[-1].buttons)
    monkeypatch.setattr(SqlAmendments, "take_out", lambda *_: False)
    assert "Nothing was changed" in await takes_out(house, DANA, request, FIRST)


async def test_whoever_leaves_the_form_sees_the_card_as_it_is(house: House) -> None:
    request = await both_have_agreed(house)
    assert (await house.desk.again(TakeOut(request.id), DANA)) is not None
    assert plain(whispered(await house.desk.again(TakeOut(request.id), DANA))) == plain(house.sees(DANA)[0])


async def test_who_has_left_the_directory_is_not_told(house: House) -> None:
    request = await both_have_agreed(house)
    await seat(house, DANA, RAVI, HELEN, LEE)

    await takes_out(house, DANA, request, FIRST)

    assert news(house, MARIA) == []
    assert len(news(house, RAVI)) == 1


async def test_a_renewal_asks_for_those_who_are_left(house: House) -> None:
    request = await both_have_agreed(house)
    await takes_out(house, DANA, request, FIRST)

    form = opened(await house.presses(DANA, Renew(request.id)))

    assert {field.name: field.value for field in form.fields}["students"] == "Bo Reyes"


# A list of those who have left


def several(work: Work, *requests: Request) -> tuple[Request, ...]:
    return work.requests.several([one.id for one in requests])


def left_by_list(work: Work, house: House, names: tuple[str, ...], only: tuple[RequestId, ...] = ()) -> list[int]:
    pack = house.packs.get(MAPLE_GROVE)
    found = concerned(work, pack, names, only, NOON)
    for one in found:
        all_leave(work, pack, one, Left.school, NOON)
    return [len(one.gone) for one in found]


async def test_a_list_takes_them_out_of_every_live_permission_however_they_are_written(house: House) -> None:
    first = await both_have_agreed(house)
    second = await both_have_agreed(house)
    waits = await has_sent(house)

    assert await house.store.write(left_by_list, house, ("finch,  ADA", "Nobody Known")) == [1, 1]
    await house.post_is_out()

    for request, names in ((first, "Bo Reyes"), (second, "Bo Reyes"), (waits, TEAM["students"])):
        (now,) = await house.store.read(several, request)
        assert now.fields["students"] == names
    assert len(news(house, DANA)) == 2
    assert "By: an administrator" in news(house, DANA)[0]
    assert await house.store.write(left_by_list, house, ("Ada Finch",)) == []


async def test_a_list_can_mean_one_permission_and_may_end_it(house: House) -> None:
    first = await both_have_agreed(house)
    second = await both_have_agreed(house)

    assert await house.store.write(left_by_list, house, ("Ada Finch", "Bo Reyes"), (first.id,)) == [2]

    assert [one.status for one in await house.store.read(several, first, second)] == ["ended", "approved"]
    await house.presses(DANA, Withdraw(second.id))
    assert await house.store.write(left_by_list, house, ("Ada Finch",)) == []


async def test_a_list_stops_where_somebody_was_first(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await both_have_agreed(house)
    monkeypatch.setattr(SqlAmendments, "take_out", lambda *_: False)
    await house.store.write(left_by_list, house, ("Ada Finch", "Bo Reyes"))
    assert (await kept(house)).departures == ()
