"""The whole story in Slack, by the real process over signed HTTP and over Socket Mode: ask, request, decide, do."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.loopback.slack import LoopbackSlack, Message, View
from tests.served import SLACK_IDS, Served

QUESTION = "Can I text my players from my own phone?"
DANA, LEE, MARIA, RAVI = "UDANA", "ULEE", "UMARIA", "URAVI"
FORM = {
    "students": "Ada Finch",
    "activity": "Varsity soccer",
    "channel": "text messages",
    "reason": "Bus times change on the way",
    "unavailable": ["yes"],
}


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    async for slack in playing(tmp_path, "http"):
        yield slack


@pytest.fixture(params=["http", "socket"])
async def slack(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    async for slack in playing(tmp_path, request.param):
        yield slack


async def playing(tmp_path: Path, way_in: str, **more: str) -> AsyncIterator[LoopbackSlack]:
    """A workspace with the cast in it, and the real bot that serves it."""
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url}
        way = {"SLACK_APP_TOKEN": slack.app_token} if way_in == "socket" else {"SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(tmp_path, "west-st-francois-r4", tokens | way | more) as served:
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events" if way_in == "http" else None
            yield slack


async def asked(slack: LoopbackSlack, words: str = QUESTION) -> Message:
    await slack.says(DANA, words)
    return (await slack.until(lambda: slack.answers(DANA)))[-1]


async def test_a_question_is_answered_in_its_thread(slack: LoopbackSlack) -> None:
    answer = await asked(slack)

    assert "approval" in slack.text_of(answer)
    assert answer.thread_ts == slack.dm(DANA)[0].ts
    assert [verb for _, verb, _ in slack.buttons(answer)] == ["request.0", "helpful.1", "unhelpful.2"]


async def requested(slack: LoopbackSlack, form: dict[str, object] | None = None) -> Message:
    """Dana asks for her supervisor's approval; return the card that Maria gets."""
    answer = await asked(slack)
    await slack.presses(DANA, answer, label="Ask for approval")
    blank = await slack.until(lambda: slack.modal(DANA))
    sent = await slack.submits(DANA, blank, form or FORM)
    assert sent.errors == {}
    return (await slack.until(lambda: slack.answers(MARIA)))[0]


def now(slack: LoopbackSlack, message: Message) -> Message:
    """The message as it stands now."""
    return slack.message(message.channel, message.ts)


def shown_to(slack: LoopbackSlack, user: str) -> list[Message | View]:
    """What is before this person: messages, and on a slow machine the modal that a press opens."""
    return [*slack.answers(user), *slack.modals.get(user, [])]


async def until_said(slack: LoopbackSlack, user: str, words: str) -> Message:
    """The newest message to this person that says so, once it is there."""
    return (await slack.until(lambda: [one for one in slack.answers(user) if words in slack.text_of(one)]))[-1]


@pytest.mark.walks("W5")
async def test_a_request_is_approved_and_everybody_hears_of_it(slack: LoopbackSlack) -> None:
    card = await requested(slack)

    receipt = await slack.until(lambda: slack.modal(DANA))
    assert "as soon as it is decided" in slack.text_of(receipt)
    assert "Ada Finch" in slack.text_of(card)
    assert "Ada Finch" not in card.text  # what a notification says
    verbs = [verb for _, verb, _ in slack.buttons(card)]
    assert verbs == ["approve.0", "deny.1", "approve_changed.2", "delegate_away.3", "request_more.4", "delegate.5"]

    await slack.presses(MARIA, card, label="Approve")
    await until_said(slack, DANA, "You may go ahead")
    await slack.until(lambda: [label for label, _, _ in slack.buttons(now(slack, card))] == ["Revoke"])
    duty = await until_said(slack, DANA, "supervisor")

    assert "Maria Ortiz" in slack.text_of(now(slack, card))
    assert slack.text_of(duty)


async def test_denying_asks_for_a_reason_and_tells_it(slack: LoopbackSlack) -> None:
    card = await requested(slack)

    await slack.presses(MARIA, card, label="Deny")
    form = await slack.until(lambda: slack.modal(MARIA))
    empty = await slack.submits(MARIA, form, {"reason": "   "}, anyway=True)
    assert set(empty.errors) == {"reason"}
    await slack.submits(MARIA, form, {"reason": "The team has an app for that"})

    assert "The team has an app for that" in slack.text_of(await until_said(slack, DANA, "Denied"))
    await slack.until(lambda: not slack.buttons(now(slack, card)))


async def test_a_stranger_a_colleague_and_a_late_press_change_nothing(slack: LoopbackSlack) -> None:
    card = await requested(slack)
    slack.user("USTRANGER", name="Somebody Else")

    await slack.presses("USTRANGER", card, label="Approve")
    await slack.presses(LEE, card, label="Approve")
    await until_said(slack, "USTRANGER", "I do not know you yet.")
    await until_said(slack, LEE, "This is not yours.")
    assert slack.buttons(now(slack, card))

    stale = card.copy()
    await slack.presses(MARIA, card, label="Approve")
    await until_said(slack, DANA, "You may go ahead")
    await slack.presses(MARIA, stale, label="Deny")
    await slack.until(lambda: "already answered" in "".join(map(slack.text_of, shown_to(slack, MARIA))))


async def test_a_delivery_that_comes_three_times_is_answered_once(slack: LoopbackSlack) -> None:
    said = await slack.says(DANA, QUESTION)
    await slack.again(said, 2, at_once=True)
    await slack.until(lambda: slack.answers(DANA))
    await slack.again(said, 2)

    await slack.says(DANA, "Can I text parents?")
    await slack.until(
        lambda: [one for one in slack.answers(DANA) if one.thread_ts == slack.dm(DANA)[-2].ts or "parent" in slack.text_of(one)]
    )
    assert len([one for one in slack.answers(DANA) if one.thread_ts == slack.dm(DANA)[0].ts]) == 1


async def test_a_followup_in_the_thread_keeps_the_conversation(slack: LoopbackSlack) -> None:
    answer = await asked(slack)

    await slack.says(DANA, "what if it is my own son?", thread_ts=answer.thread_ts)
    second = (await slack.until(lambda: slack.answers(DANA)[1:]))[0]

    assert second.thread_ts == answer.thread_ts
    assert "request" not in [verb.partition(".")[0] for _, verb, _ in slack.buttons(second)]


async def test_a_mention_is_answered_in_the_channels_thread(slack: LoopbackSlack) -> None:
    slack.channel("C1", name="coaches", members=(DANA, LEE))

    await slack.mentions(DANA, "C1", f"<@{slack.bot_user}> {QUESTION}")
    answer = (await slack.until(lambda: slack.answers(DANA, "C1")))[0]

    assert answer.thread_ts == slack.in_channel("C1")[0].ts
    assert slack.buttons(answer)


async def test_a_command_is_answered_to_the_person_alone(slack: LoopbackSlack) -> None:
    slack.channel("C1", name="coaches", members=(DANA, LEE))

    for words, heard in (("", "What I can do"), ("help", "What I can do"), ("mine", "requests"), (f"ask {QUESTION}", "approval")):
        before = len(slack.whispers(DANA))
        await slack.commands(DANA, "/hallpass", words, channel="C1")
        assert heard in slack.text_of((await slack.until(lambda: slack.whispers(DANA)[before:]))[-1])  # noqa: B023  # looked at at once
    assert slack.answers(LEE, "C1") == []


async def test_the_home_tab_shows_what_waits(slack: LoopbackSlack) -> None:
    await requested(slack)

    await slack.opens_home(MARIA)
    home = await slack.until(lambda: slack.home(MARIA))

    assert "Waiting for you" in slack.text_of(home)
    assert "Dana Whitlock" in slack.text_of(home)
    await slack.presses(MARIA, slack.answers(MARIA)[0], label="Approve")
    await slack.until(lambda: "Approve" not in [label for label, _, _ in slack.buttons(slack.homes[MARIA])])


async def test_a_request_begins_with_a_command_or_a_shortcut(slack: LoopbackSlack) -> None:
    await slack.commands(DANA, "/hallpass", "request")
    await slack.submits(DANA, await opened(slack, "request_new"), {"question": QUESTION})

    form = await opened(slack, "request")
    assert "Maria Ortiz (your supervisor)" in slack.text_of(form)
    sent = await slack.submits(DANA, form, FORM)
    assert sent.errors == {}
    assert "Ada Finch" in slack.text_of((await slack.until(lambda: slack.answers(MARIA)))[0])

    await slack.closes(DANA, await opened(slack, ""))
    await slack.shortcut(DANA, "request")
    await slack.submits(DANA, await opened(slack, "request_new"), {"question": "Can I text my own son?"})
    await until_said(slack, DANA, "son")


async def opened(slack: LoopbackSlack, callback: str) -> View:
    """The modal of this kind, once it is in front of Dana."""
    return await slack.until(lambda: view if (view := slack.modal(DANA)) and view.callback_id == callback else None)


async def test_what_slack_did_not_sign_has_no_effect(http: LoopbackSlack) -> None:
    slack = http
    for how in ("unsigned", "forged", "old"):
        with slack.disguised(how):
            said = await slack.says(DANA, QUESTION)
        assert {one.status for one in said.tries} == {401}

    await asked(slack, "Can I text parents from my own phone?")
    assert len(slack.answers(DANA)) == 1


async def test_slack_goes_away_and_comes_back_and_nothing_is_lost_or_doubled(http: LoopbackSlack) -> None:
    slack = http
    card = await requested(slack)
    slack.fail("*", times=12, status=503)

    await slack.presses(MARIA, card, label="Approve")

    await slack.until(lambda: [label for label, _, _ in slack.buttons(now(slack, card))] == ["Revoke"])
    await slack.until(lambda: len(approvals(slack)) > 1)  # her own card rewritten, and the outcome
    await asyncio.sleep(2)  # time for a second copy to come
    assert len(approvals(slack)) == 2


def approvals(slack: LoopbackSlack) -> list[Message]:
    return [one for one in slack.answers(DANA) if one.text.startswith("Approved")]


async def test_a_bot_that_is_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(tmp_path, "west-st-francois-r4", keys) as served:
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
            card = await requested(slack)

            assert await served.stop() == 0
            await served.start()
            await slack.presses(MARIA, card, label="Approve")

            await until_said(slack, DANA, "You may go ahead")


@pytest.fixture
async def with_channel(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    async for slack in playing(tmp_path, "http", SLACK_TECH_CHANNEL="GTECH"):
        slack.channel("GTECH", name="technology", members=(RAVI,))
        yield slack


@pytest.mark.walks("W3")
async def test_principal_then_technology_decide_the_latter_in_its_channel(with_channel: LoopbackSlack) -> None:
    slack = with_channel
    answer = await asked(slack, "Can I use Discord to contact my students?")
    await slack.presses(DANA, answer, label="Ask for approval")
    form = await opened(slack, "request")
    sent = await slack.submits(DANA, form, {"students": "Ada Finch", "reason": "Homework", "channel": "a messaging app"})
    assert sent.errors == {}

    first = (await slack.until(lambda: slack.answers(MARIA)))[0]
    await slack.presses(MARIA, first, label="Approve")
    second = (await slack.until(lambda: slack.answers(RAVI, "GTECH")))[0]
    assert "Maria Ortiz" in slack.text_of(second)
    assert slack.dm(RAVI) == []

    await slack.presses(MARIA, second, label="Approve")  # two different people decide
    await until_said(slack, MARIA, "Nothing was changed")
    await slack.presses(RAVI, second, label="Approve")
    await slack.until(lambda: [label for label, _, _ in slack.buttons(now(slack, second))] == ["Revoke"])
    await slack.until(lambda: [one for one in slack.answers(DANA) if one.text.startswith("Approved")])


async def test_a_line_that_was_cut_is_opened_again(tmp_path: Path) -> None:
    async for slack in playing(tmp_path, "socket"):
        await asked(slack)

        await slack.socket.cut()
        await slack.until(lambda: len(slack.calls_of("apps.connections.open")) > 1)  # noqa: B023  # one round
        await slack.until(lambda: slack.socket.sockets)  # noqa: B023
        await slack.says(DANA, "Can I text parents from my own phone?")

        assert len(await slack.until(lambda: slack.answers(DANA)[1:])) == 1  # noqa: B023


async def test_two_messages_of_one_thread_are_answered_in_their_order(http: LoopbackSlack) -> None:
    slack = http
    first = asyncio.create_task(slack.says(DANA, QUESTION))
    await slack.until(lambda: slack.dm(DANA))
    root = slack.dm(DANA)[0].ts
    await asyncio.gather(first, slack.says(DANA, "what if it is my own son?", thread_ts=root))

    answers = (await slack.until(lambda: slack.answers(DANA) if len(slack.answers(DANA)) > 1 else None))[:2]

    offered = [[label for label, _, _ in slack.buttons(one)] for one in answers]
    assert ["Ask for approval" in labels for labels in offered] == [True, False]  # the form, and her own child
