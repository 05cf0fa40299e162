"""Reaching people in Teams, over the real process: the app missing, blocked, taken away and put back; gone conversations; restarts."""

import signal
from pathlib import Path

from tests.journeys.teams_story import CAST, FORM, Story, a_story

OTHER = "9b1c7d5e-0000-4000-8000-00000000a002"
WHY = "They have not added Hallpass to their own chats, or have blocked it."
UNDELIVERED = "A message could not be delivered"


async def decided_by_helen(story: Story) -> None:
    """The card goes round to whoever stands in for people out of reach, and is decided."""
    teams = story.teams
    card = await story.said("helen", "asks for your decision")
    told = await story.said("ravi", UNDELIVERED)
    assert WHY in teams.text_of(told)
    assert "Ada Finch" not in teams.text_of(told)
    await teams.presses("helen", card, "Approve")
    await story.said("dana", "You may go ahead")
    await teams.until(lambda: "Approve" not in story.labels(card))


async def test_a_principal_without_the_app_is_noticed_told_and_stood_in_for(tmp_path: Path) -> None:
    """Later she adds the app, and what was given up is sent again."""
    async with a_story(tmp_path, installed=tuple(one for one in CAST if one != "maria")) as story:
        await story.begins().sent()
        await decided_by_helen(story)

        story.begins()
        await story.teams.installs("maria")
        assert await story.served.runs("outbox", "retry", "--all") == 0
        await story.said("maria", "Personal phone number with students")


async def test_blocked_uninstalled_and_installed_again(tmp_path: Path) -> None:
    async with a_story(tmp_path) as story:
        teams = story.begins().teams
        teams.blocks("maria")
        await story.sent()
        await decided_by_helen(story)

        teams.blocks("maria", again=False)
        story.begins()
        card = await story.requested("lee")
        await teams.uninstalls("maria")
        await story.sent()
        await story.said("helen", "asks for your decision")
        assert [one.status for one in teams.calls_of("create")].count(403) >= 1
        await teams.presses("maria", card, "Approve")  # what she still sees is as good as ever
        await teams.until(lambda: "You may go ahead" in story.told("lee"))

        story.begins()
        await teams.installs("maria")
        await story.requested("lee")


async def test_where_people_are_reached_survives_the_process(tmp_path: Path) -> None:
    async with a_story(tmp_path) as story:
        teams = story.teams
        for sign in (signal.SIGTERM, signal.SIGKILL):
            answer = await story.begins().asked()
            await story.served.stop(sign)
            await story.served.start()

            await teams.presses("dana", answer, "Ask for approval")
            await teams.presses("dana", answer, "Send request", filled=FORM | {"students": f"Ada Finch ({sign.name})"})
            await story.said("maria", "asks for your decision")
        assert teams.calls_of("create") == []


async def test_a_tenant_that_nobody_has_written_from_is_noticed(tmp_path: Path) -> None:
    """The principal's tenant is another one of the district's, where nobody has the app yet."""
    async with a_story(tmp_path, tenants={"maria": OTHER}) as story:
        await story.begins().sent()
        await decided_by_helen(story)
        assert story.teams.calls_of("create") == []

        story.begins()
        await story.teams.installs("maria")
        await story.requested("lee")
