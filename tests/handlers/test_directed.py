"""What a supervisor, the office or the administration asks of a colleague, in the five districts: from its form to its last duty."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.actions import Begin, Done, Reopen, View, Withdraw
from handlers.cards import Kind
from handlers.keeping import NotUsed
from handlers.people import Person, Role, Seat
from handlers.workflow.channel import ChannelState
from handlers.workflow.request import DutyStatus, Status
from tests.districts import District, a_district, said_on
from tests.house import faulty, opened, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, NGOZI, RAVI, SCHOOL, a_person

WHOSE = {"person": DANA.id, "students": "Ada Finch\nBo Reyes", "by": "2026-03-09"}
DELIVERED = {"outcome": "I handed them over", "what": "Texts of February", "when": "2026-03-01", "where": "On a stick, in the office"}
NONE = {"outcome": "There are none", "what": "No account but the district's", "when": "2026-03-02"}
TOOL = {"person": DANA.id, "site": "A quiz site", "url": "https://quiz.example/dana", "purpose": "Vocabulary for ninth grade"}
ACCESS = {"account": "it@maplegrove.example", "when": "2026-03-02"}
ELSEWHERE = a_person("pat", "Pat Lindqvist", Seat(Role.staff, "Maple Grove Elementary"))


@pytest.fixture
async def carthage(tmp_path: Path) -> AsyncIterator[District]:
    async with a_district(tmp_path, "carthage-r9") as district:
        yield district


@pytest.fixture
async def west(tmp_path: Path) -> AsyncIterator[District]:
    async with a_district(tmp_path, "west-st-francois-r4") as district:
        yield district


@pytest.mark.walks("C9", "W8")
@pytest.mark.parametrize("key", ["carthage-r9", "west-st-francois-r4"])
async def test_a_supervisor_asks_for_the_messages_and_gets_them(tmp_path: Path, key: str) -> None:
    async with a_district(tmp_path, key) as district:
        sent = await district.starts(MARIA, "production", WHOSE)

        assert "Dana Whitlock" in said_on(whispered(sent))
        (request,) = await district.kept()
        assert (request.status, request.addressee, request.answer) == (Status.pending, DANA.id, "")
        assert request.duties[0].owners == (DANA.id,)
        assert request.duties[0].due is not None
        assert "Ada Finch" in said_on(district.card(DANA, "To do: Hand over"))
        assert "Waiting for" in said_on(district.card(MARIA, "Your request"))

        await district.does(DANA, "Hand over", DELIVERED)

        (request,) = await district.kept()
        assert request.status is Status.ended
        assert request.duties[0].done_at is not None
        told = said_on(district.card(MARIA, "Done by Dana Whitlock"))
        assert "On a stick, in the office" in told
        assert "March 1, 2026" in told
        assert "Done" in said_on(district.card(MARIA, "Your request"))
        assert [type(one.action) for one in district.card(MARIA, "Your request").buttons] == [Reopen]


@pytest.mark.walks("C9")
async def test_somebody_may_say_that_there_are_none_and_is_then_not_asked_where(carthage: District) -> None:
    await carthage.starts(MARIA, "production", WHOSE)

    await carthage.does(DANA, "Hand over", NONE)

    (request,) = await carthage.kept()
    assert request.duties[0].given[0].value == "There are none"
    assert request.status is Status.ended


async def test_the_form_of_a_duty_is_filled_in_whole_or_stays_open(carthage: District) -> None:
    await carthage.starts(MARIA, "production", WHOSE)
    duty = (await carthage.kept())[0].duties[0].id

    form = opened(await carthage.house.presses(carthage.of(DANA), Done(duty)))
    wrong = faulty(await carthage.house.sends(carthage.of(DANA), Done(duty), {"outcome": "I handed them over", "when": "2027-01-01"}))

    assert [field.name for field in form.fields] == ["outcome", "what", "when", "where"]
    assert set(wrong) == {"what", "when", "where"}


async def test_only_those_whom_somebody_supervises_can_be_named(carthage: District) -> None:
    form = opened(await carthage.house.presses(carthage.of(MARIA), Begin("production")))

    assert form.fields[0].choices == ((DANA.id, "Dana Whitlock"), (LEE.id, "Lee Santos"), (NGOZI.id, "Ngozi Okafor"))
    wrong = faulty(await carthage.starts(MARIA, "production", WHOSE | {"person": RAVI.id}))
    assert "work e-mail of the directory" in wrong["person"]
    assert await carthage.kept() == ()


async def test_where_many_could_be_named_their_work_e_mail_is_typed(carthage: District) -> None:
    many = [a_person(f"p{number}", f"Person {number:03}", Seat(Role.staff, SCHOOL, MARIA.id)) for number in range(101)]
    await carthage.seats(*EVERYBODY, *many)

    form = opened(await carthage.house.presses(carthage.of(MARIA), Begin("production")))
    assert form.fields[0].kind is Kind.line
    assert "person" in faulty(await carthage.starts(MARIA, "production", WHOSE | {"person": "nobody@maplegrove.example"}))
    await carthage.starts(MARIA, "production", WHOSE | {"person": " Person.042@MapleGrove.example "})

    (request,) = await carthage.kept()
    assert request.addressee == "p42"
    assert request.fields["person"] == "Person 042"


async def test_a_day_that_has_passed_is_no_day_to_hand_over_by(carthage: District) -> None:
    wrong = faulty(await carthage.starts(MARIA, "production", {"person": "", "by": "2026-03-01"}))

    assert set(wrong) == {"person", "by"}


async def test_whoever_supervises_nobody_is_told_who_may_start_it(carthage: District) -> None:
    refused = whispered(await carthage.starts(DANA, "production", {"person": LEE.id}))

    assert "supervisor" in said_on(refused)
    assert await carthage.kept() == ()
    assert carthage.sees(LEE) == []


async def test_what_was_asked_can_be_taken_back_and_whoever_was_asked_is_told(carthage: District) -> None:
    await carthage.starts(MARIA, "production", WHOSE)

    await carthage.presses(MARIA, "Your request", "Withdraw")

    (request,) = await carthage.kept()
    assert (request.status, request.duties[0].status) == (Status.withdrawn, DutyStatus.closed)
    assert "nothing more to do" in said_on(carthage.card(DANA, "Maria Ortiz has withdrawn"))
    assert not carthage.card(DANA, "No longer asked for").buttons
    assert await carthage.house.looks(carthage.of(DANA), View.inbox) == ()
    late = await carthage.house.sends(carthage.of(DANA), Done(request.duties[0].id), DELIVERED)
    assert "withdrawn" in said_on(whispered(late))


async def test_what_was_handed_over_cannot_be_taken_back(carthage: District) -> None:
    await carthage.starts(MARIA, "production", WHOSE)
    request = (await carthage.kept())[0]
    await carthage.does(DANA, "Hand over", NONE)

    refused = whispered(await carthage.house.presses(carthage.of(MARIA), Withdraw(request.id)))

    assert "closed" in refused.title
    assert (await carthage.kept())[0].status is Status.ended


async def test_what_was_not_handed_over_after_all_waits_again_and_ends_anew(carthage: District) -> None:
    await carthage.starts(MARIA, "production", WHOSE)
    await carthage.does(DANA, "Hand over", NONE)
    (done,) = (await carthage.kept())[0].duties

    form = opened(await carthage.presses(MARIA, "Done by Dana Whitlock", "Say it is not done"))
    for _ in range(2):
        await carthage.house.sends(carthage.of(MARIA), form.action, {"reason": "There was an account of the club"}, "same")
    await carthage.house.post_is_out()

    (request,) = await carthage.kept()
    assert request.status is Status.pending
    own = carthage.card(MARIA, "Your request")
    assert "Waiting for what was asked for" in said_on(own)
    assert [one.label for one in own.buttons] == ["Withdraw"]
    assert [card.title for card in await carthage.house.looks(carthage.of(DANA), View.inbox)] == [f"To do again: {done.what}"]
    (story,) = await carthage.house.looks(carthage.of(HELEN), View.records)
    assert "is not done after all (reason: There was an account of the club)" in said_on(story)

    await carthage.house.sends(carthage.of(DANA), Done(done.id), NONE)
    (request,) = await carthage.kept()
    assert request.status is Status.ended
    lines = await carthage.house.store.read(lambda work: work.record.of(request.id))
    assert [(one.what, one.before, one.after) for one in lines] == [
        ("directed", "", "pending"),
        ("done", "pending", "ended"),
        ("reopened", "ended", "pending"),
        ("done", "pending", "ended"),
    ]


async def test_what_is_opened_again_can_be_taken_back_for_good(carthage: District) -> None:
    await carthage.starts(MARIA, "production", WHOSE)
    await carthage.does(DANA, "Hand over", NONE)
    duty = (await carthage.kept())[0].duties[0].id
    await carthage.house.sends(carthage.of(MARIA), Reopen(duty), {"reason": "Not all of them"})
    await carthage.house.post_is_out()

    await carthage.presses(MARIA, "Your request", "Withdraw")

    (request,) = await carthage.kept()
    assert (request.status, request.duties[0].status) == (Status.withdrawn, DutyStatus.closed)


@pytest.mark.parametrize("at_once", [True, False])
async def test_of_two_duties_the_last_ends_it_and_either_opens_it_again(west: District, at_once: bool) -> None:  # noqa: FBT001
    await west.starts(MARIA, "parent-production", {"person": DANA.id, "students": "Ada Finch", "parent": "Her mother"})
    await west.does(DANA, "Hand the office", DELIVERED)
    await west.does(MARIA, "Let the parents see", {"evidence": "2026-03-02"})
    handed, shown = (await west.kept())[0].duties

    again = [(west.of(DANA), Reopen(handed.id)), (west.of(MARIA), Reopen(shown.id))]
    if at_once:
        await asyncio.gather(*(west.house.sends(who, action, {"reason": "The wrong ones"}) for who, action in again))
    else:
        for who, action in again:
            await west.house.sends(who, action, {"reason": "The wrong ones"})

    (request,) = await west.kept()
    assert request.status is Status.pending
    await west.house.sends(west.of(MARIA), Done(shown.id), {"evidence": "2026-03-02"})
    assert (await west.kept())[0].status is Status.pending
    await west.house.sends(west.of(DANA), Done(handed.id), DELIVERED)
    assert (await west.kept())[0].status is Status.ended


@pytest.mark.walks("C10")
async def test_a_supervisor_directs_that_the_parents_are_copied(carthage: District) -> None:
    await carthage.starts(MARIA, "parents-copied", {"person": DANA.id, "activity": "Basketball", "starts": "2026-03-03"})

    await carthage.does(DANA, "Send the parents")

    (request,) = await carthage.kept()
    assert request.status is Status.ended
    assert carthage.card(MARIA, "Done by Dana Whitlock").title


@pytest.mark.walks("C11", "W10")
@pytest.mark.parametrize("key", ["carthage-r9", "west-st-francois-r4"])
async def test_the_district_asks_for_one_message_and_promises_no_watching(tmp_path: Path, key: str) -> None:
    async with a_district(tmp_path, key) as district:
        form = opened(await district.house.presses(district.of(HELEN), Begin("message-access")))
        assert "Nobody promises to watch" in str(form.blocks)
        await district.starts(HELEN, "message-access", {"person": DANA.id, "grounds": "A parent saw it", "message": "Friday's text"})

        await district.does(DANA, "Show the district", DELIVERED)

        (request,) = await district.kept()
        assert request.status is Status.ended
        assert request.fields["grounds"] == "A parent saw it"


@pytest.mark.walks("W9")
async def test_the_office_that_speaks_with_parents_asks_for_them_and_shows_them(west: District) -> None:
    asked = {"person": DANA.id, "students": "Ada Finch", "parent": "Her mother"}
    refused = whispered(await west.starts(HELEN, "parent-production", asked))
    assert "district setting" in said_on(refused)
    await west.starts(MARIA, "parent-production", asked)

    await west.does(DANA, "Hand the office", DELIVERED)
    assert (await west.kept())[0].status is Status.pending  # the parents have not seen it
    await west.does(MARIA, "Let the parents see", {"evidence": "2026-03-02"})

    (request,) = await west.kept()
    assert request.status is Status.ended
    assert [duty.owners for duty in request.duties] == [(DANA.id,), (MARIA.id,)]


@pytest.mark.walks("R3")
@pytest.mark.parametrize("who", [MARIA, RAVI], ids=["principal", "technology director"])
async def test_full_access_to_an_outside_tool_is_asked_for_and_given(tmp_path: Path, who: Person) -> None:
    async with a_district(tmp_path, "policy-401-13r2") as district:
        await district.starts(who, "admin-access", TOOL)
        assert (await district.kept())[0].channel is None

        await district.does(DANA, "Give the building administrator", ACCESS)

        (request,) = await district.kept()
        assert request.status is Status.ended
        assert "it@maplegrove.example" in said_on(district.card(MARIA, "Done by Dana Whitlock"))
        assert "it@maplegrove.example" in said_on(district.card(RAVI, "Done by Dana Whitlock"))


@pytest.mark.walks("R3")
async def test_the_tool_to_which_access_was_given_stands_in_the_register(tmp_path: Path) -> None:
    async with a_district(tmp_path, "policy-401-13r2") as district:
        await district.starts(MARIA, "admin-access", TOOL)
        await district.does(DANA, "Give the building administrator", ACCESS)

        (request,) = await district.kept()
        channel = request.channel
        assert channel is not None
        assert (channel.owner, channel.platform, channel.state) == (DANA.id, "A quiz site", ChannelState.live)
        assert (channel.address, channel.purpose) == (TOOL["url"], "Vocabulary for ninth grade")
        assert channel.administrators == ACCESS["account"]
        assert channel.opened_at == request.duties[0].done_at
        lines = await district.house.store.read(lambda work: work.record.of(request.id))
        assert [(one.what, one.before, one.after) for one in lines[1:]] == [("done", "pending", "ended"), ("registered", "ended", "ended")]
        shown = await district.house.looks(district.of(RAVI), View.inbox)
        entry = next(card for card in shown if card.title == f"Live: A quiz site, {TOOL['url']}")
        assert "'Registered'" in said_on(entry)
        assert "'Approved'" not in said_on(entry)


@pytest.mark.walks("R3")
async def test_its_owner_is_asked_once_a_year_whether_the_tool_is_still_used(tmp_path: Path) -> None:
    async with a_district(tmp_path, "policy-401-13r2") as district:
        await district.starts(MARIA, "admin-access", TOOL)
        await district.does(DANA, "Give the building administrator", ACCESS)

        await district.house.time_passes(timedelta(days=366))

        await district.presses(DANA, "Is this still used? A quiz site", "Say that it is closed")
        (request,) = await district.kept()
        assert request.channel is not None
        assert (request.status, request.channel.state) == (Status.ended, ChannelState.closed)


@pytest.mark.walks("R3")
async def test_access_that_was_not_given_after_all_puts_the_entry_in_doubt_until_it_is(tmp_path: Path) -> None:
    async with a_district(tmp_path, "policy-401-13r2") as district:
        await district.starts(MARIA, "admin-access", TOOL)
        await district.does(DANA, "Give the building administrator", ACCESS)
        duty = (await district.kept())[0].duties[0].id

        await district.house.sends(district.of(RAVI), Reopen(duty), {"reason": "It asks for another password"})
        (doubted,) = await district.kept()
        await district.house.sends(district.of(DANA), Done(duty), ACCESS | {"account": "admin@maplegrove.example"})
        (live,) = await district.kept()

        assert doubted.channel is not None
        assert (doubted.status, doubted.channel.state) == (Status.pending, ChannelState.unconfirmed)
        assert doubted.channel.why == "It asks for another password"
        assert live.channel is not None
        assert (live.status, live.channel.state) == (Status.ended, ChannelState.live)
        assert live.channel.administrators == "admin@maplegrove.example"


@pytest.mark.walks("R3")
async def test_a_closed_tool_stays_closed_whatever_is_said_of_the_access(tmp_path: Path) -> None:
    async with a_district(tmp_path, "policy-401-13r2") as district:
        await district.starts(MARIA, "admin-access", TOOL)
        await district.does(DANA, "Give the building administrator", ACCESS)
        (request,) = await district.kept()
        assert request.channel is not None
        await district.house.presses(district.of(DANA), NotUsed(request.channel.id))

        await district.house.sends(district.of(RAVI), Reopen(request.duties[0].id), {"reason": "It asks for another password"})

        (request,) = await district.kept()
        assert request.channel is not None
        assert request.channel.state is ChannelState.closed


async def test_what_is_taken_back_registers_nothing(tmp_path: Path) -> None:
    async with a_district(tmp_path, "policy-401-13r2") as district:
        await district.starts(MARIA, "admin-access", TOOL)

        await district.presses(MARIA, "Your request", "Withdraw")

        assert (await district.kept())[0].channel is None


@pytest.mark.walks("H11")
async def test_a_post_is_to_be_removed_on_one_of_two_grounds_and_by_a_day(tmp_path: Path) -> None:
    order = {"person": DANA.id, "site": "The band's page", "what": "remove a post", "which": "Friday's", "by": "2026-03-04"}
    async with a_district(tmp_path, "chsd-230") as district:
        assert set(faulty(await district.starts(HELEN, "removal", order))) == {"ground"}
        await district.starts(HELEN, "removal", order | {"ground": "(1) a law is broken"})
        card = district.card(DANA, "To do: Remove the post")
        assert "(1) a law is broken" in said_on(card)
        assert "March 4, 2026" in said_on(card)

        await district.does(DANA, "Remove the post", {"evidence": "2026-03-02"})

        (request,) = await district.kept()
        assert request.status is Status.ended


@pytest.mark.walks("H11")
async def test_a_principal_reaches_staff_of_the_own_school_only(tmp_path: Path) -> None:
    async with a_district(tmp_path, "chsd-230") as district:
        await district.seats(*EVERYBODY, ELSEWHERE)

        of_school = opened(await district.house.presses(district.of(MARIA), Begin("removal"))).fields[0].options
        of_district = opened(await district.house.presses(district.of(HELEN), Begin("removal"))).fields[0].options

    assert ELSEWHERE.id not in of_school
    assert ELSEWHERE.id in of_district


async def test_a_form_that_is_sent_twice_is_one_request(carthage: District) -> None:
    for _ in range(2):
        sent = await carthage.house.sends(carthage.of(MARIA), Begin("production"), WHOSE, "the same")
        assert "Dana Whitlock" in said_on(whispered(sent))

    assert len(await carthage.kept()) == 1


async def test_whoever_was_asked_and_left_is_named_for_good(carthage: District) -> None:
    await carthage.starts(MARIA, "production", WHOSE)

    await carthage.seats(*(one for one in EVERYBODY if one is not DANA))

    (story,) = await carthage.house.looks(carthage.of(HELEN), View.records)
    assert "Dana Whitlock" in said_on(story)
    assert "Ada Finch" not in said_on(story)
    assert [one.label for one in carthage.card(MARIA, "Your request").buttons] == ["Withdraw"]
