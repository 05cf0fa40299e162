"""Where others listen, in Teams, over the real process: group chats, channels, bystanders, strangers, commands, old clients."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.journeys.teams_story import BACK, FORM, QUESTION, SENT, Story, a_story
from tests.loopback.teams import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")
OTHER = "9b1c7d5e-0000-4000-8000-00000000a002"
PRIVATE = ("Your request", "Ada Finch", "You have no requests", "Nothing waits", "asks for your decision", "I do not know you")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Story]:
    async with a_story(tmp_path_factory.mktemp("groups")) as one:
        one.teams.group("coaches", members=("dana", "lee", "maria", "ngozi"))
        one.teams.channel("general", members=("dana", "lee", "maria"))
        yield one


@pytest_asyncio.fixture(loop_scope="module")
async def story(town: Story) -> Story:
    return await town.rests()


def quiet(story: Story, place: str, reader: str = "lee") -> bool:
    """Whether nothing personal stands where others read it."""
    seen = "\n".join(story.teams.text_of(one, reader) + one.summary for one in story.answers(reader, place))
    return not any(words in seen for words in PRIVATE)


# ── group chats and channels ──


async def test_a_mention_in_a_group_chat_is_answered_there(story: Story) -> None:
    answer = await story.asked(in_="coaches")

    assert "supervisor" in story.teams.text_of(answer, "lee")
    assert story.answers("dana") == []
    await story.teams.says("dana", QUESTION, "coaches", mention=False)
    assert len(story.answers("lee", "coaches")) == 1


async def test_a_mention_in_a_channel_is_answered_in_its_thread_and_a_followup_belongs_to_it(story: Story) -> None:
    teams = story.teams
    asked = (await teams.says("dana", QUESTION, "general")).message
    assert asked is not None
    answer = await story.said("dana", "approval", asked)
    assert answer.thread == asked.id

    await teams.says("dana", "what if it is my own son?", asked)
    second = (await teams.until(lambda: story.answers("dana", asked)[1:]))[0]
    assert "Ask for approval" not in story.labels(second)

    elsewhere = (await teams.says("dana", "what if it is my own son?", "general")).message
    assert elsewhere is not None
    third = (await teams.until(lambda: story.answers("dana", elsewhere)))[0]
    assert third.thread == elsewhere.id != asked.id


async def test_a_bystander_who_presses_is_told_so_alone_and_nothing_changes(story: Story) -> None:
    teams = story.teams
    answer = await story.asked(in_="coaches")
    before = answer.copy()

    for label in ("Ask for approval", "Helpful"):
        pressed = await teams.presses("lee", answer, label)
        assert pressed.body["type"] == "application/vnd.microsoft.activity.message"
        assert story.toast("lee")

    assert (answer.activity, answer.views) == (before.activity, {})
    assert len(story.answers("dana", "coaches")) == 1
    assert story.told("maria") == ""


async def test_a_form_in_a_group_is_before_whoever_asked_alone(story: Story) -> None:
    teams = story.teams
    answer = await story.asked(in_="coaches")

    await teams.presses("dana", answer, "Ask for approval")
    assert "students" in teams.inputs(answer, "dana")
    assert teams.inputs(answer, "lee") == {}
    await teams.presses("dana", answer, data=BACK)
    assert "Ask for approval" in story.labels(answer, "dana")
    await teams.presses("dana", answer, "Ask for approval")
    await teams.presses("dana", answer, data=SENT, filled=FORM)

    await story.said("maria", "asks for your decision")
    await story.said("dana", "Your request: ")
    assert "Sent." in teams.text_of(answer, "dana")
    assert quiet(story, "coaches")


async def test_the_bots_question_is_answered_where_it_was_asked_by_whoever_asked(story: Story) -> None:
    """Everybody sees what became of it, even where the first edit fails."""
    teams = story.teams
    teams.group("trip", members=("dana", "lee"))  # where nothing was asked before
    await teams.says("dana", "Can I message a student?", "trip")
    question = await story.said("dana", "How would you be in touch?", "trip")

    await teams.presses("lee", question, "Text messages")
    assert story.toast("lee")
    assert question.edits == 0
    teams.fail("update", times=2, status=412, place="trip")
    await teams.presses("dana", question, "Text messages")

    await teams.until(lambda: "Ask for approval" in story.labels(question, "lee"))
    assert len(story.answers("lee", "trip")) == 1


@pytest.mark.parametrize("words", ["mine", "inbox", "/hallpass mine", "delegate", "/hallpass inbox"])
async def test_what_is_personal_is_told_alone(story: Story, words: str) -> None:
    await story.teams.says("dana", words, "coaches")

    await story.teams.until(lambda: story.answers("dana") or story.teams.whispers("dana"))
    assert [one for one in story.answers("lee", "coaches") if one.reader is None] == []


async def test_a_private_question_and_a_request_in_a_group_are_answered_alone(story: Story) -> None:
    await story.teams.says("dana", f"/hallpass ask {QUESTION}", "coaches")
    await story.said("dana", "approval")
    await story.teams.says("dana", "request", "coaches")
    await story.said("dana", "What would you like to do")

    assert story.answers("lee", "coaches") == []


# ── strangers ──


async def test_who_is_not_in_the_directory_is_told_so_alone_and_can_do_nothing(story: Story) -> None:
    teams = story.teams
    card = await story.requested()
    teams.person("stranger", name="Somebody Else")
    await teams.installs("stranger")

    await teams.says("stranger", QUESTION)
    await story.said("stranger", "I do not know you yet.")
    teams.places["coaches"].members.add("stranger")
    answer = await story.asked(who="lee", in_="coaches")
    await teams.presses("stranger", answer, "Ask for approval")
    assert "I do not know you yet." in story.toast("stranger")
    teams.personal("maria").members.add("stranger")
    await teams.presses("stranger", card, "Approve")
    teams.personal("maria").members.discard("stranger")

    assert "Approve" in story.labels(card)
    assert "Approved" not in story.told("dana")
    assert quiet(story, "coaches")


async def test_a_members_mail_proposes_and_a_guests_does_not(story: Story) -> None:
    teams = story.teams
    people = story.folder / "people.csv"
    noor = "noor.haddad@maplegrove.example,Noor Haddad,staff,Maple Grove High School,maria.ortiz@maplegrove.example,,,,\n"
    pat = "pat.lund@maplegrove.example,Pat Lund,staff,Maple Grove High School,maria.ortiz@maplegrove.example,,,,\n"
    people.write_text(people.read_text() + noor + pat)
    assert await story.served.runs("people", "import", "people.csv") == 0
    teams.person("noor", name="Noor Haddad")
    teams.person("pat", name="Pat Lund", role="guest")

    await teams.says("noor", QUESTION)
    assert "Noor Haddad" in teams.text_of(await story.said("noor", "hallpass people bind"))
    await teams.says("pat", QUESTION)
    assert "Pat Lund" not in teams.text_of(await story.said("pat", "I do not know you yet."))
    assert await story.served.runs("people", "bind", "pat.lund@maplegrove.example") != 0
    assert await story.served.runs("people", "bind", "noor.haddad@maplegrove.example") == 0

    await teams.says("noor", QUESTION)
    await story.said("noor", "approval")


async def test_a_foreign_tenant_is_forbidden_and_nothing_happens(story: Story) -> None:
    teams = story.teams
    teams.person("rival", name="Dana Whitlock", tenant=OTHER)
    teams.places["coaches"].members.add("rival")
    answer = await story.asked(in_="coaches")
    calls = len(teams.calls)

    said = await teams.says("rival", QUESTION, "coaches")
    pressed = await teams.presses("rival", answer, "Ask for approval")

    assert (said.status, pressed.status) == (403, 403)
    assert len(teams.calls) == calls
    assert len(story.answers("dana", "coaches")) == 1


# ── what is typed ──


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("help", "What I can do"),
        ("", "What I can do"),
        ("/hallpass", "What I can do"),
        ("/hallpass help", "What I can do"),
        ("HELP", "What I can do"),
        ("inbox", "Nothing waits for you."),
        ("/hallpass mine", "You have no requests."),
        ("request", "What would you like to do"),
        ("/hallpass request", "What would you like to do"),
        ("delegate", "Nobody stands in for you."),
        ("/hallpass ask Can I text parents from my own phone?", "parents"),
    ],
)
async def test_a_command_is_answered(story: Story, words: str, heard: str) -> None:
    await story.teams.says("ngozi", words)

    await story.said("ngozi", heard)


async def test_a_request_begins_with_a_word(story: Story) -> None:
    teams = story.teams
    await teams.says("dana", "request")
    begun = await story.said("dana", "What would you like to do")
    assert {verb for _, verb, _ in teams.buttons(begun, "dana")} == {"request_new"}

    await teams.presses("dana", begun, "Ask", filled={"question": QUESTION})
    assert "Maria Ortiz (your supervisor)" in teams.text_of(begun, "dana")
    await teams.presses("dana", begun, "Send request", filled=FORM | {"students": "Cleo Marsh"})

    assert "Cleo Marsh" in teams.text_of(await story.said("maria", "asks for your decision"), "maria")
    await teams.says("dana", "mine")
    await story.said("dana", "Cleo Marsh")
    await teams.says("maria", "inbox")
    listed = [one for one in story.answers("maria") if "Approve" in story.labels(one)]
    assert len(listed) > 1


async def test_a_followup_in_a_chat_belongs_to_the_question_before_it(story: Story) -> None:
    teams = story.teams
    await teams.says("lee", QUESTION)
    await story.said("lee", "approval")

    await teams.says("lee", "what if it is my own son?")
    second = (await teams.until(lambda: story.answers("lee")[1:]))[0]

    assert "Ask for approval" not in story.labels(second)


# ── old clients ──


async def test_a_client_that_only_submits_gets_its_answers_as_messages(story: Story) -> None:
    teams = story.teams
    answer = await story.asked()

    await teams.presses("dana", answer, "Ask for approval", old=True)
    form: Message = (await teams.until(lambda: [one for one in story.answers("dana") if teams.inputs(one)]))[0]
    await teams.presses("dana", form, "Send request", filled=FORM | {"students": "Dov Stern", "reason": "   "}, old=True)
    again = (await teams.until(lambda: [one for one in story.answers("dana") if one is not form and teams.inputs(one)]))[0]
    assert teams.inputs(again)["activity"]["value"] == FORM["activity"]
    assert "Attention" in str(teams.cards(again))
    await teams.presses("dana", again, "Send request", filled=FORM | {"students": "Dov Stern"}, old=True)
    await story.said("dana", "Sent.")

    card = await story.said("maria", "asks for your decision")
    pressed = await teams.presses("maria", card, "Approve", old=True)
    await story.said("maria", "Dana Whitlock is being told.")
    await story.said("dana", "You may go ahead")
    await teams.again(pressed, 2)
    assert len([one for one in story.answers("maria") if "is being told" in teams.text_of(one)]) == 1


async def test_an_old_clients_form_in_a_group_is_before_whoever_asked_alone(story: Story) -> None:
    teams = story.teams
    answer = await story.asked(in_="coaches")

    await teams.presses("dana", answer, "Ask for approval", old=True)
    await teams.until(lambda: [one for one in story.answers("dana") if teams.inputs(one)])
    await teams.presses("lee", answer, "Ask for approval", old=True)
    await teams.until(lambda: teams.whispers("lee"))

    assert len(story.answers("ngozi", "coaches")) == 1
