"""Whether an answer helped: who may say so, what is kept of it, and which verdict counts."""

from dataclasses import replace

import pytest

from handlers.actions import Helpful, Unhelpful
from handlers.cards import Card, Faults
from handlers.ids import AnswerId
from handlers.kept import Answered, Feedback
from handlers.policy.explain import Explained
from handlers.policy.facts import Facts
from handlers.policy.pack import Ruling
from handlers.policy.vocabulary import Fact
from handlers.ports import Work
from handlers.wording.answers import answer as answer_card
from handlers.wording.plain import plain
from tests.house import House, button, opened, said, whispered
from tests.samples import DANA, LEE, MAPLE_GROVE, NOON
from tests.scenes import TEXTING

WORDS = "May I text my team from my own phone?"


async def answered(house: House) -> Card:
    return said(await house.says(DANA, house.means(WORDS, TEXTING)))


async def kept(house: House) -> list[Feedback]:
    return [one for _, one in await house.store.read(lambda work: work.feedback.of_district(MAPLE_GROVE, NOON))]


async def judged(house: House) -> list[tuple[bool, str]]:
    return [(one.helpful, one.words) for one in await kept(house)]


async def test_the_two_buttons_come_last_and_plain(house: House) -> None:
    card = await answered(house)

    assert [(one.label, one.tone, one.confirm) for one in card.buttons[1:]] == [("Helpful", "plain", ""), ("Not helpful", "plain", "")]
    assert card.buttons[0].label == "Ask for approval"


async def test_who_is_helped_says_so_and_is_thanked(house: House) -> None:
    thanks = whispered(await house.presses(DANA, button(await answered(house), "Helpful")))

    assert thanks.title == "Thank you."
    assert await judged(house) == [(True, "")]
    assert [one.person for one in await kept(house)] == [DANA.id]


async def test_who_is_not_helped_may_say_why(house: House) -> None:
    form = opened(await house.presses(DANA, button(await answered(house), "Not helpful")))
    assert await judged(house) == [(False, "")]  # counts although the form is never sent

    text = " ".join(str(block) for block in form.blocks)
    assert "The superintendent or designee (district setting) will read your words" in text
    assert "No student's name" in text
    assert [(field.name, field.required) for field in form.fields] == [("what", False)]

    thanks = whispered(await house.sends(DANA, form.action, {"what": " The clause\u200b on parents was missing \n"}))
    assert "superintendent" in plain(thanks)
    assert await judged(house) == [(False, "The clause on parents was missing")]


async def test_the_form_may_be_sent_empty(house: House) -> None:
    form = opened(await house.presses(DANA, button(await answered(house), "Not helpful")))

    assert whispered(await house.sends(DANA, form.action, {})).title == "Thank you."
    assert await judged(house) == [(False, "")]


async def test_too_many_words_are_a_fault_of_the_form_and_the_verdict_stands(house: House) -> None:
    form = opened(await house.presses(DANA, button(await answered(house), "Not helpful")))

    reply = await house.sends(DANA, form.action, {"what": "x" * 1001})

    assert isinstance(reply, Faults)
    assert [name for name, _ in reply.sentences] == ["what"]
    assert await judged(house) == [(False, "")]


async def test_a_mind_may_be_changed_and_the_last_verdict_counts(house: House) -> None:
    card = await answered(house)
    yes, no = button(card, "Helpful"), button(card, "Not helpful")

    await house.presses(DANA, yes)
    await house.sends(DANA, opened(await house.presses(DANA, no)).action, {"what": "Too short"})
    assert await judged(house) == [(False, "Too short")]

    again = opened(await house.presses(DANA, no))
    assert again.fields[0].value == "Too short"  # and stays, should the form be closed
    assert await judged(house) == [(False, "Too short")]

    await house.presses(DANA, yes)
    assert await judged(house) == [(True, "")]


async def test_a_press_that_comes_twice_does_not_undo_a_later_one(house: House) -> None:
    card = await answered(house)

    await house.presses(DANA, button(card, "Helpful"), delivery="first")
    await house.presses(DANA, button(card, "Not helpful"))
    await house.presses(DANA, button(card, "Helpful"), delivery="first")

    assert await judged(house) == [(False, "")]


async def test_nobody_judges_an_answer_that_somebody_else_got(house: House) -> None:
    card = await answered(house)

    for action in (button(card, "Helpful"), button(card, "Not helpful")):
        assert whispered(await house.presses(LEE, action)).title == "I cannot find that for you."
    reply = await house.sends(LEE, button(card, "Not helpful"), {"what": "Mine"})
    assert whispered(reply).title == "I cannot find that for you."
    assert await kept(house) == []


async def test_an_answer_under_earlier_rules_or_a_question_of_ours_is_not_judged(house: House) -> None:
    version = house.packs.get(MAPLE_GROVE).version
    old = Answered(AnswerId("old"), MAPLE_GROVE, DANA.id, "t", (WORDS,), Facts(), TEXTING, "allowed", (), "earlier", NOON)
    question = replace(old, id=AnswerId("question"), asked="account", fingerprint=version)

    def add(work: Work) -> None:
        work.answers.add(old)
        work.answers.add(question)

    await house.store.write(add)

    for answer in ("old", "question"):
        assert whispered(await house.presses(DANA, Helpful(AnswerId(answer)))).title == "That answer is no longer open."
    assert await kept(house) == []


async def test_no_form_comes_of_helpful(house: House) -> None:
    reply = await house.sends(DANA, button(await answered(house), "Helpful"), {"what": "x"})

    assert "I do not know that button" in whispered(reply).title
    assert await kept(house) == []


async def test_the_bots_own_question_is_not_judged(house: House) -> None:
    asked = said(await house.says(DANA, house.means("May I write to them?", TEXTING.having(Fact.account, "district"))))
    assert any(isinstance(one.action, Helpful) for one in asked.buttons)

    question = Explained(Ruling.unclear, Facts(), question=Fact.account, choices=("district", "personal"))
    card = answer_card(question, house.packs.get(MAPLE_GROVE), AnswerId("a"))

    assert not any(isinstance(one.action, Helpful | Unhelpful) for one in card.buttons)


@pytest.mark.parametrize(("lost", "judged"), [("safety", False), ("draft", True)])
async def test_whoever_was_sent_for_help_is_not_asked_how_it_was(house: House, lost: str, judged: bool) -> None:  # noqa: FBT001
    card = answer_card(Explained(Ruling.unclear, Facts(), lost=lost, draft=True), house.packs.get(MAPLE_GROVE), AnswerId("a"))

    assert any(isinstance(one.action, Helpful | Unhelpful) for one in card.buttons) is judged
