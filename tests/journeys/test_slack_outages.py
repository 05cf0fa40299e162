"""Slack away, slow or taking nothing for one channel; forged requests; many questions at once: by the real process."""

import asyncio
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import aiohttp
import pytest
import pytest_asyncio

from tests.loopback.slack import Delivery
from tests.town import DANA, FORM, HELEN, LEE, MARIA, NGOZI, QUESTION, RAVI, Town, a_town

pytestmark = pytest.mark.asyncio(loop_scope="module")

AT_ONCE = 64
FOREVER = 10**6
REFUSED = {401}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with a_town(tmp_path_factory.mktemp("outages"), SLACK_TECH_CHANNEL="GTECH") as town:
        town.slack.channel("GTECH", name="technology", members=(RAVI,))
        yield town
        assert town.doubled() == []


@pytest.fixture(autouse=True)
def healed(town: Town) -> None:
    """Whatever a story before has planned is over."""
    town.slack.heals()


async def test_many_questions_at_once_are_acknowledged_in_time(town: Town) -> None:
    slack = town.slack
    await town.asked(HELEN)  # the first question of a process waits until the networks are read
    said: list[Delivery] = await asyncio.gather(*(slack.says((HELEN, NGOZI)[number % 2], QUESTION) for number in range(AT_ONCE)))

    assert {one.status for one in said} == {200}
    assert sum(len(one.tries) > 1 for one in said) <= AT_ONCE // 4  # on a busy machine Slack may bring some of them once more
    for number, one in enumerate(said):
        await town.answered((HELEN, NGOZI)[number % 2], one)
    assert town.doubled() == []


async def test_slack_is_away_with_several_lives_in_flight(town: Town) -> None:
    slack = town.slack
    slack.channel("C1", name="coaches", members=(DANA, LEE))
    first, second = await town.requested(DANA, "Ada Finch"), await town.requested(LEE, "Ben Okri")
    third = await town.form(DANA)
    await town.quiet(0.5)
    slack.fail("*", times=FOREVER, status=503)

    asked = [await slack.says(DANA, QUESTION), await slack.says(DANA, "Can I text parents?"), await slack.says(LEE, QUESTION)]
    there = await slack.mentions(LEE, "C1", QUESTION)
    pressed = [await slack.presses(MARIA, card, label="Approve") for card in (first, second)]
    sent = await slack.submits(DANA, third, FORM | {"students": "Cleo Marsh"})
    await asyncio.sleep(3)
    acknowledged = [*asked, there, *pressed, sent]
    assert {one.status for one in acknowledged} == {200}
    assert max(one.seconds for one in acknowledged) < 3
    assert town.outcomes(DANA) == []
    slack.heals()

    await town.said(MARIA, "Cleo Marsh")
    await slack.until(lambda: len(town.outcomes(DANA)) == len(town.outcomes(LEE)) == 1)
    answers = [await town.answered(user, said) for user, said in zip((DANA, DANA, LEE), asked, strict=True)]
    await slack.until(lambda: slack.answers(LEE, "C1"))
    await town.quiet()

    assert town.doubled() == []
    assert [len(town.answers_to(user, said)) for user, said in zip((DANA, DANA, LEE), asked, strict=True)] == [1, 1, 1]
    assert float(answers[0].ts) < float(answers[1].ts)
    assert len(slack.answers(LEE, "C1")) == 1


async def test_one_channel_that_slack_slows_down_holds_nobody_else_up(town: Town) -> None:
    slack = town.slack
    slow = slack.im_with(DANA).id
    limited = slack.fail("chat.postMessage", times=1, status=429, retry_after=4, channel=slow)
    begun = time.monotonic()

    first = await slack.says(DANA, QUESTION)
    second = await slack.says(DANA, "Can I text parents?")
    others = await slack.says(LEE, QUESTION)
    await town.answered(LEE, others)
    assert time.monotonic() - begun < 3.5
    assert limited.met == 1

    answers = [await town.answered(DANA, said) for said in (first, second)]
    assert time.monotonic() - begun >= 4
    assert float(answers[0].ts) < float(answers[1].ts)


async def test_a_card_whose_call_hangs_holds_no_other_card_up(town: Town) -> None:
    slack = town.slack
    card, form = await town.requested(DANA, "Kit Moss"), await town.form(LEE)
    before = len(town.outcomes(DANA))
    hanging = slack.fail("chat.postMessage", times=1, delay=8, channel=slack.im_with(MARIA).id)
    await slack.submits(LEE, form, FORM | {"students": "Dov Stern"})
    await slack.until(lambda: hanging.met)

    await slack.presses(MARIA, card, label="Approve")

    await slack.until(lambda: len(town.outcomes(DANA)) == before + 1)
    assert "Dov Stern" not in town.told(MARIA)
    await town.said(MARIA, "Dov Stern")


async def test_a_form_whose_trigger_has_expired_is_asked_for_again(town: Town) -> None:
    slack = town.slack
    answer = await town.asked(DANA)
    slack.fail("views.open", times=3, error="expired_trigger_id")

    await slack.presses(DANA, answer, label="Ask for approval")
    await slack.until(lambda: "That took too long." in town.told(DANA))
    await slack.shortcut(LEE, "request")
    await slack.until(lambda: "That took too long." in town.told(LEE))
    await slack.commands(MARIA, "/hallpass", "request")
    await slack.until(lambda: "That took too long." in town.told(MARIA))
    assert "Something broke" not in town.told(DANA) + town.told(LEE) + town.told(MARIA)


async def test_a_home_tab_that_somebody_else_drew_meanwhile_is_drawn_anew(town: Town) -> None:
    slack = town.slack
    await slack.opens_home(MARIA)
    await slack.until(lambda: slack.home(MARIA))
    card = await town.requested(LEE, "Eve Hart")
    await slack.until(lambda: "Lee Santos" in slack.text_of(slack.homes[MARIA]))
    slack.homes[MARIA].hash = "another"

    await slack.presses(MARIA, card, label="Approve")

    await slack.until(lambda: len(slack.calls_of("views.publish", user_id=MARIA)) > 3)
    await slack.until(lambda: town.labels(card) == ["Revoke"])
    published = [one for one in slack.calls_of("views.publish", user_id=MARIA) if one.answer.get("error") == "hash_conflict"]
    assert published
    await slack.until(lambda: "Revoke" in [label for label, _, _ in slack.buttons(slack.homes[MARIA])])


async def test_what_a_press_comes_to_is_told_though_its_message_was_deleted(town: Town) -> None:
    slack = town.slack
    card = await town.requested(LEE, "Fay Lund")
    before, hers = len(town.outcomes(LEE)), len(slack.answers(MARIA))
    stale = card.copy()
    town.now(card).deleted = True

    await slack.presses(MARIA, stale, label="Approve")

    await slack.until(lambda: len(town.outcomes(LEE)) == before + 1)
    await slack.until(lambda: any(one.text.startswith("Approved") for one in slack.answers(MARIA)[hers - 1 :]))


@pytest.mark.parametrize("how", ["is_archived", "not_in_channel"])
async def test_a_mention_in_a_channel_that_takes_no_answer_is_answered_alone(town: Town, how: str) -> None:
    slack = town.slack
    slack.channel("C2", name="staff", members=(DANA,))
    slack.fail("chat.postMessage", times=FOREVER, error=how, channel="C2")

    before = len(slack.answers(DANA))
    await slack.mentions(DANA, "C2", QUESTION)

    answer = (await slack.until(lambda: slack.answers(DANA)[before:]))[0]
    assert "approval" in slack.text_of(answer)


async def test_a_requester_who_was_deactivated_before_the_outcome_holds_nobody_up(town: Town) -> None:
    slack = town.slack
    card = await town.requested(LEE, "Gus Weir")
    slack.users[LEE].deleted = True
    slack.fail("chat.postMessage", times=FOREVER, error="user_disabled", channel=slack.im_with(LEE).id)

    try:
        await slack.presses(MARIA, card, label="Approve")
        await slack.until(lambda: town.labels(card) == ["Revoke"])
        told = await town.said(RAVI, "A message could not be delivered")
        assert "Gus Weir" not in slack.text_of(told)
    finally:
        slack.users[LEE].deleted = False


async def test_what_slack_did_not_sign_has_no_effect_whatever_it_says_it_is(town: Town) -> None:
    slack = town.slack
    card = await town.requested(DANA, "Hal Quint")
    form = await town.form(DANA)
    await town.quiet()
    calls = len(slack.calls)

    for how in ("unsigned", "forged", "old"):
        with slack.disguised(how):
            tried = [
                await slack.says(DANA, QUESTION),
                await slack.presses(MARIA, card, label="Approve"),
                await slack.submits(DANA, form, FORM | {"students": "Ida Voss"}),
                await slack.commands(DANA, "/hallpass", f"ask {QUESTION}"),
                await slack.shortcut(DANA, "request"),
            ]
        assert {one.status for one in tried} == REFUSED
    assert await ssl_checked(town) == {200}  # Slack looks at our certificate: nothing is read of what comes with it
    await town.quiet()
    assert len(slack.calls) == calls
    assert "Approve" in town.labels(card)


async def ssl_checked(town: Town) -> set[int]:
    """What says that it only checks our certificate, and brings a press with it, unsigned."""
    body = urlencode({"ssl_check": "1", "token": "verification", "command": "/hallpass", "user_id": DANA, "team_id": "T1", "text": "mine"})
    found = set()
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": str(int(time.time()))}):
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            async with session.post(str(town.slack.app_url), data=body, headers=form | headers) as answer:
                found.add(answer.status)
    return found


async def test_what_is_overheard_and_sent_again_is_not_done_again(town: Town) -> None:
    slack = town.slack
    card, before = await town.requested(DANA, "Jon Ames"), len(town.outcomes(DANA))
    said = await slack.says(DANA, QUESTION)
    pressed = await slack.presses(MARIA, card, label="Approve")
    await slack.until(lambda: len(town.outcomes(DANA)) == before + 1)
    await town.answered(DANA, said)
    await town.quiet()
    seen = len(slack.messages)

    replayed = [await slack.replayed(one) for one in (said, pressed) * 2]

    assert {one.status for one in replayed} == {200}
    await town.quiet()
    assert len(slack.messages) == seen
