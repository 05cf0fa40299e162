"""Line 17: a marked name stands where it must, in cards for whoever decides, and nowhere else; what people type calls nobody."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.chaos.cluster import Cluster, a_cluster
from tests.chaos.figures import Figure, Figures, none_of, told
from tests.chaos.profile import Profile
from tests.lives import TWO, History, a_life
from tests.town import DANA, FORM, LEE, MARIA

LINE, MARK = 17, "Qwyzzlemark"  # nothing else says this
LOUD = "<!channel> <@ULEE> <#C1> <http://evil.example|the policy> <!everyone>"
LIVE = re.compile(r"<(?:!(?:channel|here|everyone)|@U|#C|https?://evil)")


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    async with a_cluster(folder, url=url, people=2) as town:
        history = History()
        town.slack.fail("chat.postMessage", times=3, status=500)  # what goes wrong is logged, and kept with the card
        await a_life(town, DANA, f"{MARK} One", history, TWO)
        await _denied(town)
        await town.quiet()
        seen = "\n".join(town.slack.text_of(one) for one in town.slack.answers(MARIA))
        stored = _stored(folder)
        return [
            told(LINE, "seen by whoever decides", f"{seen.count(MARK)} times"),
            Figure(LINE, "the decider sees the name", ">= 2", str(seen.count(MARK)), seen.count(MARK) >= 2),
            none_of(LINE, "in the logs", [line[:80] for line in town.logs().splitlines() if MARK in line]),
            none_of(LINE, "in the outbox", [str(row)[:80] for row in await town.sql("SELECT * FROM outbox") if MARK in str(row)]),
            none_of(
                LINE,
                "in texts that a notification shows",
                [one.text for one in town.slack.messages if _ours(town, one) and MARK in one.text],
            ),
            none_of(LINE, "in metadata, ids and values on the wire", list(_hidden(town))),
            Figure(LINE, "in the bytes of the database", "0", str(stored), stored == 0),
            none_of(LINE, "live mentions and links", list(_loud(town))),
        ]


def _stored(folder: Path) -> int:
    return sum(path.read_bytes().count(MARK.encode()) for path in folder.rglob("served.db*"))


async def _denied(town: Cluster) -> None:
    """Somebody types what would call everybody, and is refused in such words too."""
    slack = town.slack
    await slack.submits(LEE, await town.form(LEE), FORM | {"students": f"{MARK} Two", "reason": LOUD, "activity": LOUD})
    slack.modals[LEE] = []
    card = await town.said(MARIA, f"{MARK} Two")
    await slack.presses(MARIA, card, label="Deny")
    form = await slack.until(lambda: view if (view := slack.modal(MARIA)) and view.callback_id == "deny" else None)
    await slack.submits(MARIA, form, {"reason": f"{LOUD} {MARK}"})
    await slack.until(lambda: town.outcomes(LEE), timeout=30)


def _ours(town: Cluster, message: Any) -> bool:
    return bool(message.user == town.slack.bot_user)


def _hidden(town: Cluster) -> Iterator[str]:
    """Whatever a call carries beside what people read."""
    for call in town.slack.calls:
        for path, value in _leaves(call.arguments):
            if MARK in value and path[-1] in {
                "private_metadata",
                "value",
                "action_id",
                "block_id",
                "url",
                "callback_id",
                "event_type",
                "key",
            }:
                yield f"{call.method} {'.'.join(path)}"


def _loud(town: Cluster) -> Iterator[str]:
    """Texts in which Slack reads marks, with a mark of somebody's in them."""
    for call in town.slack.calls:
        for path, value in _leaves(call.arguments):
            plain = path[-2:-1] == ("plain",) or "typed" in path
            if not plain and LIVE.search(value):
                yield f"{call.method} {'.'.join(path)} {value[:60]}"


def _leaves(thing: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(thing, dict):
        kind = ("plain",) if thing.get("type") == "plain_text" else ()
        for key, value in thing.items():
            yield from _leaves(value, (*path, *kind, str(key)))
    elif isinstance(thing, list):
        for number, value in enumerate(thing):
            yield from _leaves(value, (*path, str(number)))
    elif isinstance(thing, str):
        yield path, thing if not thing.startswith("{") else json.dumps(thing)
