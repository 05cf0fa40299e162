"""Somebody gives away what is not theirs to decide: from then on it is another's, who has the card and the time; a late press says so."""

import asyncio
from dataclasses import replace

import pytest

from handlers.actions import Approve, Delegate, Deny, NameStandIn, Reassign, View
from handlers.cards import Card
from handlers.changing import ApproveChanged, AskMore
from handlers.people import Person, Role, Seat
from handlers.wording.plain import plain
from handlers.wording.refusals import nothing_done
from handlers.workflow.request import Request
from storage.amendments import SqlAmendments
from tests.house import House, button, faulty, opened, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, NGOZI, RAVI, SCHOOL, a_person
from tests.scenes import both_have_agreed, has_sent, kept, lines, one_has_agreed, recorded, seat, takes_back

PIET = a_person("piet", "Piet Vos", Seat(Role.building_principal, "Maple Grove West", HELEN.id))  # another school's principal
ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))  # a second one of the same school
BO = a_person("bo", "Bo Winters", Seat(Role.assistant_principal, SCHOOL))
TOM = a_person("tom", "Tom Lindgren", Seat(Role.technology_department))
WHY = "The team is of his school"
TO_PIET = {"person": PIET.id, "reason": WHY}
GONE = "This is with somebody else now."


async def has_asked(house: House, *more: Person) -> Request:
    """Dana has asked; there are two schools."""
    await seat(house, *EVERYBODY, PIET, *more)
    return await has_sent(house)


async def gives(house: House, request: Request, who: Person = MARIA, to: Person = PIET, delivery: str = "") -> str:
    """Somebody gives the first stage away; what they read, once the cards are out."""
    card = whispered(await house.sends(who, Reassign(request.stages[0].id), TO_PIET | {"person": to.id}, delivery))
    await house.post_is_out()
    return card.title


async def test_the_form_names_who_could_decide_it_by_the_policy_and_nobody_else(house: House) -> None:
    """The same role at any school, and whoever is above: not her assistant, whom she could only ask beside herself."""
    await has_asked(house, ADA, TOM)

    form = opened(await house.presses(MARIA, button(house.sees(MARIA)[-1], "Give away")))

    assert {label for _, label in form.fields[0].choices} == {HELEN.name, PIET.name, ADA.name}
    assert form.fields[-1].required
    assert "Please name no student here" in form.fields[-1].hint


async def test_it_is_anothers_then_with_the_card_and_every_other_card_says_so(house: House) -> None:
    request = await has_asked(house)

    assert await gives(house, request) == "It is theirs now."

    his, hers = house.sees(PIET)[-1], house.sees(MARIA)[-1]
    assert button(his, "Approve") == Approve(request.stages[0].id)
    assert f"Maria Ortiz gave this to Piet Vos. Reason: {WHY}" in plain(his)
    assert hers.title == "Piet Vos decides this now: “Permission to text from your own phone”"
    assert hers.buttons == ()
    assert "Ada Finch" not in plain(hers)  # whose it is no longer needs no student's name
    assert "Waiting for: Piet Vos, given it by Maria Ortiz" in plain(house.sees(DANA)[-1])
    assert [len(await house.looks(one, View.inbox)) for one in (MARIA, PIET)] == [0, 1]
    (_, line) = await lines(house, request)
    assert (line.who, line.what, line.before, line.after) == (MARIA.id, "reassigned", "pending", "pending")
    assert line.detail == f"gave the decision as building principal to Piet Vos (reason: {WHY})"
    assert f"Maria Ortiz {line.detail}" in plain((await house.looks(HELEN, View.records))[0])


@pytest.mark.parametrize(
    ("action", "values"),
    [
        (Approve, None),
        (Deny, {"reason": "No"}),
        (ApproveChanged, {"conditions": "Only this"}),
        (AskMore, {"question": "Which?"}),
        (Delegate, {"person": HELEN.id}),
        (Reassign, {"person": HELEN.id, "reason": "Back"}),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
async def test_a_press_on_the_old_card_decides_nothing_and_says_who_has_it(
    house: House, action: type[Approve], values: dict[str, str] | None
) -> None:
    request = await has_asked(house)
    await gives(house, request)
    old, before = action(request.stages[0].id), await kept(house)

    replies = [await house.presses(MARIA, old), *([await house.sends(MARIA, old, values)] if values else [])]

    for card in map(whispered, replies):
        assert card.title == GONE
        assert "Piet Vos decides this now. Nothing was changed." in plain(card)
    assert await kept(house) == before
    assert await recorded(house, request) == ["sent", "reassigned"]  # she did nothing wrong


async def test_whoever_got_it_decides_and_everybody_reads_how_it_came_to_them(house: House) -> None:
    request = await has_asked(house)
    await gives(house, request)

    await house.presses(PIET, Approve(request.stages[0].id))
    await house.post_is_out()

    assert "Approved by: Piet Vos, given it by Maria Ortiz" in plain(house.sees(DANA)[-1])
    assert (await lines(house, request))[-1].detail == "given it by Maria Ortiz"
    assert whispered(await house.presses(MARIA, Approve(request.stages[0].id))).title == "This one was already answered."
    assert button(house.sees(RAVI)[-1], "Approve") == Approve(request.stages[1].id)


async def test_the_last_of_all_decides_in_the_place_of_the_role_and_that_is_said(house: House) -> None:
    request = await has_asked(house)
    await gives(house, request, to=HELEN)

    await house.presses(HELEN, Approve(request.stages[0].id))

    detail = "in place of the building principal (district setting) (given it by Maria Ortiz)"
    assert (await lines(house, request))[-1].detail == detail


async def test_it_goes_on_and_back_and_everybody_in_between_hears_who_has_it(house: House) -> None:
    request = await has_asked(house)
    await gives(house, request)
    await gives(house, request, who=PIET, to=HELEN)
    assert "Helen Brandt decides this now" in plain(whispered(await house.presses(PIET, Approve(request.stages[0].id))))
    assert "Helen Brandt decides this now" in plain(whispered(await house.presses(MARIA, Approve(request.stages[0].id))))

    await gives(house, request, who=HELEN, to=MARIA)

    assert [button(card, "Approve") for card in house.sees(MARIA)] == [Approve(request.stages[0].id)] * 2  # told once more
    assert "Given by: Helen Brandt" in plain(house.sees(PIET)[-1])
    assert whispered(await house.presses(MARIA, Approve(request.stages[0].id))).title == "Approved."
    assert whispered(await house.presses(PIET, Approve(request.stages[0].id))).title == "This one was already answered."


async def test_of_two_principals_the_other_gives_it_up_as_well(house: House) -> None:
    request = await has_asked(house, ADA)

    await gives(house, request, to=ADA)

    assert whispered(await house.presses(MARIA, Approve(request.stages[0].id))).title == GONE
    assert whispered(await house.presses(ADA, Approve(request.stages[0].id))).title == "Approved."


async def test_whom_the_old_decider_asked_and_who_stands_in_for_her_have_it_no_more(house: House) -> None:
    request, stage = await has_asked(house, BO), (await kept(house)).stages[0].id
    await house.sends(MARIA, Delegate(stage), {"person": BO.id})
    await house.sends(MARIA, NameStandIn(MARIA.id), {"person": NGOZI.id, "starts": "2026-03-02", "ends": "2026-03-06"})
    await gives(house, request)

    assert [whispered(await house.presses(who, Approve(stage))).title for who in (NGOZI, BO)] == [GONE, GONE]
    assert whispered(await house.sends(PIET, Delegate(stage), {"person": NGOZI.id})).title == "Asked."
    assert whispered(await house.presses(NGOZI, Approve(stage))).title == "Approved."


async def test_a_stand_in_may_give_it_away_and_who_stands_in_for_the_new_one_decides(house: House) -> None:
    request, stage = await has_asked(house), (await kept(house)).stages[0].id
    for who, to in ((MARIA, NGOZI), (PIET, HELEN)):
        await house.sends(who, NameStandIn(who.id), {"person": to.id, "starts": "2026-03-02", "ends": "2026-03-06"})

    assert await gives(house, request, who=NGOZI) == "It is theirs now."

    assert button(house.sees(HELEN)[-1], "Approve") == Approve(stage)
    assert whispered(await house.presses(HELEN, Approve(stage))).title == "Approved."
    assert "in place of Piet Vos" in (await lines(house, request))[-1].detail


@pytest.mark.parametrize("who", [LEE, DANA, RAVI], ids=lambda person: person.id)
async def test_nobody_gives_away_what_is_not_theirs(house: House, who: Person) -> None:
    request = await has_asked(house)
    for _ in range(2):
        await house.presses(who, Reassign(request.stages[0].id), "twice")

    reply = await house.sends(who, Reassign(request.stages[0].id), TO_PIET)

    assert whispered(reply).title in ("This is not yours.", "Nobody decides their own request.")
    refused = (await lines(house, request))[1:]
    assert [(one.what, one.who) for one in refused] == [("refused", who.id)] * 2
    assert refused[0].detail == "tried to give the decision as building principal to somebody else"
    assert (await kept(house)).stages[0].reassigned == ()


@pytest.mark.parametrize("to", [DANA, LEE, NGOZI, RAVI, MARIA], ids=["requester", "colleague", "assistant", "other-role", "herself"])
async def test_it_goes_to_nobody_who_could_not_decide_it(house: House, to: Person) -> None:
    request = await has_asked(house)

    reply = await house.sends(MARIA, Reassign(request.stages[0].id), TO_PIET | {"person": to.id})

    assert list(faulty(reply)) == ["person"]
    assert (await kept(house)).stages[0].reassigned == ()


async def test_why_has_to_be_said(house: House) -> None:
    request = await has_asked(house)

    assert list(faulty(await house.sends(MARIA, Reassign(request.stages[0].id), {"person": PIET.id}))) == ["reason"]


async def test_two_people_still_have_to_agree(house: House) -> None:
    """Who decided the first stage does not get the second, nor who was stood in for."""
    await seat(house, *EVERYBODY, TOM, replace(PIET, seats=(*PIET.seats, Seat(Role.technology_department))))
    request = await has_sent(house)
    await gives(house, request)
    await house.presses(PIET, Approve(request.stages[0].id))

    form = opened(await house.presses(RAVI, Reassign(request.stages[1].id)))

    assert set(form.fields[0].options) == {HELEN.id, TOM.id}


async def test_whom_the_other_stage_cannot_do_without_does_not_get_this_one(house: House) -> None:
    await seat(house, DANA, MARIA, PIET, HELEN)  # nobody of the technology department: Helen decides for it
    request = await has_sent(house)

    form = opened(await house.presses(MARIA, Reassign(request.stages[0].id)))

    assert form.fields[0].options == (PIET.id,)


async def test_where_the_other_stage_needs_whoever_got_it_it_falls_back(house: House) -> None:
    """Two stages are for two people, also after the directory has changed: better her own again than one that nobody can decide."""
    request = await has_asked(house)
    await gives(house, request, to=HELEN)

    await seat(house, DANA, MARIA, PIET, HELEN)

    assert whispered(await house.presses(MARIA, Approve(request.stages[0].id))).title == "Approved."
    assert whispered(await house.presses(HELEN, Approve(request.stages[1].id))).title == "Approved."


@pytest.mark.parametrize("seats", [(), (Seat(Role.staff, SCHOOL),)], ids=["left", "no-principal-any-more"])
async def test_where_whoever_got_it_may_not_have_it_any_more_it_is_hers_again(house: House, seats: tuple[Seat, ...]) -> None:
    request = await has_asked(house)
    await gives(house, request)

    await seat(house, *EVERYBODY, *([replace(PIET, seats=seats)] if seats else []))

    assert whispered(await house.presses(replace(PIET, seats=seats), Approve(request.stages[0].id))).title == "This is not yours."
    assert whispered(await house.presses(MARIA, Approve(request.stages[0].id))).title == "Approved."
    assert (await lines(house, request))[-1].detail == ""


async def test_where_nobody_else_could_decide_it_that_is_said(house: House) -> None:
    await seat(house, DANA, LEE, replace(MARIA, seats=(Seat(Role.building_principal, SCHOOL),)), NGOZI, RAVI)
    request = await has_sent(house)

    for reply in (
        await house.presses(MARIA, Reassign(request.stages[0].id)),
        await house.sends(MARIA, Reassign(request.stages[0].id), TO_PIET),
    ):
        assert whispered(reply).title == "There is nobody to give this to."


async def test_a_form_that_comes_twice_is_answered_alike_and_counts_once(house: House) -> None:
    request = await has_asked(house)

    assert [await gives(house, request, delivery="twice") for _ in range(2)] == ["It is theirs now."] * 2

    assert await recorded(house, request) == ["sent", "reassigned"]
    assert len(house.sees(PIET)) == 1


async def test_what_was_refused_does_not_happen_when_it_comes_again(house: House) -> None:
    request = await has_asked(house)
    assert await gives(house, request, who=PIET, to=HELEN, delivery="twice") == "This is not yours."
    assert await gives(house, request, who=PIET, to=HELEN, delivery="twice") == "This is not yours."
    await gives(house, request)

    assert await gives(house, request, who=PIET, to=HELEN, delivery="twice") == "This press came twice."


async def test_what_is_decided_or_over_or_to_come_or_elsewhere_is_given_away_by_nobody(house: House) -> None:
    request = await has_asked(house)
    elsewhere = replace(MARIA, district=type(MARIA.district)("oak-hollow"))

    async def tries(who: Person, stage: int) -> str:
        return whispered(await house.presses(who, Reassign(request.stages[stage].id))).title

    assert whispered(await house.presses(MARIA, Reassign(type(request.stages[0].id)("none")))).title == "I cannot find that for you."
    assert await tries(RAVI, 1) == "It is not your turn yet."
    await house.presses(MARIA, Approve(request.stages[0].id))
    assert await tries(MARIA, 0) == "This one was already answered."
    await takes_back(house, request)
    assert await tries(RAVI, 1) == "This one is closed."
    assert await _seen_from(house, elsewhere, request) == nothing_done()


async def _seen_from(house: House, actor: Person, request: Request) -> Card:
    return whispered(await house.desk.again(Reassign(request.stages[0].id), actor))


async def test_a_form_that_is_left_brings_the_card_back_as_it_is_now(house: House) -> None:
    request = await has_asked(house)
    assert button(await _seen_from(house, MARIA, request), "Give away") == Reassign(request.stages[0].id)
    await gives(house, request)

    assert (await _seen_from(house, MARIA, request)).title.startswith("Piet Vos decides this now")
    assert button(await _seen_from(house, PIET, request), "Approve") == Approve(request.stages[0].id)
    assert await _seen_from(house, LEE, request) == nothing_done()


async def test_an_answer_to_a_question_goes_to_whoever_has_it(house: House) -> None:
    request = await has_asked(house)
    await house.sends(MARIA, AskMore(request.stages[0].id), {"question": "Which days?"})
    await gives(house, request)

    answer = next(card for card in house.sees(DANA) if "question" in card.title)
    await house.sends(DANA, button(answer, "Answer"), {"reply": "Fridays"})
    await house.post_is_out()

    assert "Fridays" in plain(house.sees(PIET)[-1])
    assert not any("Fridays" in plain(card) for card in house.sees(MARIA))


async def test_of_two_who_give_it_away_at_once_the_second_hears_who_has_it(house: House) -> None:
    request = await has_asked(house, ADA)

    both = await asyncio.gather(
        *(house.sends(who, Reassign(request.stages[0].id), TO_PIET | {"person": to.id}) for who, to in ((MARIA, PIET), (ADA, HELEN)))
    )

    assert sorted(whispered(one).title for one in both) == ["It is theirs now.", GONE]
    assert len((await kept(house)).stages[0].reassigned) == 1


@pytest.mark.parametrize("first", ["decided", "given"])
async def test_somebody_was_first_between_the_looking_and_the_giving(house: House, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    request = await has_asked(house)
    whole = SqlAmendments.reassign

    def beaten(self: SqlAmendments, request: Request, stage: object) -> bool:
        if first == "given":
            whole(self, request, stage)  # type: ignore[arg-type]
        else:
            self._connection.exec_driver_sql("UPDATE requests SET status = 'withdrawn'")
        return whole(self, request, stage)  # type: ignore[arg-type]

    monkeypatch.setattr(SqlAmendments, "reassign", beaten)

    assert await gives(house, request) == (GONE if first == "given" else "This one is closed.")
    assert await recorded(house, request) == ["sent"]


async def test_a_decision_that_was_read_before_it_was_given_away_does_not_count(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a database with several writers both are under way at once: whoever commits second finds it gone."""
    from storage.requests import SqlRequests  # noqa: PLC0415  # only here

    request = await has_asked(house)
    whole = SqlRequests.settle

    def too_late(self: SqlRequests, request: Request, stage: object) -> bool:
        there = '[["piet", "maria", "2026-03-02T12:00:00+00:00", "His", ["maria"]]]'
        self._connection.exec_driver_sql("UPDATE stages SET reassigned = ? WHERE position = 0", (there,))
        return whole(self, request, stage)  # type: ignore[arg-type]

    monkeypatch.setattr(SqlRequests, "settle", too_late)

    assert whispered(await house.presses(MARIA, Approve(request.stages[0].id))).title == GONE
    assert (await kept(house)).stages[0].decided_by is None


async def test_what_is_approved_for_good_is_given_away_by_nobody(house: House) -> None:
    request = await both_have_agreed(house)

    assert whispered(await house.presses(MARIA, Reassign(request.stages[0].id))).title == "This one was already answered."


async def test_one_technician_gives_it_to_another_and_the_first_presses_in_vain(house: House) -> None:
    await seat(house, *EVERYBODY, TOM)
    request = await one_has_agreed(house)

    await house.sends(RAVI, Reassign(request.stages[1].id), {"person": TOM.id, "reason": "Phones are his"})
    await house.post_is_out()

    assert whispered(await house.presses(RAVI, Approve(request.stages[1].id))).title == GONE
    assert whispered(await house.presses(TOM, Approve(request.stages[1].id))).title == "Approved."
    assert (await lines(house, request))[
        -2
    ].detail == f"gave the decision for the technology department to {TOM.name} (reason: Phones are his)"
