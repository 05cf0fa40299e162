"""Somebody who may decide asks somebody else to decide, too; everybody sees it, and the first of them decides."""

import asyncio
from dataclasses import replace

import pytest

from handlers.actions import Approve, Delegate, Deny, NameStandIn, View
from handlers.people import Person, Role, Seat
from handlers.wording.plain import plain
from handlers.workflow.request import Request
from storage.requests import SqlRequests
from tests.house import House, button, faulty, opened, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, NOON, RAVI, SCHOOL, a_person
from tests.scenes import both_have_agreed, has_sent, kept, lines, one_has_agreed, recorded, seat, takes_back

ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))  # a second principal of the same school
AWAY = {"person": NGOZI.id, "reason": "I am away this week"}


async def asks_ngozi(house: House, request: Request, values: dict[str, str] = AWAY, delivery: str = "") -> str:
    """Maria asks Ngozi; what she reads, once the cards are out."""
    form = opened(await house.presses(MARIA, Delegate(request.stages[0].id)))
    card = whispered(await house.sends(MARIA, form.action, values, delivery))
    await house.post_is_out()
    return card.title


async def test_the_form_names_who_may_be_asked_and_nobody_else(house: House) -> None:
    request = await has_sent(house)

    form = opened(await house.presses(MARIA, button(house.sees(MARIA)[-1], "Ask somebody else to decide")))

    assert form.action == Delegate(request.stages[0].id)
    assert "Please name no student here" in form.fields[-1].hint  # the record keeps the reason for good
    assert form.fields[0].choices == ((HELEN.id, HELEN.name), (NGOZI.id, NGOZI.name))  # not Ravi: the next stage has only him


async def test_who_is_asked_gets_the_card_and_every_card_says_so(house: House) -> None:
    request = await has_sent(house)

    assert await asks_ngozi(house, request) == "Asked."

    assert button(house.sees(NGOZI)[-1], "Approve") == Approve(request.stages[0].id)
    assert "Asked by Maria Ortiz: Ngozi Okafor decides too. Reason: I am away this week" in plain(house.sees(MARIA)[-1])
    assert "Maria Ortiz (building principal); or Ngozi Okafor, asked by Maria Ortiz" in plain(house.sees(DANA)[-1])
    assert len(await house.looks(NGOZI, View.inbox)) == 1
    (_, line) = await lines(house, request)
    assert (line.who, line.what, line.before, line.after) == (MARIA.id, "delegated", "pending", "pending")
    assert line.detail == "asked Ngozi Okafor to decide too (reason: I am away this week)"


async def test_the_delegate_decides_and_everybody_reads_at_whose_asking(house: House) -> None:
    request = await has_sent(house)
    await asks_ngozi(house, request)

    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "Approved."
    await house.post_is_out()

    assert "Approved by: Ngozi Okafor, asked by Maria Ortiz" in plain(house.sees(MARIA)[-1])
    assert house.sees(MARIA)[-1].buttons == ()
    assert "Approved by: Ngozi Okafor, asked by Maria Ortiz" in plain(house.sees(DANA)[-1])
    assert "Ngozi Okafor approved it, asked by Maria Ortiz" in plain((await house.looks(HELEN, View.records))[0])
    assert (await lines(house, request))[-1].detail == "asked by Maria Ortiz"


async def test_the_delegates_denial_keeps_its_reason_and_at_whose_asking(house: House) -> None:
    request = await has_sent(house)
    await asks_ngozi(house, request)

    await house.sends(NGOZI, Deny(request.stages[0].id), {"reason": "The team has an app"})

    assert (await lines(house, request))[-1].detail == "The team has an app (asked by Maria Ortiz)"


async def test_who_asked_may_still_decide_and_the_delegate_reads_that_it_is_over(house: House) -> None:
    request = await has_sent(house)
    await asks_ngozi(house, request)
    await house.presses(MARIA, Approve(request.stages[0].id))

    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "This one was already answered."
    assert whispered(await house.presses(NGOZI, Delegate(request.stages[0].id))).title == "This one was already answered."
    assert await recorded(house, request) == ["sent", "delegated", "approved"]


async def test_the_same_person_is_asked_once(house: House) -> None:
    request = await has_sent(house)
    await asks_ngozi(house, request)

    card = whispered(await house.sends(MARIA, Delegate(request.stages[0].id), AWAY))

    assert "Ngozi Okafor has the card. Nothing was changed." in plain(card)
    assert await recorded(house, request) == ["sent", "delegated"]


async def test_a_form_that_comes_twice_is_answered_alike_and_counts_once(house: House) -> None:
    request = await has_sent(house)

    assert [await asks_ngozi(house, request, delivery="twice") for _ in range(2)] == ["Asked.", "Asked."]

    assert await recorded(house, request) == ["sent", "delegated"]
    assert len(house.sees(NGOZI)) == 1


async def test_a_delegate_may_ask_again_and_a_circle_ends(house: House) -> None:
    request = await has_sent(house)
    await asks_ngozi(house, request)
    stage = request.stages[0].id

    assert opened(await house.presses(NGOZI, Delegate(stage))).fields[0].options == (HELEN.id,)
    assert whispered(await house.sends(NGOZI, Delegate(stage), {"person": MARIA.id})).title == "They can decide this already."
    assert whispered(await house.sends(NGOZI, Delegate(stage), {"person": HELEN.id})).title == "Asked."
    assert whispered(await house.presses(HELEN, Delegate(stage))).title == "There is nobody else to ask."


@pytest.mark.parametrize("who", [LEE, DANA, RAVI], ids=lambda person: person.id)
async def test_nobody_passes_on_what_is_not_theirs(house: House, who: Person) -> None:
    request = await has_sent(house)

    for reply in (await house.presses(who, Delegate(request.stages[0].id)), await house.sends(who, Delegate(request.stages[0].id), AWAY)):
        assert whispered(reply).title in ("This is not yours.", "Nobody decides their own request.")

    assert (await kept(house)).stages[0].added == ()
    refused = (await lines(house, request))[1:]
    assert [(one.what, one.who) for one in refused] == [("refused", who.id)] * 2
    assert refused[0].detail == "tried to ask somebody else to decide as building principal"


async def test_a_refused_press_that_comes_twice_is_one_line(house: House) -> None:
    request = await has_sent(house)

    for _ in range(2):
        await house.presses(LEE, Delegate(request.stages[0].id), "twice")

    assert await recorded(house, request) == ["sent", "refused"]


async def test_what_is_not_there_or_somebody_elses_or_over_or_to_come_is_passed_on_by_nobody(house: House) -> None:
    request = await has_sent(house)
    elsewhere = replace(MARIA, district=type(MARIA.district)("oak-hollow"))

    assert whispered(await house.presses(MARIA, Delegate(type(request.stages[0].id)("none")))).title == "I cannot find that for you."
    early = await house.presses(RAVI, Delegate(request.stages[1].id))
    assert whispered(early).title == "It is not your turn yet."
    await takes_back(house, request)
    assert whispered(await house.sends(MARIA, Delegate(request.stages[0].id), AWAY)).title == "This one is closed."
    foreign = await house.desk._moving._do(elsewhere, _press, house.packs, request.stages[0].id, elsewhere)
    assert type(foreign[0]).__name__ == "Unknown"


def _press(work, packs, stage, actor):
    from handlers.delegate import press  # noqa: PLC0415  # only here behind the door: another district has no pack in this house

    return press(work, packs, stage, actor, delivery="d", now=NOON)


@pytest.mark.parametrize("person", [DANA, LEE, RAVI, None], ids=["requester", "no-part-in-it", "needed-for-the-next", "nobody"])
async def test_only_who_stands_in_the_list_is_asked(house: House, person: Person | None) -> None:
    request = await has_sent(house)

    reply = await house.sends(MARIA, Delegate(request.stages[0].id), {"person": person.id if person else ""})

    assert list(faulty(reply)) == ["person"]
    assert (await kept(house)).stages[0].added == ()


async def test_who_decided_the_first_stage_is_not_asked_about_the_second(house: House) -> None:
    request = await one_has_agreed(house)

    form = opened(await house.presses(RAVI, Delegate(request.stages[1].id)))

    assert form.fields[0].options == (HELEN.id, NGOZI.id)


async def test_where_nobody_is_left_to_be_asked_that_is_said(house: House) -> None:
    await seat(house, DANA, LEE, MARIA, RAVI)
    request = await has_sent(house)

    assert whispered(await house.presses(MARIA, Delegate(request.stages[0].id))).title == "There is nobody else to ask."
    assert list(faulty(await house.sends(MARIA, Delegate(request.stages[0].id), AWAY))) == ["person"]  # she has left since


async def test_where_the_rules_have_nobody_decide_any_more_nobody_can_be_asked(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await has_sent(house)
    await seat(house, DANA, LEE, MARIA)
    bare = house.packs.get(MAPLE_GROVE).model_copy(update={"processes": {}})
    monkeypatch.setattr(house.packs, "get", lambda _: bare)

    assert whispered(await house.sends(MARIA, Delegate(request.stages[0].id), AWAY)).title == "There is nobody else to ask."


async def test_a_delegate_who_could_not_be_asked_today_decides_nothing(house: House) -> None:
    """Authority is read from today's directory, also that of whoever was asked by name."""
    request = await has_sent(house)
    await asks_ngozi(house, request)
    moved = replace(NGOZI, seats=(Seat(Role.staff, SCHOOL),))
    await seat(house, DANA, LEE, MARIA, moved, RAVI, HELEN)

    assert whispered(await house.presses(moved, Approve(request.stages[0].id))).title == "This is not yours."
    assert (await kept(house)).stages[0].status == "open"
    await house.presses(MARIA, Approve(request.stages[0].id))
    assert whispered(await house.presses(moved, Approve(request.stages[0].id))).title == "This one was already answered."


async def test_whom_the_bot_asked_decides_in_the_place_of_the_role_and_only_as_the_fallback(house: House) -> None:
    request = await has_sent(house)
    await house.store.write(lambda work: work.requests.ask_also(request.stages[0].id, HELEN.id, None))
    other = a_person("ines", "Ines Duarte", Seat(Role.superintendent))
    moved = replace(HELEN, seats=(Seat(Role.records_officer),))
    await seat(house, DANA, LEE, MARIA, NGOZI, RAVI, moved, other)
    assert whispered(await house.presses(moved, Approve(request.stages[0].id))).title == "This is not yours."

    await seat(house, *EVERYBODY)
    await house.presses(HELEN, Approve(request.stages[0].id))

    assert (await lines(house, request))[-1].detail == "in place of the building principal (district setting)"


async def test_in_whose_place_one_stage_was_decided_is_not_asked_about_the_next(house: House) -> None:
    request = await has_sent(house)
    await house.sends(MARIA, NameStandIn(MARIA.id), {"person": NGOZI.id, "starts": "2026-03-02", "ends": "2026-03-06"})
    await house.presses(NGOZI, Approve(request.stages[0].id))

    form = opened(await house.presses(RAVI, Delegate(request.stages[1].id)))

    assert form.fields[0].options == (HELEN.id,)  # neither Ngozi, who decided, nor Maria, for whom she did


async def test_a_delegate_who_has_left_decides_nothing(house: House) -> None:
    request = await has_sent(house)
    await asks_ngozi(house, request)
    await seat(house, DANA, LEE, MARIA, RAVI, HELEN)

    assert whispered(await house.presses(NGOZI, Approve(request.stages[0].id))).title == "This is not yours."
    assert "Ngozi" not in plain((await house.looks(DANA, View.mine))[0])


async def test_a_delegate_decides_also_when_who_asked_has_left(house: House) -> None:
    request = await has_sent(house)
    await asks_ngozi(house, request)
    await seat(house, DANA, LEE, NGOZI, RAVI, HELEN)

    await house.presses(NGOZI, Approve(request.stages[0].id))

    assert "Ngozi Okafor approved it, asked by Maria Ortiz" in plain((await house.looks(HELEN, View.records))[0])


async def test_many_are_listed_by_name_and_everybody_else_is_named_by_email(house: House) -> None:
    crowd = [a_person(f"c{number:03}", f"Casey Adams{number:03}", Seat(Role.assistant_principal, SCHOOL)) for number in range(101)]
    await seat(house, *EVERYBODY, *crowd)
    request = await has_sent(house)
    stage = request.stages[0].id

    form = opened(await house.presses(MARIA, Delegate(stage)))
    person, email, _ = form.fields
    assert (len(person.options), person.required, email.required) == (100, False, False)
    assert set(faulty(await house.sends(MARIA, Delegate(stage), {}))) == {"person"}
    assert faulty(await house.sends(MARIA, Delegate(stage), {"email": DANA.email})) == {
        "email": "Nobody who may be asked has that e-mail address."
    }
    typed = {"person": crowd[0].id, "email": NGOZI.email.upper()}
    assert "Ngozi Okafor has the card now" in plain(whispered(await house.sends(MARIA, Delegate(stage), typed)))


async def test_two_principals_ask_the_same_person_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await seat(house, *EVERYBODY, ADA)
    request = await has_sent(house)

    replies = await asyncio.gather(*(house.sends(who, Delegate(request.stages[0].id), AWAY) for who in (MARIA, ADA)))

    assert sorted(whispered(one).title for one in replies) == ["Asked.", "They can decide this already."]


@pytest.mark.parametrize("again", [False, True])
async def test_somebody_was_first_between_the_looking_and_the_asking(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    again: bool,  # noqa: FBT001  # a parameter
) -> None:
    request = await has_sent(house)
    whole, stage = SqlRequests.ask_also, request.stages[0].id

    def beaten(self: SqlRequests, *args: object) -> bool:
        whole(self, *args)  # type: ignore[arg-type]
        if again:
            self._connection.exec_driver_sql("INSERT INTO inbox VALUES ('same', ?, '2026-03-02')", (f"delegate:{stage}:maria",))
        return False

    monkeypatch.setattr(SqlRequests, "ask_also", beaten)
    card = whispered(await house.sends(MARIA, Delegate(stage), AWAY, "same"))

    assert card.title == ("Asked." if again else "They can decide this already.")


async def test_a_stage_that_is_decided_in_between_is_passed_on_no_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await has_sent(house)

    def decided(self: SqlRequests, *args: object) -> bool:
        self._connection.exec_driver_sql("UPDATE requests SET status = 'withdrawn'")
        return False

    monkeypatch.setattr(SqlRequests, "ask_also", decided)

    assert whispered(await house.sends(MARIA, Delegate(request.stages[0].id), AWAY)).title == "This one is closed."


async def test_what_is_approved_for_good_is_passed_on_by_nobody(house: House) -> None:
    request = await both_have_agreed(house)

    assert whispered(await house.presses(MARIA, Delegate(request.stages[0].id))).title == "This one was already answered."


async def test_who_was_asked_and_decided_nothing_is_offered_nothing_to_revoke(house: House) -> None:
    request = await has_sent(house)
    await asks_ngozi(house, request)

    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.presses(RAVI, Approve(request.stages[1].id))
    await house.post_is_out()

    cards = {who.id: next(card for card in house.sees(who) if card.title.startswith("Approved")) for who in (MARIA, RAVI, NGOZI)}
    assert {who: [one.label for one in card.buttons] for who, card in cards.items()} == {
        "maria": ["Revoke", "Take a student out"],
        "ravi": ["Revoke", "Take a student out"],
        "ngozi": [],
    }


async def test_a_delegate_who_decided_may_revoke(house: House) -> None:
    request = await has_sent(house)
    await asks_ngozi(house, request)

    await house.presses(NGOZI, Approve(request.stages[0].id))
    await house.presses(RAVI, Approve(request.stages[1].id))
    await house.post_is_out()

    card = next(card for card in house.sees(NGOZI) if card.title.startswith("Approved"))
    assert opened(await house.presses(NGOZI, button(card, "Revoke"))).title == "Revoke the permission of Dana Whitlock"


async def test_whoever_stands_in_for_whom_was_asked_gets_the_card_too(house: House) -> None:
    request = await has_sent(house)
    await house.sends(HELEN, NameStandIn(HELEN.id), {"person": NGOZI.id, "starts": "2026-03-02", "ends": "2026-03-06"})

    await house.sends(MARIA, Delegate(request.stages[0].id), {"person": HELEN.id})
    await house.post_is_out()

    assert len(house.sees(HELEN)) == len(house.sees(NGOZI)) == 1
