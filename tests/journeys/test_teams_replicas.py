"""Two processes on one PostgreSQL hear of the same thing in Teams: it is answered once, and whoever lives finishes what the other began."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.journeys.teams_story import DISTRICT, QUESTION, Story, a_story
from tests.loopback.teams import Delivery
from tests.served import Served
from tests.storage.conftest import a_database, run_sql

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.postgres]

SLOW = 2.0  # seconds that Teams takes over a message: long enough for the other process to hear of it too
COPY = 0.5  # seconds for a second copy to come
PASSES = "UPDATE inbox SET at = at - interval '2 minutes' WHERE delivery LIKE 'doing:%'"  # a minute, without the wait


@dataclass
class Two:
    """One Teams, and two doors to it."""

    story: Story
    other: Served
    url: str
    doors: tuple[str, str]

    async def both(self, who: str, words: str, in_: str | None = None) -> Delivery:
        """Somebody says something; the first process is at the answer when the second hears of it."""
        teams = self.story.teams
        fault = teams.fail("send", delay=SLOW)
        teams.app_url = self.doors[0]
        saying = asyncio.create_task(teams.says(who, words, in_))
        await teams.until(lambda: fault.met)
        teams.app_url = self.doors[1]
        copied = asyncio.create_task(teams.again(teams.deliveries[-1]))
        said = await saying
        await copied
        await asyncio.sleep(COPY)
        return said


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A PostgreSQL database of the module's own."""
    with a_database() as url:
        yield url


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(tmp_path_factory: pytest.TempPathFactory, database: str) -> AsyncIterator[Two]:
    folder = tmp_path_factory.mktemp("replicas")
    async with a_story(folder, DATABASE_URL=database) as story:
        other = Served(folder, DISTRICT, story.served.settings, teams=story.served.teams)
        await other.start()
        try:
            story.teams.group("coaches", members=("dana", "lee"))
            first = str(story.teams.app_url)
            yield Two(story, other, database, (first, first.replace(str(story.served.port), str(other.port))))
        finally:
            await other.stop()


@pytest.fixture
def two(whole: Two) -> Two:
    whole.story.begins()
    return whole


@pytest.mark.parametrize("words", [QUESTION, "help", "inbox", "request"])
async def test_what_both_hear_is_answered_once(two: Two, words: str) -> None:
    said = await two.both("dana", words)

    assert [one.status for one in said.tries] == [200, 200]
    assert len(two.story.answers("dana")) == 1


async def test_what_is_for_one_member_of_a_group_is_said_once(two: Two) -> None:
    await two.both("lee", "mine", "coaches")

    assert len([*two.story.answers("lee", "coaches"), *two.story.answers("lee")]) == 1


async def test_what_teams_refused_is_free_for_whoever_hears_of_it_next(two: Two) -> None:
    teams = two.story.teams
    refused = teams.fail("send", status=403)
    teams.app_url = two.doors[0]
    said = await teams.says("dana", QUESTION)
    assert (refused.met, two.story.answers("dana")) == (1, [])

    teams.app_url = two.doors[1]
    await teams.again(said)

    assert len(two.story.answers("dana")) == 1


async def test_whoever_lives_says_what_the_other_died_over(two: Two) -> None:
    teams = two.story.teams
    teams.app_url = two.doors[0]
    held = teams.fail("send", hang=True)
    dying = asyncio.create_task(teams.says("dana", QUESTION))
    await teams.until(lambda: held.met)
    teams.app_url = two.doors[1]
    copied = asyncio.create_task(teams.again(teams.deliveries[-1]))
    await asyncio.sleep(COPY)

    await two.story.served.stop(signal.SIGKILL)
    assert two.story.answers("dana") == []
    await run_sql(two.url, PASSES)

    await two.story.said("dana", "approval")
    await asyncio.gather(dying, copied)
    await asyncio.sleep(COPY)
    assert len(two.story.answers("dana")) == 1
