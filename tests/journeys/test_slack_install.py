"""Many workspaces, by the real process: each installs the app, each is served with its own token, and what one takes back is gone."""

import asyncio
import json
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from tests.loopback.slack import LoopbackSlack, Message
from tests.rehearsal import a_free_port
from tests.served import CAST, SLACK_IDS, Served

QUESTION = "Can I text my players from my own phone?"
HERE, THERE = "west-st-francois-r4", "chsd-230"
DANA, MARIA = "UDANA", "UMARIA"
FORM = {
    "students": "Ada Finch",
    "activity": "Varsity soccer",
    "channel": "text messages",
    "reason": "Bus times change on the way",
    "unavailable": ["yes"],
}
NOOR = "noor.haddad@maplegrove.example"


@dataclass
class Districts:
    """Two workspaces of one Slack, and the bot that both may install."""

    first: LoopbackSlack
    second: LoopbackSlack
    served: Served


@pytest.fixture
async def districts(tmp_path: Path) -> AsyncIterator[Districts]:
    """The first has the cast as people of the district that is served, the second the same names, in no directory yet."""
    async with LoopbackSlack() as first, LoopbackSlack(team="T2", beside=first) as second:
        for slack in (first, second):
            for name, user in SLACK_IDS.items():
                slack.user(user, name=name.title())
        port = a_free_port()
        keys = {
            "SLACK_CLIENT_ID": first.client_id,
            "SLACK_CLIENT_SECRET": first.client_secret,
            "SLACK_SIGNING_SECRET": first.signing_secret,
            "SLACK_API_BASE_URL": first.api_url,
            "HALLPASS_URL": f"http://127.0.0.1:{port}",
        }
        async with Served(tmp_path, HERE, keys, port=port) as served:
            for slack in (first, second):
                slack.app_url = f"http://127.0.0.1:{port}/slack/events"
            yield Districts(first, second, served)


async def people_there(served: Served, *more: str) -> None:
    """The same names, in the second workspace, are people of another district; `more` are lines of its directory."""
    head, *lines = CAST.read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines]
    rows = [",".join([*line[:5], "T2", SLACK_IDS[line[0].partition(".")[0]], *line[7:]]) for line in cells]
    (served.folder / "there.csv").write_text("\n".join([head, *rows, *more]) + "\n", encoding="utf-8")
    assert await served.runs("people", "import", "there.csv", "--district", THERE) == 0


async def asked(slack: LoopbackSlack, user: str = DANA, words: str = QUESTION) -> Message:
    before = len(slack.answers(user))
    await slack.says(user, words)
    return (await slack.until(lambda: slack.answers(user)[before:]))[-1]


async def until_said(slack: LoopbackSlack, user: str, words: str) -> Message:
    return (await slack.until(lambda: [one for one in slack.answers(user) if words in slack.text_of(one)]))[-1]


async def thrown_out(slack: LoopbackSlack, served: Served) -> None:
    """It is told and answered, and then done: wait until it is."""

    def removed() -> int:
        with closing(sqlite3.connect(served.folder / "served.db")) as database:
            return int(database.execute("SELECT count(*) FROM workspaces WHERE removed_at IS NOT NULL").fetchone()[0])

    await slack.uninstalls()
    await slack.until(removed)


def tokens(slack: LoopbackSlack, method: str = "chat.postMessage", since: int = 0) -> list[str]:
    """The tokens that this method was called with, in the whole of Slack."""
    return [one.token for one in slack.calls[since:] if one.method == method]


async def requested(slack: LoopbackSlack) -> Message:
    answer = await asked(slack)
    await slack.presses(DANA, answer, label="Ask for approval")
    form = await slack.until(lambda: slack.modal(DANA))
    assert (await slack.submits(DANA, form, FORM)).errors == {}
    return (await slack.until(lambda: slack.answers(MARIA)))[0]


async def test_two_workspaces_install_and_each_is_answered_with_its_own_token(districts: Districts) -> None:
    first, second = districts.first, districts.second
    await people_there(districts.served)
    asks = {"type": "url_verification", "challenge": "are you there", "token": "verification"}
    assert (await first.deliver("event", "Ev0", asks)).body == {"challenge": "are you there"}  # before anybody has installed it

    done = await first.installs()
    assert (done.status, "Hallpass is installed in Maple Grove (T1)" in done.text) == (200, True)
    assert (await second.installs()).status == 200

    here, there = await asked(first), await asked(second)
    assert tokens(first) == [first.bot_token, second.bot_token]
    assert first.bot_token != second.bot_token
    assert "approval" in first.text_of(here)
    assert second.text_of(there) != first.text_of(here)  # the other district's own policy

    card = await requested(first)
    await first.presses(MARIA, card, label="Approve")
    await until_said(first, DANA, "*Status*\nApproved")
    assert second.answers(MARIA) == []


async def test_a_token_that_runs_out_is_exchanged_and_the_exchange_is_kept(districts: Districts) -> None:
    first, served = districts.first, districts.served
    first.lives = 1
    await first.installs()
    await asyncio.sleep(1.1)
    first.lives = 7203  # a little more than the time before its end at which a token is exchanged

    await asked(first)
    assert len(first.calls_of("oauth.v2.access", grant_type="refresh_token")) == 1
    used = tokens(first)[-1]
    assert used.startswith("xoxe.xoxb-")

    await asked(first)
    assert len(first.calls_of("oauth.v2.access", grant_type="refresh_token")) == 1
    await asyncio.sleep(3.1)
    await served.stop(signal.SIGKILL)
    kept = b"".join(file.read_bytes() for file in served.folder.glob("served.db*"))
    assert not [token for token in (*first.tokens, *first.refreshing) if token.encode() in kept]  # nobody can read them there
    await served.start()
    await asked(first)
    assert tokens(first)[-1] != used
    assert all(one.answer["ok"] for one in first.calls_of("oauth.v2.access"))


async def test_a_card_leaves_with_an_exchanged_token_though_nobody_asks_for_anything(districts: Districts) -> None:
    first = districts.first
    first.lives = 7202
    await first.installs()
    card = await requested(first)
    await asyncio.sleep(2.1)

    await first.presses(MARIA, card, label="Approve")
    await until_said(first, DANA, "*Status*\nApproved")
    assert first.calls[-1].token.startswith("xoxe.xoxb-")


async def test_where_it_was_thrown_out_nothing_more_is_sent_until_it_is_installed_again(districts: Districts) -> None:
    first, second, served = districts.first, districts.second, districts.served
    await people_there(served)
    await first.installs()
    await second.installs()
    card = await requested(first)

    await thrown_out(first, served)
    since = len(first.calls)
    sorry = await first.commands(DANA, "/hallpass", "mine")
    await first.presses(MARIA, card, label="Approve")
    await first.says(DANA, QUESTION)
    await asked(second)

    assert "not installed in this workspace any more" in str(sorry.body) + "".join(map(first.text_of, first.whispers(DANA)))
    assert set(tokens(first, since=since)) == {second.bot_token}
    said = await served.says("check")
    assert "T1" in said
    assert "/slack/install" in said

    assert (await first.installs()).status == 200
    await asked(first)
    assert tokens(first)[-1] in first.tokens
    assert tokens(first)[-1] not in first.revoked


async def test_a_card_on_its_way_to_whoever_threw_us_out_is_given_up_and_reported(districts: Districts) -> None:
    first, served = districts.first, districts.served
    await first.installs()
    first.fail("chat.postMessage", status=503, times=1000, channel=first.im_with(MARIA).id)
    answer = await asked(first)
    await first.presses(DANA, answer, label="Ask for approval")
    form = await first.until(lambda: first.modal(DANA))
    await first.submits(DANA, form, FORM)
    await first.until(lambda: [one for one in first.calls_of("chat.postMessage") if one.status == 503])

    await first.uninstalls()
    first.heals()

    for _ in range(100):
        if "could not be delivered to maria" in (said := await served.says("check")):
            break
        await asyncio.sleep(0.1)
    assert "not installed in the Slack workspace T1" in said
    assert first.answers(MARIA) == []


async def test_a_state_is_good_once_in_its_own_browser_and_only_if_it_was_made_here(districts: Districts) -> None:
    first = districts.first
    browser = await first.begins()
    assert (await first.agrees(browser)).status == 200

    twice = await first.agrees(browser)
    assert (twice.status, "used before" in twice.text) == (401, True)
    assert 'href="install"' in twice.text

    browser = await first.begins()
    forged = "a" * len(browser.state)
    browser.cookie = f"slack-app-oauth-state={forged}"
    assert "not made here" in (await first.agrees(browser, state=forged)).text

    elsewhere = await first.begins()
    elsewhere.cookie = ""
    page = await first.agrees(elsewhere)
    assert (page.status, "not the browser" in page.text) == (400, True)
    assert len(first.calls_of("oauth.v2.access")) == 1

    no = await first.agrees(await first.begins(), error="access_denied")
    assert "You said no to Slack" in no.text
    wrong = await first.agrees(await first.begins(), code="never-given")
    assert (wrong.status, "did not let Hallpass in" in wrong.text) == (401, True)
    assert wrong.headers["Content-Security-Policy"].startswith("default-src 'none'")

    first.fail("oauth.v2.access", drop="before")
    away = await first.agrees(await first.begins())
    assert (away.status, "could not be reached" in away.text) == (503, True)


async def test_what_is_told_falsely_or_late_or_of_people_alone_takes_nothing_away(districts: Districts) -> None:
    first, second = districts.first, districts.second
    await first.installs()
    await first.uninstalls()
    told = [one for one in first.deliveries if one.payload.get("event", {}).get("type") == "app_uninstalled"]
    await first.installs()

    for slack in (first, second):  # one that installed the app, and one that did not: nobody can tell them apart
        with slack.disguised("forged"):
            assert (await slack.says(DANA, QUESTION)).status == 401
            assert (await slack.event("app_uninstalled")).status == 401
    assert [one.status for one in await first.again(told[0])] == [200]
    assert (await first.event("tokens_revoked", tokens={"oauth": [DANA], "bot": []})).status == 200

    assert first.text_of(await asked(first))


async def test_a_workspace_is_mapped_before_its_mail_proposes_anybody(districts: Districts) -> None:
    first, second, served = districts.first, districts.second, districts.served
    await people_there(served, f"{NOOR},Noor Haddad,staff,Maple Grove High School,maria.ortiz@maplegrove.example,,,,")
    second.user("UNOOR", name="Noor Haddad")
    await first.installs()
    await second.installs()

    assert "not in the district's staff directory" in second.text_of(await asked(second, "UNOOR"))
    listed = json.loads(await served.says("workspaces", "list", "--json"))
    assert [(one["tenant"], one["name"], one["district"], one["installed"]) for one in listed] == [
        ("T1", "Maple Grove", None, True),
        ("T2", "Maple Grove", None, True),
    ]
    assert await served.runs("workspaces", "map", "T9", THERE) == 1
    assert await served.runs("workspaces", "map", "T2", "nowhere") == 1
    assert await served.runs("workspaces", "map", "T2", THERE) == 0

    assert "Your work e-mail is that of Noor Haddad" in second.text_of(await asked(second, "UNOOR"))
    assert await served.runs("people", "bind", NOOR, "--district", THERE) == 0
    assert "I do not know you yet" not in second.text_of(await asked(second, "UNOOR"))


async def test_a_whole_organization_installs_once_for_all_its_workspaces(districts: Districts) -> None:
    grid = districts.first
    grid.enterprise, grid.org_wide = "E1", True

    done = await grid.installs()
    assert "(E1)" in done.text
    answer = await asked(grid)
    await grid.presses(DANA, answer, label="Ask for approval")
    await grid.until(lambda: grid.modal(DANA))
    listed = json.loads(await districts.served.says("workspaces", "list", "--json"))
    assert [(one["tenant"], one["above"], one["installed"]) for one in listed] == [("E1", "", True), ("T1", "E1", True)]

    await thrown_out(grid, districts.served)
    since = len(grid.calls)
    sorry = await grid.commands(DANA, "/hallpass", "mine")
    await grid.says(DANA, QUESTION)
    assert "not installed in this workspace any more" in str(sorry.body) + "".join(map(grid.text_of, grid.whispers(DANA)))
    assert tokens(grid, since=since) == []


async def test_a_team_that_its_organization_takes_from_us_costs_the_others_nothing(districts: Districts) -> None:
    grid = districts.first
    grid.enterprise, grid.org_wide = "E1", True
    await grid.installs()
    await asked(grid)

    await grid.event("app_uninstalled")  # and the organization's token is as good as ever

    assert "approval" in grid.text_of(await asked(grid))


async def test_one_workspace_by_token_needs_no_install_and_offers_none(tmp_path: Path) -> None:
    async with LoopbackSlack() as slack:
        slack.user(DANA, name="Dana")
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(tmp_path, HERE, keys) as served:
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
            assert "approval" in slack.text_of(await asked(slack))
            async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{served.port}/slack/install") as answer:
                assert answer.status == 404
        with sqlite3.connect(tmp_path / "served.db") as database:
            assert database.execute("SELECT count(*) FROM workspaces").fetchone() == (0,)
