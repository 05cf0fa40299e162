"""The letter to parents in Slack, by the real process: read in the chat, fetched as a file by a link that only works for a while."""

import re
from io import BytesIO
from pathlib import Path

import aiohttp
from docx import Document

from tests.journeys.test_slack import FORM, MARIA, requested, until_said
from tests.loopback.slack import LoopbackSlack
from tests.rehearsal import a_free_port
from tests.served import SLACK_IDS, Served


async def test_the_principal_reads_the_letter_and_fetches_its_file(tmp_path: Path) -> None:
    port = a_free_port()
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(tmp_path, "west-st-francois-r4", keys | {"HALLPASS_URL": f"http://127.0.0.1:{port}"}, port=port):
            slack.app_url = f"http://127.0.0.1:{port}/slack/events"
            await slack.presses(MARIA, await requested(slack), label="Approve")
            duty = await until_said(slack, MARIA, "To do: Inform the parents")

            await slack.presses(MARIA, duty, label="Draft the letter to parents")
            shown = await until_said(slack, MARIA, "Dear parents")

            assert "Varsity soccer" in slack.text_of(shown)
            assert str(FORM["students"]) not in slack.text_of(shown)
            (address,) = re.findall(r'"(http://127\.0\.0\.1:\d+/letters/[\w-]+)"', str(shown.all_blocks).replace("'", '"'))
            async with aiohttp.ClientSession() as browser, browser.get(address) as answer:
                assert answer.status == 200
                words = "\n".join(one.text for one in Document(BytesIO(await answer.read())).paragraphs)
            async with aiohttp.ClientSession() as browser, browser.get(f"{address[:-4]}aaaa") as answer:
                assert answer.status == 410
    assert "Dana Whitlock of " in words
    assert str(FORM["students"]) not in words
