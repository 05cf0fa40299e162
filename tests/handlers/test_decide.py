"""A stage is decided, once, by whoever may; everybody else reads why not, and nothing moves."""

import asyncio
from dataclasses import replace

import pytest

from handlers.actions import Approve, Deny, Withdraw
from handlers.decide import decide
from handlers.people import Person, Role, Seat
from handlers.wording.plain import plain
from handlers.workflow.moves import Move
from handlers.workflow.refused import StageOver, Unknown
from handlers.workflow.request import Request, Stage, StageStatus
from storage.directory import SqlDirectory
from storage.requests import SqlRequests
from tests.house import House, faulty, opened, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NOON, RAVI, SCHOOL, a_person
from tests.scenes import (
    TEAM,
    asks,
    both_have_agreed,
    denies,
    has_sent,
    kept,
    lines,
    one_has_agreed,
    recorded,
    seat,
    takes_back,
)

ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))  # a second principal of the same school


async def test_the_principal_agrees_and_the_technology_department_is_asked(house: House) -> None:
    request = await has_sent(house)

    receipt = whispered(await house.presses(MARIA, Approve(request.stages[0].id)))
    await house.post_is_out()

    assert (receipt.title, (await kept(house)).status) == ("Approved.", "pending")
    assert [card.title for card in house.sees(RAVI)] == ["Dana Whitlock asks for your decision: “Permission to text from your own phone”"]
    assert "Approved by Maria Ortiz, not final yet: “Permission to text from your own phone”" in titles(house, DANA)


async def test_both_agree_and_the_duties_follow(house: House) -> None:
    request = await both_have_agreed(house)

    assert request.status == "approved"
    assert [(duty.key, duty.owners) for duty in request.duties] == [
        ("copy", (DANA.id,)),
        ("address", (DANA.id,)),
        ("parents", (MARIA.id,)),
    ]
    assert "To do: Inform the parents" in titles(house, MARIA)
    assert await recorded(house, request) == ["sent", "approved", "approved"]


async def test_the_record_says_who_when_and_under_which_rules(house: House) -> None:
    request = await both_have_agreed(house)

    sent, first, second = await lines(house, request)

    assert (sent.who, first.who, second.who) == (DANA.id, MARIA.id, RAVI.id)
    assert [(one.before, one.after) for one in (sent, first, second)] == [("", "pending"), ("pending", "pending"), ("pending", "approved")]
    assert sent.at < first.at < second.at
    assert {one.fingerprint for one in (sent, first, second)} == {request.fingerprint}


async def test_denying_asks_for_a_reason_and_the_requester_reads_it(house: House) -> None:
    request = await has_sent(house)

    form = opened(await house.presses(MARIA, Deny(request.stages[0].id)))
    assert form.title == "Deny what Dana Whitlock asks for"
    whispered(await house.sends(MARIA, form.action, {"reason": "The team has an app"}))
    await house.post_is_out()

    assert "The team has an app" in plain(house.sees(DANA)[-1])
    assert house.sees(DANA)[-1].title == "Denied by Maria Ortiz: “Permission to text from your own phone”"
    assert ((await kept(house)).status, house.sees(RAVI)) == ("denied", [])
    assert (await lines(house, request))[-1].detail == "The team has an app"


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Reason for denying: please fill this in."),
        (" \n\t\u200b", "Reason for denying: please fill this in."),
        ("x" * 1001, "Reason for denying: please use at most 1000 characters."),
    ],
)
async def test_nobody_denies_without_a_reason_of_a_readable_length(house: House, reason: str, sentence: str) -> None:
    request = await has_sent(house)

    assert faulty(await house.sends(MARIA, Deny(request.stages[0].id), {"reason": reason})) == {"reason": sentence}
    assert (await kept(house)).status == "pending"


async def test_a_denial_at_the_second_stage_takes_the_first_yes_back_in_every_card(house: House) -> None:
    """The card that said “approved” is rewritten: nobody may read a yes that no longer holds."""
    request = await one_has_agreed(house)

    await denies(house, request, RAVI, stage=1)

    assert not any("You may go ahead" in plain(card) for card in house.sees(DANA))
    first, second = house.sees(DANA)[1:]
    assert first.title == "Approved by Maria Ortiz: “Permission to text from your own phone”"
    assert "Afterwards Ravi Menon denied it. You may not go ahead." in plain(first)
    assert "Denied by" not in plain(first)
    assert second.title == "Denied by Ravi Menon: “Permission to text from your own phone”"
    assert titles(house, MARIA) == ["Denied: “Permission to text from your own phone”"]


async def test_a_request_taken_back_after_one_agreed_reads_as_a_yes_nowhere(house: House) -> None:
    request = await one_has_agreed(house)

    await takes_back(house, request)

    assert not any("You may go ahead" in plain(card) for card in house.sees(DANA))
    assert titles(house, MARIA) == titles(house, RAVI) == ["Withdrawn: “Permission to text from your own phone”"]


async def test_every_copy_is_rewritten_without_buttons_saying_who_and_when(house: House) -> None:
    await seat(house, *EVERYBODY, ADA)
    request = await has_sent(house)
    assert house.sees(MARIA)[0].buttons == house.sees(ADA)[0].buttons != ()

    await house.presses(ADA, Approve(request.stages[0].id))
    await house.post_is_out()

    for reader in (MARIA, ADA):
        (copy,) = house.sees(reader)
        assert copy.buttons == ()
        assert "Approved by: Ada Lindqvist\nWhen: 2026-03-02 12:" in plain(copy)


async def test_nobody_settles_their_own_request(house: House) -> None:
    request = await has_sent(house)

    for action in (Approve(request.stages[0].id), Deny(request.stages[0].id)):
        assert whispered(await house.presses(DANA, action)).title == "Nobody decides their own request."
    assert (await kept(house)).status == "pending"


async def test_a_stranger_decides_nothing_and_the_record_keeps_that_he_tried(house: House) -> None:
    request = await has_sent(house)

    card = whispered(await house.presses(LEE, Approve(request.stages[0].id)))
    whispered(await house.presses(LEE, Deny(request.stages[0].id)))

    assert "Only Maria Ortiz can do this" in plain(card)
    assert [(one.what, one.who, one.before, one.after) for one in (await lines(house, request))[1:]] == [
        ("refused", LEE.id, "pending", "pending"),
        ("refused", LEE.id, "pending", "pending"),
    ]


async def test_the_second_stage_waits_for_the_first(house: House) -> None:
    request = await has_sent(house)

    for action in (Approve(request.stages[1].id), Deny(request.stages[1].id)):
        card = whispered(await house.presses(RAVI, action))
        assert "Maria Ortiz decides first" in plain(card)
    assert await recorded(house, request) == ["sent"]


async def test_the_same_person_does_not_agree_twice(house: House) -> None:
    """The directory let her into both stages since: two different people must agree all the same."""
    both = replace(MARIA, seats=(*MARIA.seats, Seat(Role.technology_department)))
    await seat(house, DANA, both, ADA, RAVI)
    request = await has_sent(house)
    assert [len(stage.people) for stage in request.stages] == [2, 2]

    await house.presses(both, Approve(request.stages[0].id))
    card = whispered(await house.presses(both, Approve(request.stages[1].id)))

    assert card.title == "Two different people have to agree."
    assert (await kept(house)).status == "pending"


@pytest.mark.parametrize("action", [Approve, Deny])
async def test_who_presses_an_old_card_reads_who_was_first(house: House, action: type[Approve] | type[Deny]) -> None:
    request = await both_have_agreed(house)

    card = whispered(await house.presses(MARIA, action(request.stages[0].id)))

    assert card.title == "This one was already answered."
    assert "Nothing was changed" in plain(card)
    assert (await kept(house)).status == "approved"


async def test_an_approval_is_not_turned_into_a_denial_by_an_old_form(house: House) -> None:
    request = await one_has_agreed(house)

    card = whispered(await house.sends(MARIA, Deny(request.stages[0].id), {"reason": "On second thought"}))

    assert "approved by Maria Ortiz" in plain(card)
    assert (await kept(house)).stages[0].status == "approved"


async def test_a_withdrawn_request_is_decided_by_nobody(house: House) -> None:
    request = await has_sent(house)
    await takes_back(house, request)

    for action in (Approve(request.stages[0].id), Deny(request.stages[0].id)):
        assert "It was withdrawn. Nothing was changed." in plain(whispered(await house.presses(MARIA, action)))


async def test_a_hundred_presses_at_once_are_one_decision(house: House) -> None:
    await seat(house, *EVERYBODY, ADA)
    request = await has_sent(house)
    pressed = Approve(request.stages[0].id)

    replies = await asyncio.gather(*(house.presses((MARIA, ADA)[number % 2], pressed) for number in range(100)))
    await house.post_is_out()

    answers = [whispered(reply).title for reply in replies]
    assert sorted(set(answers)) == ["Approved.", "This one was already answered."]
    assert answers.count("Approved.") == 1
    assert await recorded(house, request) == ["sent", "approved"]
    assert len([card for card in house.sees(DANA) if card.title.startswith("Approved by")]) == 1
    assert len(house.sees(RAVI)) == 1


async def test_yes_no_and_never_mind_at_once_are_one_of_them(house: House) -> None:
    await seat(house, *EVERYBODY, ADA)
    request = await has_sent(house)
    stage = request.stages[0].id

    await asyncio.gather(
        *(house.presses(MARIA, Approve(stage)) for _ in range(20)),
        *(house.sends(ADA, Deny(stage), {"reason": "No"}) for _ in range(20)),
        *(house.presses(DANA, Withdraw(request.id)) for _ in range(20)),
    )
    await house.post_is_out()

    happened = await recorded(house, request)
    assert len([one for one in happened if one in ("denied", "withdrawn")]) <= 1
    assert happened.count("approved") <= 1
    assert ((await kept(house)).status == "pending") == (happened == ["sent", "approved"])


async def test_the_same_press_delivered_twice_decides_once(house: House) -> None:
    """Whoever never saw the first answer reads the same one again, whatever has happened since."""
    request = await has_sent(house)
    pressed = Approve(request.stages[0].id)

    first = await house.presses(MARIA, pressed, delivery="once")
    again = await house.presses(MARIA, pressed, delivery="once")
    await denies(house, request, RAVI, stage=1)
    later = await house.presses(MARIA, pressed, delivery="once")

    assert whispered(first).title == "Approved."
    assert first == again == later
    assert await recorded(house, request) == ["sent", "approved", "denied"]


async def test_the_last_press_and_a_denial_delivered_twice_are_answered_alike(house: House) -> None:
    request = await one_has_agreed(house)
    yes = Approve(request.stages[1].id)
    assert await house.presses(RAVI, yes, delivery="yes") == await house.presses(RAVI, yes, delivery="yes")

    request = await has_sent(house, LEE)
    no = Deny(request.stages[0].id)
    first = await house.sends(MARIA, no, {"reason": "No"}, delivery="no")
    assert whispered(first).title == "Denied."
    assert first == await house.sends(MARIA, no, {"reason": "No"}, delivery="no")
    assert await recorded(house, request) == ["sent", "denied"]


async def test_the_same_press_delivered_many_times_at_once_is_answered_alike(house: House) -> None:
    request = await has_sent(house)

    replies = await asyncio.gather(*(house.presses(MARIA, Approve(request.stages[0].id), delivery="once") for _ in range(10)))

    assert {whispered(reply).title for reply in replies} == {"Approved."}


async def test_a_refused_press_delivered_twice_is_recorded_once_with_what_was_tried(house: House) -> None:
    request = await has_sent(house)

    for _ in range(2):
        await house.presses(LEE, Approve(request.stages[0].id), delivery="yes")
        await house.presses(LEE, Deny(request.stages[1].id), delivery="no")

    assert [(one.what, one.detail) for one in (await lines(house, request))[1:]] == [
        ("refused", "tried to approve it as building principal"),
        ("refused", "tried to deny it for the technology department"),
    ]


async def test_a_press_that_was_too_early_does_not_count_when_it_comes_again_in_time(house: House) -> None:
    request = await has_sent(house)
    pressed = Approve(request.stages[1].id)
    await house.presses(RAVI, pressed, delivery="early")
    await house.presses(MARIA, Approve(request.stages[0].id))

    again = whispered(await house.presses(RAVI, pressed, delivery="early"))

    assert again.title == "This press came twice."
    assert (await kept(house)).status == "pending"


async def test_a_press_that_comes_again_for_what_is_gone_moves_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await has_sent(house)
    answers = iter([request, request, None])
    monkeypatch.setattr(SqlRequests, "of_stage", lambda *_: next(answers))
    await house.presses(LEE, Approve(request.stages[0].id), delivery="once")

    assert whispered(await house.presses(LEE, Approve(request.stages[0].id), delivery="once")).title == "I cannot find that for you."


async def test_a_delivery_that_was_something_else_decides_nothing(house: House) -> None:
    request = await has_sent(house)
    await house.says(DANA, "What else?", delivery="once")

    assert whispered(await house.presses(MARIA, Approve(request.stages[0].id), delivery="once")).title == "I cannot find that for you."
    assert (await kept(house)).stages[0].status == "open"


async def test_a_denial_that_only_opens_its_form_writes_nothing(house: House) -> None:
    request = await has_sent(house)

    opened(await house.presses(MARIA, Deny(request.stages[0].id), delivery="once"))

    assert await house.store.read(lambda work: work.inbox.result("once")) is None
    assert await recorded(house, request) == ["sent"]


async def test_a_receipt_needs_nothing_that_could_fail_once_it_is_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await has_sent(house)

    async def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(house.store, "read", broken)

    assert whispered(await house.presses(MARIA, Approve(request.stages[0].id))).title == "Approved."
    assert whispered(await house.presses(MARIA, Approve(request.stages[0].id))).title == "This one was already answered."


async def test_who_was_beaten_between_reading_and_writing_reads_the_winner(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes: the other one decided after this one had read the request."""
    request = await has_sent(house)
    real = SqlRequests.settle

    def beaten(self: SqlRequests, changed: Request, stage: Stage) -> bool:
        first = replace(stage, decided_by=ADA.id, status=StageStatus.approved, decided_at=NOON)
        real(self, replace(changed, stages=(first, *changed.stages[1:])), first)
        return False

    await seat(house, *EVERYBODY, ADA)
    monkeypatch.setattr(SqlRequests, "settle", beaten)
    refusal = await house.store.write(decide, house.packs, request.stages[0].id, Move.approve, MARIA, "", delivery="once", now=NOON)

    assert isinstance(refusal, StageOver)
    assert refusal.stage.decided_by == ADA.id
    assert await recorded(house, request) == ["sent"]


@pytest.mark.parametrize("gone", [True, False], ids=["the request is gone", "it is open again"])
async def test_who_was_beaten_by_nobody_knows_whom_is_told_nothing_wrong(house: House, gone: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    request = await has_sent(house)
    answers = iter([request, None if gone else request])

    monkeypatch.setattr(SqlRequests, "settle", lambda *_: False)
    monkeypatch.setattr(SqlRequests, "of_stage", lambda *_: next(answers))

    assert (
        await house.store.write(decide, house.packs, request.stages[0].id, Move.approve, MARIA, "", delivery="once", now=NOON) == Unknown()
    )


async def test_what_a_requester_who_has_left_was_allowed_is_still_settled(house: House) -> None:
    request = await one_has_agreed(house)
    await seat(house, *(person for person in EVERYBODY if person is not DANA))

    card = whispered(await house.presses(RAVI, Approve(request.stages[1].id)))
    await house.post_is_out()

    assert card.title == "Approved."
    assert [duty.owners for duty in (await kept(house)).duties] == [(DANA.id,), (DANA.id,), (HELEN.id,)]


async def test_a_requester_of_whom_nothing_is_left_owes_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await one_has_agreed(house)
    monkeypatch.setattr(SqlDirectory, "get", lambda *_: None)

    await house.presses(RAVI, Approve(request.stages[1].id))

    assert ((await kept(house)).status, (await kept(house)).duties) == ("approved", ())


async def test_who_decided_is_named_even_after_leaving(house: House) -> None:
    request = await one_has_agreed(house)
    await seat(house, *(person for person in EVERYBODY if person is not MARIA))

    await house.presses(RAVI, Approve(request.stages[1].id))
    await house.post_is_out()

    assert "Approved by: Maria Ortiz" in plain(house.sees(RAVI)[0])


async def test_who_the_form_said_would_be_told_is_told_once_it_is_approved(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = house.packs.get(MAPLE_GROVE)
    own = pack.processes["own-phone"].model_copy(update={"tells": (Role.parents, Role.superintendent)})
    changed = pack.model_copy(update={"processes": {**pack.processes, "own-phone": own}})
    monkeypatch.setattr(house.packs, "get", lambda district: changed)

    request = await one_has_agreed(house)
    assert house.sees(HELEN) == []
    await house.presses(RAVI, Approve(request.stages[1].id))
    await house.post_is_out()

    assert titles(house, HELEN) == ["For your information: “Permission to text from your own phone”"]


async def test_a_request_whose_form_was_dropped_can_still_be_decided_and_read(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await one_has_agreed(house)
    pack = house.packs.get(MAPLE_GROVE)
    changed = pack.model_copy(update={"processes": {}, "rules": pack.rules[:1]})
    monkeypatch.setattr(house.packs, "get", lambda district: changed)

    await house.presses(RAVI, Approve(request.stages[1].id))
    await house.post_is_out()

    assert "Approved: “A request under earlier rules”" in titles(house, DANA)


async def test_a_stage_without_anybody_left_in_the_directory_says_so(house: House) -> None:
    request = await has_sent(house)
    await seat(house, DANA, LEE)

    assert "The directory names nobody who can do this today" in plain(whispered(await house.presses(LEE, Approve(request.stages[0].id))))


async def test_what_people_wrote_reaches_the_card_as_they_wrote_it(house: House) -> None:
    await house.sends(DANA, await asks(house), {**TEAM, "reason": "<b>Bus</b> *times* \u202echange\x00"})
    await house.post_is_out()

    assert "<b>Bus</b> *times* change\n" in plain(house.sees(MARIA)[0])


def titles(house: House, who: Person) -> list[str]:
    return [card.title for card in house.sees(who)]
