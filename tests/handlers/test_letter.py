"""The letter to parents: drafted for whoever has to send it, from what was approved; and what she says when it was sent."""

from dataclasses import replace

import pytest

from handlers.actions import Approve, Done, Letter, Withdraw
from handlers.cards import Card, Link
from handlers.changing import Revoke
from handlers.ids import DutyId
from handlers.people import Person, PersonId
from handlers.policy.forms import Asked, Obligation
from handlers.policy.pack import Pack
from handlers.wording.plain import plain
from handlers.workflow.parts import Given
from handlers.workflow.request import Duty, DutyStatus, Request
from tests.house import House, faulty, opened, whispered
from tests.samples import DANA, HELEN, LEE, MAPLE_GROVE, MARIA, RAVI
from tests.scenes import TEAM, asks, both_have_agreed, has_given_notice, kept, lines, one_has_agreed

PARENTS = 2
ASKS = (
    Asked(name="sent_by", label="Who sent it"),
    Asked(name="sent", label="On which day", kind="date"),
    Asked(name="channel", label="What about"),
    Asked(name="reason", label="Which words", kind="text", required=False),
    Asked(name="how", label="How", kind="choice", options=("on paper", "by e-mail")),
)
SENT = {"sent_by": "Ngozi Okafor", "sent": "2026-03-02", "channel": "text messages", "how": "on paper"}


def changed(house: House, monkeypatch: pytest.MonkeyPatch, **update: object) -> Pack:
    """From now on the pack says something else of the parents' duty."""
    pack = house.packs.get(MAPLE_GROVE)
    own = pack.processes["own-phone"]
    duties = tuple(one.model_copy(update=update) if one.key == "parents" else one for one in own.duties)
    now = pack.model_copy(update={"processes": {**pack.processes, "own-phone": own.model_copy(update={"duties": duties})}})
    monkeypatch.setattr(house.packs, "get", lambda district: now)
    return now


async def drafted(house: House, request: Request, who: Person = MARIA) -> Card:
    return whispered(await house.presses(who, Letter(request.duties[PARENTS].id)))


async def test_the_principal_reads_a_letter_that_names_no_student(house: House) -> None:
    request = await both_have_agreed(house)

    card = await drafted(house, request)

    words = plain(card)
    assert "Dana Whitlock of Maple Grove High School may be in touch with students by phone." in words
    assert "This was agreed by Maria Ortiz (building principal) and Ravi Menon (technology department)" in words
    assert "From: March 2, 2026" in words
    assert "Until: further notice" in words
    assert "Please ask Maria Ortiz, building principal (maria.ortiz@maplegrove.example)." in words
    assert "Hallpass itself writes to no parents" in words
    assert not any(private in words for private in ("Ada Finch", "Bo Reyes", "Bus times"))


async def test_the_card_of_the_duty_leads_to_the_letter_and_says_who_writes_to_parents(house: House) -> None:
    request = await both_have_agreed(house)

    card = next(card for card in house.sees(MARIA) if card.title == "To do: Inform the parents")

    assert Letter(request.duties[PARENTS].id) in [button.action for button in card.buttons]
    assert "Hallpass itself writes to no parents" in plain(card)
    assert not any(isinstance(button.action, Letter) for one in house.sees(DANA) for button in one.buttons)


async def test_drafting_keeps_nothing(house: House) -> None:
    request = await both_have_agreed(house)
    before = await lines(house, request)

    await drafted(house, request)

    assert await lines(house, request) == before
    assert (await kept(house)) == request


async def test_where_the_letter_can_be_fetched_the_link_is_for_its_reader(house: House) -> None:
    request = await both_have_agreed(house)
    asked: list[tuple[DutyId, PersonId]] = []

    def link(duty: DutyId, reader: PersonId) -> str:
        asked.append((duty, reader))
        return "https://hallpass.example/letters/sealed"

    house.desk = replace(house.desk, link=link)

    card = await drafted(house, request)

    assert [block.url for block in card.blocks if isinstance(block, Link)] == ["https://hallpass.example/letters/sealed"]
    assert asked == [(request.duties[PARENTS].id, MARIA.id)]


@pytest.mark.parametrize("who", [DANA, LEE, HELEN])
async def test_only_whoever_has_the_duty_gets_its_letter(house: House, who: Person) -> None:
    request = await both_have_agreed(house)

    assert "Only Maria Ortiz can do this" in plain(await drafted(house, request, who))


async def test_a_letter_that_nobody_ever_drew_a_button_for_is_unknown(house: House) -> None:
    request = await both_have_agreed(house)

    for duty in (request.duties[0].id, "nothing"):
        assert whispered(await house.presses(DANA, Letter(duty))).title == "I cannot find that for you."  # type: ignore[arg-type]


async def test_a_form_for_a_letter_was_never_drawn(house: House) -> None:
    request = await both_have_agreed(house)

    assert whispered(await house.sends(MARIA, Letter(request.duties[PARENTS].id), {})).title == "I do not know that button."


async def test_of_a_permission_that_is_over_parents_are_told_nothing(house: House) -> None:
    request = await both_have_agreed(house)
    await house.sends(HELEN, Revoke(request.id), {"reason": "The number was passed on"})

    card = await drafted(house, request)

    assert plain(card) == "This one is closed.\n\nIt was revoked. Nothing was changed."


async def test_given_back_it_is_over_too(house: House) -> None:
    request = await both_have_agreed(house)
    await house.presses(DANA, Withdraw(request.id))

    assert "It has ended." in plain(await drafted(house, request))


async def test_a_template_that_breaks_is_one_sentence(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack was proven with other values than these."""
    request = await both_have_agreed(house)
    pack = house.packs.get(MAPLE_GROVE).model_copy(update={"letters": {"parents": "{{ staff.surname }}"}})
    monkeypatch.setattr(house.packs, "get", lambda district: pack)

    card = await drafted(house, request)

    assert card.title == "The letter could not be drafted."
    assert "Nothing was changed." in plain(card)


async def test_a_notice_may_owe_a_letter_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = house.packs.get(MAPLE_GROVE)
    owed = Obligation(key="parents", what="Inform the parents", rule="N1", letter="parents")
    family = pack.processes["family"].model_copy(update={"duties": (owed,)})
    letters = {"parents": "# About {{ asked.relationship }}\n\nBy {{ contact }}, {{ contact_role }}, since {{ since }}{{ approved_by }}"}
    now = pack.model_copy(update={"processes": {**pack.processes, "family": family}, "letters": letters})
    monkeypatch.setattr(house.packs, "get", lambda district: now)

    request = await has_given_notice(house)
    (duty,) = request.duties
    card = whispered(await house.presses(MARIA, Letter(duty.id)))

    assert "About She is my niece\n\nBy Maria Ortiz, building principal, since March 2, 2026" in plain(card)


async def test_whoever_acts_in_somebodys_place_is_called_by_a_role_of_her_own(house: House) -> None:
    request = await both_have_agreed(house)
    await house.store.write(lambda work: work.requests.owe_also(request.duties[PARENTS].id, HELEN.id))

    assert "Please ask Helen Brandt, superintendent or designee" in plain(await drafted(house, request, HELEN))


async def test_she_says_who_sent_it_when_to_whom_and_how(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(house, monkeypatch, evidence="none", asks=ASKS)
    request = await both_have_agreed(house)
    duty = request.duties[PARENTS].id

    form = opened(await house.presses(MARIA, Done(duty)))
    assert [field.name for field in form.fields] == ["sent_by", "sent", "channel", "reason", "how"]
    assert whispered(await house.sends(MARIA, form.action, SENT)).title == "Recorded as done."
    await house.post_is_out()

    done = (await kept(house)).duties[PARENTS]
    assert done.given == (
        Given("sent_by", "Who sent it", "Ngozi Okafor"),
        Given("sent", "On which day", "2026-03-02"),
        Given("channel", "What about", "text messages"),
        Given("how", "How", "on paper"),
    )
    assert done.evidence == ""
    told = "Who sent it: Ngozi Okafor; On which day: March 2, 2026; What about: text messages; How: on paper"
    assert (await lines(house, request))[-1].detail == f"Inform the parents ({told})"
    hers = next(card for card in house.sees(DANA) if card.title.startswith("Your request"))
    assert "Done: Inform the parents\nDone by: Maria Ortiz" in plain(hers)
    assert "How: on paper" in plain(hers)


async def test_what_the_request_says_already_stands_in_the_form(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines only: free text may name a student."""
    changed(house, monkeypatch, evidence="none", asks=ASKS)
    await house.sends(DANA, await asks(house), {**TEAM, "channel": "text messages"})
    for who, stage in ((MARIA, 0), (RAVI, 1)):
        await house.presses(who, Approve((await kept(house)).stages[stage].id))
    request = await kept(house)

    form = opened(await house.presses(MARIA, Done(request.duties[PARENTS].id)))

    assert {field.name: field.value for field in form.fields} == {
        "sent_by": "",
        "sent": "",
        "channel": "text messages",
        "reason": "",
        "how": "",
    }


async def test_each_thing_that_is_asked_is_held_against_its_field(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(house, monkeypatch, evidence="none", asks=ASKS)
    request = await both_have_agreed(house)
    wrong = {"sent_by": "", "sent": "2026-03-09", "channel": "text messages", "how": "by pigeon"}

    faults = faulty(await house.sends(MARIA, Done(request.duties[PARENTS].id), wrong))

    assert list(faults) == ["sent_by", "sent", "how"]
    assert (await kept(house)).duties[PARENTS].status is DutyStatus.open


async def test_what_was_said_can_be_read_when_the_pack_has_forgotten_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(house, monkeypatch, evidence="none", asks=ASKS)
    request = await both_have_agreed(house)
    await house.sends(MARIA, Done(request.duties[PARENTS].id), SENT)
    changed(house, monkeypatch, asks=())

    await house.post_is_out()

    done: Duty = (await kept(house)).duties[PARENTS]
    assert done.given[0].label == "Who sent it"
    assert "Who sent it: Ngozi Okafor" in plain(next(card for card in house.sees(MARIA) if card.title == "Done: Inform the parents"))


async def test_before_the_last_yes_there_is_no_duty_and_no_letter(house: House) -> None:
    request = await one_has_agreed(house)

    assert request.duties == ()


async def test_nothing_that_may_name_a_student_reaches_a_template(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await both_have_agreed(house)
    pack = house.packs.get(MAPLE_GROVE).model_copy(update={"letters": {"parents": "{{ asked }} {{ district }}"}})
    monkeypatch.setattr(house.packs, "get", lambda district: pack)

    words = plain(await drafted(house, request))

    assert "{'channel': ''} Maple Grove" in words
    assert "Ada Finch" not in words
