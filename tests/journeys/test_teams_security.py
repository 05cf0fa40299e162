"""What is not Microsoft's, not ours or not for us has no effect in Teams, over the real process; keys may change at any time."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.journeys.teams_story import QUESTION, Story, a_story
from tests.loopback.teams import BAD_TOKENS, BadToken, Json

pytestmark = pytest.mark.asyncio(loop_scope="module")
OTHER = "9b1c7d5e-0000-4000-8000-00000000a002"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Story]:
    async with a_story(tmp_path_factory.mktemp("security")) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="module")
async def story(town: Story) -> Story:
    return await town.rests()


@pytest.mark.parametrize("how", BAD_TOKENS)
async def test_a_bad_token_is_unauthorized_and_has_no_effect(story: Story, how: BadToken) -> None:
    teams = story.teams
    calls = len(teams.calls)

    with teams.signed_badly(how):
        said = await teams.says("dana", QUESTION)

    assert said.status == 401
    assert {one.operation for one in teams.calls[calls:]} <= {"openid", "keys"}


async def test_a_press_under_a_bad_token_decides_nothing(story: Story) -> None:
    teams = story.teams
    card = await story.requested()

    with teams.signed_badly("wrong signature"):
        pressed = await teams.presses("maria", card, "Approve")

    assert pressed.status == 401
    assert pressed.trouble
    teams.forgives()
    await teams.presses("maria", card, "Approve")
    assert story.toast("maria").startswith("Approved.")


async def test_no_token_goes_to_an_address_that_is_not_microsofts(story: Story) -> None:
    teams = story.teams
    signed_for_another = teams.signer.header(teams.service_url())
    said = await teams.says("ngozi", QUESTION)
    assert said.sent is not None
    body, headers = said.sent
    said.sent = (body.replace(teams.service_url().encode(), b"https://smba.evil.example/"), headers)

    assert (await teams.replayed(said)).status == 401
    assert signed_for_another is not None
    assert teams.stolen == []


async def test_a_replay_as_another_tenants_or_another_channels_is_forbidden(story: Story) -> None:
    teams = story.teams
    calls = len(teams.calls_of("send"))
    forgeries: list[Json] = [{"channelData": {"tenant": {"id": OTHER}}}, {"channelData": {}}, {"channelId": "webchat"}]
    for changed in forgeries:
        with teams.altered(**changed):
            said = await teams.says("dana", QUESTION)
        assert said.status in {401, 403}, changed

    assert len(teams.calls_of("send")) == calls


async def test_the_same_bytes_again_are_answered_once(story: Story) -> None:
    teams = story.teams
    said = await teams.says("lee", QUESTION)
    await story.said("lee", "approval")

    await teams.replayed(said)

    assert len(story.answers("lee")) == 1


async def test_new_keys_lose_nothing(story: Story) -> None:
    """What was signed before under the old one is no good any more."""
    teams = story.teams
    await story.served.stop()
    await story.served.start()  # false keys above have made it look for new ones a moment ago, which it does once a minute
    old = await teams.says("lee", "help")
    await story.said("lee", "What I can do")

    teams.rotates_keys()
    fresh = await teams.says("lee", QUESTION)

    assert fresh.status == 200
    await story.said("lee", "approval")
    assert (await teams.replayed(old)).status == 401
