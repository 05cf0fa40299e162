"""What a press costs beside bare Bolt apps: its acknowledgement, the processor's time; and answers a second under a slow Slack."""

import asyncio
import itertools
import os
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.bench_slack import AT_ONCE, ROUNDS, Turns, an_echo, cpu, each, keys, measured, url, with_everybody
from tests.bench.scorecard import keep
from tests.loopback.slack import LoopbackSlack
from tests.loopback.slack.records import Message
from tests.served import DATABASE, SLACK_IDS, Served

PRESSES = 8  # a round: everybody gets one message a second, and each request means several
QUESTION = "Can I text my players from my own phone?"
STUDENTS = itertools.count(1)  # whoever asks for the same again is asked whether she means it
FORM = {"activity": "Debate team", "channel": "text messages", "reason": "Travel days", "unavailable": ["yes"]}
ENOUGH = 10_000  # calls: more than a round makes
HELD = """INSERT INTO outbox (key, lane, district, kind, request, about, "to", card, redraw, available_at, attempts)
    SELECT 'held:' || id, id, district, 'outcome', '', '', id, 'held:' || id, 0, '9999-01-01 00:00:00.000000', 0 FROM people"""
FREED = "DELETE FROM outbox WHERE key LIKE 'held:%'"
NONE = ("", "")  # no button of that name
SLOW = 0.05  # seconds that Slack takes for each message


async def asks_for_approval(slack: LoopbackSlack) -> None:
    """One request, from the question to the form."""
    said = await slack.says(SLACK_IDS["dana"], QUESTION)
    ts = said.payload["event"]["ts"]
    answer = (await slack.until(lambda: [one for one in slack.messages[-30:] if one.thread_ts == ts and slack.buttons(one)], timeout=30))[
        -1
    ]
    await slack.presses(SLACK_IDS["dana"], answer, label="Ask for approval")
    form = await slack.until(lambda: slack.modal(SLACK_IDS["dana"]))
    sent = await slack.submits(SLACK_IDS["dana"], form, FORM | {"students": f"Player {next(STUDENTS)}"})
    assert sent.errors == {}, sent.errors
    await slack.closes(SLACK_IDS["dana"], await slack.until(lambda: slack.modal(SLACK_IDS["dana"])), everything=True)


def may_be_approved(slack: LoopbackSlack, card: Message) -> bool:
    """Whether the card, as it stands, still waits."""
    return any(verb.startswith("approve") for _, verb, _ in slack.buttons(card))


def waiting(slack: LoopbackSlack) -> list[Message]:
    """The cards that the principal has not decided yet."""
    return [one for one in slack.answers(SLACK_IDS["maria"]) if may_be_approved(slack, one)]


async def cards(slack: LoopbackSlack, many: int) -> list[Message]:
    for _ in range(many):
        await asks_for_approval(slack)
    await slack.until(lambda: len(waiting(slack)) >= many, timeout=60)
    return waiting(slack)[:many]


async def bare_cards(slack: LoopbackSlack, many: int) -> list[Message]:
    for _ in range(many):
        await slack.says(SLACK_IDS["maria"], "button")
    await slack.until(lambda: sum(bool(slack.buttons(one)) for one in slack.answers(SLACK_IDS["maria"])) >= many)
    return [one for one in slack.answers(SLACK_IDS["maria"]) if slack.buttons(one)][:many]


async def pressed(slack: LoopbackSlack, process: int, found: list[Message]) -> Turns:
    """Press each card's first button, one after the other; return what it took until every card is rewritten."""
    turns, begun = Turns(), cpu(process)
    for card in found:
        _, verb, value = slack.buttons(card)[0]
        turns.acks.append((await slack.presses(SLACK_IDS["maria"], card, verb, value)).tries[-1].seconds)
    await slack.until(lambda: not any(may_be_approved(slack, slack.message(card.channel, card.ts)) for card in found), timeout=60)
    turns.cpu = (cpu(process) - begun) / len(found)
    return turns


@contextmanager
def nothing_leaves(database: Path) -> Iterator[None]:
    """Keep every card in the outbox meanwhile: at the head of everybody's lane stands one that is not due."""
    for statement in (HELD, FREED):
        with closing(sqlite3.connect(database, timeout=30)) as opened, opened:
            opened.execute(statement)
        if statement is HELD:
            yield


async def kept(slack: LoopbackSlack, process: int, found: list[Message]) -> float:
    """Press each card's first button, one after the other; return the processor's time for each until it is kept and has its receipt.

    A bare app rewrites the message once it is kept; we post a receipt: one call to Slack on either side.
    """
    before, begun = len(slack.answers(SLACK_IDS["maria"])), cpu(process)
    for card in found:
        _, verb, value = slack.buttons(card)[0]
        await slack.presses(SLACK_IDS["maria"], card, verb, value)
    await slack.until(lambda: len(slack.answers(SLACK_IDS["maria"])) >= before + len(found), timeout=60)
    return (cpu(process) - begun) / len(found)


async def test_a_press_beside_bare_bolt_apps(tmp_path: Path) -> None:
    async with LoopbackSlack() as ours, LoopbackSlack() as documented, LoopbackSlack() as durable, LoopbackSlack() as telling:
        for slack in (ours, documented, durable, telling):
            with_everybody(slack)
        async with (
            Served(tmp_path, "west-st-francois-r4", keys(ours), fresh=True) as served,
            an_echo(documented, "documented") as (plain, plain_port),
            an_echo(durable, "durable", str(tmp_path / "bare.db")) as (kept_by, kept_port),
            an_echo(telling, "telling", str(tmp_path / "told.db")) as (told, told_port),
        ):
            for slack, port in ((ours, served.port), (documented, plain_port), (durable, kept_port), (telling, told_port)):
                slack.app_url = url(port)
            bare = tuple((slack, process, bare_cards) for slack, process in ((documented, plain), (durable, kept_by), (telling, told)))
            sides = ((ours, served.process, cards), *bare)
            alone: list[list[Turns]] = [[] for _ in sides]
            keeping: list[float] = []
            for _ in range(ROUNDS):
                wanted = await cards(ours, PRESSES)
                with nothing_leaves(tmp_path / DATABASE):
                    keeping.append(await kept(ours, served.process, wanted))
                await ours.until(lambda: not waiting(ours), timeout=60)
                for place, (slack, process, found) in enumerate(sides):
                    alone[place].append(await pressed(slack, process, await found(slack, PRESSES)))
    acks = [1000 * each(side, lambda one: statistics.median(one.acks)) for side in alone]
    used = [1000 * each(side, lambda one: one.cpu) for side in alone]
    keep("F5", acks[0], acks[1])
    keep("F6", 1000 * statistics.median(keeping), used[2])
    keep("F6b", used[0], used[3])


async def test_many_press_at_once(tmp_path: Path) -> None:
    async with LoopbackSlack() as ours, LoopbackSlack() as documented:
        for slack in (ours, documented):
            with_everybody(slack)
        async with (
            Served(tmp_path, "west-st-francois-r4", keys(ours), fresh=True) as served,
            an_echo(documented, "documented") as (_, port),
        ):
            ours.app_url, documented.app_url = url(served.port), url(port)
            rates: list[list[float]] = [[], []]
            for _ in range(ROUNDS):
                rates[0].append(await crowd_of(ours, await answered(ours, AT_ONCE), "helpful"))
                rates[1].append(await crowd_of(documented, await bare_cards(documented, AT_ONCE), "approve"))
            keep("F7", statistics.median(rates[0]), statistics.median(rates[1]), "presses/s")
            race, alone = [], []
            for _ in range(ROUNDS):
                together, apart = await cards(ours, 2)
                race.append(await races(ours, together))
                alone.append(await one_by_one(ours, apart))
            keep("F12", 1000 * statistics.median(race), 1000 * statistics.median(alone))
            with closing(sqlite3.connect(tmp_path / "served.db")) as database:
                assert database.execute("SELECT count(*) FROM requests WHERE status = 'approved'").fetchone() == (2 * ROUNDS,)
                assert database.execute("SELECT count(*) FROM record WHERE what = 'approved'").fetchone() == (2 * ROUNDS,)


async def answered(slack: LoopbackSlack, many: int) -> list[Message]:
    """So many answers that nobody has judged."""
    before = len(slack.messages)
    await measured(slack, os.getpid(), many, 16)
    return [one for one in slack.messages[before:] if named(slack, one, "helpful") != NONE][:many]


def named(slack: LoopbackSlack, message: Message, verb: str) -> tuple[str, str]:
    """The button of that name, by what Slack sends when it is pressed; nothing if there is none."""
    return next(((one, value) for _, one, value in slack.buttons(message) if one.startswith(verb)), NONE)


async def crowd_of(slack: LoopbackSlack, found: list[Message], verb: str) -> float:
    """Press that button of all at once; return presses a second until the last was acknowledged."""
    since = time.perf_counter()
    said = await asyncio.gather(*(slack.presses(reader(slack, one), one, *named(slack, one, verb)) for one in found))
    assert {one.status for one in said} == {200}
    return len(found) / (time.perf_counter() - since)


async def one_by_one(slack: LoopbackSlack, card: Message) -> float:
    """The same, one after the other: whoever comes second reads there that it is decided, too."""
    button, since = named(slack, card, "approve"), time.perf_counter()
    for _ in range(AT_ONCE):
        assert (await slack.presses(SLACK_IDS["maria"], card, *button)).status == 200
    return time.perf_counter() - since


async def races(slack: LoopbackSlack, card: Message) -> float:
    """Sixty-four press one button at once; return the seconds until the last was acknowledged."""
    button, since = named(slack, card, "approve"), time.perf_counter()
    said = await asyncio.gather(*(slack.presses(SLACK_IDS["maria"], card, *button) for _ in range(AT_ONCE)))
    assert {one.status for one in said} == {200}
    return time.perf_counter() - since


def reader(slack: LoopbackSlack, message: Message) -> str:
    """Whose direct messages the message stands in."""
    return next(user for user in SLACK_IDS.values() if slack.im_with(user).id == message.channel)


async def test_answers_while_slack_is_slow(tmp_path: Path) -> None:
    async with LoopbackSlack() as slack:
        with_everybody(slack)
        async with Served(tmp_path, "west-st-francois-r4", keys(slack), fresh=True) as served:
            slack.app_url = url(served.port)
            await measured(slack, served.process, 20, 4)
            rates: dict[float, list[float]] = {0.0: [], SLOW: []}
            for _ in range(ROUNDS):
                for delay, kept in rates.items():
                    slack.heals()
                    if delay:
                        slack.fail("chat.postMessage", times=ENOUGH, delay=delay)
                    since = time.perf_counter()
                    await measured(slack, served.process, 2 * AT_ONCE, AT_ONCE)
                    kept.append(2 * AT_ONCE / (time.perf_counter() - since))
    keep("F15", statistics.median(rates[SLOW]), statistics.median(rates[0.0]), "answers/s")
