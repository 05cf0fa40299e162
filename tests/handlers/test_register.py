"""An approved channel comes into the register, is checked, confirmed, moved and closed; and follows its permission's life."""

import asyncio
from datetime import datetime, timedelta

import pytest

from handlers import recertify
from handlers.actions import Action, Done, Reopen, View, Withdraw
from handlers.changing import Revoke
from handlers.ids import ChannelId
from handlers.keeping import Checked, Moved, NotUsed, StillUsed
from handlers.kept import Leaving
from handlers.people import HALLPASS, Person
from handlers.ports import Work
from handlers.timers import Timer
from handlers.wording.plain import plain
from handlers.workflow.channel import Channel, ChannelState
from handlers.workflow.registered import standing
from handlers.workflow.request import Request
from storage.channels import SqlChannels
from tests.house import House, button, faulty, opened, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, NGOZI, NOON, RAVI
from tests.scenes import ADDRESS, both_have_agreed, hands_in, kept, lines, recorded, seat

YEAR = NOON + timedelta(days=366)
CHECK = {"note": "Opens, and shows the team only", "administrators": "Dana and the technology department"}
MOVED = {"url": "https://texts.example/new"}


async def registered(house: House) -> Request:
    """Dana has handed in the address of what was approved."""
    request = await both_have_agreed(house)
    await hands_in(house, request)
    return await kept(house)


def entry(request: Request) -> Channel:
    found = standing(request)
    assert found is not None
    return found


async def time_comes(house: House, request: Request, now: datetime) -> None:
    """The timer of the channel fires, and the cards are out."""
    about = ChannelId(f"{request.id}.c")
    leaving = Leaving("k", "k", request.district, Timer.recertify, request.id, about, HALLPASS, "k", at=now)

    def unit(work: Work) -> None:
        recertify.fire(work, house.packs, leaving, now)

    await house.store.write(unit)
    await house.post_is_out()


async def timers(house: House) -> list[tuple[str, str]]:
    """Which timers were set for channels, and for when."""

    def read(work: Work) -> list[tuple[str, str]]:
        rows = work.requests._connection.exec_driver_sql(  # type: ignore[attr-defined]  # behind the port
            "SELECT about, key FROM outbox WHERE kind = 'recertify' AND \"to\" = '' ORDER BY id"
        )
        return [(row[0], row[1].partition(f"{row[0]}:")[2]) for row in rows]

    return await house.store.read(read)


async def test_the_entry_begins_when_the_address_is_handed_in(house: House) -> None:
    request = await both_have_agreed(house)
    assert request.channel is None

    await hands_in(house, request)

    channel = entry(await kept(house))
    assert (channel.owner, channel.purpose, channel.address) == (DANA.id, "Bus times change during the day", ADDRESS["url"])
    assert (channel.state, channel.opened_at) == (ChannelState.live, request.stages[1].decided_at)
    assert (await recorded(house, request))[-2:] == ["done", "registered"]
    assert await timers(house) == [(channel.id, "2027-03-02T13:00:00+00:00")]  # seven in Chicago


async def test_the_technology_department_checks_it_with_a_note(house: House) -> None:
    request = await registered(house)
    inbox = await house.looks(RAVI, View.inbox)
    assert "Register: 1 live, 0 unconfirmed" in [card.title for card in inbox]
    check = next(one.action for card in inbox for one in card.buttons if one.label == "Record a check")

    assert [field.name for field in opened(await house.presses(RAVI, check)).fields] == ["note", "administrators"]
    assert faulty(await house.sends(RAVI, check, {})).keys() == {"note"}
    assert "Last check" in plain(whispered(await house.sends(RAVI, check, CHECK)))

    channel = entry(await kept(house))
    assert (channel.checked_by, channel.note, channel.administrators) == (RAVI.id, CHECK["note"], CHECK["administrators"])
    assert (await recorded(house, request))[-1] == "channel_checked"
    assert "Record a check" not in [one.label for card in await house.looks(RAVI, View.inbox) for one in card.buttons]


@pytest.mark.parametrize("who", [DANA, LEE, MARIA])
async def test_nobody_else_checks_it(house: House, who: Person) -> None:
    request = await registered(house)

    assert whispered(await house.presses(who, Checked(entry(request).id))).title == "This is not yours."
    assert entry(await kept(house)).checked_at is None


async def test_the_owner_is_asked_after_a_year_and_confirms(house: House) -> None:
    request = await registered(house)
    await time_comes(house, request, YEAR)

    card = house.sees(DANA)[-1]
    assert card.title.startswith("Is this still used?")
    assert "within 20 school days" in plain(card)
    assert "district setting" in plain(card)
    await house.presses(DANA, button(card, "Confirm"))
    await house.post_is_out()

    channel = entry(await kept(house))
    assert (channel.state, channel.asked_at) == (ChannelState.live, None)
    assert channel.confirmed_at is not None
    assert not [one for one in house.sees(DANA) if one.title.startswith("Is this still used?")]
    assert (await recorded(house, request))[-2:] == ["channel_asked", "channel_confirmed"]


async def test_the_owner_gives_another_address(house: House) -> None:
    request = await registered(house)
    channel = entry(request)

    assert [field.value for field in opened(await house.presses(DANA, Moved(channel.id))).fields] == [ADDRESS["url"]]
    assert faulty(await house.sends(DANA, Moved(channel.id), {"url": "nowhere"})).keys() == {"url"}
    await house.sends(DANA, Moved(channel.id), MOVED)

    assert entry(await kept(house)).address == MOVED["url"]
    assert (await lines(house, request))[-1].detail == MOVED["url"]


async def test_the_owner_says_that_it_is_closed(house: House) -> None:
    request = await registered(house)
    channel = entry(request)

    assert whispered(await house.presses(DANA, NotUsed(channel.id))).title.startswith("Closed: ")

    assert entry(await kept(house)).state is ChannelState.closed
    assert whispered(await house.presses(DANA, StillUsed(channel.id))).title == "This channel is closed."
    assert whispered(await house.presses(RAVI, Checked(channel.id))).title == "This channel is closed."
    await time_comes(house, request, YEAR)
    assert "channel_asked" not in await recorded(house, request)


async def unanswered(house: House) -> Request:
    """Nobody has answered for twenty school days."""
    request = await registered(house)
    await time_comes(house, request, YEAR)
    await time_comes(house, request, YEAR + timedelta(days=7))
    await time_comes(house, request, YEAR + timedelta(days=40))
    return await kept(house)


async def test_who_does_not_answer_is_reminded_once(house: House) -> None:
    request = await registered(house)
    for days in (0, 1, 7, 8):
        await time_comes(house, request, YEAR + timedelta(days=days))

    asked = [card for card in house.sees(DANA) if card.title.startswith("Is this still used?")]
    assert len(asked) == 2
    assert entry(await kept(house)).state is ChannelState.live


async def test_what_nobody_confirms_becomes_a_duty_to_close_it(house: House) -> None:
    request = await unanswered(house)

    assert entry(request).state is ChannelState.unconfirmed
    duty = request.duties[-1]
    assert (duty.owners, duty.what) == ((RAVI.id,), f"Close what nobody confirmed to be used: channel, {ADDRESS['url']}")
    assert house.sees(RAVI)[-1].title == f"To do: {duty.what}"
    assert "district setting" in plain(house.sees(RAVI)[-1])
    assert house.sees(MARIA)[-1].title.startswith("Not confirmed: ")
    assert "Register: 0 live, 1 unconfirmed" in [card.title for card in await house.looks(RAVI, View.inbox)]

    await house.sends(RAVI, Done(duty.id), {"evidence": "Taken offline with the platform"})

    channel = entry(await kept(house))
    assert (channel.state, channel.why) == (ChannelState.closed, "Taken offline with the platform")
    assert (await recorded(house, request))[-3:] == ["channel_unconfirmed", "done", "channel_closed"]

    await house.sends(RAVI, Reopen(duty.id), {"reason": "It is still there"})
    assert entry(await kept(house)).state is ChannelState.unconfirmed


@pytest.mark.parametrize("answer", [StillUsed, NotUsed])
async def test_a_late_answer_makes_the_duty_needless(house: House, answer: type[StillUsed | NotUsed]) -> None:
    request = await unanswered(house)

    await house.presses(DANA, answer(entry(request).id))

    now = await kept(house)
    assert entry(now).state is (ChannelState.live if answer is StillUsed else ChannelState.closed)
    assert now.duties[-1].done_by == DANA.id
    assert "done" in (await recorded(house, request))[-2:]


async def test_where_the_owner_has_left_the_technology_department_is_asked(house: House) -> None:
    request = await registered(house)
    await seat(house, LEE, MARIA, NGOZI, RAVI, HELEN)

    await time_comes(house, request, YEAR)

    card = house.sees(RAVI)[-1]
    assert card.title.startswith("Is this still used?")
    await house.presses(RAVI, button(card, "Confirm"))
    assert entry(await kept(house)).confirmed_at is not None


async def test_with_nobody_in_the_department_the_fallback_is_asked_and_closes(house: House) -> None:
    request = await registered(house)
    await seat(house, LEE, MARIA, NGOZI, HELEN)

    for days in (0, 40):
        await time_comes(house, request, YEAR + timedelta(days=days))

    assert [card for card in house.sees(HELEN) if card.title.startswith("Is this still used?")]
    assert (await kept(house)).duties[-1].owners == (HELEN.id,)


async def test_a_revoked_permission_closes_it_with_the_reason(house: House) -> None:
    request = await registered(house)
    await house.sends(MARIA, Revoke(request.id), {"reason": "The account was passed on"})

    now = await kept(house)
    assert entry(now).state is ChannelState.closed
    card = whispered(await house.presses(DANA, StillUsed(entry(request).id)))
    assert "The permission was revoked: The account was passed on" in plain(card)
    await time_comes(house, request, YEAR)
    assert "channel_asked" not in await recorded(house, request)
    assert [card.title for card in await house.looks(RAVI, View.inbox)][:1] == ["Register: 0 live, 0 unconfirmed"]


async def test_given_back_it_is_closed_too(house: House) -> None:
    request = await registered(house)
    await time_comes(house, request, YEAR)
    await house.presses(DANA, Withdraw(request.id))
    await house.post_is_out()

    assert entry(await kept(house)).state is ChannelState.closed
    assert "The permission was given back." in "".join(plain(card) for card in house.sees(DANA) if card.title.startswith("Closed: "))


async def test_an_address_that_was_wrong_is_doubted_until_it_is_handed_in_again(house: House) -> None:
    request = await registered(house)
    await house.sends(MARIA, Reopen(request.duties[1].id), {"reason": "The page does not open"})
    assert (entry(await kept(house)).state, entry(await kept(house)).why) == (ChannelState.unconfirmed, "The page does not open")

    await hands_in(house, request)

    assert entry(await kept(house)).state is ChannelState.live
    assert (await recorded(house, request))[-4:] == ["reopened", "channel_doubted", "done", "channel_moved"]


async def test_opening_another_duty_again_says_nothing_of_the_channel(house: House) -> None:
    request = await registered(house)
    await house.presses(DANA, Done(request.duties[0].id))

    await house.sends(DANA, Reopen(request.duties[0].id), {"reason": "Not always"})

    assert entry(await kept(house)).state is ChannelState.live


async def test_strangers_and_forged_ids_get_a_sentence(house: House) -> None:
    request = await registered(house)
    channel = entry(request).id

    for wanted in (StillUsed, NotUsed, Moved):
        assert whispered(await house.presses(LEE, wanted(channel))).title == "This is not yours."
    assert whispered(await house.presses(DANA, StillUsed(ChannelId("none")))).title == "I cannot find that for you."
    assert "channel_confirmed" not in await recorded(house, request)


async def test_the_same_press_twice_is_one_answer(house: House) -> None:
    request = await registered(house)
    for _ in range(2):
        await house.presses(DANA, StillUsed(entry(request).id), "same")

    assert (await recorded(house, request)).count("channel_confirmed") == 1


async def test_of_two_at_once_both_read_how_it_stands(house: House) -> None:
    request = await registered(house)
    channel = entry(request).id

    replies = await asyncio.gather(house.presses(DANA, NotUsed(channel)), house.presses(RAVI, NotUsed(channel)))

    assert sorted(whispered(one).title.partition(":")[0] for one in replies) == ["Closed", "This channel is closed."]
    assert (await recorded(house, request)).count("channel_closed") == 1


@pytest.mark.parametrize("action", [StillUsed, NotUsed])
async def test_who_is_beaten_to_it_reads_how_it_stands(
    house: House, monkeypatch: pytest.MonkeyPatch, action: type[StillUsed | NotUsed]
) -> None:
    request = await registered(house)
    monkeypatch.setattr(SqlChannels, "change", lambda *_: False)

    assert whispered(await house.presses(DANA, action(entry(request).id))).title.startswith("Live: ")
    await time_comes(house, request, YEAR)
    assert "channel_asked" not in await recorded(house, request)


@pytest.mark.parametrize(
    ("who", "action", "title"),
    [
        (DANA, StillUsed, "Live: "),
        (RAVI, Checked, "Live: "),
        (LEE, StillUsed, "Nothing was sent."),
        (DANA, Checked, "Nothing was sent."),
    ],
)
async def test_whoever_leaves_a_form_sees_the_entry(house: House, who: Person, action: type[StillUsed | Checked], title: str) -> None:
    request = await registered(house)

    wanted: Action = action(entry(request).id)
    assert whispered(await house.desk.again(wanted, who)).title.startswith(title)
    assert whispered(await house.desk.again(StillUsed(ChannelId("none")), who)).title == "Nothing was sent."


async def test_everybody_is_named_who_is_in_the_register(house: House) -> None:
    request = await registered(house)
    await house.sends(RAVI, Checked(entry(request).id), CHECK)
    await seat(house, *(one for one in EVERYBODY if one not in (RAVI, DANA)))

    await time_comes(house, request, YEAR)
    card = house.sees(HELEN)[-1]
    assert "Owner: Dana Whitlock" in plain(card)
    assert "Checked by: Ravi Menon" in plain(card)
