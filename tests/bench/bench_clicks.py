"""What a press costs beside bare Bolt apps: its acknowledgement, the processor's time; and answers a second under a slow Slack."""

import statistics
import time
from pathlib import Path

from tests.bench.bench_slack import AT_ONCE, ROUNDS, Turns, an_echo, cpu, each, measured, tell
from tests.loopback.slack import LoopbackSlack
from tests.loopback.slack.records import Message
from tests.served import SLACK_IDS, Served

PRESSES = 8  # a round: everybody gets one message a second, and each request means several
QUESTION = "Can I text my players from my own phone?"
FORM = {"students": "Ada Finch", "activity": "Debate team", "channel": "text messages", "reason": "Travel days", "unavailable": ["yes"]}
ENOUGH = 10_000  # calls: more than a round makes
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
    sent = await slack.submits(SLACK_IDS["dana"], form, FORM)
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


async def test_a_press_beside_bare_bolt_apps(tmp_path: Path) -> None:
    async with LoopbackSlack() as ours, LoopbackSlack() as documented, LoopbackSlack() as durable:
        for slack in (ours, documented, durable):
            for name, user in SLACK_IDS.items():
                slack.user(user, name=name.title())
        keys = {"SLACK_BOT_TOKEN": ours.bot_token, "SLACK_API_BASE_URL": ours.api_url, "SLACK_SIGNING_SECRET": ours.signing_secret}
        async with (
            Served(tmp_path, "west-st-francois-r4", keys) as served,
            an_echo(documented, "documented") as (plain, plain_port),
            an_echo(durable, "durable", str(tmp_path / "bare.db")) as (kept, kept_port),
        ):
            ports = ((ours, served.port), (documented, plain_port), (durable, kept_port))
            for slack, port in ports:
                slack.app_url = f"http://127.0.0.1:{port}/slack/events"
            sides = ((ours, served.process, cards), (documented, plain, bare_cards), (durable, kept, bare_cards))
            alone: list[list[Turns]] = [[], [], []]
            for _ in range(ROUNDS):
                for place, (slack, process, found) in enumerate(sides):
                    alone[place].append(await pressed(slack, process, await found(slack, PRESSES)))
    acks = [each(side, lambda one: statistics.median(one.acks)) for side in alone]
    used = [each(side, lambda one: one.cpu) for side in alone]
    print()
    tell("press, acknowledgement alone, p50 (F5)", acks[0], acks[1], anchor="Bolt as documented")
    tell("press until it is kept and told, CPU (F6)", used[0], used[2], anchor="Bolt and bare SQL")


async def test_answers_while_slack_is_slow(tmp_path: Path) -> None:
    async with LoopbackSlack() as slack:
        for name, user in SLACK_IDS.items():
            slack.user(user, name=name.title())
        keys = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_BASE_URL": slack.api_url, "SLACK_SIGNING_SECRET": slack.signing_secret}
        async with Served(tmp_path, "west-st-francois-r4", keys) as served:
            slack.app_url = f"http://127.0.0.1:{served.port}/slack/events"
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
    quick, slow = (statistics.median(rates[delay]) for delay in (0.0, SLOW))
    print(f"\nanswers a second, {AT_ONCE} at once: {quick:.0f}")
    print(f"the same with messages that take Slack {1000 * SLOW:.0f} ms (F15): {slow:.0f}, {slow / quick:.2f} of it")
