"""Line 10: requests that are rightly signed and make no sense. None is answered 5xx, none leaves a traceback or a decision."""

import asyncio
import copy
import json
import random
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.chaos.cluster import Cluster, a_cluster
from tests.chaos.figures import Figures, at_most, count, none_of, told
from tests.chaos.forgery import FORM, JSON, headers
from tests.chaos.latency import resident
from tests.chaos.profile import Profile
from tests.journeys.teams_story import Story, a_story
from tests.lives import TWO, History, a_life
from tests.loopback.slack import Delivery
from tests.town import DANA, LEE, MARIA
from tests.town import FORM as FILLED

LINE, GROWTH, AT_ONCE, LOG = 10, 20.0, 8, "teams.log"
DEEP, LONG = 20_000, 100_000
WARM = 200  # payloads before the weight is taken: what is only loaded once is no leak
Told = tuple[int | None, str]  # the status of an answer, and what was done to the request
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**63, 1e308, "", " ", "\0", "\ud800", "\u202e", "a" * LONG, "<!channel>", "'; DROP TABLE record; --"),
    *([], {}, [[]], {"": None}, [None] * 1000, "approve.0", "request:1", "T9", "U0", "C1:1.1", "../../etc/passwd", "{{7*7}}", "1e9999"),
)


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    """Most of them in Slack, a third as many in Teams."""
    slack_folder, teams_folder = folder / "slack", folder / "teams"
    slack_folder.mkdir()
    teams_folder.mkdir()
    dice = random.Random(profile.seed)  # noqa: S311  # what is broken, not a secret
    async with a_cluster(slack_folder, url=url, people=2) as town:
        slack = await _slack(town, profile, dice)
    async with a_story(teams_folder, log=teams_folder / LOG) as story:
        return [*slack, *await _teams(story, profile.fuzz // 3, dice)]


async def _slack(town: Cluster, profile: Profile, dice: random.Random) -> Figures:
    samples, statuses = await _samples(town), list[Told]()
    await _fuzzed(town, samples, dice, WARM, statuses)
    before, weight = await _decisions(town), resident(town)
    await _fuzzed(town, samples, dice, profile.fuzz - WARM, statuses)
    await town.quiet(2.0)
    logs = town.logs().splitlines()
    return [
        *_judged("Slack", statuses),
        none_of(LINE, "tracebacks", [line for line in logs if "Traceback" in line]),
        none_of(LINE, "errors in the log", _errors(logs)),
        count(LINE, "decisions", before, await _decisions(town)),
        at_most(LINE, "grown by", GROWTH, resident(town) - weight, "MB"),
        count(LINE, "still answers", 1, len(town.answers_to(*await _asked(town)))),
    ]


def _judged(where: str, statuses: list[Told]) -> Figures:
    broken = [f"{status} {what}" for status, what in statuses if status is None or status >= 500]
    known = {status: sum(one == status for one, _ in statuses) for status, _ in statuses}
    return [
        told(LINE, f"payloads in {where}", f"{len(statuses)}: {', '.join(f'{times} x {status}' for status, times in known.items())}"),
        none_of(LINE, f"answered 5xx in {where}, or not at all", broken),
    ]


async def _teams(story: Story, many: int, dice: random.Random) -> Figures:
    """Under a true token each; what names another service address is refused for that."""
    card, teams = await story.requested(), story.teams
    samples = [copy.deepcopy(one.activity) for one in teams.deliveries]
    header = {"Authorization": str(teams.signer.header(teams.service_url()))}
    statuses: list[Told] = []

    async def send(session: aiohttp.ClientSession) -> Told:
        body = copy.deepcopy(dice.choice(samples))
        what = " ".join(dice.choice(HOW)(body, dice) for _ in range(dice.choice((1, 1, 2, 5))))
        raw = json.dumps(body).encode()
        return await _post(
            session, str(teams.app_url), raw[: dice.choice((len(raw),) * 9 + (len(raw) // 2,))], {"Content-Type": JSON, **header}, what
        )

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        for _ in range(0, many, AT_ONCE):
            statuses += await asyncio.gather(*(send(session) for _ in range(AT_ONCE)))
    logs = (story.folder / LOG).read_text(encoding="utf-8").splitlines()
    return [
        *_judged("Teams", statuses),
        none_of(LINE, "errors in the log of Teams", _errors(logs)),
        count(LINE, "the card in Teams still asks", 1, story.labels(card).count("Approve")),
    ]


async def _samples(town: Cluster) -> list[Delivery]:
    """One of everything that Slack brings, as it came in a life; presses on what is over, so that nothing may come of them."""
    slack = town.slack
    await a_life(town, DANA, "Ada Finch", History(), TWO)
    slack.channel("C1", name="coaches", members=(DANA, LEE))
    await slack.mentions(LEE, "C1", "Can I text parents?")
    await slack.commands(DANA, "/hallpass", "mine")
    await slack.shortcut(DANA, "request")
    await slack.opens_home(MARIA)
    await slack.submits(LEE, await town.form(LEE), FILLED | {"students": "Ben Okri"})
    await town.said(MARIA, "Ben Okri")
    await town.quiet()
    kinds: dict[str, Delivery] = {}
    for one in slack.deliveries:
        body = one.payload
        event = body.get("event", {})
        kinds.setdefault(f"{one.kind} {body.get('type')} {event.get('type')} {body.get('callback_id')}", one)
        actions = body.get("actions")
        if actions:
            kinds.setdefault(f"press {actions[0].get('action_id')}", one)
    return list(kinds.values())


async def _fuzzed(town: Cluster, samples: list[Delivery], dice: random.Random, many: int, statuses: list[Told]) -> None:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        for first in range(0, many, AT_ONCE):
            payloads = [_payload(dice.choice(samples), dice) for _ in range(min(AT_ONCE, many - first))]
            statuses += await asyncio.gather(*(_send(town, session, *one) for one in payloads))


def _payload(sample: Delivery, dice: random.Random) -> tuple[bytes, str, str]:
    """The body, its content type, and what was done to it."""
    body = json.loads(json.dumps(sample.payload))
    how = dice.choice(HOW)
    what = " ".join(how(body, dice) for _ in range(dice.choice((1, 1, 2, 5))))
    raw, kind = _encoded(sample, body)
    match dice.randrange(20):
        case 0:
            return raw[: dice.randrange(len(raw))], kind, "cut short"
        case 1:
            return raw, dice.choice((JSON, FORM, "text/plain", "", "multipart/form-data")), "of another type"
        case 2:
            at = dice.randrange(len(raw))
            return raw[:at] + dice.randbytes(3) + raw[at + 3 :], kind, "bytes"
        case 3:
            nested = ("[" * DEEP + "]" * DEEP).encode()
            return (nested if kind == JSON else b"payload=" + nested), kind, "deep"
        case _:
            return raw, kind, f"{sample.kind} {body.get('type') if isinstance(body, dict) else ''}: {what}"


def _encoded(sample: Delivery, body: Any) -> tuple[bytes, str]:
    if sample.kind == "event":
        return json.dumps(body).encode(), JSON
    form = {key: str(value) for key, value in body.items()} if sample.kind == "command" else {"payload": json.dumps(body)}
    return urlencode({key: value.encode("utf-8", "surrogatepass") for key, value in form.items()}).encode(), FORM


def _spots(thing: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = list(thing.items()) if isinstance(thing, dict) else list(enumerate(thing)) if isinstance(thing, list) else []
    return [spot for key, value in inner for spot in ((*at, key), *_spots(value, (*at, key)))]


def _at(body: Any, dice: random.Random) -> tuple[Any, Any, str]:
    spots = _spots(body)
    if not spots:
        return {"": None}, "", "nothing"
    spot = dice.choice(spots)
    for key in spot[:-1]:
        body = body[key]
    return body, spot[-1], ".".join(map(str, spot))


def _replaced(body: Any, dice: random.Random) -> str:
    within, key, path = _at(body, dice)
    within[key] = odd = copy.deepcopy(dice.choice(ODD))
    return f"{path}={str(odd)[:12].encode('ascii', 'replace').decode()}"


def _dropped(body: Any, dice: random.Random) -> str:
    within, key, path = _at(body, dice)
    del within[key]
    return f"-{path}"


def _swapped(body: Any, dice: random.Random) -> str:
    (one, first, path), (other, second, _) = _at(body, dice), _at(body, dice)
    one[first] = json.loads(json.dumps(other[second]))
    return f"~{path}"


async def _send(town: Cluster, session: aiohttp.ClientSession, body: bytes, kind: str, what: str) -> Told:
    signed: dict[str, str] = headers(town.slack.signing_secret, body, str(int(time.time())))
    return await _post(session, town.slack.doors[0], body, {"Content-Type": kind, **signed}, what)


async def _post(session: aiohttp.ClientSession, url: str, body: bytes, heads: dict[str, str], what: str) -> Told:
    try:
        async with session.post(url, data=body, headers=heads) as answer:
            return answer.status, what
    except (TimeoutError, aiohttp.ClientError) as gone:
        return None, f"{type(gone).__name__} {what}"


async def _decisions(town: Cluster) -> int:
    found = await town.sql("SELECT count(*) FROM record WHERE what IN ('approved', 'denied', 'withdrawn', 'ended')")
    return int(found[0][0])


async def _asked(town: Cluster) -> tuple[str, Delivery]:
    said = await town.slack.says(DANA, "Can I text parents?")
    await town.answered(DANA, said)
    return DANA, said


def _errors(logs: list[str]) -> list[str]:
    return [_place(line) for line in logs if '"level": "error"' in line]


def _place(line: str) -> str:
    found = json.loads(line)
    return f"{found.get('message', '')[:60]} {found.get('kind', '')} {found.get('place', '')[-40:]}"


HOW = (_replaced, _replaced, _replaced, _dropped, _dropped, _swapped)
