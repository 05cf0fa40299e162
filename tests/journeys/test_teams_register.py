"""A class site in Teams, by the real process: its address comes into the register, is checked, confirmed a year later, and closed."""

from pathlib import Path

from tests.journeys.later import later
from tests.journeys.test_slack_register import ADDRESS, DISTRICT, SITE, register
from tests.journeys.test_teams import CAST, until_said
from tests.loopback.teams import LoopbackTeams
from tests.served import Served

SENT = {"form": "sent"}


async def test_a_site_is_registered_checked_confirmed_and_closed(tmp_path: Path) -> None:
    async with LoopbackTeams() as teams:
        ids = {name: (teams.tenant, teams.person(name, name=name.title()).aad_object_id) for name in CAST}
        async with Served(tmp_path, DISTRICT, teams.settings(), teams=ids) as served:
            teams.app_url = f"http://127.0.0.1:{served.port}/api/messages"
            for name in CAST:
                await teams.installs(name)
            await handed_in(teams)
            assert (await register(served))["address"] == ADDRESS
            await checked(teams)
            assert (await register(served))["note"] == "Opens, and names no student"

            await later(served, 370)
            asked = await until_said(teams, "dana", "Is this still used?")
            await teams.presses("dana", asked, "Change the address")
            await teams.presses("dana", asked, data=SENT, filled={"url": f"{ADDRESS}-2"})
            await teams.until(lambda: f"Live: Instagram, {ADDRESS}-2" in teams.text_of(asked))

            await later(served, 370)
            again = await until_said(teams, "dana", "Is this still used?")
            await teams.presses("dana", again, verb="answer_closed")
            await teams.until(lambda: "Closed: Instagram" in teams.text_of(again))
            assert (await register(served))["state"] == "closed"


async def handed_in(teams: LoopbackTeams) -> None:
    """Maria approves Dana's site, and Dana hands in its address."""
    await teams.says("dana", "Can I make an Instagram page for my soccer team?")
    answer = await until_said(teams, "dana", "approval")
    await teams.presses("dana", answer, "Ask for approval")
    assert (await teams.presses("dana", answer, "Send request", filled=SITE)).errors == {}
    await teams.presses("maria", await until_said(teams, "maria", "asks for your decision"), "Approve")
    duty = await until_said(teams, "dana", "To do: Hand in the web address")
    await teams.presses("dana", duty, "Hand in the address")
    await teams.presses("dana", duty, data=SENT, filled={"url": ADDRESS})
    await until_said(teams, "ravi", "Done by Dana")


async def checked(teams: LoopbackTeams) -> None:
    """Ravi finds it in his inbox and records a check."""
    await teams.says("ravi", "inbox")
    entry = await until_said(teams, "ravi", "Live: Instagram")
    await teams.presses("ravi", entry, "Record a check")
    filled = {"note": "Opens, and names no student", "administrators": "Dana, technology"}
    assert (await teams.presses("ravi", entry, data=SENT, filled=filled)).errors == {}
