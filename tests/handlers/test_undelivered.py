"""A card that nobody will get: what it asked for is passed on, once to each, and those who look after Hallpass are told."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers.actions import Approve, Done, NameStandIn, View
from handlers.cards import Card, Facts
from handlers.ids import RequestId
from handlers.kept import Claimed, Leaving
from handlers.obstacles import Obstacle
from handlers.people import Address, Person, Platform, Role, Seat
from handlers.ports import CannotDeliver, Work
from handlers.telling import redraw, tell
from handlers.undelivered import channel_closed, closed_on, laid_aside
from handlers.wording.leaving import Leaves
from handlers.workflow.request import Status
from storage.outbox import SqlOutbox
from storage.packs import DiskPacks
from tests.house import House, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, NOON, RAVI, SCHOOL, a_person
from tests.scenes import (
    TEAM,
    asks,
    both_have_agreed,
    has_given_notice,
    has_sent,
    kept,
    lines,
    one_has_agreed,
    recorded,
    seat,
    takes_back,
)

UNDELIVERED = "A message could not be delivered"
STUCK = "Nobody can be reached who may decide a request"
ADA = a_person("ada", "Ada Lind", Seat(Role.building_principal, SCHOOL))


def lose(house: House, *people: Person, obstacle: Obstacle = Obstacle.deactivated) -> None:
    """From now on nothing reaches these people."""
    house.chat.unreachable |= {person.addresses[0].user: obstacle for person in people}


def find(house: House, *people: Person) -> None:
    """They can be reached again."""
    for person in people:
        del house.chat.unreachable[person.addresses[0].user]


def titles(house: House, who: Person) -> list[str]:
    return [card.title for card in house.sees(who)]


def rows(card: Card) -> dict[str, object]:
    return {label: value for block in card.blocks if isinstance(block, Facts) for label, value in block.rows}


async def test_a_decision_that_its_only_decider_cannot_get_is_passed_on_and_taken(house: House) -> None:
    lose(house, MARIA)
    request = await has_sent(house)

    (card,) = [card for card in house.sees(HELEN) if card.buttons]
    assert card.title.startswith("Dana Whitlock asks for your decision")
    assert "Helen Brandt" in str(rows(house.sees(DANA)[0])["Waiting for"])

    await house.presses(HELEN, Approve(request.stages[0].id))
    await house.post_is_out()
    decided = (await kept(house)).stages[0]
    assert (decided.decided_by, decided.stands_in) == (HELEN.id, Role.superintendent)
    assert await recorded(house, request) == ["sent", "rerouted", "approved"]
    assert [card.title for card in house.sees(RAVI) if card.buttons] == [card.title]


async def test_the_record_says_that_nobody_passed_it_on_and_why(house: House) -> None:
    lose(house, MARIA)
    request = await has_sent(house)

    line = (await lines(house, request))[1]
    assert (line.who, line.before, line.after, line.about) == ("", "pending", "pending", request.stages[0].id)
    assert line.detail == "passed it on to Helen Brandt, because Maria Ortiz could not be reached"
    (story,) = await house.looks(HELEN, View.records)
    assert f"Hallpass {line.detail}" in str(story)


async def test_while_another_can_decide_nothing_is_passed_on(house: House) -> None:
    await seat(house, *EVERYBODY, ADA)
    lose(house, MARIA)

    request = await has_sent(house)

    assert [len(house.sees(who)) for who in (ADA, HELEN)] == [1, 0]
    assert await recorded(house, request) == ["sent"]
    assert titles(house, RAVI) == [UNDELIVERED]


async def test_only_when_the_last_card_died_it_is_passed_on(house: House) -> None:
    await seat(house, *EVERYBODY, ADA)
    lose(house, MARIA, ADA)

    request = await has_sent(house)

    assert len([card for card in house.sees(HELEN) if card.buttons]) == 1
    assert await recorded(house, request) == ["sent", "rerouted"]
    assert (await lines(house, request))[1].detail.endswith("because Ada Lind and Maria Ortiz could not be reached")


async def test_who_took_the_role_since_comes_before_the_fallback(house: House) -> None:
    await house.sends(DANA, await asks(house), TEAM)
    await seat(house, *(person for person in EVERYBODY if person is not MARIA), ADA)

    await house.post_is_out()

    assert [len(house.sees(who)) for who in (ADA, HELEN)] == [1, 0]
    assert await recorded(house, await kept(house)) == ["sent", "rerouted"]
    assert rows(house.sees(RAVI)[0])["Why"] == "They are no longer in the directory."
    assert (await kept(house)).stages[0].added == ()  # she may decide as who she is


async def test_it_is_passed_on_once_and_then_those_who_look_after_it_are_told(house: House) -> None:
    lose(house, MARIA, HELEN)

    request = await has_sent(house)

    assert await recorded(house, request) == ["sent", "rerouted"]
    assert titles(house, RAVI) == [UNDELIVERED, STUCK, UNDELIVERED]
    stuck = rows(house.sees(RAVI)[1])
    assert (stuck["Not reached"], stuck["Request"]) == ("Maria Ortiz and Helen Brandt", request.id)


async def test_the_fallback_who_alone_can_decide_later_is_left_out(house: House) -> None:
    """Whoever decides twice is refused, and the request would wait for ever."""
    boss = replace(RAVI, seats=(Seat(Role.technology_department), Seat(Role.superintendent)))
    await seat(house, DANA, MARIA, boss)
    lose(house, MARIA)

    request = await has_sent(house)

    assert STUCK in titles(house, RAVI)
    assert await recorded(house, request) == ["sent"]


async def test_who_decided_before_is_not_asked_again(house: House) -> None:
    lose(house, MARIA, RAVI)
    request = await has_sent(house)
    await house.presses(HELEN, Approve(request.stages[0].id))
    await house.post_is_out()

    assert await recorded(house, request) == ["sent", "rerouted", "approved"]
    assert titles(house, HELEN)[-2:] == [STUCK, UNDELIVERED]  # the department itself is out of reach: the fallback is told


async def test_a_decision_that_was_taken_meanwhile_is_not_passed_on(house: House) -> None:
    await house.sends(DANA, await asks(house), TEAM)
    await house.presses(MARIA, Approve((await kept(house)).stages[0].id))
    lose(house, MARIA)

    await house.post_is_out()

    assert "rerouted" not in await recorded(house, await kept(house))
    assert UNDELIVERED in titles(house, RAVI)


async def test_the_card_of_those_who_look_after_hallpass_says_whom_why_and_what_and_no_students(house: House) -> None:
    lose(house, MARIA)
    request = await has_sent(house)

    (card,) = house.sees(RAVI)
    assert rows(card) == {
        "To": "Maria Ortiz (maria.ortiz@maplegrove.example)",
        "Why": "The account is deactivated.",
        "About": "Permission to text from your own phone",
        "Request": request.id,
        "What to do": "Have it reactivated, or take the person out. Correct the directory file and run “hallpass people import”.",
    }
    assert not any(student in str(card) for student in TEAM["students"].splitlines())
    assert card.buttons == ()


async def test_they_are_told_once_a_day_of_each_reader_and_reason(house: House) -> None:
    lose(house, MARIA)
    await has_sent(house)
    await has_sent(house, LEE)
    assert titles(house, RAVI) == [UNDELIVERED]

    lose(house, MARIA, obstacle=Obstacle.unknown)
    await has_sent(house)
    assert titles(house, RAVI) == [UNDELIVERED] * 2


async def test_nothing_follows_when_their_own_card_dies(house: House, caplog: pytest.LogCaptureFixture) -> None:
    lose(house, MARIA, RAVI)

    await has_sent(house)

    dead = await house.store.read(lambda work: work.outbox.dead(MAPLE_GROVE))
    assert [(one.leaving.kind, one.leaving.to) for one in dead] == [("decide", MARIA.id), ("undelivered", RAVI.id)]
    assert "obstacle=deactivated" in caplog.text


async def test_where_nobody_is_left_to_tell_the_log_has_it(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await seat(house, DANA, MARIA, replace(HELEN, seats=()), RAVI)
    await house.sends(DANA, await asks(house), TEAM)
    await seat(house, DANA, MARIA)
    lose(house, MARIA)

    await house.post_is_out()

    assert "nobody is left who could be told" in caplog.text


async def test_those_who_look_after_hallpass_are_the_districts_choice(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = house.packs.get(MAPLE_GROVE)
    chosen = pack.model_copy(update={"settings": pack.settings.model_copy(update={"administrators": Role.assistant_principal})})
    monkeypatch.setattr(DiskPacks, "get", lambda *_: chosen)
    lose(house, MARIA)

    await has_sent(house)

    assert (titles(house, NGOZI), titles(house, RAVI)) == ([UNDELIVERED], [])


async def test_their_card_is_not_redrawn_and_never_shared(house: House) -> None:
    lose(house, MARIA)
    request = await has_sent(house)
    await takes_back(house, request)

    cards = await house.store.read(lambda work: work.outbox.cards(request.id))
    (mine,) = [card.card for card in cards if card.kind == Leaves.undelivered]
    assert house.chat.shared[mine] == ""
    before = house.chat.messages[mine]
    await house.store.write(redraw, request, "again")
    await house.post_is_out()
    assert house.chat.messages[mine] is before


async def test_a_duty_whose_owners_cannot_be_reached_goes_to_the_fallback(house: House) -> None:
    request = await one_has_agreed(house)
    lose(house, MARIA)

    await house.presses(RAVI, Approve(request.stages[1].id))
    await house.post_is_out()

    (card,) = [card for card in house.sees(HELEN) if card.buttons]
    assert card.title == "Could not be reached: Maria Ortiz"
    parents = (await kept(house)).duties[2]
    assert parents.owners == (MARIA.id, HELEN.id)
    assert (await lines(house, request))[-1].about == parents.id
    assert house.chat.shared[f"passed_on:{parents.id}:helen"] == ""
    await house.sends(HELEN, Done(parents.id), {"evidence": "2026-03-02"})
    await house.post_is_out()
    assert (await recorded(house, request))[-1] == "done"
    assert [card.title for card in house.sees(HELEN) if "Done" in card.title] == ["Done: Inform the parents"]


async def test_a_duty_that_the_fallback_cannot_get_either_is_told(house: House) -> None:
    request = await one_has_agreed(house)
    lose(house, MARIA, HELEN)

    await house.presses(RAVI, Approve(request.stages[1].id))
    await house.post_is_out()

    assert "Nobody can be reached for what has to be done" in titles(house, RAVI)
    assert (await recorded(house, request)).count("rerouted") == 1


async def test_what_the_requester_had_to_do_ends_when_she_has_left(house: House) -> None:
    request = await one_has_agreed(house)
    await seat(house, *(person for person in EVERYBODY if person is not DANA))

    await house.presses(RAVI, Approve(request.stages[1].id))
    await house.post_is_out()

    assert [duty.owners for duty in (await kept(house)).duties[:2]] == [(DANA.id,), (DANA.id,)]


async def test_a_duty_that_is_done_is_not_passed_on(house: House) -> None:
    request = await both_have_agreed(house)
    await house.sends(MARIA, Done(request.duties[2].id), {"evidence": "2026-03-02"})
    await house.post_is_out()

    await given_up(house, Leaves.duty, request.duties[2].id, MARIA)

    assert "rerouted" not in await recorded(house, request)


async def test_a_notice_that_its_reader_cannot_get_goes_to_the_fallback(house: House) -> None:
    lose(house, MARIA)

    request = await has_given_notice(house)

    assert [card.title.split(":")[0] for card in house.sees(HELEN)] == ["Dana Whitlock gives notice"]
    assert await recorded(house, request) == ["noticed", "rerouted"]

    lose(house, HELEN)
    await given_up(house, Leaves.know, request.id, HELEN)
    assert await recorded(house, request) == ["noticed", "rerouted"]


async def test_a_notice_that_another_of_the_role_got_is_not_passed_on(house: House) -> None:
    await seat(house, *EVERYBODY, ADA)
    lose(house, MARIA)

    request = await has_given_notice(house)

    assert (len(house.sees(ADA)), house.sees(HELEN)) == (1, [])
    assert await recorded(house, request) == ["noticed"]


async def test_an_outcome_that_its_requester_cannot_get_is_told_and_passed_on_to_nobody(house: House) -> None:
    request = await has_sent(house)
    lose(house, DANA)

    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()

    assert (
        rows(next(card for card in house.sees(RAVI) if card.title == UNDELIVERED))["To"]
        == "Dana Whitlock (dana.whitlock@maplegrove.example)"
    )
    assert "rerouted" not in await recorded(house, request)


async def test_a_card_about_a_request_that_is_gone_is_nobodys_to_tell(house: House) -> None:
    await has_sent(house)
    lost = Leaving("k", "maria", MAPLE_GROVE, Leaves.decide, RequestId("gone"), "gone.s1", MARIA.id, "k")

    await house.store.write(laid_aside, house.packs, lost, Obstacle.unknown, NOON)

    assert house.sees(RAVI) == []


async def test_a_stage_or_duty_that_is_not_there_is_passed_on_to_nobody(house: House) -> None:
    request = await has_sent(house)

    for kind in (Leaves.decide, Leaves.duty):
        await given_up(house, kind, "nothing", MARIA)

    assert await recorded(house, request) == ["sent"]


async def test_a_card_that_somebody_else_sends_by_now_is_not_passed_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    lose(house, MARIA)
    monkeypatch.setattr(SqlOutbox, "failed", beaten(SqlOutbox.failed))

    request = await has_sent(house)

    assert await recorded(house, request) == ["sent"]
    assert house.sees(RAVI) == []


async def test_what_cannot_be_passed_on_is_laid_aside_all_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lose(house, MARIA)
    monkeypatch.setattr("handlers.deliver.laid_aside", broken)

    await has_sent(house)

    (dead,) = await house.store.read(lambda work: work.outbox.dead(MAPLE_GROVE))
    assert (dead.leaving.to, dead.why) == (MARIA.id, "nobody there")
    assert "kind=ZeroDivisionError" in caplog.text


async def test_a_message_that_vanished_is_posted_afresh_where_something_is_to_be_pressed(house: House) -> None:
    request = await has_sent(house)
    first = next(key for key in house.chat.messages if key.startswith("decide"))
    house.chat.vanished.add(first)

    await house.store.write(redraw, request, "again")
    await house.post_is_out()

    assert [bool(card.buttons) for card in house.sees(MARIA)] == [True, True]
    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()
    assert [bool(card.buttons) for card in house.sees(MARIA)] == [True, False]  # the new one is what is rewritten from now on
    assert await house.store.read(lambda work: work.outbox.dead(MAPLE_GROVE)) == ()


async def test_a_message_that_vanished_and_has_nothing_to_press_is_let_go(house: House, caplog: pytest.LogCaptureFixture) -> None:
    request = await has_sent(house)
    house.chat.vanished |= set(house.chat.messages)

    await takes_back(house, request)

    assert [len(house.sees(who)) for who in (DANA, MARIA, RAVI)] == [1, 1, 0]
    assert "copy not rewritten" in caplog.text
    assert await house.store.read(lambda work: work.outbox.dead(MAPLE_GROVE)) == ()


async def test_a_rewrite_that_the_platform_puts_off_comes_later(house: House) -> None:
    request = await has_sent(house)
    house.chat.away.append(CannotDeliver("busy", permanent=False, after=0.0))

    await takes_back(house, request)

    assert [card.buttons for card in house.sees(MARIA)] == [()]


async def test_who_went_after_getting_the_card_is_found_out_at_the_next_rewrite(house: House) -> None:
    request = await has_sent(house)
    house.chat.vanished |= set(house.chat.messages)
    lose(house, MARIA)

    await house.store.write(redraw, request, "again")
    await house.post_is_out()

    assert await recorded(house, request) == ["sent", "rerouted"]
    assert len([card for card in house.sees(HELEN) if card.buttons]) == 1


async def test_the_next_address_is_tried_before_a_card_is_given_up(house: House) -> None:
    old = Address(Platform.web, "another", "left@behind.example")
    moved = replace(MARIA, addresses=(old, *MARIA.addresses))
    await seat(house, *(moved if person is MARIA else person for person in EVERYBODY))
    house.chat.unreachable[old.user] = Obstacle.deactivated

    request = await has_sent(house)

    assert len(house.sees(MARIA)) == 1
    assert house.sees(RAVI) == []

    lose(house, MARIA, obstacle=Obstacle.unknown)
    await house.store.write(tell, request, Leaves.decide, "nothing at all", [])
    await has_sent(house)
    assert rows(house.sees(RAVI)[0])["Why"] == "The account is deactivated."  # what stood in the way at the first


async def test_what_is_about_one_request_stays_where_its_first_card_stands(house: House) -> None:
    old = Address(Platform.web, "another", "left@behind.example")
    house.chat.unreachable[old.user] = Obstacle.unknown
    moved = replace(DANA, addresses=(old, *DANA.addresses))
    await seat(house, *(moved if person is DANA else person for person in EVERYBODY))
    request = await has_sent(house)
    del house.chat.unreachable[old.user]

    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()

    assert titles(house, DANA)[-1].startswith("Approved by Maria Ortiz")
    assert house.chat.of(old.user) == []


async def test_a_closed_channel_is_told_once_a_day(house: House) -> None:
    request = await one_has_agreed(house)
    for shared in (f"decide:{request.stages[1].id}", f"decide:{request.stages[1].id}", "decide:nothing"):
        await house.store.write(channel_closed, house.packs, shared, Obstacle.closed, NOON)
    await house.post_is_out()

    assert titles(house, RAVI)[1:] == ["The technology department’s channel cannot be written to"]
    assert await house.store.read(lambda work: work.inbox.result(closed_on(MAPLE_GROVE, "2026-03-02"))) == "closed"


async def test_a_dead_card_that_is_sent_again_arrives(house: House) -> None:
    lose(house, MARIA)
    await has_sent(house)
    find(house, MARIA)

    (dead,) = await house.store.read(lambda work: work.outbox.dead(MAPLE_GROVE))
    await house.store.write(lambda work: work.outbox.revive([dead.id]))
    await house.post_is_out()

    assert [bool(card.buttons) for card in house.sees(MARIA)] == [True]
    assert (await kept(house)).status is Status.pending
    refused = await house.presses(LEE, Approve((await kept(house)).stages[0].id))
    assert "Maria Ortiz or Helen Brandt" in str(whispered(refused))


async def given_up(house: House, kind: Leaves, about: str, reader: Person) -> None:
    """A card of this kind died, of whatever."""
    request = await kept(house)
    card = f"{kind}:{about}:{reader.id}"
    lost = Leaving(card, reader.id, MAPLE_GROVE, kind, request.id, about, reader.id, card)
    await house.store.write(laid_aside, house.packs, lost, Obstacle.broken, NOON)


def beaten(real: Callable[..., bool]) -> Callable[..., bool]:
    def failed(self: SqlOutbox, claimed: Claimed, why: str, retry_in: float | None) -> bool:
        real(self, claimed, why, retry_in)
        return False

    return failed


def broken(work: Work, *_: object) -> None:
    raise ZeroDivisionError


async def test_in_whose_place_a_stage_was_decided_is_not_asked_about_the_next(house: House) -> None:
    """Two stages are for two people, also where the fallback is all that is left to pass it on to."""
    both = replace(HELEN, seats=(*HELEN.seats, Seat(Role.building_principal, SCHOOL)))
    await seat(house, *(both if person is HELEN else person for person in EVERYBODY if person is not MARIA))
    house.chat.unreachable[RAVI.addresses[0].user] = Obstacle.uninstalled
    request = await has_sent(house)
    await house.sends(both, NameStandIn(both.id), {"person": NGOZI.id, "starts": "2026-03-02", "ends": "2026-03-06"})

    await house.presses(NGOZI, Approve(request.stages[0].id))
    await house.post_is_out()

    assert (await kept(house)).stages[1].added == ()
    assert whispered(await house.presses(both, Approve(request.stages[1].id))).title == "This is not yours."
