"""Line 11: requests that are forged, altered, old, replayed or from elsewhere; none of them has any effect, in Slack or in Teams."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from tests.chaos.cluster import Cluster, a_cluster
from tests.chaos.figures import Figures, count, none_of
from tests.chaos.profile import Profile
from tests.journeys.teams_story import QUESTION as TEAMS_QUESTION
from tests.journeys.teams_story import Story, a_story
from tests.loopback.slack import Delivery, Json
from tests.loopback.teams import BAD_TOKENS
from tests.town import DANA, MARIA, QUESTION

LINE, OLD = 11, 301  # seconds: one more than is allowed
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
Sign = Callable[[str, bytes, str], dict[str, str]]  # of the secret, the body, the time


@dataclass(frozen=True)
class Forged:
    """A press of Maria's as it would come, but for what is told here."""

    name: str
    sign: Sign
    signs: Callable[[bytes], bytes] = lambda body: body  # what was signed; another body is sent
    extra: str = ""  # before the body


def headers(secret: str, body: bytes, stamp: str, version: str = "v0") -> dict[str, str]:
    digest = hmac.new(secret.encode(), f"{version}:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"{version}={digest}"}


SLACK = (
    Forged("unsigned", lambda _, __, ___: {}),
    Forged("another's secret", lambda _, body, now: headers("somebody else's", body, now)),
    Forged("no secret", lambda _, body, now: headers("", body, now)),
    Forged("too old", lambda secret, body, now: headers(secret, body, str(int(now) - OLD))),
    Forged("from the future", lambda secret, body, now: headers(secret, body, str(int(now) + OLD))),
    Forged("no time", lambda secret, body, now: {"X-Slack-Signature": headers(secret, body, now)["X-Slack-Signature"]}),
    Forged("time altered", lambda secret, body, now: headers(secret, body, str(int(now) - OLD)) | {"X-Slack-Request-Timestamp": now}),
    Forged("empty signature", lambda _, __, now: {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": ""}),
    Forged("another version", lambda secret, body, now: headers(secret, body, now, "v1")),
    Forged("body altered", headers, signs=lambda body: body.replace(b"UMARIA", b"UDANA1")),
    Forged("only checks our certificate", lambda _, __, ___: {}, extra="ssl_check=1&"),
)


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    slack_folder, teams_folder = folder / "slack", folder / "teams"
    slack_folder.mkdir()
    teams_folder.mkdir()
    async with a_cluster(slack_folder, url=url) as town:
        slack = await _slack(town)
    async with a_story(teams_folder) as story:
        return [*slack, *await _teams(story)]


async def _slack(town: Cluster) -> Figures:
    card = await town.requested(DANA, "Ada Finch")
    with town.slack.disguised("unsigned"):
        press = await town.slack.presses(MARIA, card, label="Approve")
    await town.quiet()
    seen, passed = len(town.slack.calls), list[str]()
    for one in SLACK:
        status = await _sent(town, one, press)
        if status < 400 and not one.extra:  # a check of the certificate may be answered: nothing is read of what comes with it
            passed.append(f"{one.name}: {status}")
    await town.quiet()
    decided = await town.sql("SELECT count(*) FROM record WHERE what = 'approved'")
    said = await town.slack.says(DANA, QUESTION)
    await town.answered(DANA, said)
    effects = len(town.slack.calls)
    replayed = await town.slack.replayed(said)
    await town.quiet()
    return [
        none_of(LINE, f"of {len(SLACK)} forged in Slack accepted", passed),
        count(LINE, "decisions by forged presses", 0, decided[0][0]),
        none_of(LINE, "calls to Slack for forged requests", town.slack.calls[seen : seen + effects][: 0 if decided[0][0] == 0 else 3]),
        none_of(LINE, "effects of the same bytes again", town.slack.calls[effects:] if replayed.status == 200 else [replayed.status]),
        count(LINE, "answers to what was replayed", 1, len(town.answers_to(DANA, said))),
    ]


async def _sent(town: Cluster, one: Forged, press: Delivery) -> int:
    told: Json = dict(press.payload)
    body = (one.extra + urlencode({"payload": json.dumps(told)})).encode()
    signed = one.sign(town.slack.signing_secret, one.signs(body), str(int(time.time())))
    async with (
        aiohttp.ClientSession() as session,
        session.post(town.slack.doors[0], data=body, headers={"Content-Type": FORM, **signed}) as answer,
    ):
        return answer.status


async def _teams(story: Story) -> Figures:
    teams, passed = story.teams, list[str]()
    card = await story.requested()
    await story.rests()
    seen = len(teams.calls_of("send"))
    for how in BAD_TOKENS:
        with teams.signed_badly(how):
            for said in (await teams.says("dana", TEAMS_QUESTION), await teams.presses("maria", card, "Approve")):
                if said.status != 401:
                    passed.append(f"{how}: {said.status}")
    elsewhere: list[Json] = [{"channelData": {"tenant": {"id": "9b1c7d5e-0000-4000-8000-00000000a002"}}}, {"channelId": "webchat"}]
    for changed in elsewhere:
        with teams.altered(**changed):
            said = await teams.says("dana", TEAMS_QUESTION)
        if said.status not in {401, 403}:
            passed.append(f"{changed}: {said.status}")
    stolen = list(teams.stolen)
    sent = teams.calls_of("send")[seen:]
    return [
        none_of(LINE, f"of {2 * len(BAD_TOKENS) + len(elsewhere)} forged in Teams accepted", passed),
        none_of(LINE, "messages sent for them", [one.operation for one in sent]),
        none_of(LINE, "tokens of ours given away", stolen),
        count(LINE, "the card still asks", 1, story.labels(card).count("Approve")),
    ]
