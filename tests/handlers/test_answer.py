"""A question, the bot's one question back, and what is remembered of both."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from handlers.actions import Answer, Said
from handlers.answer import NOTHING_CHOSEN, REMEMBERED, remember, still_chosen, think
from handlers.cards import Quote, Say
from handlers.ids import AnswerId
from handlers.kept import Answered
from handlers.policy.facts import Facts
from handlers.policy.pack import Kind
from handlers.policy.understand.reading import Reading, understand
from handlers.policy.vocabulary import Fact
from handlers.ports import Work
from handlers.wording.plain import plain
from storage.inbox import SqlInbox
from tests.gallery import TEXT
from tests.house import House, said, whispered
from tests.rulebook import a_pack, a_rule
from tests.samples import DANA, LEE, MAPLE_GROVE, NOON
from tests.scenes import TEXTING

OPEN = Facts({Fact.act: "contact", Fact.to: "student", Fact.account: "personal"})


async def test_the_one_question_is_answered_by_its_buttons(house: House) -> None:
    asked = said(await house.says(DANA, house.means("May I text them?", OPEN)))
    assert asked.title == "Is this for a class, team or activity of the district?"

    for_the_team, outside = asked.buttons

    assert said(await house.presses(DANA, for_the_team.action)).title.startswith("Only with approval")
    assert said(await house.presses(DANA, outside.action)).title == "The policy does not say."


@pytest.mark.parametrize("choice", [2, 99])
async def test_a_choice_that_was_never_offered_changes_nothing(house: House, choice: int) -> None:
    asked = await house.says(DANA, house.means("May I text them?", OPEN))
    assert isinstance(asked, Say)

    reply = await house.presses(DANA, Answer(answer_of(asked), choice))

    assert whispered(reply).title == "That answer is no longer open."


async def test_an_answer_without_a_question_has_no_choices(house: House) -> None:
    answered = await house.says(DANA, house.means("May I text my team?", TEXTING))

    assert whispered(await house.presses(DANA, Answer(answer_of(answered), 0))).title == "That answer is no longer open."


async def test_nobody_answers_for_somebody_else(house: House) -> None:
    asked = await house.says(DANA, house.means("May I text them?", OPEN))

    assert whispered(await house.presses(LEE, Answer(answer_of(asked), 0))).title == "That answer is no longer open."


async def test_the_question_changed_since_and_the_old_buttons_lead_nowhere(house: House) -> None:
    asked = await house.says(DANA, house.means("May I text them?", OPEN))
    await house.store.write(_ask_something_else, answer_of(asked))

    assert whispered(await house.presses(DANA, Answer(AnswerId("changed"), 0))).title == "That answer is no longer open."


async def test_the_same_words_delivered_twice_are_one_answer(house: House) -> None:
    words = house.means("May I text my team?", TEXTING)

    first = await house.says(DANA, words, delivery="once")
    again = await house.says(DANA, words, delivery="once")

    assert first == again
    assert len((await latest(house)).turns) == 1


async def test_a_second_delivery_is_understood_just_as_the_first(house: House) -> None:
    """Read as a second turn, the same words could mean something else than they did."""
    heard: list[tuple[str, ...]] = []

    def listening(turns: Sequence[str]) -> Reading:
        heard.append(tuple(turns))
        return Reading(TEXTING, understood=True)

    desk = replace(house.desk, understand=listening)
    other = replace(house, desk=desk)

    await other.says(DANA, "May I?", delivery="once")
    await other.says(DANA, "May I?", delivery="once")

    assert heard == [("May I?",), ("May I?",)]


async def test_somebody_elses_delivery_of_the_same_name_is_her_own(house: House) -> None:
    words = house.means("May I text my team?", TEXTING)
    await house.says(DANA, "What about parents?", delivery="once")

    card = said(await house.says(LEE, words, delivery="once"))

    assert card.title.startswith("Only with approval")


async def test_a_choice_delivered_twice_is_one_answer(house: House) -> None:
    asked = said(await house.says(DANA, house.means("May I text them?", OPEN)))

    first = await house.presses(DANA, asked.buttons[0].action, delivery="twice")
    again = await house.presses(DANA, asked.buttons[0].action, delivery="twice")

    assert first == again


async def test_a_thread_remembers_what_was_said_before_but_not_for_ever(house: House) -> None:
    for number in range(REMEMBERED + 2):
        await house.says(DANA, f"turn {number}")

    assert (await latest(house)).turns == tuple(f"turn {number}" for number in range(2, REMEMBERED + 2))


async def test_another_thread_begins_anew(house: House) -> None:
    await house.says(DANA, "one", thread="t1")
    await house.says(DANA, "two", thread="t2")

    assert (await latest(house, "t2")).turns == ("two",)


async def test_the_answer_remembers_the_rules_it_rests_on(house: House) -> None:
    await house.says(DANA, house.means("May I text my team?", TEXTING))
    answered = await latest(house)

    assert (answered.ruling, answered.process, answered.asked) == ("needs_approval", "own-phone", "")
    assert answered.rules[0] == "P1"
    assert answered.fingerprint == house.packs.get(MAPLE_GROVE).version


async def test_the_districts_own_sentence_is_quoted_once_its_text_is_attached(house: House) -> None:
    await house.store.write(_attach)

    card = said(await house.says(DANA, house.means("May I text my team?", TEXTING)))

    quotes = [block for block in card.blocks if isinstance(block, Quote)]
    assert [quote.source for quote in quotes] == ["paragraph 2, sentence 1"]
    assert quotes[0].text in TEXT


async def test_a_text_that_the_pack_was_not_written_for_is_not_quoted(house: House) -> None:
    """Its locators would lead to other sentences."""
    await house.store.write(_attach, TEXT.replace("own phones", "office phones"))

    card = said(await house.says(DANA, house.means("May I text my team?", TEXTING)))

    assert not [block for block in card.blocks if isinstance(block, Quote)]


async def test_what_is_not_understood_is_not_guessed(house: House) -> None:
    card = said(await house.says(DANA, "Colourless green ideas may text phones furiously"))

    assert card.title == "I did not understand that."
    assert "your supervisor" in plain(card)


async def test_whoever_keeps_an_answer_takes_it_on_to_say_it_and_a_second_delivery_does_not(house: House) -> None:
    asked = Said("May I?", "t1", "d1", claim="slack:")

    first, second = [await house.desk.hear(asked, DANA) for _ in range(2)]
    unclaimed = await house.desk.hear(replace(asked, delivery="d2", claim=""), DANA)

    assert isinstance(first, Say)
    assert isinstance(second, Say)
    assert isinstance(unclaimed, Say)
    assert first.key == second.key
    assert (first.ours, second.ours, unclaimed.ours) == (True, False, False)
    assert not await house.store.write(_elsewhere, f"slack:{first.key}")
    assert await house.store.write(_elsewhere, f"slack:{unclaimed.key}")


async def test_an_answer_whose_kept_id_was_lost_is_known_by_its_new_one(house: House) -> None:
    """Rows of the inbox can be older than the results kept in them: the second answer then stands for itself."""
    await house.says(DANA, "one")
    answered = await latest(house)
    await house.store.write(_seen, "d1")

    assert await house.store.write(remember, answered, "d1") == (answered.id, False)


def answer_of(reply: object) -> AnswerId:
    assert isinstance(reply, Say)
    return AnswerId(reply.key.removeprefix("answer:"))


async def latest(house: House, thread: str = "t1") -> Answered:
    return await house.store.read(_latest, thread)


def _latest(work: Work, thread: str) -> Answered:
    found = work.answers.latest(DANA.id, thread)
    assert found is not None
    return found


def _attach(work: Work, text: str = TEXT) -> None:
    work.texts.attach(MAPLE_GROVE, text, NOON)


def _ask_something_else(work: Work, answer: AnswerId) -> None:
    found = work.answers.get(answer)
    assert found is not None
    work.answers.add(replace(found, id=AnswerId("changed"), asked="channel"))


def _seen(work: Work, delivery: str) -> None:
    work.inbox.first(delivery)


PRESSED = Facts({Fact.account: "personal"})


@pytest.mark.parametrize(
    ("turns", "holds"),
    [
        (["Can I text my players?", "what if the player is my nephew?"], PRESSED),
        (["Can I text my players?", "and from my school account?"], NOTHING_CHOSEN),
        (["Can I text my players?", "Who may see the messages I send from my work e-mail?"], NOTHING_CHOSEN),
        (["Can I text my players?"], NOTHING_CHOSEN),
        (["As a coach, can I email students?", "Can I text my players?"], NOTHING_CHOSEN),
        (["Can I text my players?", "thanks!"], PRESSED),
    ],
)
def test_what_was_pressed_holds_until_it_is_said_otherwise_or_something_else_is_asked(turns: list[str], holds: Facts) -> None:
    assert still_chosen(PRESSED, turns, understand) == holds


def test_small_talk_goes_by_no_fact_and_shows_no_clause() -> None:
    pack = a_pack(a_rule("R1", Kind.information, says="Lunch duty is not for private calls."))

    thought = think(pack, None, ["Can I text my players?", "lol thanks"], PRESSED, understand)

    assert thought.explained.citations == ()
    assert not thought.explained.facts.known
    assert thought.chosen == PRESSED


async def test_a_choice_is_remembered_in_the_next_turn(house: House) -> None:
    house.adds_up()
    asked = said(await house.says(DANA, house.means("May I text them?", OPEN)))
    await house.presses(DANA, asked.buttons[0].action)

    answer = said(await house.says(DANA, house.means("by phone, I mean", Facts({Fact.channel: "text"}))))

    assert answer.title.startswith("Only with approval")


def _elsewhere(work: Work, what: str) -> bool:
    """Whether another process may take it on."""
    inbox = cast("SqlInbox", work.inbox)
    return SqlInbox(inbox._connection, lambda: NOON, "another").mine(what)  # as another process has it, in this transaction
