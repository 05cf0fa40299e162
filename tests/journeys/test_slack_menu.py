"""A message's own menu in Slack, by the real process: the policy is asked about what somebody wrote."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack.listen import SHORTCUT
from tests.journeys.test_slack import DANA, LEE, QUESTION, playing
from tests.loopback.slack import LoopbackSlack


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[LoopbackSlack]:
    async for one in playing(tmp_path, "http"):
        yield one


async def test_the_policy_is_asked_about_a_colleagues_message(slack: LoopbackSlack) -> None:
    slack.channel("C1", name="coaches", members=(DANA, LEE))
    await slack.says(LEE, QUESTION, "C1")

    await slack.message_shortcut(DANA, SHORTCUT, slack.in_channel("C1")[0])

    answer = await slack.until(lambda: slack.whispers(DANA))
    assert "Only with approval" in slack.text_of(answer[-1])
    assert slack.answers(LEE, "C1") == []
