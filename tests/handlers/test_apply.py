"""An answer becomes a request: the form says who decides, and nothing is sent that nobody could decide."""

import asyncio
from pathlib import Path
from shutil import copytree

import pytest

from handlers.actions import Approve, Request, View
from handlers.cards import Facts as Rows
from handlers.cards import Form, Kind
from handlers.ids import AnswerId
from handlers.people import Person, Role, Seat
from handlers.policy.vocabulary import Fact
from handlers.wording.plain import plain
from storage.inbox import SqlInbox
from storage.packs import DiskPacks
from tests.house import House, faulty, opened, whispered
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, RAVI, SCHOOL, a_person
from tests.scenes import AWARE, LOGO, NIECE, RELATED, SIGN, TEAM, TEXTING, all_kept, asks, has_given_notice, has_sent, kept, recorded, seat

PACKS = Path(__file__).parents[1] / "packs"


async def test_the_form_names_everybody_who_decides_before_anything_is_sent(house: House) -> None:
    form = opened(await house.presses(DANA, await asks(house)))

    assert who(form) == {
        "Decides first": "Maria Ortiz (building principal)",
        "Decides next": "Ravi Menon (technology department)",
        "Who is told": "The students' parents or guardians",
    }
    assert await all_kept(house) == ()


async def test_the_form_knows_what_was_said_already(house: House) -> None:
    form = opened(await house.presses(DANA, await asks(house, TEXTING.having(Fact.channel, "text"))))

    assert {field.name: field.value for field in form.fields} == {"students": "", "reason": "", "channel": "text messages"}


async def test_a_form_shows_each_kind_of_field(house: House) -> None:
    form = opened(await house.presses(DANA, await asks(house, LOGO)))

    assert [(field.name, field.kind, field.required) for field in form.fields] == [
        ("what", Kind.line, True),
        ("sure", Kind.check, True),
        ("size", Kind.choice, False),
        ("place", Kind.line, True),
        ("starts", Kind.date, False),
    ]
    assert who(form) == {"Who decides": "Helen Brandt (superintendent or designee)"}


async def test_a_field_is_asked_wanted_and_kept_only_where_another_has_the_value(house: House) -> None:
    action = await asks(house, LOGO)

    large = await house.sends(DANA, action, SIGN | {"size": "large"})
    assert faulty(large).keys() == {"place"}
    await house.sends(DANA, action, SIGN | {"place": "At the gate"})
    assert (await kept(house)).fields == SIGN


async def test_the_superintendent_stands_in_when_the_only_principal_asks(house: House) -> None:
    form = opened(await house.presses(MARIA, await asks(house, who=MARIA)))

    assert who(form)["Decides first"] == "Helen Brandt, in place of the building principal (district setting)"


async def test_nobody_to_decide_is_said_before_anything_is_sent(house: House) -> None:
    await seat(house, DANA, RAVI)
    action = await asks(house)

    pressed, sent = whispered(await house.presses(DANA, action)), whispered(await house.sends(DANA, action, TEAM))

    assert pressed == sent
    assert pressed.title == "Nobody could decide this yet."
    assert "the building principal" in plain(pressed)
    assert "Nothing was sent" in plain(pressed)
    assert await all_kept(house) == ()


async def test_a_notice_that_nobody_could_read_is_not_taken(house: House) -> None:
    await seat(house, DANA)
    action = await asks(house, RELATED)

    card = whispered(await house.sends(DANA, action, NIECE))

    assert card.title == "Nobody could be told of this yet."
    assert await all_kept(house) == ()


async def test_a_principals_own_notice_goes_to_the_superintendent(house: House) -> None:
    action = await asks(house, RELATED, MARIA)
    assert who(opened(await house.presses(MARIA, action))) == {
        "Who is told": "Helen Brandt, in place of the building principal (district setting)"
    }

    await house.sends(MARIA, action, NIECE)
    await house.post_is_out()

    assert [card.title for card in house.sees(HELEN)] == ["Maria Ortiz gives notice: “Tell the principal of a personal relationship”"]


async def test_a_notice_ends_at_once_and_is_never_called_approved(house: House) -> None:
    request = await has_given_notice(house)

    assert request.status == "ended"
    assert await recorded(house, request) == ["noticed"]
    own, read = house.sees(DANA), house.sees(MARIA)
    assert [card.title for card in (*own, *read)] == [
        "Your notice: “Tell the principal of a personal relationship”",
        "Dana Whitlock gives notice: “Tell the principal of a personal relationship”",
    ]
    records = await house.looks(HELEN, View.records)
    assert not any("approved" in plain(card).lower() or card.buttons for card in (*own, *read, *records))


async def test_a_notice_may_oblige_somebody_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = house.packs.get(MAPLE_GROVE)
    family = pack.processes["family"].model_copy(update={"duties": pack.processes["own-phone"].duties[:1]})
    changed = pack.model_copy(update={"processes": {**pack.processes, "family": family}})
    monkeypatch.setattr(house.packs, "get", lambda district: changed)

    request = await has_given_notice(house)

    assert [duty.owners for duty in request.duties] == [(DANA.id,)]
    assert house.sees(DANA)[-1].title == "To do: Copy your supervisor on every message"


async def test_the_receipt_of_a_notice_says_where_it_goes(house: House) -> None:
    card = whispered(await house.sends(DANA, await asks(house, RELATED), NIECE))

    assert "on its way to the building principal" in plain(card)


async def test_every_fault_is_told_at_once_and_the_form_stays_open(house: House) -> None:
    action = await asks(house, LOGO)

    faults = faulty(await house.sends(DANA, action, {"size": "huge", "starts": "tomorrow"}))

    assert set(faults) == {"what", "sure", "size", "starts"}
    assert await all_kept(house) == ()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("what", "", "What you would use: please fill this in."),
        ("what", "   \u200b", "What you would use: please fill this in."),
        ("what", "x" * 201, "What you would use: please use at most 200 characters."),
        ("sure", "", "It endangers no student: please confirm this. The policy asks for it, so without it the request cannot be sent."),
        (
            "sure",
            "perhaps",
            "It endangers no student: please confirm this. The policy asks for it, so without it the request cannot be sent.",
        ),
        ("size", "huge", "Size: please choose one of the answers offered."),
        ("starts", "31 June", "From: please give a date such as 2026-09-01."),
    ],
)
async def test_a_field_says_what_to_mend(house: House, name: str, value: str, sentence: str) -> None:
    action = await asks(house, LOGO)

    assert faulty(await house.sends(DANA, action, {**SIGN, name: value})) == {name: sentence}


async def test_a_form_that_was_mended_is_taken(house: House) -> None:
    action = await asks(house, LOGO)
    faulty(await house.sends(DANA, action, {}))

    whispered(await house.sends(DANA, action, {**SIGN, "unheard-of": "dropped"}))

    assert (await kept(house)).fields == SIGN


async def test_what_may_be_left_empty_is_left_out(house: House) -> None:
    await house.sends(DANA, await asks(house, LOGO), {"what": "The mascot", "sure": "yes", "size": "", "starts": ""})

    assert (await kept(house)).fields == {"what": "The mascot", "sure": "yes"}


async def test_the_same_form_delivered_twice_is_one_request(house: House) -> None:
    """The first answer may never have arrived; the second is the same."""
    action = await asks(house)

    first = await house.sends(DANA, action, TEAM, delivery="once")
    again = await house.sends(DANA, action, TEAM, delivery="once")

    await house.post_is_out()
    assert first == again
    assert len(await all_kept(house)) == 1
    assert len(house.sees(MARIA)) == 1


async def test_the_same_form_delivered_ten_times_at_once_is_one_request(house: House) -> None:
    action = await asks(house)

    replies = await asyncio.gather(*(house.sends(DANA, action, TEAM, delivery="once") for _ in range(10)))

    assert {whispered(reply).title for reply in replies} == {"Sent."}
    assert len(await all_kept(house)) == 1


async def test_the_same_form_was_first_between_reading_and_writing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, one delivery: tests/storage/test_once.py lets them race on a real PostgreSQL."""
    request = await has_sent(house)
    action, noted = await asks(house), iter([None, request.id])
    monkeypatch.setattr(SqlInbox, "result", lambda *_: next(noted))
    monkeypatch.setattr(SqlInbox, "first", lambda *_: False)

    assert whispered(await house.sends(DANA, action, TEAM | AWARE)).title == "Sent."
    assert await all_kept(house) == (request,)


async def test_a_mended_form_may_come_under_the_same_delivery(house: House) -> None:
    """A refused form was not kept, so its delivery is still free."""
    action = await asks(house, LOGO)
    faulty(await house.sends(DANA, action, {}, delivery="once"))

    assert whispered(await house.sends(DANA, action, SIGN, delivery="once")).title == "Sent."


async def test_somebody_elses_delivery_gives_nobody_a_receipt(house: House) -> None:
    await house.sends(DANA, await asks(house), TEAM, delivery="once")

    reply = await house.sends(LEE, await asks(house, who=LEE), TEAM, delivery="once")

    assert whispered(reply).title == "I cannot find that for you."
    assert len(await all_kept(house)) == 1


async def test_a_deliverys_name_used_for_words_sends_no_form(house: House) -> None:
    action = await asks(house)
    await house.says(DANA, "What else?", delivery="once")

    for _ in range(2):
        assert whispered(await house.sends(DANA, action, TEAM, delivery="once")).title == "I cannot find that for you."
    assert await all_kept(house) == ()


async def test_nobody_sends_a_form_from_somebody_elses_answer(house: House) -> None:
    action = await asks(house)

    assert whispered(await house.presses(LEE, action)).title == "I cannot find that for you."
    assert whispered(await house.sends(LEE, action, TEAM)).title == "I cannot find that for you."


async def test_an_answer_that_opens_no_form_opens_none(house: House) -> None:
    reply = await house.says(DANA, "What?")

    card = whispered(await house.presses(DANA, Request(AnswerId(getattr(reply, "key", "").removeprefix("answer:")))))

    assert card.title == "That answer is no longer open."


@pytest.mark.parametrize("change", [{"fingerprint": "f" * 64}, {"processes": {}}], ids=["new text", "the form is gone"])
async def test_the_rules_changed_since_the_answer(house: House, change: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    action = await asks(house)
    changed = house.packs.get(MAPLE_GROVE).model_copy(update=change)
    vars(changed).pop("version", None)  # a copy would keep the version of what it was copied from
    monkeypatch.setattr(house.packs, "get", lambda district: changed)

    pressed, sent = whispered(await house.presses(DANA, action)), whispered(await house.sends(DANA, action, TEAM))

    assert pressed == sent
    assert pressed.title == "That answer is no longer open."
    assert await all_kept(house) == ()


async def test_a_form_that_others_decide_now_is_not_the_one_that_was_answered(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text is the same; who decides, in processes.yaml, is not."""
    action = await asks(house)
    copytree(PACKS, tmp_path / "packs")
    processes = tmp_path / "packs" / MAPLE_GROVE / "processes.yaml"
    both = processes.read_text(encoding="utf-8")
    processes.write_text(both.replace("    - {role: technology_department, rule: P1}\n", ""), encoding="utf-8")
    changed = DiskPacks(tmp_path / "packs").get(MAPLE_GROVE)
    assert changed.fingerprint == house.packs.get(MAPLE_GROVE).fingerprint
    monkeypatch.setattr(house.packs, "get", lambda district: changed)

    assert whispered(await house.presses(DANA, action)).title == "That answer is no longer open."
    assert whispered(await house.sends(DANA, action, TEAM)).title == "That answer is no longer open."


async def test_any_principal_of_her_school_may_decide_and_no_other(house: House) -> None:
    second = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))
    elsewhere = a_person("tom", "Tom Baker", Seat(Role.building_principal, "Elm Street School"))
    await seat(house, *EVERYBODY, second, elsewhere)

    request = await has_sent(house)

    assert set(request.stages[0].people) == {MARIA.id, second.id}
    assert house.sees(elsewhere) == []
    assert len(house.sees(second)) == len(house.sees(MARIA)) == 1


async def test_the_request_keeps_the_rules_it_was_sent_under(house: House) -> None:
    request = await has_sent(house)

    assert (request.process, request.rule) == ("own-phone", "P1")
    assert request.fingerprint == house.packs.get(MAPLE_GROVE).version
    assert [stage.role for stage in request.stages] == [Role.building_principal, Role.technology_department]
    assert [stage.status for stage in request.stages] == ["open", "waiting"]


async def test_who_is_both_principal_and_technology_decides_one_stage_only(house: House) -> None:
    """Two different people must agree, so the superintendent stands in for the second."""
    both = Person(MARIA.id, MAPLE_GROVE, MARIA.email, MARIA.name, (*MARIA.seats, Seat(Role.technology_department)), MARIA.addresses)
    await seat(house, DANA, both, HELEN)

    request = await has_sent(house)

    assert [stage.people for stage in request.stages] == [(MARIA.id,), (HELEN.id,)]
    assert [stage.stands_in for stage in request.stages] == [None, Role.superintendent]
    await house.presses(both, Approve(request.stages[0].id))
    assert whispered(await house.presses(both, Approve(request.stages[1].id))).title == "Two different people have to agree."


def who(form: Form) -> dict[str, str]:
    return {label: str(value) for block in form.blocks if isinstance(block, Rows) for label, value in block.rows}
