"""What staff have to report, and what they note for themselves, in the five districts: who gets it, who never does, what follows."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.actions import Begin, Done, Reopen, View, Withdraw
from handlers.obstacles import Obstacle
from handlers.people import Person, Role, Seat
from handlers.policy.facts import Facts
from handlers.policy.vocabulary import Fact
from handlers.undelivered import laid_aside
from handlers.workflow.request import Status
from tests.districts import INES, OMAR, District, a_district, said_on
from tests.house import button, faulty, opened, said, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, NGOZI, NOON, RAVI, a_person

SEEN = {"what": "He drove Ada Finch home late", "students": "Ada Finch", "when": "2026-02-27"}
BOSS = a_person("bea", "Bea Novak", Seat(Role.supervisor, "Maple Grove Elementary"))
ELSEWHERE = a_person("pat", "Pat Lindqvist", Seat(Role.staff, "Maple Grove Elementary", BOSS.id))


@pytest.fixture
async def carthage(tmp_path: Path) -> AsyncIterator[District]:
    async with a_district(tmp_path, "carthage-r9") as district:
        yield district


@pytest.fixture
async def dudley(tmp_path: Path) -> AsyncIterator[District]:
    async with a_district(tmp_path, "dudley-charlton") as district:
        yield district


@pytest.mark.walks("C14")
async def test_a_worry_reaches_everybody_whom_the_policy_names(carthage: District) -> None:
    sent = await carthage.starts(DANA, "concern", SEEN)

    assert "handed to Maria Ortiz and Ines Duarte" in said_on(whispered(sent))
    for one in (MARIA, INES):
        card = carthage.card(one, "Dana Whitlock reports")
        assert "He drove Ada Finch home late" in said_on(card)
        assert "Ada" not in card.summary
        assert not card.buttons
    (request,) = await carthage.kept()
    assert request.status is Status.ended
    assert "Handed over" in said_on(carthage.card(DANA, "Your report"))


@pytest.mark.walks("C14")
async def test_whoever_it_is_about_gets_nothing_and_reads_nothing(carthage: District) -> None:
    await carthage.starts(DANA, "concern", SEEN | {"person": MARIA.id})

    (request,) = await carthage.kept()
    assert request.subject == MARIA.id
    assert carthage.sees(MARIA) == []
    assert carthage.card(INES, "Dana Whitlock reports").title
    assert carthage.card(HELEN, "Dana Whitlock reports").title  # Maria's supervisor


async def test_a_worry_about_somebody_elsewhere_goes_to_those_above_that_person(carthage: District) -> None:
    await carthage.seats(*EVERYBODY, BOSS, ELSEWHERE)

    await carthage.starts(DANA, "concern", SEEN | {"person": ELSEWHERE.id})

    assert carthage.card(BOSS, "Dana Whitlock reports").title
    assert carthage.sees(MARIA) == []


async def test_where_nobody_else_is_left_the_form_says_who_gets_it(carthage: District) -> None:
    await carthage.seats(DANA, MARIA, HELEN)
    form = opened(await carthage.house.presses(carthage.of(DANA), Begin("discrimination")))
    assert "in place of the nondiscrimination compliance officer (district setting)" in str(form.blocks)
    assert "Whoever it is about does not receive it" in str(form.blocks)

    refused = await carthage.starts(DANA, "discrimination", {"what": "Slurs", "person": HELEN.id})

    assert "Nothing was sent" in said_on(whispered(refused))
    assert await carthage.kept() == ()


async def test_a_superintendent_does_not_read_the_record_of_a_report_about_herself(carthage: District) -> None:
    await carthage.starts(DANA, "concern", SEEN | {"person": HELEN.id})

    (nothing,) = await carthage.house.looks(carthage.of(HELEN), View.records)

    assert len(await carthage.kept()) == 1
    assert nothing.title == "No requests yet."


async def test_a_card_that_cannot_be_delivered_does_not_go_to_whoever_it_is_about(carthage: District) -> None:
    await carthage.seats(DANA, MARIA, HELEN)
    await carthage.starts(DANA, "concern", SEEN | {"person": HELEN.id})
    (request,) = await carthage.kept()
    cards = await carthage.house.store.read(lambda work: work.outbox.cards(request.id))
    lost = next(card for card in cards if card.kind == "know")

    await carthage.house.store.write(laid_aside, carthage.house.packs, lost, Obstacle.left, NOON)
    await carthage.house.post_is_out()

    assert not [card for card in carthage.sees(HELEN) if "reports" in card.title]


async def test_nor_is_its_subject_told_what_could_not_be_delivered_by_looking_after_hallpass(carthage: District) -> None:
    await carthage.starts(DANA, "concern", SEEN | {"person": RAVI.id})
    (request,) = await carthage.kept()
    cards = await carthage.house.store.read(lambda work: work.outbox.cards(request.id))
    lost = next(card for card in cards if card.kind == "know")

    await carthage.house.store.write(laid_aside, carthage.house.packs, lost, Obstacle.left, NOON)
    await carthage.house.post_is_out()

    assert carthage.sees(RAVI) == []
    assert [card.title for card in carthage.sees(HELEN) if "reached" in card.title or "delivered" in card.title]  # the fallback is


@pytest.mark.walks("C16")
async def test_discrimination_goes_to_the_compliance_officer_alone(carthage: District) -> None:
    sent = await carthage.starts(DANA, "discrimination", {"what": "Slurs in the staff room"})

    assert "handed to Omar Haddad." in said_on(whispered(sent))
    assert carthage.card(OMAR, "Dana Whitlock reports").title
    assert carthage.sees(MARIA) == []


@pytest.mark.walks("C15")
async def test_a_child_in_danger_is_a_matter_for_people_and_no_form(carthage: District) -> None:
    words = carthage.house.means("A child is being hit", Facts({Fact.topic: "child_abuse", Fact.content: "abuse"}))

    answer = said(await carthage.house.says(carthage.of(DANA), words))

    assert "hotline" in said_on(answer)
    assert "request" not in {type(one.action).__name__.casefold() for one in answer.buttons}


async def test_a_report_cannot_be_taken_back(tmp_path: Path) -> None:
    async with a_district(tmp_path, "policy-401-13r2") as district:
        await district.starts(DANA, "suspected-contact", SEEN)
        (request,) = await district.kept()

        refused = await district.house.presses(district.of(DANA), Withdraw(request.id))

        assert "cannot be taken back" in whispered(refused).title
        assert not district.card(DANA, "Your report").buttons


@pytest.mark.walks("R11")
async def test_an_administrator_has_to_look_into_it_and_the_reporter_learns_that(tmp_path: Path) -> None:
    async with a_district(tmp_path, "policy-401-13r2") as district:
        await district.starts(DANA, "suspected-contact", SEEN | {"person": LEE.id})
        (request,) = await district.kept()
        assert (request.status, request.duties[0].owners) == (Status.pending, (MARIA.id,))
        assert [card.title for card in district.sees(MARIA)] == [f"To do: {request.duties[0].what}"]
        assert "not yet answered" in said_on(district.card(DANA, "Your report"))

        await district.does(MARIA, "Look into this", {"when": "2026-03-02", "what": "The superintendent"})

        (request,) = await district.kept()
        assert request.status is Status.ended
        assert "March 2, 2026" in said_on(district.card(DANA, "Done by Maria Ortiz"))
        assert district.sees(LEE) == []


@pytest.mark.walks("R11")
async def test_a_principal_under_suspicion_looks_into_nothing(tmp_path: Path) -> None:
    async with a_district(tmp_path, "policy-401-13r2") as district:
        await district.starts(DANA, "suspected-contact", SEEN | {"person": MARIA.id})

        (request,) = await district.kept()
        assert request.duties[0].owners == (HELEN.id,)
        late = await district.house.sends(district.of(MARIA), Done(request.duties[0].id), {"when": "2026-03-02", "what": "Me"})
        assert whispered(late).title == "I cannot find that for you."  # nor who has to look into it
        again = await district.house.sends(district.of(MARIA), Reopen(request.duties[0].id), {"reason": "Why?"})
        assert whispered(again).title == "I cannot find that for you."


async def test_an_inquiry_that_was_not_begun_after_all_is_asked_for_again_and_the_reporter_sees_it(tmp_path: Path) -> None:
    async with a_district(tmp_path, "policy-401-13r2") as district:
        await district.starts(DANA, "suspected-contact", SEEN)
        await district.does(MARIA, "Look into this", {"when": "2026-03-02", "what": "The police"})
        assert (await district.kept())[0].status is Status.ended
        done = (await district.kept())[0].duties[0].id

        await district.house.sends(district.of(DANA), Reopen(done), {"reason": "Nobody called me"})
        await district.house.post_is_out()

        (request,) = await district.kept()
        assert request.status is Status.pending
        card = said_on(district.card(DANA, "Your report"))
        assert "Handed over, not yet answered" in card
        assert "Waiting for" in card


@pytest.mark.walks("D8")
async def test_an_emergency_call_is_reported_in_full_to_the_supervisor(dudley: District) -> None:
    full = {"reason": "The ambulance", "what": "Which pills", "time": "14:10", "when": "2026-03-01", "students": "Ada Finch"}
    assert set(faulty(await dudley.starts(DANA, "emergency-report", {"time": "14:10"}))) == {"reason", "what"}

    await dudley.starts(DANA, "emergency-report", full)

    assert "Which pills" in said_on(dudley.card(MARIA, "Dana Whitlock reports"))
    (story,) = await dudley.house.looks(dudley.of(HELEN), View.records)
    assert "Which pills" not in said_on(story)


@pytest.mark.walks("D13")
async def test_a_violation_is_handed_to_the_reporters_own_supervisor(dudley: District) -> None:
    await dudley.seats(*EVERYBODY, BOSS, ELSEWHERE)

    await dudley.starts(DANA, "violation", SEEN | {"person": ELSEWHERE.id})

    assert dudley.card(MARIA, "Dana Whitlock reports").title
    assert dudley.sees(BOSS) == []


@pytest.mark.walks("H16g")
async def test_a_student_who_keeps_writing_is_shared_with_the_supervisor(tmp_path: Path) -> None:
    async with a_district(tmp_path, "chsd-230") as district:
        words = district.house.means(
            "a student keeps messaging me",
            Facts({Fact.topic: "incoming_contact", Fact.direction: "incoming", Fact.to: "student", Fact.persists: "yes"}),
        )
        answer = said(await district.house.says(district.of(DANA), words))
        action = button(answer, "Tell your supervisor")
        form = opened(await district.house.presses(district.of(DANA), action))
        assert [field.name for field in form.fields] == ["students", "where", "dates", "spoken"]

        await district.house.sends(district.of(DANA), action, {"students": "Bo Reyes", "where": "A game", "dates": "2026-02-27"})
        await district.house.post_is_out()

        assert "Bo Reyes" in said_on(district.card(MARIA, "Dana Whitlock reports"))


@pytest.mark.walks("W1")
async def test_improper_contact_is_handed_to_whom_the_district_has_chosen(tmp_path: Path) -> None:
    async with a_district(tmp_path, "west-st-francois-r4") as district:
        form = opened(await district.house.presses(district.of(DANA), Begin("concern")))
        await district.starts(DANA, "concern", SEEN)

        assert "district setting" in str(form.blocks)
        assert district.card(MARIA, "Dana Whitlock reports").title


@pytest.mark.walks("W4")
async def test_a_family_message_ends_without_a_form_and_nothing_is_kept(tmp_path: Path) -> None:
    async with a_district(tmp_path, "west-st-francois-r4") as district:
        family = {Fact.topic: "family_student", Fact.act: "contact", Fact.to: "student", Fact.channel: "text", Fact.tie: "sibling"}
        answer = said(await district.house.says(district.of(DANA), district.house.means("May I text my sister?", Facts(family))))

        assert [one.label for one in answer.buttons] == ["Helpful", "Not helpful"]
        assert await district.kept() == ()


@pytest.mark.walks("D10")
async def test_a_misdirected_message_is_noted_and_filed(dudley: District) -> None:
    sent = await dudley.starts(DANA, "misdirected", {"what": "Bus times", "when": "2026-03-01", "account": "My own mail"})
    assert "records office" in said_on(whispered(sent))

    await dudley.does(DANA, "Save the message", {"which": "Printed and filed", "where": "Room 12", "when": "2026-03-02"})

    (request,) = await dudley.kept()
    assert request.duties[0].given[0].value == "Printed and filed"
    assert dudley.sees(MARIA) == []
    (story,) = await dudley.house.looks(dudley.of(HELEN), View.records)  # the records office may read it here
    assert "Room 12" in said_on(story)


@pytest.mark.walks("R5")
async def test_an_unusual_use_is_a_note_of_ones_own_that_ends(tmp_path: Path) -> None:
    note = {"what": "The bus broke down", "students": "Ada Finch", "scope": "Where we are", "frequency": "Once"}
    async with a_district(tmp_path, "policy-401-13r2") as district:
        sent = await district.starts(DANA, "personal-use", note | {"starts": "2026-03-01", "duration": "An hour"})
        assert "Nobody else is shown it" in said_on(whispered(sent))
        await district.does(DANA, "End it, or move it", {"evidence": "2026-03-02"})

        (nothing,) = await district.house.looks(district.of(HELEN), View.records)
        assert nothing.title == "No requests yet."
        assert all(district.sees(one) == [] for one in (MARIA, RAVI, HELEN, NGOZI))
        assert "Kept" in said_on(district.card(DANA, "Your note"))
        assert (await district.kept())[0].duties[0].evidence == "2026-03-02"


@pytest.mark.walks("D3")
async def test_a_checklist_is_kept_only_when_all_of_it_is_done(dudley: District) -> None:
    wrong = faulty(await dudley.starts(DANA, "account-checklist", {"account": "A page", "features": "yes"}))
    assert set(wrong) == {"privacy"}

    await dudley.starts(DANA, "account-checklist", {"account": "A page", "features": "yes", "privacy": "yes"})

    assert len(await dudley.kept()) == 1


@pytest.mark.parametrize("who", [DANA, MARIA, HELEN], ids=["staff", "principal", "superintendent"])
async def test_everybody_is_offered_what_they_may_start_and_nothing_else(carthage: District, who: Person) -> None:
    form = opened(await carthage.house.presses(carthage.of(who), Begin("*")))

    offered = {called for _, called in form.fields[1].choices}
    assert "Worry about a staff member and a student" in offered
    assert ("Hand over messages with students" in offered) == (who is not DANA)
    assert ("Show one message that may have been improper" in offered) == (who is not DANA)
    for key, _ in form.fields[1].choices if who is not HELEN else ():  # nobody supervises her
        assert opened(await carthage.house.sends(carthage.of(who), Begin("*"), {"process": key})).fields


async def test_her_own_words_lead_to_the_form_or_to_an_answer(carthage: District) -> None:
    house, dana = carthage.house, carthage.of(DANA)
    worry = house.means("A worry", Facts({Fact.topic: "report_concern", Fact.act: "report"}))
    allowed = house.means("By mail?", Facts({Fact.topic: "district_channel", Fact.act: "contact", Fact.to: "student"}))

    form = opened(await house.sends(dana, Begin("*"), {"question": worry}, "one dialog"))
    assert form.title == "Worry about a staff member and a student"
    assert "handed over" in whispered(await house.sends(dana, form.action, SEEN, "one dialog")).title  # the same id, as Slack has it
    assert said(await house.sends(dana, Begin("*"), {"question": allowed})).title == "Yes, this is allowed."
    assert "question" in faulty(await house.sends(dana, Begin("*"), {"question": " "}))


async def test_a_form_of_a_process_that_is_no_more_says_so(carthage: District) -> None:
    assert "no longer open" in whispered(await carthage.starts(DANA, "dropped", {})).title
    assert "Nothing was sent" in whispered(await carthage.house.desk.again(Begin("dropped"), carthage.of(DANA))).title


async def test_a_permission_that_no_question_led_to_is_asked_for_again(tmp_path: Path) -> None:
    site = {"activity": "Band", "platform": "A video site", "purpose": "Concerts"}
    async with a_district(tmp_path, "chsd-230") as district:
        await district.starts(DANA, "class-site", site)
        await district.presses(MARIA, "Dana Whitlock asks", "Approve")
        action = button(district.card(DANA, "Your request"), "Renew")

        assert opened(await district.house.presses(district.of(DANA), action)).fields[0].value == "Band"
        await district.house.sends(district.of(DANA), action, site)

        second, first = await district.kept()
        assert (second.renews, second.answer) == (first.id, "")


@pytest.mark.walks("D10", "C9")
@pytest.mark.parametrize(
    ("key", "who", "facts", "label", "title"),
    [
        ("dudley-charlton", DANA, {Fact.topic: "misdirected_message"}, "Keep a note of it", "School message on a private account"),
        (
            "carthage-r9",
            MARIA,
            {Fact.topic: "produce_messages", Fact.asker: "supervisor", Fact.asked: "may"},
            "Ask somebody for it",
            "Hand over messages with students",
        ),
    ],
    ids=["note", "production"],
)
async def test_an_answer_leads_to_the_form(tmp_path: Path, key: str, who: Person, facts: dict[Fact, str], label: str, title: str) -> None:
    async with a_district(tmp_path, key) as district:
        answer = said(await district.house.says(district.of(who), district.house.means("And now?", Facts(facts))))

        form = opened(await district.house.presses(district.of(who), button(answer, label)))

        assert form.title == title
