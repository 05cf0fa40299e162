"""Time passes on both databases: who is asked is reminded, then others are asked, then it is over; permissions end, duties are due."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.actions import Approve, Done, Reassign, Take, Withdraw
from handlers.cards import Card, Note, Text
from handlers.changing import AnswerMore, AskMore, Renew
from handlers.people import HALLPASS, DistrictKey, Person, Role, Seat
from handlers.policy.times import Times
from handlers.ports import Work
from handlers.timing import take_up
from handlers.workflow.request import Request, Status, Waits
from tests.districts import PACKS
from tests.handlers.conftest import a_house
from tests.house import House, button, opened, whispered
from tests.samples import DANA, EVERYBODY, HELEN, MAPLE_GROVE, MARIA, RAVI, a_person, a_request
from tests.scenes import TEAM, all_kept, both_have_agreed, denies, has_sent, kept, lines, recorded, seat

# NOON is Monday, March 2, 2026, six in the morning in Chicago: the hours begin at seven.
ZONE = ZoneInfo("America/Chicago")
SENT = datetime(2026, 3, 2, 7, tzinfo=ZONE)
REMINDED, AGAIN = datetime(2026, 3, 4, 7, tzinfo=ZONE), datetime(2026, 3, 6, 7, tzinfo=ZONE)
ESCALATED, LAPSED = datetime(2026, 3, 9, 7, tzinfo=ZONE), datetime(2026, 3, 30, 7, tzinfo=ZONE)
GIVEN, GIVEN_ESCALATED = datetime(2026, 3, 3, 12, tzinfo=ZONE), datetime(2026, 3, 10, 13, tzinfo=ZONE)
MINUTE = timedelta(minutes=1)
PIET = a_person("piet", "Piet Vos", Seat(Role.building_principal, "Maple Grove West"))


@pytest.fixture
async def house(url: str, tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path, url) as house:
        yield house


def titles(house: House, who: Person) -> list[str]:
    return [card.title for card in house.sees(who)]


def notes(card: Card) -> list[str]:
    return [block.text for block in card.blocks if isinstance(block, Note | Text)]


async def by_hallpass(house: House, request: Request) -> list[str]:
    return [line.what for line in await lines(house, request) if line.who == HALLPASS]


async def test_whoever_decides_is_reminded_after_two_school_days_and_again_with_the_same_buttons(house: House) -> None:
    request = await has_sent(house)

    await house.until(REMINDED - MINUTE)
    before = titles(house, MARIA)
    await house.until(REMINDED)
    card = house.sees(MARIA)[-1]
    await house.until(AGAIN)

    assert len(before) == 1
    assert card.title == "Reminder: Dana Whitlock waits for your decision: “Permission to text from your own phone”"
    assert card.buttons == house.sees(MARIA)[0].buttons
    assert card.blocks[:-1] == house.sees(MARIA)[0].blocks  # nobody approves what they do not see
    assert not any(student in card.summary for student in TEAM["students"].splitlines())
    assert len(titles(house, MARIA)) == 3
    assert await by_hallpass(house, request) == ["reminded", "reminded"]


async def test_a_reminder_is_decided_like_the_first_card_and_both_show_it(house: House) -> None:
    request = await has_sent(house)
    await house.until(REMINDED)

    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()

    assert [card.buttons for card in house.sees(MARIA)] == [(), ()]
    assert titles(house, MARIA)[1] == "Approved, not final yet: “Permission to text from your own phone”"


async def test_after_five_school_days_the_fallback_is_asked_beside_the_others_and_everybody_sees_it(house: House) -> None:
    request = await has_sent(house)

    for at in (REMINDED, AGAIN, ESCALATED):
        await house.until(at)

    assert titles(house, HELEN) == ["Dana Whitlock asks for your decision: “Permission to text from your own phone”"]
    assert "Helen Brandt" in str(house.sees(DANA)[0])
    assert "Helen Brandt" in str(house.sees(MARIA)[0])
    (line,) = [line for line in await lines(house, request) if line.what == "escalated"]
    assert line.detail == "asked Helen Brandt to decide, too, because nobody had (district setting)"

    await house.presses(HELEN, Approve(request.stages[0].id))
    await house.post_is_out()
    assert (await kept(house)).stages[0].decided_by == HELEN.id


async def test_where_the_fallback_decides_anyway_nobody_else_is_asked(house: House) -> None:
    await seat(house, *(one for one in EVERYBODY if one is not MARIA))
    request = await has_sent(house)

    await house.until(ESCALATED)

    assert "escalated" not in await recorded(house, request)


async def test_after_twenty_school_days_it_lapses_and_everybody_is_told(house: House) -> None:
    request = await has_sent(house)
    await house.until(LAPSED - MINUTE)
    assert (await kept(house)).status is Status.pending

    await house.until(LAPSED)

    assert (await kept(house)).status is Status.lapsed
    assert (await lines(house, request))[-1].what == "lapsed"
    for who in (DANA, MARIA, HELEN):
        assert titles(house, who)[-1] == "Lapsed: “Permission to text from your own phone”"
    assert not any(card.buttons for who in (MARIA, HELEN) for card in house.sees(who))
    assert [[one.label for one in card.buttons] for card in house.sees(DANA)] == [["Ask again"], ["Ask again"]]
    assert "You may not go ahead." in notes(house.sees(DANA)[-1])[0]

    reply = whispered(await house.presses(MARIA, Approve(request.stages[0].id)))
    assert (reply.title, notes(reply)) == ("This one is closed.", ["Nobody answered in the district's time. Nothing was changed."])
    await house.time_passes(timedelta(days=90))
    assert (await kept(house)).status is Status.lapsed


async def test_what_lapsed_is_asked_for_again_with_the_form_filled_in_and_stays_lapsed(house: House) -> None:
    request = await has_sent(house)
    await house.until(LAPSED)
    again = button(house.sees(DANA)[-1], "Ask again")

    form = opened(await house.presses(DANA, again))
    assert {field.name: field.value for field in form.fields if field.name in TEAM} == TEAM
    assert "What lapsed stays so." in str(form.blocks)
    await house.sends(DANA, again, TEAM)
    await house.post_is_out()

    new, old = (await all_kept(house))[:2]
    assert (new.status, new.renews, old.id, old.status) == (Status.pending, request.id, request.id, Status.lapsed)
    assert new.stages[0].waits is not None
    assert "renews an earlier request" in str(house.sees(MARIA)[-1])
    assert whispered(await house.presses(MARIA, again)).title == "I cannot find that for you."


async def test_the_second_to_decide_has_the_whole_time_again(house: House) -> None:
    request = await has_sent(house)
    await house.until(LAPSED - timedelta(days=3))
    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()

    await house.until(LAPSED + timedelta(days=2))

    assert (await kept(house)).status is Status.pending
    assert [title for title in titles(house, RAVI) if title.startswith("Reminder")]
    await house.time_passes(timedelta(days=30))
    assert (await kept(house)).status is Status.lapsed


@pytest.mark.parametrize("how", ["denied", "withdrawn"])
async def test_what_is_over_is_left_alone(house: House, how: str) -> None:
    request = await has_sent(house)
    if how == "denied":
        await denies(house, request)
    else:
        await house.presses(DANA, Withdraw(request.id))

    await house.time_passes(timedelta(days=60))

    assert (await kept(house)).status == how
    assert await by_hallpass(house, request) == []


async def test_whoever_got_it_has_the_time_of_anybody_and_it_lapses_when_it_was_said_to(house: House) -> None:
    """The reminders follow whoever has it; what the requester was told of the end stays."""
    await seat(house, *EVERYBODY, PIET)
    request = await has_sent(house)
    await house.until(GIVEN)
    await house.sends(MARIA, Reassign(request.stages[0].id), {"person": PIET.id, "reason": "His team"})

    await house.until(ESCALATED)  # of Maria's time: nothing is left of it
    between = (await by_hallpass(house, request), titles(house, MARIA)[1:], titles(house, HELEN))
    await house.until(GIVEN_ESCALATED)
    then = titles(house, HELEN)
    await house.until(LAPSED)

    assert between == (["reminded"], [], [])
    assert {line.detail for line in (await lines(house, request))[:4] if line.what == "reminded"} == {"reminded Piet Vos"}
    assert len(then) == 1
    assert (await kept(house)).status is Status.lapsed
    assert [title for title in titles(house, MARIA) if "Reminder" in title] == []


async def test_the_requester_is_told_what_happens_when_and_that_the_district_chose_it(house: House) -> None:
    await has_sent(house)

    assert notes(house.sees(DANA)[0])[0] == (
        "If nobody decides: whoever decides is reminded on Wednesday, March 4, 2026, the superintendent or designee is asked, too, on"
        " Monday, March 9, 2026 and the request lapses on Monday, March 30, 2026 (district setting)."
    )
    assert notes(house.sees(MARIA)[0])[-1] == ("If nobody decides before Monday, March 30, 2026, the request lapses (district setting).")


async def test_imported_holidays_count_and_what_was_said_stays(house: House) -> None:
    before = await has_sent(house)
    await house.store.write(lambda work: work.calendars.keep(MAPLE_GROVE, {date(2026, 3, 4): "Founders' day"}))

    after = await has_sent(house)

    assert before.stages[0].waits == Waits(REMINDED, ESCALATED, LAPSED)
    assert after.stages[0].waits == Waits(*(at + timedelta(days=1) for at in (REMINDED, ESCALATED, LAPSED)))
    assert await house.store.read(lambda work: work.calendars.of(MAPLE_GROVE)) == {date(2026, 3, 4): "Founders' day"}
    await house.store.write(lambda work: work.calendars.keep(MAPLE_GROVE, {}))
    assert await house.store.read(lambda work: work.calendars.of(MAPLE_GROVE)) == {}


async def with_times(house: House, monkeypatch: pytest.MonkeyPatch, **chosen: object) -> None:
    """As if the district's settings said so."""
    pack = house.packs.get(MAPLE_GROVE)
    other = pack.model_copy(update={"settings": pack.settings.model_copy(update={"time": Times(**chosen)})})
    monkeypatch.setattr(house.packs, "get", lambda _: other)


async def test_a_district_that_wants_none_of_it_has_none(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await with_times(house, monkeypatch, remind_after=0, escalate_after=0, lapse_after=0)
    request = await has_sent(house)

    await house.time_passes(timedelta(days=400))

    assert request.stages[0].waits is None
    assert await by_hallpass(house, request) == []
    assert not any("nobody decides" in note for who in (DANA, MARIA) for card in house.sees(who) for note in notes(card))


async def test_without_a_last_reminder_they_go_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await with_times(house, monkeypatch, escalate_after=0, lapse_after=0)
    request = await has_sent(house)

    for _ in range(30):
        await house.time_passes(timedelta(days=1))

    assert await by_hallpass(house, request) == ["reminded"] * 11


async def test_what_waited_before_there_were_such_times_waits_from_now_on(house: House) -> None:
    await house.store.write(lambda work: work.requests.add(a_request()))
    await house.time_passes(timedelta(days=40))

    for _ in range(2):
        await house.store.write(take_up, house.packs, house.now)
    first = (await kept(house)).stages[0].waits
    await house.time_passes(timedelta(days=4))

    assert first is not None
    assert (await kept(house)).status is Status.pending
    assert await by_hallpass(house, a_request()) == ["reminded"]


async def test_every_district_whose_requests_wait_is_given_its_times_and_one_without_a_pack_is_left_alone(house: House) -> None:
    elsewhere = [replace(a_request(key), district=DistrictKey(key)) for key in ("chsd-230", "oak-hill")]

    def add(work: Work) -> None:
        for one in elsewhere:
            work.requests.add(one)

    await house.store.write(add)
    await house.store.write(take_up, PACKS, house.now)

    found = await house.store.read(lambda work: work.requests.several([one.id for one in elsewhere]))
    assert [one.stages[0].waits is not None for one in found] == [True, False]


# A question waits for its answer

ANSWERED = datetime(2026, 3, 18, 9, tzinfo=ZONE)
STILL = (
    "A question waits for its answer: until then nobody is reminded, and the district’s time stands still. Without an answer the request"
    " lapses 20 school days after the question (district setting)."
)


async def asked_more(house: House, request: Request, who: Person = MARIA) -> AnswerMore:
    """Somebody who may decide asks Dana something; her card is out."""
    await house.sends(who, AskMore(request.stages[0].id), {"question": "Which team?"})
    await house.post_is_out()
    return next(one.action for card in reversed(house.sees(DANA)) for one in card.buttons if isinstance(one.action, AnswerMore))


async def test_while_a_question_waits_nobody_is_reminded_nor_asked_and_every_card_says_so(house: House) -> None:
    request = await has_sent(house)
    await house.until(REMINDED)
    await asked_more(house, request)

    await house.until(ANSWERED)

    assert await by_hallpass(house, request) == ["reminded"]
    assert house.sees(HELEN) == []
    assert all(STILL in notes(card) for card in house.sees(MARIA))
    assert [STILL in notes(card) for card in house.sees(DANA)] == [True, True]


async def test_with_the_answer_the_time_goes_on_by_as_many_school_days(house: House) -> None:
    request = await has_sent(house)
    await house.until(REMINDED)
    question = await asked_more(house, request)  # on Wednesday
    await house.until(ANSWERED)  # on Wednesday two weeks later

    await house.sends(DANA, question, {"reply": "Varsity"})
    await house.post_is_out()

    later = timedelta(days=15)  # eleven school days: the weekends between
    now = (await kept(house)).stages[0].waits
    assert now is not None
    assert now.remind is not None
    assert now.remind.astimezone(ZONE).date() == date(2026, 3, 20)  # two school days after the answer
    assert (now.escalate, now.lapse) == (ESCALATED + later, LAPSED + later)
    assert STILL not in notes(house.sees(MARIA)[0])
    await house.until(ESCALATED + later - MINUTE)
    assert house.sees(HELEN) == []
    await house.until(ESCALATED + later)
    assert await by_hallpass(house, request) == ["reminded", "reminded", "escalated"]
    await house.until(LAPSED + later - MINUTE)
    assert (await kept(house)).status is Status.pending
    await house.until(LAPSED + later)
    assert (await kept(house)).status is Status.lapsed


async def test_an_answer_before_the_reminder_puts_it_off_and_it_comes_once(house: House) -> None:
    request = await has_sent(house)
    question = await asked_more(house, request)
    await house.until(SENT + timedelta(days=1, hours=3))
    await house.sends(DANA, question, {"reply": "Varsity"})

    await house.until(REMINDED + timedelta(hours=2))
    before = await by_hallpass(house, request)
    await house.until(SENT + timedelta(days=3, hours=4))

    assert (before, await by_hallpass(house, request)) == ([], ["reminded"])


async def test_only_the_last_answer_sets_the_time_going_again(house: House) -> None:
    request = await has_sent(house)
    await house.until(ESCALATED)
    first = await asked_more(house, request)
    second = await asked_more(house, request, HELEN)
    at = (await kept(house)).stages[0].waits

    await house.sends(DANA, first, {"reply": "Varsity"})
    between = (await kept(house)).stages[0].waits
    await house.sends(DANA, second, {"reply": "Girls'"})

    assert at is not None
    assert between == at
    now = (await kept(house)).stages[0].waits
    assert now is not None
    assert (now.escalate, now.lapse) == (at.escalate, LAPSED + timedelta(days=1))


async def test_what_nobody_answers_lapses_all_the_same(house: House) -> None:
    request = await has_sent(house)
    await house.until(REMINDED)
    await asked_more(house, request)

    await house.until(LAPSED)
    before = (await kept(house)).status
    await house.until(datetime(2026, 4, 1, 8, tzinfo=ZONE))  # twenty school days after the question

    assert (before, (await kept(house)).status) == (Status.pending, Status.lapsed)
    assert [STILL in notes(card) for card in house.sees(MARIA)] == [False, False, False]


async def test_without_a_last_day_a_question_may_wait(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await has_sent(house)
    await asked_more(house, request)
    await with_times(house, monkeypatch, remind_after=0, lapse_after=0)

    await house.until(LAPSED + timedelta(days=30))
    question = await asked_more(house, request)
    await house.sends(DANA, question, {"reply": "Varsity"})

    assert (await kept(house)).status is Status.pending


async def test_what_was_given_no_time_is_given_none_by_an_answer(house: House) -> None:
    await house.store.write(lambda work: work.requests.add(a_request()))
    question = await asked_more(house, a_request())

    await house.sends(DANA, question, {"reply": "Varsity"})

    assert (await kept(house)).stages[0].waits is None


# A permission ends


async def ends(house: House, ends: str) -> Request:
    """Dana may text her team until that day."""
    request = await both_have_agreed(house)
    last = datetime.fromisoformat(ends).replace(hour=23, minute=59, second=59, tzinfo=ZONE)
    await house.store.write(lambda work: work.requests.stop(replace(request, status=Status.approved, ends=last)))
    await house.store.write(take_up, house.packs, house.now)
    return await kept(house)


async def test_its_holder_is_warned_twice_and_then_it_ends_by_itself(house: House) -> None:
    request = await ends(house, "2026-05-29")  # a Friday

    await house.until(datetime(2026, 5, 11, 7, tzinfo=ZONE))
    first = house.sees(DANA)[-1]
    await house.until(datetime(2026, 5, 28, 7, tzinfo=ZONE))
    await house.until(datetime(2026, 5, 29, 23, 59, tzinfo=ZONE))
    still = (await kept(house)).status
    await house.until(datetime(2026, 5, 30, tzinfo=ZONE))

    assert first.title == "Ends after Friday, May 29, 2026: “Permission to text from your own phone”"
    assert [one.label for one in first.buttons] == ["Renew", "Take a student out", "Give it back"]
    assert still is Status.approved
    assert (await kept(house)).status is Status.ended
    assert [one for one in await by_hallpass(house, request) if one in ("warned", "expired")] == ["warned", "warned", "expired"]
    assert titles(house, DANA).count("Ended: “Permission to text from your own phone”") == 2


async def test_who_has_renewed_or_given_it_back_is_not_warned(house: House) -> None:
    request = await ends(house, "2026-05-29")
    await house.sends(DANA, Renew(request.id), TEAM)
    await house.until(datetime(2026, 5, 12, 7, tzinfo=ZONE))

    assert "warned" not in await recorded(house, request)

    await house.presses(DANA, Withdraw(request.id))
    await house.until(datetime(2026, 6, 1, 7, tzinfo=ZONE))
    assert [one for one in await by_hallpass(house, request) if one in ("warned", "expired")] == []


async def test_without_a_last_day_it_ends_with_the_school_year_where_the_district_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_times(house, monkeypatch, year_ends="06-30")

    request = await both_have_agreed(house)
    await house.until(datetime(2026, 6, 30, 23, tzinfo=ZONE))
    before = (await kept(house)).status
    await house.until(datetime(2026, 7, 1, 0, 1, tzinfo=ZONE))

    assert request.ends == datetime(2026, 6, 30, 23, 59, 59, tzinfo=ZONE)
    assert (before, (await kept(house)).status) == (Status.approved, Status.ended)


# A duty is due

DUE = datetime(2026, 3, 9, 7, tzinfo=ZONE)  # five school days: the pack gives them to inform the parents


async def test_a_duty_is_asked_for_when_due_then_again_then_those_above_are_told(house: House) -> None:
    request = await both_have_agreed(house)
    parents = (await kept(house)).duties[2]

    await house.until(DUE)
    first = house.sees(MARIA)[-1]
    await house.until(DUE + timedelta(days=2))
    await house.until(DUE + timedelta(days=4))

    assert parents.due == DUE
    assert "Monday, March 9, 2026 (district setting)" in str([card for card in house.sees(MARIA) if card.title.startswith("To do")])
    assert (first.title, first.buttons[0].label) == ("Reminder: Inform the parents", "Parents informed")
    assert titles(house, MARIA).count("Reminder: Inform the parents") == 2
    assert titles(house, HELEN)[-1] == "Not done in time: “Inform the parents”"
    told = [line for line in await lines(house, request) if line.who == HALLPASS]
    assert [line.what for line in told] == ["reminded", "reminded", "overdue"]

    await house.sends(MARIA, Done(parents.id), {"evidence": "2026-03-13"})
    await house.post_is_out()
    assert titles(house, HELEN)[-1] == "Done: Inform the parents"
    assert "Reminder: Inform the parents" not in titles(house, MARIA)


async def test_a_duty_that_is_done_or_whose_permission_was_given_back_is_not_asked_for(house: House) -> None:
    request = await both_have_agreed(house)
    await house.sends(MARIA, Done(request.duties[2].id), {"evidence": "2026-03-02"})
    other = await both_have_agreed(house)
    await house.store.write(lambda work: work.requests.stop(replace(other, status=Status.revoked, ends=house.now)))

    await house.until(DUE + timedelta(days=9))

    assert (await by_hallpass(house, request), await by_hallpass(house, other)) == ([], [])


async def test_who_took_a_duty_is_reminded_alone(house: House) -> None:
    ada = replace(MARIA, id=DANA.id, name="Ada", email="ada@maplegrove.example")
    second = replace(ada, id=HALLPASS.__class__("ada"), addresses=(replace(MARIA.addresses[0], user="ada"),))
    await seat(house, *EVERYBODY, second)
    request = await both_have_agreed(house)
    await house.presses(second, Take(request.duties[2].id))

    await house.until(DUE)

    assert "Reminder: Inform the parents" in titles(house, second)
    assert "Reminder: Inform the parents" not in titles(house, MARIA)


async def test_where_its_owner_has_left_those_above_get_it_at_once(house: House) -> None:
    request = await both_have_agreed(house)
    await seat(house, *(one for one in EVERYBODY if one is not MARIA))

    await house.until(DUE)
    card = house.sees(HELEN)[-1]
    await house.sends(HELEN, Done(request.duties[2].id), {"evidence": "2026-03-09"})

    assert card.title == "Could not be reached: Maria Ortiz"
    assert (await kept(house)).duties[2].done_by == HELEN.id


async def test_a_district_may_want_one_reminder_only(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await with_times(house, monkeypatch, remind_duty_after=0)
    request = await both_have_agreed(house)

    for _ in range(5):
        await house.time_passes(timedelta(days=7))

    assert [one for one in await by_hallpass(house, request) if one != "rerouted"] == ["reminded"]


async def test_a_reminder_of_the_departments_stands_where_its_work_stands(house: House) -> None:
    request = await has_sent(house)
    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.until(datetime(2026, 3, 6, 8, tzinfo=ZONE))

    shared = [told for key, told in house.chat.shared.items() if key.startswith("reminder:") and told]
    assert [one.partition(":")[2].partition(":")[0] for one in shared] == [request.stages[1].id]
