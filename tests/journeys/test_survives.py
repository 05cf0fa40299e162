"""Whatever kills the process, what people were told stays true: kill -9 at random moments, then the page is read again."""

import asyncio
import contextlib
import itertools
import random
import signal
from html import unescape
from pathlib import Path

import aiohttp

from tests.rehearsal import Rehearsal, button

DISTRICT = "west-st-francois-r4"
CHURCH = "I coach a church team. Can I text my players, who go to our school, from my own phone?"
FORM = {"students": "Two players of the team", "reason": "Times of practice change", "channel": "text messages"}
LIVES = 6
TRIES = itertools.count()  # each asks for other students: the same ones again would be held up
MOST_LIVES = 16  # where the machine is so busy that nothing is confirmed before


async def test_what_was_confirmed_is_there_after_a_kill(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311  # where the kills fall, not a secret
    confirmed: list[str] = []
    async with Rehearsal(tmp_path, DISTRICT) as house:
        for life in range(MOST_LIVES):
            if life >= LIVES and confirmed:
                break
            await house.say("staff", CHURCH)  # a new process reads its first question slowly, and there is nothing to lose in that
            playing = asyncio.create_task(_play(house, confirmed))
            await asyncio.sleep(chance.uniform(0.02, 0.3 * (life + 2)))
            await house.die()
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                await playing
            await house.start()
        for request in confirmed:
            await house.until("principal", request)
        records = [unescape(card) for card in await house.look("records", "records")]

    assert confirmed
    assert len([card for card in records if "sent the request" in card]) >= len(confirmed)
    assert all(card.count("approved it") <= 2 for card in records)


async def _play(house: Rehearsal, confirmed: list[str]) -> None:
    """Ask, request and approve until the process dies; note what was confirmed."""
    while True:
        reason = f"Reason number {next(TRIES)}"
        await house.say("staff", CHURCH)
        verb, value = button(await house.until("staff", "Ask for approval"), "Ask")
        sent = await house.submit("staff", verb, value, {**FORM, "students": f"Player of {reason}", "reason": reason})
        assert "Sent." in sent["whisper"]
        confirmed.append(reason)
        card = await house.until("principal", reason)
        await house.press("principal", *button(card, "Approve"))


async def test_a_polite_stop_ends_at_once_and_leaves_everything(tmp_path: Path) -> None:
    async with Rehearsal(tmp_path, DISTRICT) as house:
        await house.say("staff", CHURCH)
        before = await house.thread("staff")

        left = await house.die(signal.SIGTERM)

        await house.start()
        assert left == 0
        assert await house.thread("staff") == before


async def test_a_hundred_presses_are_one_decision(tmp_path: Path) -> None:
    async with Rehearsal(tmp_path, DISTRICT) as house:
        await house.say("staff", CHURCH)
        await house.submit("staff", *button(await house.until("staff", "Ask for approval"), "Ask"), FORM)
        approve = button(await house.until("principal", FORM["reason"]), "Approve")

        answers = await asyncio.gather(*(house.press("principal", *approve) for _ in range(100)))

        records = await house.look("records", "records")
    told = [unescape(answer["whisper"]) for answer in answers]
    assert len([one for one in told if "Approved." in one]) == 1
    assert len([one for one in told if "already answered" in one]) == 99
    assert records[0].count("approved it") == 1
