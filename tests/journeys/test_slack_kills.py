"""kill -9 at the worst moments of a story in Slack: what was acknowledged is kept, and nothing comes twice. At any moment: tests/chaos."""

import asyncio
import signal
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.lives import History, a_life
from tests.town import DANA, FORM, LEE, MARIA, QUESTION, Town, a_town

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with a_town(tmp_path_factory.mktemp("kills")) as town:
        yield town


async def reborn(town: Town) -> None:
    """It dies at once, and is started again."""
    await town.served.stop(signal.SIGKILL)
    await town.served.start()


@pytest.mark.parametrize("lost", ["before", "after"])
async def test_a_question_that_was_acknowledged_is_answered_once(town: Town, lost: str) -> None:
    slack = town.slack
    place = slack.im_with(DANA).id
    fault = slack.fail("chat.postMessage", drop=lost, channel=place)  # type: ignore[arg-type]
    said = await slack.says(DANA, QUESTION)
    assert said.status == 200

    await slack.until(lambda: fault.met)
    await reborn(town)

    answer = await town.answered(DANA, said)
    assert slack.buttons(answer)
    noted = "SELECT 1 FROM inbox WHERE delivery = ?"
    await slack.until(lambda: town.rows(noted, f"slack:{town.key(answer)}"))  # whoever lives now has seen to it
    await town.quiet(0.5)
    assert len(town.answers_to(DANA, said)) == 1
    assert town.doubled() == []


async def test_an_approval_that_was_acknowledged_is_kept(town: Town) -> None:
    card, before = await town.requested(DANA, "Ada Finch"), len(town.outcomes(DANA))
    pressed = await town.slack.presses(MARIA, card, label="Approve")
    assert pressed.status == 200

    await reborn(town)

    await town.slack.until(lambda: town.labels(card) == ["Revoke"])
    await town.slack.until(lambda: len(town.outcomes(DANA)) > before)
    await town.quiet()
    assert len(town.outcomes(DANA)) == before + 1
    assert town.doubled() == []


async def test_a_form_that_was_acknowledged_is_sent(town: Town) -> None:
    form = await town.form(LEE)
    sent = await town.slack.submits(LEE, form, FORM | {"students": "Ben Okri"})
    assert (sent.status, sent.errors) == (200, {})

    await reborn(town)

    await town.said(MARIA, "Ben Okri")
    await town.quiet()
    assert len([one for one in town.slack.answers(MARIA) if "Ben Okri" in town.slack.text_of(one)]) == 1
    assert town.doubled() == []


async def test_a_card_that_slack_took_without_our_noting_it_is_not_posted_again(town: Town) -> None:
    slack = town.slack
    form = await town.form(LEE)
    taken = slack.fail("chat.postMessage", drop="after", channel=slack.im_with(MARIA).id)
    await slack.submits(LEE, form, FORM | {"students": "Cleo Marsh"})
    await slack.until(lambda: taken.met)

    await reborn(town)

    card = await town.said(MARIA, "Cleo Marsh")
    await town.quiet(2.5)
    assert town.doubled() == []
    before = len(town.outcomes(LEE))
    await slack.presses(MARIA, card, label="Approve")  # it is the card that we know of
    await slack.until(lambda: town.labels(card) == ["Revoke"])
    await slack.until(lambda: len(town.outcomes(LEE)) == before + 1)


async def test_a_line_that_is_cut_again_and_again_loses_nothing_and_doubles_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with a_town(tmp_path_factory.mktemp("cuts"), "socket") as town:
        town.slack.patience, history = 1.0, History()
        lives = [asyncio.create_task(a_life(town, user, f"Student of {user}", history)) for user in (DANA, LEE)]
        cuts = 0
        while not all(life.done() for life in lives):
            await asyncio.sleep(0.25)
            await town.slack.socket.cut()
            cuts += 1
        await asyncio.gather(*lives)

        await town.quiet()
        assert cuts > 1
        assert town.doubled() == []
        assert [len(town.answers_to(user, said)) for user, said in history.questions] == [1, 1]
        assert [len(town.outcomes(user)) for user in (DANA, LEE)] == [1, 1]
