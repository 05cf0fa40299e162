"""What follows an approval, in Teams, by the real process: a duty is taken, taken over and done; and the bot's question is answered."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.journeys.test_teams import playing, requested, until_said

DUTY = "To do: Inform the parents"


async def test_a_duty_is_taken_taken_over_and_done(tmp_path: Path) -> None:
    async with playing(tmp_path) as (teams, served):
        people = tmp_path / "people.csv"
        people.write_text(people.read_text().replace(",assistant_principal,", ",building_principal,"))
        assert await served.runs("people", "import", "people.csv", "--district", "west-st-francois-r4") == 0
        await teams.presses("maria", await requested(teams), "Approve")
        hers, theirs = [await until_said(teams, who, DUTY) for who in ("maria", "ngozi")]

        await teams.presses("maria", hers, "Take")
        await teams.until(lambda: "take_over" in [verb for _, verb, _ in teams.buttons(theirs, "ngozi")])
        await teams.presses("ngozi", theirs, verb="take_over")
        await teams.until(lambda: "Taken by: Ngozi" in teams.text_of(hers))

        await teams.presses("ngozi", theirs, "Parents were informed")
        done = {"evidence": f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"}
        await teams.presses("ngozi", theirs, "Parents were informed", data={"form": "sent"}, filled=done)
        await teams.until(lambda: "Done: Inform the parents" in teams.text_of(hers))


async def test_the_bots_own_question_is_answered_with_a_button(tmp_path: Path) -> None:
    async with playing(tmp_path, installed=("dana",)) as (teams, _):
        await teams.says("dana", "May I call a student?")
        question = await until_said(teams, "dana", "depends on this one thing")

        await teams.presses("dana", question, "My own number, address or account")

        await teams.until(lambda: "Only with approval" in teams.text_of(question))
