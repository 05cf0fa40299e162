"""Dialogs in Teams, over the real process: "Ask the policy about this" on a message, its buttons, the request form in it, closing."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.journeys.teams_story import FORM, QUESTION, Story, a_story
from tests.loopback.teams import Dialog, Message

pytestmark = pytest.mark.asyncio(loop_scope="module")
ASK = "askPolicy"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Story]:
    async with a_story(tmp_path_factory.mktemp("dialogs")) as one:
        one.teams.group("coaches", members=("dana", "lee"))
        yield one


@pytest_asyncio.fixture(loop_scope="module")
async def story(town: Story) -> Story:
    return await town.rests()


async def about(story: Story, words: str = QUESTION, who: str = "dana") -> Dialog:
    """What opens when somebody asks the policy about a colleague's message."""
    message = (await story.teams.says("lee", words, "coaches", mention=False)).message
    assert message is not None
    opened = await story.teams.message_action(who, ASK, message)
    assert opened.trouble is None
    dialog = story.teams.dialog(who)
    assert dialog is not None
    return dialog


def open_before(story: Story, who: str = "dana") -> Dialog:
    dialog = story.teams.dialog(who)
    assert dialog is not None
    return dialog


async def test_the_policy_is_asked_about_a_colleagues_message(story: Story) -> None:
    dialog = await about(story, "Can I <b>text</b> my players from&nbsp;my own phone?")

    assert "supervisor" in story.teams.text_of(dialog)
    assert "Ask for approval" in [label for label, _, _ in story.teams.buttons(dialog)]
    assert story.answers("lee", "coaches") == []


async def test_the_whole_request_is_made_in_the_dialog_its_faults_in_place(story: Story) -> None:
    teams = story.teams
    dialog = await about(story)
    await teams.submits("dana", dialog, label="Ask for approval")
    form = open_before(story)
    assert "Maria Ortiz (your supervisor)" in teams.text_of(form)

    assert (await teams.submits("dana", form, {}, label="Send request")).errors
    await teams.submits("dana", form, FORM | {"reason": "   "}, label="Send request")
    mended = open_before(story)
    assert teams.inputs(mended)["students"]["value"] == FORM["students"]
    assert "Attention" in str(mended.card)
    await teams.submits("dana", mended, FORM, label="Send request")

    assert "Sent." in teams.text_of(open_before(story))
    assert "Ada Finch" in teams.text_of(await story.said("maria", "asks for your decision"))


async def test_not_now_brings_the_answer_back_and_closing_is_no_ones_business(story: Story) -> None:
    teams = story.teams
    dialog = await about(story)
    await teams.submits("dana", dialog, label="Ask for approval")
    await teams.submits("dana", open_before(story), label="Not now")
    assert "Ask for approval" in [label for label, _, _ in teams.buttons(open_before(story))]

    teams.closes("dana")

    assert teams.dialog("dana") is None
    assert story.told("maria") == ""


async def test_a_few_words_close_the_dialog(story: Story) -> None:
    dialog = await about(story)

    await story.teams.submits("dana", dialog, label="Helpful")

    assert "Thank you." in story.toast("dana")
    assert story.teams.dialog("dana") is None


async def test_an_answers_question_is_answered_in_the_dialog(story: Story) -> None:
    """The bot's own question, with its choices as buttons."""
    dialog = await about(story, "Can I message a student?")
    assert "How would you be in touch?" in story.teams.text_of(dialog)

    await story.teams.submits("dana", dialog, label="Text messages")

    assert "Ask for approval" in [label for label, _, _ in story.teams.buttons(open_before(story))]
    assert story.answers("lee", "coaches") == []


async def test_a_message_without_words_asks_what_is_wanted(story: Story) -> None:
    teams = story.teams
    dialog = await about(story, "<img src='bus.png'/>")
    assert "question" in teams.inputs(dialog)

    await teams.submits("dana", dialog, {"question": QUESTION}, "Ask")

    assert "Send request" in [label for label, _, _ in teams.buttons(open_before(story))]
    teams.closes("dana")


async def test_a_stranger_learns_that_nobody_knows_them(story: Story) -> None:
    story.teams.person("stranger", name="Somebody Else")
    story.teams.places["coaches"].members.add("stranger")

    dialog = await about(story, who="stranger")

    assert "I do not know you yet." in story.teams.text_of(dialog)
    assert story.teams.buttons(dialog) == []


async def test_a_button_may_open_a_dialog(story: Story) -> None:
    """What a card of another version might ask for is answered, too."""
    teams = story.teams
    answer: Message = await story.asked()
    [request] = [data for label, _, data in teams.buttons(answer, "dana") if label == "Ask for approval"]

    opened = await teams.opens("dana", answer, {**request, "verb": "request", "msteams": {"type": "task/fetch"}})

    assert opened.trouble is None
    assert "students" in teams.inputs(open_before(story))
    teams.closes("dana")
