"""Judges a run by what the clients saw: nothing lost, nothing twice, all in order. The record is read only to count decisions."""

from collections import Counter
from itertools import pairwise

from tests.chaos.cluster import Cluster
from tests.chaos.figures import Figure, Figures, none_of, told
from tests.lives import History, Kind, in_order
from tests.loopback.slack import Message
from tests.town import MARIA

DUPLICATES = 0.005  # of the messages: what Slack takes after we gave up waiting cannot be told from what it never took


async def judged(town: Cluster, history: History, kind: Kind, line: int) -> Figures:
    """What was acknowledged and lost, decided twice, sent and lost, said twice, out of order."""
    messages = [one for one in town.slack.messages if not one.deleted and town.key(one)]
    users = {user for user, _ in history.done}
    doubled = town.doubled()
    return [
        told(line, "lives lived to the end", f"{len(history.done)}, with {history.pressed} approvals acknowledged"),
        none_of(
            line, "questions acknowledged and not answered", [user for user, said in history.questions if not town.answers_to(user, said)]
        ),
        none_of(line, "requests acknowledged and lost", [who for who in history.done if not _card(town, who[1], MARIA)]),
        none_of(line, "approvals acknowledged and lost", await _lost(town, history)),
        none_of(line, "decided twice", await _twice(town, kind)),
        none_of(line, "messages lost", [lack for who in history.done for lack in _lacking(town, *who, kind)]),
        Figure(
            line,
            "messages twice",
            f"<= {DUPLICATES:.1%}",
            f"{len(doubled)} of {len(messages)} {' '.join(doubled[:3])}",
            len(doubled) <= DUPLICATES * len(messages),
        ),
        none_of(line, "out of order", [wrong for user in users for wrong in in_order(town, user)] + _stages_out_of_order(messages, town)),
        none_of(line, "tracebacks in the logs", [one for one in town.logs().splitlines() if "Traceback" in one]),
    ]


def _card(town: Cluster, student: str, decider: str) -> str:
    """The request of this student, by the key of the decider's card."""
    cards = [one for one in town.slack.answers(decider) if f"{student}\n" in town.slack.text_of(one) + "\n"]
    return next((town.key(one).split(":")[1].partition(".")[0] for one in cards if town.key(one).startswith("decide:")), "")


def _lacking(town: Cluster, user: str, student: str, kind: Kind) -> list[str]:
    request = _card(town, student, kind.deciders[0])
    there = {town.key(one).rpartition(":")[0] if town.key(one).count(":") > 1 else town.key(one) for one in town.slack.messages}
    stages = range(1, len(kind.deciders) + 1)
    wanted = [f"follow:{request}", *(f"{what}:{request}.s{number}" for number in stages for what in ("decide", "outcome"))]
    return [one for one in wanted if one not in there]


async def _lost(town: Cluster, history: History) -> list[str]:
    """Pressed again, for nothing showed, and only that was kept."""
    kept: dict[str, list[str]] = {}
    for request, at in await town.sql("SELECT request, at FROM record WHERE what = 'approved' ORDER BY number"):
        kept.setdefault(request, []).append(str(at))
    return [stage for stage, since in history.repeated if _when(kept, stage) >= since.strftime("%Y-%m-%d %H:%M:%S.%f")]


def _when(kept: dict[str, list[str]], stage: str) -> str:
    request, _, number = stage.partition(".s")
    times = kept.get(request, [])
    return times[int(number) - 1] if len(times) >= int(number) else "never"


async def _twice(town: Cluster, kind: Kind) -> list[str]:
    counted = await town.sql("SELECT request, count(*) FROM record WHERE what = 'approved' GROUP BY request")
    return [f"{request}: {times}" for request, times in counted if times > len(kind.deciders)]


def _stages_out_of_order(messages: list[Message], town: Cluster) -> list[str]:
    """Nobody is asked before those before them have decided."""
    asked = {town.key(one).split(":")[1]: float(one.ts) for one in messages if town.key(one).startswith("decide:")}
    stages = sorted(asked, key=lambda stage: stage.rsplit(".", 1))
    return [late for early, late in pairwise(stages) if early.split(".")[0] == late.split(".")[0] and asked[early] > asked[late]]


def repeated(keys: list[str]) -> list[str]:
    return [key for key, times in Counter(keys).items() if times > 1]
