"""The one door: the whole story as its people live it, and whatever else somebody may hand in."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from handlers.actions import Action, Answer, Approve, Deny, Done, Helpful, Request, Unhelpful, View, Withdraw
from handlers.cards import Block
from handlers.cards import Facts as Rows
from handlers.ids import AnswerId, DutyId, RequestId, StageId
from handlers.people import DistrictKey
from handlers.policy.facts import Facts
from handlers.policy.vocabulary import Fact
from handlers.ports import UnknownDistrict
from handlers.spelling import read
from handlers.wording.plain import plain
from tests.house import House, button, opened, said, whispered
from tests.samples import DANA, HELEN, LEE, MARIA, RAVI
from tests.scenes import ADDRESS, TEAM, TEXTING, asks, both_have_agreed, has_sent, kept, recorded

UNKNOWN = [
    Request(AnswerId("none")),
    Approve(StageId("none")),
    Deny(StageId("none")),
    Withdraw(RequestId("none")),
    Done(DutyId("none")),
    Answer(AnswerId("none"), 0),
    Helpful(AnswerId("none")),
    Unhelpful(AnswerId("none")),
]


async def test_a_coach_asks_and_is_agreed_with_by_two(house: House) -> None:  # noqa: PLR0915  # one story, told to its end
    """The whole story, in the words of its cards."""
    words = house.means("May I text my team from my own phone?", TEXTING)
    answer = said(await house.says(DANA, words))
    assert answer.title == "Only with approval from the building principal and the technology department."

    form = opened(await house.presses(DANA, button(answer, "Ask for approval")))
    assert ("Decides first", "Maria Ortiz (building principal)") in rows(form.blocks)
    assert ("Decides next", "Ravi Menon (technology department)") in rows(form.blocks)

    assert whispered(await house.sends(DANA, form.action, TEAM)).title == "Sent."
    await house.post_is_out()
    assert [card.title for card in house.sees(MARIA)] == [
        "Dana Whitlock asks for your decision: “Permission to text from your own phone”",
    ]
    assert house.sees(RAVI) == []
    assert [one.label for one in house.sees(DANA)[0].buttons] == ["Correct", "Withdraw"]

    receipt = whispered(await house.presses(MARIA, button(house.sees(MARIA)[0], "Approve")))
    assert "Ravi Menon decides next" in plain(receipt)
    await house.post_is_out()
    assert "Maria Ortiz" in plain(house.sees(RAVI)[0])

    await house.presses(RAVI, button(house.sees(RAVI)[0], "Approve"))
    await house.post_is_out()
    mine = [card.title for card in house.sees(DANA)]
    assert "Approved: “Permission to text from your own phone”" in mine
    assert {"To do: Copy your supervisor on every message", "To do: Hand in the number you use"} <= set(mine)

    hand_in = next(card for card in house.sees(DANA) if card.title == "To do: Hand in the number you use")
    form = opened(await house.presses(DANA, button(hand_in, "Hand in")))
    await house.sends(DANA, form.action, ADDRESS)
    await house.presses(DANA, button(next(card for card in house.sees(DANA) if "Copy your supervisor" in card.title), "I do"))
    await house.post_is_out()
    for reader in (MARIA, RAVI):
        assert any(ADDRESS["url"] in plain(card) for card in house.sees(reader))

    story = (await house.looks(HELEN, View.records))[0]
    assert await recorded(house, await kept(house)) == ["sent", "approved", "approved", "done", "registered", "done"]
    assert "Maria Ortiz approved it" in plain(story)
    assert "Ravi Menon approved it" in plain(story)


async def test_every_wake_follows_something_put_into_the_outbox(house: House) -> None:
    action = await asks(house)
    assert house.woken == 0

    await house.sends(DANA, action, TEAM)
    assert house.woken == 1

    await house.presses(LEE, Approve((await kept(house)).stages[0].id))
    assert house.woken == 1

    await house.presses(MARIA, Approve((await kept(house)).stages[0].id))
    assert house.woken == 2


@pytest.mark.parametrize("action", UNKNOWN, ids=lambda action: type(action).__name__)
async def test_a_press_on_what_does_not_exist_gets_a_sentence(house: House, action: Action) -> None:
    assert "Nothing was changed" in plain(whispered(await house.presses(DANA, action)))


@pytest.mark.parametrize("action", UNKNOWN, ids=lambda action: type(action).__name__)
async def test_a_form_about_what_does_not_exist_gets_a_sentence(house: House, action: Action) -> None:
    reply = await house.sends(DANA, action, {"reason": "Because", "evidence": "Because"})

    assert "Nothing was changed" in plain(whispered(reply))


@pytest.mark.parametrize(("verb", "value"), [("burn", "1"), ("approve", ""), ("approve", "x" * 121), ("answer", "a.x")])
def test_what_this_product_never_drew_is_no_action(verb: str, value: str) -> None:
    assert read(verb, value) is None


async def test_an_unknown_button_gets_a_sentence(house: House) -> None:
    assert "I do not know that button" in whispered(house.desk.unknown()).title


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\u200b\u202e\x00\x07"])
async def test_nobody_has_asked_anything_yet(house: House, blank: str) -> None:
    assert whispered(await house.says(DANA, blank)).title == "I did not see a question."


async def test_a_novel_is_no_question(house: House) -> None:
    reply = await house.says(DANA, "x" * 40_000)

    assert "40,000 characters" in plain(whispered(reply))


async def test_the_longest_question_is_heard(house: House) -> None:
    assert said(await house.says(DANA, f"  {'x' * 3000}  ")).title == "I did not understand that."


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("May I\x00 text\x1b[31m them?", "May I text[31m them?"),
        ("May I \u202etext\u202c them?", "May I text them?"),
        ("May\u00a0I text them?", "May I text them?"),
        ("May I\r\ntext them?", "May I \ntext them?"),
        ("هل يمكنني مراسلة الطلاب؟", "هل يمكنني مراسلة الطلاب؟"),
        ("<script>alert(1)</script> *May* I?", "<script>alert(1)</script> *May* I?"),
    ],
    ids=["control", "turned round", "no-break space", "two lines", "Arabic", "markup"],
)
async def test_however_it_is_typed_the_same_words_are_heard(house: House, typed: str, heard: str) -> None:
    house.means(heard, TEXTING)

    card = said(await house.says(DANA, typed))

    assert card.title.startswith("Only with approval")
    assert "<script>" not in plain(card)


async def test_two_people_in_one_thread_do_not_finish_each_others_sentences(house: House) -> None:
    await house.says(DANA, house.means("May I text my team?", TEXTING), thread="shared")
    lees = said(await house.says(LEE, house.means("And I?", Facts({Fact.act: "keep", Fact.to: "colleague"})), thread="shared"))

    assert lees.title == "The policy does not say."


async def test_somebody_from_another_district_finds_nothing(house: House) -> None:
    """The ids are guessed right, and still say nothing of what they stand for."""
    request = await both_have_agreed(house)
    stranger = replace(MARIA, district=DistrictKey("willow"))

    for action in (Approve(request.stages[0].id), Deny(request.stages[0].id), Withdraw(request.id), Done(request.duties[0].id)):
        assert whispered(await house.presses(stranger, action)).title == "I cannot find that for you."
    assert whispered(await house.sends(stranger, Deny(request.stages[0].id), {"reason": "x"})).title == "I cannot find that for you."
    assert whispered(await house.sends(stranger, Done(request.duties[1].id), ADDRESS)).title == "I cannot find that for you."
    assert await recorded(house, request) == ["sent", "approved", "approved"]


async def test_a_form_that_cannot_be_sent_is_not_an_approval(house: House) -> None:
    """Approving, withdrawing and answering have no form: a form that says so was never drawn."""
    request = await has_sent(house)

    for action in (Approve(request.stages[0].id), Withdraw(request.id), Answer(request.answer, 0)):
        assert whispered(await house.sends(MARIA, action, {})).title == "I do not know that button."
    assert (await kept(house)).status == "pending"


def rows(blocks: Iterable[Block]) -> set[tuple[str, str]]:
    return {(label, str(value)) for block in blocks if isinstance(block, Rows) for label, value in block.rows}


async def test_somebody_of_a_district_without_rules_is_told_so(house: House) -> None:
    with pytest.raises(UnknownDistrict, match="no policy pack 'willow'"):
        await house.says(replace(DANA, district=DistrictKey("willow")), "May I?")


def test_help_an_empty_list_a_stranger_and_a_fault_of_ours_each_have_their_words(house: House) -> None:
    words = [house.desk.help(), house.desk.nothing(View.inbox), house.desk.stranger(), house.desk.broke(), house.desk.too_slow()]

    assert [whispered(one).title for one in words] == [
        "What I can do",
        "Nothing waits for you.",
        "I do not know you yet.",
        "Something broke on our side.",
        "That took too long.",
    ]
