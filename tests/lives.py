"""A life as people live it in Slack: ask, request, everybody decides, the outcome; whatever dies meanwhile they do again. Not: faults."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from tests.loopback.slack import Delivery, Json, Message, View
from tests.town import FORM, MARIA, QUESTION, RAVI, Town

T = TypeVar("T")
FINAL = "Approved:"  # so the last outcome begins; one that is not final says by whom
STALE = "That answer is no longer open"  # the rules have changed since, as with a newer program
EXCUSES = ("Something broke on our side", "That took too long", STALE)
PROMISE = "as soon as it is decided"  # so a form is answered that was kept
PATIENT, LOOK = 20.0, 0.1  # seconds that somebody waits for a press to show, and between two looks
PAUSE = 0.2  # seconds until somebody does again what was not heard
LONGEST = 420.0  # seconds until an answer to what was acknowledged is there, whatever dies meanwhile
PATIENCE = 180.0  # seconds until whoever insists gives up
TWO_STAGES = "Can I use Discord to contact my students?"
TWO_STAGE_FORM: Json = {"reason": "Homework is asked about there", "channel": "a messaging app"}


@dataclass(frozen=True)
class Kind:
    """What is asked for, and who decides it, in their order."""

    question: str
    form: Json
    deciders: tuple[str, ...]


ONE = Kind(QUESTION, FORM, (MARIA,))
TWO = Kind(TWO_STAGES, TWO_STAGE_FORM, (MARIA, RAVI))  # the principal, then technology


@dataclass
class History:
    """What the clients saw: what was acknowledged to them, and how long that took. The checker reads it, and the wire."""

    questions: list[tuple[str, Delivery]] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)  # user and student of a life that came to its end
    acks: list[float] = field(default_factory=list)  # seconds of each that was acknowledged
    pressed: int = 0  # approvals that were acknowledged
    repeated: list[tuple[str, datetime]] = field(default_factory=list)  # stages, and since when an acknowledged press showed nothing


async def a_life(town: Town, user: str, student: str, history: History, kind: Kind = ONE, patience: float = PATIENCE) -> None:
    """Ask, request, have it approved by everybody, and wait for the outcome, whatever dies meanwhile."""
    slack = town.slack
    answers = [await _answered(town, user, kind, history)]
    await insist(lambda: _requested(town, user, answers, kind, student, history), patience)
    slack.modals[user] = []
    before = len(_ends(town, user))
    for decider in kind.deciders:
        card = await town.said(decider, f"{student}\n", patience)
        await insist(lambda decider=decider, card=card: _decided(town, decider, card, history), patience)  # type: ignore[misc]
    await slack.until(lambda: len(_ends(town, user)) > before, timeout=patience)
    history.done.append((user, student))


def _ends(town: Town, user: str) -> list[Message]:
    """What tells this person of the last of the decisions."""
    return [one for one in town.outcomes(user) if one.text.startswith(FINAL) or town.slack.text_of(one).startswith(FINAL)]


async def _answered(town: Town, user: str, kind: Kind, history: History) -> Message:
    said = await town.slack.says(user, kind.question)
    while said.last.status != 200:
        await asyncio.sleep(PAUSE)
        await town.slack.again(said)
    history.questions.append((user, said))
    history.acks.append(said.seconds)
    return (await town.slack.until(lambda: town.answers_to(user, said), timeout=LONGEST))[0]


async def _form(town: Town, user: str, answer: Message) -> View | None:
    await town.slack.presses(user, answer, label="Ask for approval")
    return await shown(town, lambda: view if (view := town.slack.modal(user)) and view.callback_id == "request" else None)


async def _requested(town: Town, user: str, answers: list[Message], kind: Kind, student: str, history: History) -> bool:
    """Whoever reads that something broke, or nothing more for long, opens the form again: unless it shows that it was kept."""
    if _asked_of(town, kind.deciders[0], student):
        return True
    if _stale(town, user, answers[-1]):
        town.slack.modals[user] = []
        answers.append(await _answered(town, user, kind, history))
    if (view := await _form(town, user, answers[-1])) is None:
        return False
    filled = kind.form | {"students": student}
    while (sent := await town.slack.submits(user, view, filled)).trouble is not None and _stands(view):  # noqa: ASYNC110  # another process
        await asyncio.sleep(PAUSE)  # the form still stands there: nobody types it anew
    history.acks.append(sent.seconds)
    return await _promised(town, view) or _asked_of(town, kind.deciders[0], student)


def _stands(view: View) -> bool:
    """Whether it is still a form: what came of it may have been put into its place, later than Slack waits."""
    return any(block["type"] == "input" for block in view.all_blocks)


async def _promised(town: Town, view: View) -> bool:
    """What stands in the form's place: a promise is trusted, an excuse or a moment that does not end is not."""
    for _ in range(round(PATIENT / LOOK)):
        words = town.slack.text_of(view)
        if PROMISE in words or any(excuse in words for excuse in EXCUSES):
            return PROMISE in words
        await asyncio.sleep(LOOK)
    return False


def _stale(town: Town, user: str, answer: Message) -> bool:
    """Whether this person has read since then that the answer is of yesterday's rules: then it is asked for anew."""
    since = [one for one in town.slack.answers(user) if float(one.ts) > float(answer.ts)]
    shown: list[Message | View] = [*since, *town.slack.modals.get(user, [])]
    return any(STALE in town.slack.text_of(one) for one in shown)


def _asked_of(town: Town, decider: str, student: str) -> bool:
    return any(f"{student}\n" in town.slack.text_of(one) + "\n" for one in town.slack.answers(decider))


async def _decided(town: Town, decider: str, card: Message, history: History) -> bool:
    """A press that was acknowledged is trusted; whoever was told that something broke presses again, as people do."""
    if "Approve" not in town.labels(card):
        return True
    pressed = await town.slack.presses(decider, card, label="Approve")
    if pressed.status != 200:
        return False
    history.acks.append(pressed.seconds)
    history.pressed += 1
    broken = _excuses(town, decider)
    for _ in range(round(PATIENT / LOOK)):
        if "Approve" not in town.labels(card):
            return True
        if _excuses(town, decider) > broken:
            return False  # told that nothing was changed
        await asyncio.sleep(LOOK)
    history.repeated.append((town.key(card).split(":")[1], datetime.now(UTC)))
    return False


def _excuses(town: Town, user: str) -> int:
    return sum(any(words in town.slack.text_of(one) for words in EXCUSES) for one in town.slack.answers(user))


async def shown(town: Town, what: Callable[[], T | None]) -> T | None:
    with contextlib.suppress(AssertionError):
        return await town.slack.until(what, timeout=1.5)
    return None


async def insist(act: Callable[[], Awaitable[T | None]], patience: float = PATIENCE) -> T:
    """Do it again until it was heard."""
    async with asyncio.timeout(patience):
        while not (found := await act()):  # noqa: ASYNC110  # another process
            await asyncio.sleep(PAUSE)
    return found


def in_order(town: Town, user: str) -> list[str]:
    """What came out of order: of each request the person's own card first, then the outcomes in the order of its stages."""
    cards = [one for one in town.slack.answers(user) if town.key(one).startswith(("follow:", "outcome:"))]
    wrong = [] if [float(one.ts) for one in cards] == sorted(float(one.ts) for one in cards) else [f"{user}: stamps"]
    came: dict[str, list[str]] = {}
    for one in cards:
        about = town.key(one).split(":")[1]
        came.setdefault(about.partition(".")[0], []).append(about)
    return wrong + [f"{user}: {', '.join(order)}" for order in came.values() if order != sorted(order)]
