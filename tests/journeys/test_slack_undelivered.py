"""What cannot be delivered, by the real process: passed on, told to the technology department, and sent again once it is mended."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.test_slack import DANA, FORM, MARIA, RAVI, approvals, asked, now, opened, until_said
from tests.loopback.slack import LoopbackSlack, Message
from tests.served import SLACK_IDS, Served

HELEN = "UHELEN"
UNDELIVERED = "A message could not be delivered"


@dataclass
class Town:
    """A workspace, and the bot that serves it."""

    slack: LoopbackSlack
    served: Served


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        slack.channel("GTECH", name="technology", members=(RAVI,))
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(tmp_path, "west-st-francois-r4", {**keys, "SLACK_TECH_CHANNEL": "GTECH"}) as served:
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
            yield Town(slack, served)


async def sent(slack: LoopbackSlack) -> None:
    """Dana asks for approval, whoever gets it."""
    await slack.presses(DANA, await asked(slack), label="Ask for approval")
    assert (await slack.submits(DANA, await slack.until(lambda: slack.modal(DANA)), FORM)).errors == {}


async def carded(slack: LoopbackSlack, user: str) -> Message:
    """The first card of this person that has something to press."""
    return (await slack.until(lambda: [one for one in slack.answers(user) if slack.buttons(one)]))[0]


async def test_a_principal_who_was_deactivated_is_stood_in_for_and_the_department_is_told(town: Town) -> None:
    slack = town.slack
    slack.users[MARIA].deleted = True
    await sent(slack)

    card = await carded(slack, HELEN)
    assert "Helen Brandt" in slack.text_of(await until_said(slack, DANA, "Helen Brandt"))
    told = await until_said(slack, RAVI, UNDELIVERED)
    assert "The account is deactivated." in slack.text_of(told)
    assert "Ada Finch" not in slack.text_of(told)
    assert "user_disabled" not in slack.text_of(told)
    assert slack.answers(RAVI, "GTECH") == []

    await slack.presses(HELEN, card, label="Approve")
    await slack.until(lambda: approvals(slack))
    await slack.until(lambda: "Approve" not in labels(slack, card))


async def test_where_nobody_can_be_reached_the_department_is_told_so(town: Town) -> None:
    slack = town.slack
    slack.users[MARIA].deleted = slack.users[HELEN].deleted = True
    await sent(slack)

    stuck = await until_said(slack, RAVI, "Nobody can be reached who may decide a request")
    assert "Maria Ortiz" in slack.text_of(stuck)
    assert "Helen Brandt" in slack.text_of(stuck)
    assert await town.served.runs("check") == 1


async def sent_for_two(slack: LoopbackSlack) -> Message:
    """Dana asks for what the principal and then the technology department decide; return the principal's card."""
    await slack.presses(DANA, await asked(slack, "Can I use Discord to contact my students?"), label="Ask for approval")
    form = await opened(slack, "request")
    await slack.submits(DANA, form, {"students": "Ada Finch", "reason": "Homework", "channel": "a messaging app"})
    return await carded(slack, MARIA)


async def test_a_channel_that_was_archived_is_told_and_its_cards_come_by_direct_message(town: Town) -> None:
    slack = town.slack
    slack.channels["GTECH"].archived = True
    await slack.presses(MARIA, await sent_for_two(slack), label="Approve")

    await slack.presses(RAVI, await carded(slack, RAVI), label="Approve")
    told = await until_said(slack, RAVI, "channel cannot be written to")
    assert "archived" in slack.text_of(told)
    assert "Ada Finch" not in slack.text_of(told)
    await slack.until(lambda: approvals(slack)[1:])


async def test_of_cards_that_were_deleted_what_can_be_pressed_is_posted_afresh_and_the_rest_let_go(town: Town) -> None:
    slack = town.slack
    card = await sent_for_two(slack)
    own = await until_said(slack, DANA, "Your request: “")
    for message in (card, own):
        now(slack, message).deleted = True

    await slack.presses(MARIA, card, label="Approve")

    afresh = await until_said(slack, DANA, "Your request: “")
    assert afresh.ts != own.ts
    assert "Ravi Menon" in slack.text_of(afresh)
    assert not [one for one in slack.answers(MARIA) if "not final yet" in slack.text_of(one)]
    await slack.presses(RAVI, await carded_in(slack, "GTECH"), label="Approve")
    await slack.until(lambda: "Withdraw" not in labels(slack, afresh))
    assert await town.served.runs("outbox", "retry", "1") == 1  # nothing was given up


def labels(slack: LoopbackSlack, message: Message) -> list[str]:
    """What can be pressed on the message as it stands now."""
    return [label for label, _, _ in slack.buttons(now(slack, message))]


async def carded_in(slack: LoopbackSlack, channel: str) -> Message:
    return (await slack.until(lambda: [one for one in slack.answers(RAVI, channel) if slack.buttons(one)]))[0]


async def test_a_card_that_was_given_up_is_sent_again_once_its_reader_is_known(town: Town, tmp_path: Path) -> None:
    """The new principal has no account yet."""
    slack, people = town.slack, tmp_path / "people.csv"
    slack.user("UNOOR", name="Noor Haddad")
    renamed = people.read_text().replace("maria.ortiz", "noor.haddad").replace("Maria Ortiz", "Noor Haddad").replace(",T1,UMARIA,", ",,,")
    people.write_text(renamed)
    assert await town.served.runs("people", "import", "people.csv") == 0
    await sent(slack)
    await carded(slack, HELEN)

    await slack.says("UNOOR", "hello")
    await until_said(slack, "UNOOR", "hallpass people bind")
    assert await town.served.runs("people", "bind", "noor.haddad@maplegrove.example") == 0
    assert await town.served.runs("outbox", "retry", "--all") == 0

    await slack.presses("UNOOR", await carded(slack, "UNOOR"), label="Approve")
    await slack.until(lambda: approvals(slack))
