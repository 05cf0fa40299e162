"""A card leaves the outbox: in order for each reader, once, and never at the cost of somebody else's."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.loops import Courier
from handlers.actions import Approve, Begin, Delegate, NameStandIn
from handlers.cards import Card
from handlers.deliver import FIRST_RETRY, PATIENCE, deliver, keep
from handlers.drawing import draw_all
from handlers.ids import RequestId
from handlers.kept import Claimed, Copy
from handlers.people import Address, PersonId, Platform, Role, Seat
from handlers.ports import CannotDeliver, Work
from handlers.telling import redraw, tell
from handlers.wording.leaving import Leaves, draw
from storage.outbox import SqlOutbox
from tests.fakes import KeepingChat
from tests.gallery import KNOWN, PACK, asked_for
from tests.house import House
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, NOON, RAVI, a_person
from tests.scenes import TEAM, asks, both_have_agreed, has_sent, kept, one_has_agreed, seat

Failures = list[tuple[str, float | None]]

BUSY_NOW = CannotDeliver("busy", permanent=False, after=0.0)
BUSY = CannotDeliver("busy", permanent=False)
GONE = CannotDeliver("the channel is gone", permanent=True)


async def test_a_chat_that_is_away_gets_its_cards_once_it_is_back(house: House) -> None:
    house.chat.away += [BUSY_NOW] * 3

    await has_sent(house)

    assert (len(house.sees(MARIA)), len(house.sees(DANA))) == (1, 1)
    assert await waiting(house) is None


async def test_the_platform_says_how_long_to_wait(house: House) -> None:
    house.chat.away += [CannotDeliver("busy", permanent=False, after=90.0)] * 2

    await has_sent(house)

    assert (house.sees(MARIA), house.sees(DANA)) == ([], [])
    assert 80 < (await waiting(house) or 0) <= 90


async def test_without_a_word_from_the_platform_the_waits_grow(house: House, failures: Failures) -> None:
    claimed = await one_more_card(house)
    house.chat.away += [BUSY] * 4

    for attempts in (1, 2, 3, 12):
        await try_again(house, replace(claimed, attempts=attempts))

    assert [wait for _, wait in failures] == [2.0, 4.0, 8.0, 60.0]


async def test_what_may_be_about_to_arrive_rests_first(house: House, failures: Failures) -> None:
    claimed = await one_more_card(house)
    house.chat.away += [CannotDeliver("no answer in time", permanent=False, rest=5.0)] * 2

    for attempts in (1, 12):
        await try_again(house, replace(claimed, attempts=attempts))

    assert [wait for _, wait in failures] == [5.0, 60.0]


async def test_a_channel_that_is_gone_is_not_asked_again_and_holds_nobody_up(house: House) -> None:
    house.chat.away += [GONE, GONE]
    request = await has_sent(house)
    assert (house.sees(MARIA), await waiting(house)) == ([], None)

    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()

    assert [card.title for card in house.sees(RAVI) if card.buttons] == [
        "Dana Whitlock asks for your decision: “Permission to text from your own phone”"
    ]
    assert "not final yet" in house.sees(DANA)[-1].title


async def test_a_card_that_cannot_be_drawn_does_not_stop_the_others(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """The log says which card it was, and nothing of what stands in it."""
    await house.sends(DANA, await asks(house), TEAM)
    request = await kept(house)
    await house.store.write(tell, request, Leaves.decide, "nothing", [LEE.id])

    await house.post_is_out()

    assert [len(house.sees(who)) for who in (DANA, MARIA, LEE)] == [1, 1, 0]
    (said,) = (record.message for record in caplog.records if record.message.startswith("card not delivered"))
    assert f"request={request.id} kind=LookupError" in said
    assert "the outbox names a stage" not in caplog.text
    assert not any(student in caplog.text for student in TEAM["students"].splitlines())


async def test_a_card_that_never_can_be_drawn_is_laid_aside_for_an_administrator(house: House, failures: Failures) -> None:
    """Kept at the head of its lane it would hold back everything its reader should get."""
    claimed = await one_more_card(house)
    broken = replace(claimed, leaving=replace(claimed.leaving, kind=Leaves.decide, about="nothing"))

    for attempts in range(1, PATIENCE + 1):
        await try_again(house, replace(broken, attempts=attempts))

    assert [wait for _, wait in failures] == [2.0, 4.0, 8.0, 16.0, None]
    assert {why for why, _ in failures} == {"something broke on our side"}


async def test_a_reader_gets_her_cards_in_the_order_of_what_happened(house: House) -> None:
    house.chat.away += [BUSY_NOW] * 5
    request = await has_sent(house)
    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.presses(RAVI, Approve(request.stages[1].id))

    house.chat.away += [BUSY_NOW] * 5
    await house.post_is_out()

    assert [card.title.split(":")[0] for card in house.sees(DANA)] == [
        "Your request",
        "Approved by Maria Ortiz",
        "Approved",
        "To do",
        "To do",
    ]


async def test_a_card_that_leaves_after_the_decision_never_shows_its_buttons(house: House) -> None:
    """Drawn when it leaves: the principal who was away finds it already answered."""
    second = replace(MARIA, id=PersonId("ada"), email="ada@maplegrove.example", addresses=(Address(Platform.web, MAPLE_GROVE, "ada"),))
    await seat(house, *EVERYBODY, second)
    await house.sends(DANA, await asks(house), TEAM)
    await house.presses(second, Approve((await kept(house)).stages[0].id))

    await house.post_is_out()

    assert [card.buttons for card in house.sees(MARIA)] == [()]


async def test_a_card_that_is_found_and_not_posted_is_rewritten_all_the_same(house: House) -> None:
    """It stands as it was drawn the first time: with buttons, when somebody has decided meanwhile."""
    await house.sends(DANA, await asks(house), TEAM)
    request = await kept(house)
    house.chat.unheard.add(MARIA.addresses[0].user)
    await house.courier.round()
    while not house.sees(MARIA):  # noqa: ASYNC110  # the chat tells nobody of it
        await asyncio.sleep(0.001)
    await house.presses(MARIA, Approve(request.stages[0].id))

    await house.post_is_out()

    assert house.sees(MARIA)[0].buttons == ()


async def test_a_rewrite_finds_the_message_it_rewrites(house: House) -> None:
    request = await has_sent(house)
    before = list(house.chat.messages)

    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()

    assert list(house.chat.messages)[: len(before)] == before
    assert [card.buttons for card in house.sees(MARIA)] == [()]


async def test_changes_that_met_before_the_card_left_are_told_in_one_message(house: House) -> None:
    """Drawn when it leaves it shows them all: a rewrite for each would tell the same again."""
    request = await has_sent(house)
    for why in ("once", "twice"):
        await house.store.write(redraw, request, why)

    await house.post_is_out()

    assert sorted(house.chat.rewritten) == sorted(house.chat.messages)


async def test_a_slow_card_holds_up_its_own_lane_and_nobody_elses(house: House) -> None:
    courier, slow = house.courier, asyncio.Event()
    house.chat.slow[MARIA.addresses[0].user] = slow
    running = asyncio.create_task(courier.run())
    await house.sends(DANA, await asks(house), TEAM)
    courier.wake()
    await until(lambda: len(house.sees(DANA)) == 1)
    await house.store.write(tell, await kept(house), Leaves.follow, "once more", [DANA.id])
    courier.wake()
    await until(lambda: len(house.sees(DANA)) == 2)  # while Maria's is still on its way

    assert house.sees(MARIA) == []
    courier.stop()
    slow.set()
    await running
    assert (len(house.sees(MARIA)), await waiting(house)) == (1, None)


async def test_what_cannot_be_kept_of_one_card_holds_nothing_else_up(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = SqlOutbox.sent

    def sent(self: SqlOutbox, claimed: Claimed, copy: Copy | None, shown: Sequence[int] = ()) -> None:
        if claimed.leaving.to == LEE.id:
            raise LookupError(LEE.name)
        real(self, claimed, copy, shown)

    monkeypatch.setattr(SqlOutbox, "sent", sent)
    await house.store.write(tell, await has_sent(house), Leaves.follow, "once more", [LEE.id, RAVI.id])
    await house.post_is_out()

    assert (len(house.sees(LEE)), len(house.sees(RAVI))) == (1, 1)
    assert 50 < (await waiting(house) or 0) <= 60  # Lee's is looked for when its lease has run out
    assert [record.message for record in caplog.records] == ["courier stumbled"]
    assert LEE.name not in caplog.text


async def test_while_the_database_is_away_nothing_is_drawn_and_nothing_lost(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.sends(DANA, await asks(house), TEAM)

    with monkeypatch.context() as away:
        away.setattr(house.store, "read", nowhere)
        await house.post_is_out()

    assert house.sees(MARIA) == []
    assert (await waiting(house) or 0) <= FIRST_RETRY  # and not when a lease has run out


async def test_a_rewrite_of_what_was_never_posted_posts_nothing(house: House) -> None:
    house.chat.away += [GONE, GONE]
    request = await has_sent(house)

    await house.store.write(redraw, request, "again")
    await house.post_is_out()

    assert (house.sees(MARIA), house.sees(DANA), await waiting(house)) == ([], [], None)


async def test_a_rewrite_on_a_platform_that_was_switched_off_waits_for_nobody(house: House) -> None:
    request = await has_sent(house)
    elsewhere = Courier(house.store, house.packs, {Platform.slack: KeepingChat()}, house.clock)

    await house.store.write(redraw, request, "again")
    while await elsewhere.round():
        pass

    assert await waiting(house) is None


async def test_who_is_on_no_platform_is_left_for_an_administrator(house: House, failures: Failures) -> None:
    await seat(house, *(replace(person, addresses=()) if person is MARIA else person for person in EVERYBODY))

    await has_sent(house)

    assert (house.sees(MARIA), await waiting(house)) == ([], None)
    assert failures == [("the reader is on none of the platforms that are switched on", None)]


async def test_the_first_platform_that_is_switched_on_is_taken(house: House) -> None:
    on_two = replace(MARIA, addresses=(Address(Platform.slack, "T1", "U1"), *MARIA.addresses))
    await seat(house, *(on_two if person is MARIA else person for person in EVERYBODY))

    await has_sent(house)

    assert len(house.sees(MARIA)) == 1


async def test_who_has_left_before_the_card_was_out_is_not_written_to(house: House) -> None:
    await house.sends(DANA, await asks(house), TEAM)
    await seat(house, *(person for person in EVERYBODY if person is not MARIA))

    await house.post_is_out()

    assert house.sees(MARIA) == []


async def test_a_card_about_a_request_that_is_gone_is_laid_aside(house: House, failures: Failures) -> None:
    claimed = await one_more_card(house)

    await try_again(house, replace(claimed, leaving=replace(claimed.leaving, request=RequestId("gone"))))

    assert failures == [("the request or its reader is no longer there", None)]


async def test_a_message_posted_by_a_process_that_died_is_not_posted_again(house: House) -> None:
    """The key of the card is the platform's to recognise: posted twice, seen once."""
    request = await has_sent(house)

    await house.chat.post(MARIA.addresses[0], Card("twice"), f"decide:{request.stages[0].id}:maria")

    assert len(house.sees(MARIA)) == 1


async def test_nobody_is_told_the_same_thing_twice(house: House) -> None:
    request = await has_sent(house)

    await house.store.write(tell, request, Leaves.decide, request.stages[0].id, [MARIA.id, MARIA.id])
    await house.post_is_out()

    assert len(house.sees(MARIA)) == 1


@pytest.mark.parametrize("kind", [Leaves.decide, Leaves.outcome, Leaves.duty, Leaves.handed_in])
def test_a_card_about_nothing_is_an_error_and_not_an_empty_card(kind: Leaves) -> None:
    with pytest.raises(LookupError, match="does not have"):
        draw(kind, "nothing", asked_for(), PACK, KNOWN, MARIA.id)


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> Failures:
    """What was said of each card that did not arrive: why, and in how many seconds to try again."""
    told: Failures = []
    real = SqlOutbox.failed

    def failed(self: SqlOutbox, claimed: Claimed, why: str, retry_in: float | None) -> bool:
        told.append((why, retry_in))
        return real(self, claimed, why, retry_in)

    monkeypatch.setattr(SqlOutbox, "failed", failed)
    return told


async def try_again(house: House, claimed: Claimed) -> None:
    drawn = (await house.store.read(draw_all, house.packs, [claimed], house.clock()))[claimed.id]
    if ended := await deliver(house.store, house.packs, {Platform.web: house.chat}, claimed, drawn, house.clock):
        await house.store.write(keep, [ended])


async def nowhere(*_: object) -> None:
    """A database that does not answer."""
    raise ConnectionError


async def until(there: Callable[[], bool]) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(30):
        while not there():  # noqa: ASYNC110  # the courier tells nobody of it
            await asyncio.sleep(0.005)


async def one_more_card(house: House) -> Claimed:
    """A card for Lee, claimed and not yet tried."""
    await house.store.write(tell, await has_sent(house), Leaves.follow, "once more", [LEE.id])
    (claimed,) = await house.store.write(_claim)
    return claimed


async def waiting(house: House) -> float | None:
    """In how many seconds the next card is due; None when none waits."""
    return await house.store.read(_waiting)


def _claim(work: Work) -> tuple[Claimed, ...]:
    return work.outbox.claim(16)


def _waiting(work: Work) -> float | None:
    return work.outbox.waiting()


async def test_what_is_the_technology_departments_work_may_stand_in_one_place_for_all_of_it(house: House) -> None:
    await has_sent(house)
    request = await kept(house)
    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()

    shared = {key.partition(":")[0]: told for key, told in house.chat.shared.items() if told}
    assert shared == {"decide": f"decide:{request.stages[1].id}"}  # neither the principal's card nor Dana's own


async def test_what_one_person_alone_decides_for_the_department_does_not_stand_in_its_place(house: House) -> None:
    """Whoever was asked, stands in, or has it for want of anybody else never looks into the department's channel."""
    request = await one_has_agreed(house)
    await house.sends(RAVI, Delegate(request.stages[1].id), {"person": NGOZI.id})
    await house.post_is_out()
    names_helen = {"person": HELEN.id, "starts": "2026-03-02", "ends": "2026-03-03"}
    await house.sends(RAVI, NameStandIn(RAVI.id), names_helen)
    await house.post_is_out()

    assert (len(house.sees(NGOZI)), len(house.sees(HELEN))) == (1, 1)
    shared = {key.rpartition(":")[2]: told for key, told in house.chat.shared.items() if key.startswith("decide:") and told}
    assert shared == {RAVI.id: f"decide:{request.stages[1].id}"}


async def test_what_falls_to_the_fallback_does_not_stand_in_the_departments_place(house: House) -> None:
    await seat(house, *(person for person in EVERYBODY if person is not RAVI))

    await one_has_agreed(house)

    assert [card.title for card in house.sees(HELEN)] == ["Dana Whitlock asks for your decision: “Permission to text from your own phone”"]
    assert not any(house.chat.shared.values())


@pytest.mark.parametrize(("about", "shared"), [(RAVI.id, False), ("", True)], ids=["of one of them", "of nobody by name"])
async def test_a_report_about_one_of_the_department_does_not_stand_where_all_of_it_reads(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    about: str,
    shared: bool,  # noqa: FBT001
) -> None:
    pack = house.packs.get(MAPLE_GROVE)
    concern = pack.processes["concern"].model_copy(update={"tells": (Role.technology_department,), "whose": "requester"})
    other = pack.model_copy(update={"processes": {**pack.processes, "concern": concern}})
    monkeypatch.setattr(house.packs, "get", lambda _: other)
    await seat(house, *EVERYBODY, a_person("uma", "Uma Castell", Seat(Role.technology_department)))

    await house.sends(DANA, Begin("concern"), {"person": about, "what": "Seen"})
    await house.post_is_out()

    assert {key.partition(":")[0] for key in house.chat.shared} == {"follow", "duty"}
    assert any(house.chat.shared.values()) == shared


async def test_a_card_that_leaves_after_the_last_day_offers_nothing_to_revoke(house: House) -> None:
    request = await both_have_agreed(house)
    await house.store.write(lambda work: work.requests.stop(replace(request, ends=NOON - timedelta(days=1))))

    await house.store.write(redraw, request, "the day after")
    await house.post_is_out()

    decided = [card for who in (MARIA, RAVI) for card in house.sees(who) if "text from your own phone" in card.title]
    assert [(card.title, card.buttons) for card in decided] == [("Ended: “Permission to text from your own phone”", ())] * 2
