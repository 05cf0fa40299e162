"""kill -9 at the worst moments of a story in Slack: what was acknowledged is kept, nothing comes twice, and the order stays."""

import asyncio
import contextlib
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

import pytest
import pytest_asyncio

from tests.loopback.slack import Delivery, Message, View
from tests.town import DANA, FORM, LEE, MARIA, QUESTION, Town, a_town

pytestmark = pytest.mark.asyncio(loop_scope="module")

KILLS = 10
T = TypeVar("T")


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


async def test_ten_kills_in_a_row_lose_nothing_and_double_nothing(town: Town) -> None:
    """People insist as people do: what Slack says was not heard they do again, and Slack itself brings what was said again."""
    chance, dying = random.Random(11), True  # noqa: S311  # where the kills fall, not a secret
    questions: list[tuple[str, Delivery]] = []
    done: list[str] = []

    async def living(user: str) -> None:
        while dying or not done:
            done.append(await a_life(town, user, f"Student {user}{len(done)}", questions))

    lives = [asyncio.create_task(living(user)) for user in (DANA, LEE)]
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.05, 0.9))
        await reborn(town)
    dying = False
    await asyncio.gather(*lives)

    await town.quiet()
    assert town.doubled() == []
    assert [len(town.answers_to(user, said)) for user, said in questions] == [1] * len(questions)
    decided = dict(town.rows("SELECT request, count(*) FROM record WHERE what = 'approved' GROUP BY request"))
    assert set(decided.values()) == {1}
    for student in done:
        cards = [town.key(one) for one in town.slack.answers(MARIA) if f"{student}\n" in town.slack.text_of(one) + "\n"]
        assert len([key for key in cards if key.startswith("decide:")]) == 1
    for user in (DANA, LEE):
        in_order(town, user)


async def test_a_line_that_is_cut_again_and_again_loses_nothing_and_doubles_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with a_town(tmp_path_factory.mktemp("cuts"), "socket") as town:
        town.slack.patience, questions = 1.0, list[tuple[str, Delivery]]()
        lives = [asyncio.create_task(a_life(town, user, f"Student of {user}", questions)) for user in (DANA, LEE)]
        cuts = 0
        while not all(life.done() for life in lives):
            await asyncio.sleep(0.25)
            await town.slack.socket.cut()
            cuts += 1
        await asyncio.gather(*lives)

        await town.quiet()
        assert cuts > 1
        assert town.doubled() == []
        assert [len(town.answers_to(user, said)) for user, said in questions] == [1, 1]
        assert [len(town.outcomes(user)) for user in (DANA, LEE)] == [1, 1]


async def a_life(town: Town, user: str, student: str, questions: list[tuple[str, Delivery]]) -> str:
    """Ask, request, approve, and wait for the outcome, whatever dies meanwhile."""
    slack = town.slack
    said = await slack.says(user, QUESTION)
    while said.last.status != 200:
        await asyncio.sleep(0.2)
        await slack.again(said)
    questions.append((user, said))
    answer = await town.answered(user, said)

    async def form() -> View | None:
        await slack.presses(user, answer, label="Ask for approval")
        return await shown(town, lambda: view if (view := slack.modal(user)) and view.callback_id == "request" else None)

    view = await insist(form)

    async def sent() -> bool:
        return (await slack.submits(user, view, FORM | {"students": student})).trouble is None

    await insist(sent)
    slack.modals[user] = []
    card = await town.said(MARIA, student)
    before = len(town.outcomes(user))

    async def decided() -> bool:
        return "Approve" not in town.labels(card) or (await slack.presses(MARIA, card, label="Approve")).status == 200

    await insist(decided)
    await slack.until(lambda: len(town.outcomes(user)) > before)
    return student


async def shown(town: Town, what: Callable[[], T | None]) -> T | None:
    with contextlib.suppress(AssertionError):
        return await town.slack.until(what, timeout=1.5)
    return None


async def insist(act: Callable[[], Awaitable[T | None]]) -> T:
    """Do it again until it was heard."""
    async with asyncio.timeout(90):
        while not (found := await act()):  # noqa: ASYNC110  # another process
            await asyncio.sleep(0.2)
    return found


def in_order(town: Town, user: str) -> None:
    """Of each request the person's own card came first, and its outcome after it."""
    cards: list[Message] = [one for one in town.slack.answers(user) if town.key(one) and not town.key(one).startswith("answer:")]
    assert [float(one.ts) for one in cards] == sorted(float(one.ts) for one in cards)
    kinds = [town.key(one).partition(":")[0] for one in cards]
    assert kinds.count("outcome") <= kinds.count(kinds[0])
    for number, kind in enumerate(kinds):
        if kind == "outcome":
            assert kinds[:number].count("outcome") < kinds[:number].count(kinds[0])
