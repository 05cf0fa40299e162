"""The loopback Teams against a small bot of plain aiohttp: what tests of the real bot may rely on."""

import asyncio
import json
import ssl
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import jwt
import pytest
from aiohttp import web

from tests.loopback.teams import BAD_TOKENS, BadToken, Json, LoopbackTeams, Message
from tests.loopback.teams.cards import in_card
from tests.loopback.teams.forms import fill, unsent
from tests.loopback.teams.limits import in_activity
from tests.loopback.teams.records import CARD

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
TOAST = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


def words(text: str) -> Json:
    return {"type": "TextBlock", "text": text, "wrap": True}


def submit(title: str, **data: object) -> Json:
    return {"type": "Action.Submit", "title": title, "data": data}


def execute(title: str, verb: str, **data: object) -> Json:
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": data, "fallback": submit(title, verb=verb, **data)}


def a_card(*body: Json, actions: list[Json] | None = None, **more: object) -> Json:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **({"actions": actions} if actions else {}), **more}


def an_input(kind: str, key: str, **more: object) -> Json:
    return {"type": f"Input.{kind}", "id": key, "label": key.title(), **more}


def a_message(*cards: Json, text: str = "", summary: str = "A request waits for you") -> Json:
    attached = [{"contentType": CARD, "content": card} for card in cards]
    return {"type": "message", **({"text": text} if text else {}), **({"attachments": attached, "summary": summary} if cards else {})}


CHOICES = [{"title": "Remind", "value": "remind"}, {"title": "Phone", "value": "phone"}]
FORM = a_card(
    an_input("Text", "reason", isRequired=True, errorMessage="Say why.", maxLength=20),
    an_input("ChoiceSet", "platform", choices=CHOICES),
    an_input("ChoiceSet", "also", choices=CHOICES, isMultiSelect=True),
    an_input("Date", "starts", min="2026-03-01", errorMessage="Not before March."),
    an_input("Number", "weeks", max=4, errorMessage="Four at most."),
    an_input("Toggle", "agreed", title="I have read it", isRequired=True, errorMessage="Read it."),
    actions=[submit("Send", form="f1")],
)
ANSWER = a_card(words("You may not text students."), actions=[submit("Ask for approval", id="a1", msteams={"type": "task/fetch"})])
REQUEST = a_card(words("Dana asks to text."), actions=[execute("Approve", "approve", id="r1"), execute("Deny", "deny", id="r1")])
DECIDED = a_card(words("Approved by Maria Ortiz"))


class Bot:
    """Answers what it was told to answer. It takes any token; `heard` has every activity."""

    def __init__(self, teams: LoopbackTeams, session: aiohttp.ClientSession) -> None:
        self.teams, self.session = teams, session
        self.heard: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.invokes: dict[str, Callable[[Json], Any]] = {}
        self.on_message: Json | None = None
        self.status = 200
        self.bearer = ""

    async def messages(self, request: web.Request) -> web.Response:
        told: Json = await request.json()
        self.heard.append(told)
        self.headers.append(dict(request.headers))
        if told["type"] == "invoke":
            answer = self.invokes[told["name"]](told)
            return web.json_response(answer, status=self.status) if answer is not None else web.Response(status=self.status)
        if told["type"] == "message" and self.on_message:
            await self.send(told["conversation"]["id"], self.on_message, told["id"])
        return web.Response(status=self.status)

    async def token(self, **other: str) -> tuple[int, Json]:
        form = {"grant_type": "client_credentials", "client_id": self.teams.app_id, "client_secret": self.teams.app_password}
        form |= {"scope": "https://api.botframework.com/.default", **other}
        url = f"{self.teams.tls_url}/{self.teams.tenant}/oauth2/v2.0/token"
        trusted = ssl.create_default_context(cafile=str(self.teams.trusted))
        async with self.session.post(url, data=form, ssl=trusted) as answer:
            return answer.status, await answer.json()

    async def call(self, method: str, path: str, body: Json | None = None, **query: str) -> tuple[int, Any]:
        if not self.bearer:
            self.bearer = (await self.token())[1]["access_token"]
        heads = {"Authorization": f"Bearer {self.bearer}"}
        url = f"{self.teams.service_url()}v3/{path}"
        async with self.session.request(method, url, json=body, headers=heads, params=query) as answer:
            return answer.status, await answer.json()

    async def send(self, place: str, activity: Json, reply_to: str = "", **query: str) -> tuple[int, Any]:
        path = f"conversations/{place}/activities{f'/{reply_to}' if reply_to else ''}"
        return await self.call("POST", path, {"from": self.teams.bot, **activity}, **query)

    async def edit(self, message: Message, activity: Json, **query: str) -> tuple[int, Any]:
        return await self.call("PUT", f"conversations/{message.place}/activities/{message.id}", {"id": message.id, **activity}, **query)


@pytest.fixture
async def teams() -> AsyncIterator[LoopbackTeams]:
    async with LoopbackTeams() as teams:
        teams.person("dana", name="Dana Whitlock")
        teams.person("maria", name="Maria Ortiz", timezone="America/New_York")
        teams.person("lee", name="Lee Santos")
        teams.group("staffroom", members=("dana", "maria", "lee"))
        teams.channel("general", members=("dana", "maria"))
        yield teams


@pytest.fixture
async def bot(teams: LoopbackTeams) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        bot = Bot(teams, session)
        server = web.Application()
        server.router.add_post("/api/messages", bot.messages)
        runner = web.AppRunner(server, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        teams.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
        yield bot
        await runner.cleanup()


def card_answer(card: Json) -> Json:
    return {"statusCode": 200, "type": ADAPTIVE, "value": card}


def a_dialog(card: Json, title: str = "Ask for approval") -> Json:
    return {"task": {"type": "continue", "value": {"title": title, "height": "medium", "card": {"contentType": CARD, "content": card}}}}


async def test_a_question_is_answered_and_a_form_opened(bot: Bot, teams: LoopbackTeams) -> None:
    bot.on_message = a_message(ANSWER, summary="You may not text students.")
    bot.invokes["task/fetch"] = lambda told: a_dialog(FORM)
    asked = await teams.says("dana", "Can I text my players?")
    assert (asked.status, asked.activity["text"]) == (200, "Can I text my players?")
    (answer,) = teams.answers("dana")
    assert teams.text_of(answer) == "You may not text students.\nAsk for approval"
    assert [label for label, _, _ in teams.buttons(answer)] == ["Ask for approval"]
    assert teams.notifications["dana"] == ["You may not text students."]

    await teams.presses("dana", answer, "Ask for approval")
    assert bot.heard[-1]["value"]["data"] == {"id": "a1", "msteams": {"type": "task/fetch"}}
    form = teams.dialog("dana")
    assert form is not None
    assert (form.title, list(teams.inputs(form))) == ("Ask for approval", ["reason", "platform", "also", "starts", "weeks", "agreed"])

    many = len(bot.heard)
    assert (await teams.submits("dana", form)).errors == {"reason": "Say why.", "agreed": "Read it."}
    assert (await teams.submits("dana", form, {"reason": "x" * 21, "starts": "2026-02-01", "weeks": 5, "agreed": True})).errors == {
        "reason": "Say why.",
        "starts": "Not before March.",
        "weeks": "Four at most.",
    }
    assert len(bot.heard) == many


async def test_a_dialog_is_sent_answered_and_closed(bot: Bot, teams: LoopbackTeams) -> None:
    await bot.send(teams.personal("dana").id, a_message(ANSWER))
    (answer,) = teams.answers("dana")
    bot.invokes["task/fetch"] = lambda told: a_dialog(FORM)
    await teams.presses("dana", answer)
    form = teams.dialog("dana")
    assert form is not None
    bot.invokes["task/submit"] = lambda told: a_dialog(a_card(words("Say more."), *FORM["body"], actions=FORM["actions"]))
    filled = {"reason": "abc", "platform": "Phone", "also": ["Remind", "phone"], "starts": "2026-03-02", "weeks": 2, "agreed": True}
    await teams.submits("dana", form, filled)
    sent = {
        "form": "f1",
        "reason": "abc",
        "platform": "phone",
        "also": "remind,phone",
        "starts": "2026-03-02",
        "weeks": "2",
        "agreed": "true",
    }
    assert bot.heard[-1]["value"] == {"data": sent, "context": {"theme": "default"}}
    assert teams.dialog("dana") is form
    assert teams.text_of(form).startswith("Ask for approval\nSay more.")

    bot.invokes["task/submit"] = lambda told: {"task": {"type": "message", "value": "Sent to Maria Ortiz."}}
    await teams.submits("dana", form, {"reason": "Bus times", "agreed": True})
    assert bot.heard[-1]["value"]["data"] == {"form": "f1", "reason": "Bus times", "agreed": "true"}
    assert (teams.dialog("dana"), teams.toasts["dana"]) == (None, ["Sent to Maria Ortiz."])


async def test_an_edit_is_kept_with_what_stood_before(bot: Bot, teams: LoopbackTeams) -> None:
    await bot.send(teams.personal("dana").id, a_message(ANSWER))
    (answer,) = teams.answers("dana")
    await bot.edit(answer, a_message(a_card(words("Asked."))))
    assert (teams.text_of(answer), teams.buttons(answer), answer.edits) == ("Asked.", [], 1)
    assert [one.operation for one in teams.calls_of("update", "dana")] == ["update"]


async def test_activities_say_what_teams_says(bot: Bot, teams: LoopbackTeams) -> None:
    await teams.says("maria", "1 < 2")
    personal = bot.heard[-1]
    maria = teams.people["maria"]
    assert personal["from"] == {"id": maria.mri, "name": "Maria Ortiz", "aadObjectId": maria.aad_object_id}
    assert maria.mri.startswith("29:")
    assert personal["recipient"] == {"id": f"28:{teams.app_id}", "name": "Hallpass"}
    assert personal["channelId"] == "msteams"
    assert personal["serviceUrl"] == teams.service_url()
    assert personal["conversation"] == {"conversationType": "personal", "tenantId": teams.tenant, "id": teams.personal("maria").id}
    assert personal["channelData"] == {"tenant": {"id": teams.tenant}}
    assert personal["entities"][-1]["timezone"] == personal["localTimezone"] == "America/New_York"
    assert personal["localTimestamp"][-6:] in {"-05:00", "-04:00"}
    assert personal["timestamp"].endswith("Z")
    assert personal["attachments"] == [{"contentType": "text/html", "content": "<p>1 &lt; 2</p>"}]


async def test_activities_say_where_something_was_said(bot: Bot, teams: LoopbackTeams) -> None:
    await teams.says("dana", "May I?", "staffroom")
    group = bot.heard[-1]
    assert (group["text"], group["conversation"]["conversationType"]) == ("<at>Hallpass</at> May I?", "groupChat")
    assert group["entities"][0] == {"type": "mention", "mentioned": teams.bot, "text": "<at>Hallpass</at>"}

    root = await teams.says("dana", "May I?", "general")
    channel = bot.heard[-1]
    assert channel["conversation"]["id"] == f"{teams.places['general'].id};messageid={channel['id']}"
    assert channel["channelData"]["team"]["id"] == teams.team_id("Maple Grove")
    await teams.says("maria", "I wonder too", root.message)
    assert bot.heard[-1]["conversation"]["id"] == channel["conversation"]["id"]
    assert [one.text for one in teams.sees("dana", root.message)] == ["May I?", "I wonder too"]

    many = len(bot.heard)
    assert (await teams.says("lee", "just talking", "staffroom", mention=False)).tries == []
    teams.hears_everything = True
    await teams.says("lee", "just talking", "staffroom", mention=False)
    assert [one["text"] for one in bot.heard[many:]] == ["just talking"]
    assert bot.headers[-1]["x-ms-tenant-id"] == teams.tenant


async def test_the_first_word_installs_the_app(bot: Bot, teams: LoopbackTeams) -> None:
    teams.person("ravi", installed=False)
    await teams.says("ravi", "hello")
    kinds = [(one["type"], one.get("action")) for one in bot.heard]
    assert kinds == [("conversationUpdate", None), ("installationUpdate", "add"), ("message", None)]
    assert bot.heard[0]["membersAdded"] == [teams.bot]
    await teams.uninstalls("ravi")
    assert (bot.heard[-1]["action"], teams.people["ravi"].installed) == ("remove", False)


async def test_people_edit_react_come_and_go(bot: Bot, teams: LoopbackTeams) -> None:
    said = (await teams.says("dana", "May I?", "general")).message
    assert said is not None
    await teams.edits("dana", said, "May I text?")
    assert (bot.heard[-1]["type"], bot.heard[-1]["channelData"]["eventType"]) == ("messageUpdate", "editMessage")
    assert bot.heard[-1]["id"] == said.id
    await bot.send(bot.heard[-1]["conversation"]["id"], a_message(text="No."))
    (answer,) = teams.answers("dana", said)
    await teams.reacts("maria", answer)
    assert (bot.heard[-1]["replyToId"], bot.heard[-1]["reactionsAdded"]) == (answer.id, [{"type": "like"}])
    await teams.reacts("maria", answer, away=True)
    assert answer.reactions == []
    await teams.deletes("dana", said)
    assert said not in teams.sees("dana", "general")

    await teams.joins("lee", "general")
    assert bot.heard[-1]["channelData"]["eventType"] == "teamMemberAdded"
    await teams.leaves("lee", "general")
    assert bot.heard[-1]["membersRemoved"] == [teams.people["lee"].account()]
    await teams.removes_bot("dana", "staffroom")
    assert (await bot.send(teams.places["staffroom"].id, a_message(text="Hello?")))[0] == 403
    await teams.adds_bot("dana", "staffroom")
    assert (await bot.send(teams.places["staffroom"].id, a_message(text="Hello!")))[0] == 201
    assert (await teams.event("event", "dana", name="application/vnd.microsoft.meetingStart")).status == 200


async def test_a_press_changes_the_card_for_who_pressed_and_an_edit_for_all(bot: Bot, teams: LoopbackTeams) -> None:
    await bot.send(teams.places["staffroom"].id, a_message(REQUEST))
    (card,) = teams.answers("dana", "staffroom")
    stale = card.copy()
    bot.invokes["adaptiveCard/action"] = lambda told: card_answer(DECIDED)
    press = await teams.presses("maria", card, "Approve")
    assert press.trouble is None
    told = press.activity
    assert (told["name"], told["replyToId"]) == ("adaptiveCard/action", card.id)
    action = {"type": "Action.Execute", "title": "Approve", "verb": "approve", "data": {"id": "r1"}}
    assert told["value"] == {"action": action, "trigger": "manual"}
    assert teams.text_of(card, "maria") == "Approved by Maria Ortiz"
    assert teams.text_of(card, "lee") == "Dana asks to text.\nApprove\nDeny"

    await bot.edit(card, a_message(DECIDED))
    assert [teams.text_of(card, one) for one in ("maria", "lee")] == ["Approved by Maria Ortiz"] * 2
    bot.invokes["adaptiveCard/action"] = lambda told: {"statusCode": 200, "type": TOAST, "value": "Maria Ortiz has approved it."}
    assert (await teams.presses("lee", stale, verb="deny", data={"id": "r1"})).trouble is None
    assert teams.toasts["lee"] == ["Maria Ortiz has approved it."]
    wrong = {"code": "BadRequest", "message": "Try later."}
    bot.invokes["adaptiveCard/action"] = lambda told: {"statusCode": 400, "type": ERROR, "value": wrong}
    assert (await teams.presses("lee", stale, "Deny")).trouble == "Try later."

    old = await teams.presses("lee", stale, "Deny", old=True)
    assert (old.activity["type"], old.activity["value"], old.activity["replyToId"]) == ("message", {"verb": "deny", "id": "r1"}, card.id)
    with pytest.raises(AssertionError, match="2 fit"):
        await teams.presses("lee", stale)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"statusCode": 200, "type": "application/vnd.microsoft.adaptive.card", "value": DECIDED},
        {"statusCode": 200, "type": ADAPTIVE, "value": {"type": "AdaptiveCard", "version": "1.6", "body": [words("x")]}},
        {"statusCode": 200, "type": TOAST, "value": ""},
        {"statusCode": 200, "type": ERROR, "value": {"code": "x", "message": "y"}},
    ],
)
async def test_an_answer_to_a_press_that_teams_refuses_is_trouble(answer: Json | None, bot: Bot, teams: LoopbackTeams) -> None:
    await bot.send(teams.places["staffroom"].id, a_message(REQUEST))
    (card,) = teams.answers("dana", "staffroom")
    bot.invokes["adaptiveCard/action"] = lambda told: answer
    assert (await teams.presses("maria", card, "Approve")).trouble == "Something went wrong. Please try again."
    assert bool(teams.forgives()) is bool(answer)
    assert card.views == {}


async def test_views_of_some_people_are_refreshed(bot: Bot, teams: LoopbackTeams) -> None:
    again = {"type": "Action.Execute", "verb": "look", "data": {"id": "r1"}}
    base = a_card(words("A request waits."), refresh={"action": again, "userIds": [teams.people["maria"].mri]})
    place = teams.places["staffroom"]
    await bot.send(place.id, a_message(base))
    (card,) = teams.answers("dana", "staffroom")
    bot.invokes["adaptiveCard/action"] = lambda told: card_answer({**REQUEST, "refresh": base["refresh"]})
    assert await teams.refreshes("lee", card) is None
    asked = await teams.refreshes("maria", card)
    assert asked is not None
    assert asked.activity["value"]["trigger"] == "automatic"
    assert asked.activity["value"]["action"] == again
    assert [label for label, _, _ in teams.buttons(card, "maria")] == ["Approve", "Deny"]
    assert teams.buttons(card, "lee") == []
    assert await teams.refreshes("maria", card) is None, "once a minute"
    teams.passes(61)
    assert await teams.refreshes("maria", card)
    by_hand = await teams.refreshes("lee", card, by_hand=True)
    assert by_hand is not None
    assert by_hand.activity["value"]["trigger"] == "manual"

    teams.watching = frozenset({"maria", "lee"})
    await bot.edit(card, a_message(base))
    await teams.until(lambda: "maria" in card.views)
    assert "lee" not in card.views


async def test_a_message_is_asked_about_from_its_menu(bot: Bot, teams: LoopbackTeams) -> None:
    said = (await teams.says("lee", "I texted them", "staffroom", mention=False)).message
    assert said is not None
    bot.invokes["composeExtension/fetchTask"] = lambda told: a_dialog(a_card(words("No."), actions=[submit("Thanks", ok=True)]))
    await teams.message_action("dana", "ask", said)
    value = bot.heard[-1]["value"]
    assert (value["commandId"], value["commandContext"], value["messagePayload"]["id"]) == ("ask", "message", said.id)
    assert value["messagePayload"]["from"]["user"]["id"] == teams.people["lee"].aad_object_id
    assert value["messagePayload"]["body"] == {"contentType": "html", "content": "<p>I texted them</p>"}
    shown = teams.dialog("dana")
    assert shown is not None
    bot.invokes["composeExtension/submitAction"] = lambda told: None
    assert (await teams.submits("dana", shown)).trouble is None
    assert bot.heard[-1]["value"]["data"] == {"ok": True}
    assert teams.dialog("dana") is None

    bot.invokes["composeExtension/fetchTask"] = lambda told: {"task": {"type": "continue", "value": {"card": REQUEST}}}
    assert (await teams.message_action("dana", "ask", said)).trouble
    assert any("needs a title" in line for line in teams.forgives())
    bot.invokes["composeExtension/fetchTask"] = lambda told: a_dialog(REQUEST)
    assert (await teams.message_action("dana", "ask", said)).trouble
    assert any("sent by Action.Submit" in line for line in teams.forgives())


async def test_an_answer_is_judged(bot: Bot, teams: LoopbackTeams) -> None:
    await bot.send(teams.personal("dana").id, {**a_message(text="No."), "channelData": {"feedbackLoopEnabled": True}})
    (answer,) = teams.answers("dana")
    bot.invokes["message/submitAction"] = lambda told: {}
    assert (await teams.judges("dana", answer, "dislike", "too short")).trouble is None
    value = bot.heard[-1]["value"]
    assert (value["actionName"], value["actionValue"]["reaction"]) == ("feedback", "dislike")
    assert json.loads(value["actionValue"]["feedback"]) == {"feedbackText": "too short"}


def checked(header: str | None, activity: Json, keys: list[Json], app_id: str) -> None:
    """A receiver that checks all there is to check."""
    assert header is not None
    scheme, _, token = header.partition(" ")
    assert scheme == "Bearer"
    kid = jwt.get_unverified_header(token)["kid"]
    (key,) = [one for one in keys if one["kid"] == kid]
    assert activity["channelId"] in key.get("endorsements", [])
    public = jwt.PyJWK(key).key
    rules: Any = {"require": ["exp", "iss", "aud"]}
    issuer = "https://api.botframework.com"
    claims = jwt.decode(token, public, ["RS256"], rules, audience=app_id, issuer=issuer, leeway=300)
    assert claims["serviceurl"] == activity["serviceUrl"]


async def keys_of(bot: Bot) -> list[Json]:
    async with bot.session.get(bot.teams.openid_url) as answer:
        told = await answer.json()
    assert told["issuer"] == "https://api.botframework.com"
    async with bot.session.get(told["jwks_uri"]) as answer:
        keys: list[Json] = (await answer.json())["keys"]
    return keys


async def test_what_comes_from_teams_is_signed_also_after_a_rotation(bot: Bot, teams: LoopbackTeams) -> None:
    before = await keys_of(bot)
    await teams.says("dana", "Good morning")
    checked(bot.headers[-1]["Authorization"], bot.heard[-1], before, teams.app_id)
    teams.rotates_keys()
    await teams.says("dana", "Good morning")
    with pytest.raises(ValueError, match="not enough values"):
        checked(bot.headers[-1]["Authorization"], bot.heard[-1], before, teams.app_id)
    checked(bot.headers[-1]["Authorization"], bot.heard[-1], await keys_of(bot), teams.app_id)
    assert len(teams.calls_of("keys")) == 2


@pytest.mark.parametrize("how", BAD_TOKENS)
async def test_a_bad_token_is_bad(how: BadToken, bot: Bot, teams: LoopbackTeams) -> None:
    with teams.signed_badly(how):
        await teams.says("dana", "Let me in")
    with pytest.raises((AssertionError, ValueError, KeyError, jwt.PyJWTError)):
        checked(bot.headers[-1].get("Authorization"), bot.heard[-1], await keys_of(bot), teams.app_id)
    await teams.says("dana", "Good morning")
    checked(bot.headers[-1]["Authorization"], bot.heard[-1], await keys_of(bot), teams.app_id)


async def test_activities_come_again_from_elsewhere_and_altered(bot: Bot, teams: LoopbackTeams) -> None:
    heard = await teams.says("dana", "May I?")
    assert (await teams.replayed(heard)).status == 200
    assert bot.headers[0]["Authorization"] == bot.headers[1]["Authorization"]
    assert [ack.status for ack in await teams.again(heard, 3, at_once=True)] == [200] * 3
    assert {one["id"] for one in bot.heard} == {heard.id}

    with teams.from_elsewhere():
        await teams.says("dana", "Answer me there")
    elsewhere = bot.heard[-1]["serviceUrl"]
    assert elsewhere == f"{teams.base_url}/elsewhere/"
    checked(bot.headers[-1]["Authorization"], bot.heard[-1], await keys_of(bot), teams.app_id)
    async with bot.session.post(f"{elsewhere}v3/conversations/x/activities", headers={"Authorization": "Bearer mine"}) as answer:
        assert answer.status == 200
    assert teams.stolen == ["Bearer mine"]

    with teams.altered(channelId="webchat"):
        await teams.says("dana", "x")
    assert bot.heard[-1]["channelId"] == "webchat"
    teams.person("mallory", tenant="another-tenant")
    await teams.says("mallory", "Let me in")
    assert bot.heard[-1]["channelData"]["tenant"]["id"] == bot.heard[-1]["conversation"]["tenantId"] == "another-tenant"
    teams.patience = 0.05
    teams.app_url = f"{teams.base_url}/v1/.well-known/keys"
    teams.fail("keys", hang=True)
    assert (await teams.says("dana", "Hello?")).status == 405


async def test_the_login_gives_tokens_to_this_app_only(bot: Bot, teams: LoopbackTeams) -> None:
    assert (await bot.token())[1]["expires_in"] == 3600
    assert (await bot.token(client_secret="guessed"))[1]["error"] == "invalid_client"
    assert (await bot.token(scope="https://graph.microsoft.com/.default"))[0] == 400
    assert [one.status for one in teams.calls_of("token")] == [200, 401, 400]
    assert "client_secret" not in teams.calls[0].body

    trusted = ssl.create_default_context(cafile=str(teams.trusted))
    for url in (teams.login_url, f"{teams.tls_url}/{teams.tenant}"):
        async with bot.session.get(f"{url}/v2.0/.well-known/openid-configuration", ssl=trusted) as answer:
            assert (await answer.json())["token_endpoint"] == f"{teams.tls_url}/{teams.tenant}/oauth2/v2.0/token"
    async with bot.session.get(f"{teams.tls_url}/common/discovery/instance", ssl=trusted) as answer:
        assert "tenant_discovery_endpoint" in await answer.json()

    place = teams.personal("dana").id
    assert (await bot.send(place, a_message(text="x")))[0] == 201
    teams.passes(3601)
    assert (await bot.send(place, a_message(text="x")))[0] == 401
    bot.bearer = ""
    assert (await bot.send(place, a_message(text="x")))[0] == 201
    teams.revokes_tokens()
    assert (await bot.send(place, a_message(text="x")))[0] == 401
    teams.fail("token", status=503)
    assert (await bot.token())[0] == 503


async def test_settings_name_everything_the_bot_is_told(teams: LoopbackTeams) -> None:
    settings = teams.settings()
    assert settings["TEAMS_APP_TYPE"] == "SingleTenant"
    assert settings["TEAMS_TENANT_ID"] == settings["TEAMS_ALLOWED_TENANTS"] == teams.tenant
    assert settings["TO_CHANNEL_FROM_BOT_LOGIN_URL"].startswith("https://127.0.0.1:")
    assert all(settings.values())


async def test_chats_are_created_only_with_whoever_has_the_app(bot: Bot, teams: LoopbackTeams) -> None:
    ravi, dana = teams.person("ravi", installed=False), teams.people["dana"]

    async def creates(who: str, **more: object) -> tuple[int, Any]:
        return await bot.call("POST", "conversations", {"bot": teams.bot, "members": [{"id": who}], "tenantId": teams.tenant, **more})

    assert await creates(dana.mri) == await creates(dana.aad_object_id) == (201, {"id": teams.personal("dana").id})
    status, told = await creates(ravi.mri)
    assert (status, told["error"]["message"]) == (403, "Bot is not installed in user's personal scope")
    assert [(await creates(one))[0] for one in (dana.upn, str(dana.email), "29:nobody")] == [403] * 3
    assert (await creates(dana.mri, tenantId=""))[0] == 400
    assert (await creates(dana.mri, isGroup=True))[0] == 400
    await teams.installs("ravi")
    assert (await creates(ravi.mri, activity=a_message(text="Hello")))[0] == 201
    assert [one.text for one in teams.answers("ravi")] == ["Hello"]


async def test_nothing_is_sent_to_who_uninstalled_or_blocked_the_bot(bot: Bot, teams: LoopbackTeams) -> None:
    teams.person("ravi")
    await teams.uninstalls("ravi")
    status, told = await bot.send(teams.personal("ravi").id, a_message(text="Hello?"))
    assert (status, json.loads(told["message"])["subCode"]) == (403, "MessageWritesBlocked")
    await teams.installs("ravi")
    teams.blocks("ravi")
    assert (await bot.send(teams.personal("ravi").id, a_message(text="Hello?")))[0] == 403
    teams.blocks("ravi", again=False)
    assert (await bot.send(teams.personal("ravi").id, a_message(text="Hello!")))[0] == 201


async def test_a_thread_is_begun_in_a_channel(bot: Bot, teams: LoopbackTeams) -> None:
    channel = teams.places["general"].id
    body = {"isGroup": True, "channelData": {"channel": {"id": channel}}, "activity": a_message(text="A new thread")}
    status, told = await bot.call("POST", "conversations", body)
    assert (status, told["id"]) == (201, f"{channel};messageid={told['activityId']}")
    await bot.send(told["id"], a_message(text="beneath"))
    assert [one.thread for one in teams.answers("dana", "general")] == [told["activityId"]] * 2
    await bot.send(channel, a_message(text="beneath, too"), told["activityId"])
    assert teams.answers("dana", "general")[-1].thread == told["activityId"]
    await bot.send(channel, a_message(text="a thread of its own"), "an id that nobody knows")
    assert teams.answers("dana", "general")[-1].thread == teams.answers("dana", "general")[-1].id


async def test_people_are_looked_up(bot: Bot, teams: LoopbackTeams) -> None:
    guest = teams.person("guest", name="Pat Visitor", role="guest", email=None)
    place = teams.group("many", members=("guest", *(teams.person(f"p{number}").key for number in range(60))))
    path = f"conversations/{place.id}"
    _, everybody = await bot.call("GET", f"{path}/members")
    assert len(everybody) == 61
    _, first = await bot.call("GET", f"{path}/pagedmembers", pageSize="10")
    assert (len(first["members"]), first["continuationToken"]) == (50, "50")
    _, rest = await bot.call("GET", f"{path}/pagedmembers", pageSize="10", continuationToken="50")
    assert (len(rest["members"]), "continuationToken" in rest) == (11, False)
    for key in (guest.mri, guest.aad_object_id, guest.upn):
        _, found = await bot.call("GET", f"{path}/members/{key}")
        assert (found["name"], found["surname"], found["userRole"], found["tenantId"]) == ("Pat Visitor", "Visitor", "guest", teams.tenant)
        assert "email" not in found
    assert found["aadObjectId"] == guest.aad_object_id
    dana = teams.people["dana"]
    assert (await bot.call("GET", f"{path}/members/{dana.mri}"))[0] == 404
    team = f"conversations/{teams.team_id('Maple Grove')}/members"
    assert len((await bot.call("GET", team))[1]) == 2


async def test_the_connector_refuses_what_teams_refuses(bot: Bot, teams: LoopbackTeams) -> None:
    place = teams.places["staffroom"]
    assert (await bot.send("19:nowhere@thread.v2", a_message(text="x")))[1]["error"]["code"] == "ConversationNotFound"
    status, told = await bot.send(place.id, a_message(text="x" * 60_000))
    assert (status, told["error"]["code"]) == (413, "MessageSizeTooBig")
    assert (await bot.call("POST", f"conversations/{place.id}/activities", a_message(text="from nobody")))[0] == 400
    said = (await teams.says("dana", "hello", "staffroom")).message
    assert said is not None
    assert (await bot.edit(said, a_message(text="not mine")))[0] == 403
    await bot.send(place.id, a_message(text="one"))
    (mine,) = teams.answers("dana", "staffroom")
    path = f"conversations/{place.id}/activities/{mine.id}"
    assert (await bot.call("PUT", path, a_message(text="no id")))[0] == 400
    assert (await bot.call("DELETE", path))[0] == 200
    assert (await bot.edit(mine, a_message(text="gone")))[1]["error"]["code"] == "ActivityNotFoundInConversation"
    place.gone = True
    assert (await bot.send(place.id, a_message(text="x")))[0] == 404
    bot.bearer = "guessed"
    assert (await bot.send(teams.personal("dana").id, a_message(text="x")))[0] == 401
    bot.bearer = ""
    assert (await bot.send(teams.personal("dana").id, {"type": "typing"}))[0] == 201
    assert teams.typing == ["dana"]


async def test_targeted_messages_are_seen_by_one(bot: Bot, teams: LoopbackTeams) -> None:
    place, dana = teams.places["staffroom"], teams.people["dana"]
    to_dana = {**a_message(text="Just for you"), "recipient": {"id": dana.mri}}
    assert (await bot.send(place.id, to_dana, isTargetedActivity="true"))[0] == 201
    (whisper,) = teams.whispers("dana")
    assert whisper not in teams.sees("maria", "staffroom")
    assert whisper in teams.sees("dana", "staffroom")
    assert (await bot.send(place.id, a_message(text="To whom?"), isTargetedActivity="true"))[0] == 400
    assert (await bot.send(teams.personal("dana").id, to_dana, isTargetedActivity="true"))[0] == 400
    assert (await bot.edit(whisper, to_dana, isTargetedActivity="true"))[0] == 400
    assert (await bot.edit(whisper, a_message(text="Other words"), isTargetedActivity="true"))[0] == 200
    assert (await bot.edit(whisper, a_message(text="Other words")))[0] == 404
    asked = await teams.says("dana", "/ask May I?", "staffroom", targeted=True)
    assert asked.activity["recipient"]["isTargeted"] is True
    assert asked.message in teams.sees("dana", "staffroom")
    assert asked.message not in teams.sees("lee", "staffroom")


async def test_too_many_calls_are_throttled_in_one_place_only(bot: Bot, teams: LoopbackTeams) -> None:
    place = teams.places["staffroom"].id
    assert {(await bot.send(place, a_message(text="x")))[0] for _ in range(20)} == {201}
    teams.limits = True
    got = [(await bot.send(place, a_message(text="x"))) for _ in range(8)]
    assert [status for status, _ in got] == [201] * 7 + [429]
    assert got[-1][1]["error"]["code"] == "Throttled"
    assert (await bot.send(teams.personal("dana").id, a_message(text="x")))[0] == 201
    teams.passes(1.5)
    assert [(await bot.send(place, a_message(text="x")))[0] for _ in range(2)] == [201, 429], "8 in two seconds"
    teams.passes(2)
    assert (await bot.send(place, a_message(text="x")))[0] == 201


async def test_things_go_wrong_as_planned(bot: Bot, teams: LoopbackTeams) -> None:
    staffroom, dana = teams.places["staffroom"].id, teams.personal("dana").id
    fault = teams.fail("send", status=429, retry_after=3, times=2, place="staffroom")
    assert (await bot.send(dana, a_message(text="x")))[0] == 201
    assert [(await bot.send(staffroom, a_message(text="x")))[0] for _ in range(3)] == [429, 429, 201]
    assert fault.met == 2
    for status in (412, 500, 502, 504):
        teams.fail("*", status=status)
        assert (await bot.send(dana, a_message(text="x")))[0] == status
    many = len(teams.answers("dana"))
    for drop, stored in (("before", 0), ("after", 1)):
        teams.fail("send", drop=drop)  # type: ignore[arg-type]
        with pytest.raises(aiohttp.ClientError):
            await bot.send(dana, a_message(text="x"))
        assert len(teams.answers("dana")) == many + stored


async def test_calls_are_answered_late_or_never_as_planned(bot: Bot, teams: LoopbackTeams) -> None:
    dana = teams.personal("dana").id
    begun = time.monotonic()
    teams.fail("send", late=0.1)
    sending = asyncio.ensure_future(bot.send(dana, a_message(text="late")))
    await teams.until(lambda: [one for one in teams.answers("dana") if one.text == "late"])
    assert not sending.done()
    assert (await sending)[0] == 201
    assert time.monotonic() - begun >= 0.1
    teams.fail("token", hang=True)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot.token(), 0.05)
    teams.fail("create", status=403, place="dana")
    body = {"members": [{"id": teams.people["dana"].mri}], "tenantId": teams.tenant}
    assert (await bot.call("POST", "conversations", body))[0] == 403
    teams.fail("send", status=500, times=5)
    teams.heals()
    assert (await bot.send(dana, a_message(text="x")))[0] == 201
    assert teams.calls_of("send", "dana")[-1].answer["id"] == teams.answers("dana")[-1].id


async def a_card_of_another_kind() -> None:
    async with LoopbackTeams() as teams, aiohttp.ClientSession() as session:
        teams.person("dana")
        status, told = await Bot(teams, session).send(teams.personal("dana").id, a_message(a_card({"type": "Video"})))
        assert (status, "unknown element 'Video'" in told["error"]["message"]) == (400, True)
        with pytest.raises(AssertionError, match="unknown element 'Video'"):
            await teams.until(lambda: teams.answers("dana"))


async def test_a_card_that_teams_would_not_show_fails_the_test_that_sent_it() -> None:
    with pytest.raises(AssertionError, match="unknown element 'Video'"):
        await a_card_of_another_kind()


EVERYTHING = a_card(
    {"type": "TextBlock", "text": "Request", "size": "Large", "weight": "Bolder", "style": "heading", "wrap": True},
    {"type": "RichTextBlock", "inlines": ["by ", {"type": "TextRun", "text": "Dana", "weight": "bolder"}]},
    {"type": "FactSet", "facts": [{"title": "Due", "value": "{{DATE(2026-03-02T18:40:00Z,SHORT)}}"}]},
    {
        "type": "ColumnSet",
        "columns": [
            {"type": "Column", "width": "auto", "items": [{"type": "Image", "url": "https://x.example/a.png", "altText": "A seal"}]}
        ],
    },
    {
        "type": "Table",
        "columns": [{"width": 1}],
        "rows": [{"type": "TableRow", "cells": [{"type": "TableCell", "items": [{"type": "TextBlock", "text": "Cell"}]}]}],
    },
    {"type": "Container", "style": "emphasis", "items": [an_input("Time", "at", value="08:30")]},
    {"type": "ActionSet", "actions": [{"type": "Action.OpenUrl", "title": "Read", "url": "https://x.example/policy"}]},
    {"type": "TextBlock", "text": "For <at>Dana</at>"},
    actions=[
        execute("Approve", "approve", id="r1"),
        {"type": "Action.ShowCard", "title": "More", "card": {"type": "AdaptiveCard", "body": [an_input("Text", "note")]}},
    ],
    msteams={"width": "Full", "entities": [{"type": "mention", "text": "<at>Dana</at>", "mentioned": {"id": "29:1", "name": "Dana"}}]},
    refresh={"action": {"type": "Action.Execute", "verb": "look"}, "userIds": ["29:1"]},
    **{"$schema": "http://adaptivecards.io/schemas/adaptive-card.json"},
)


def test_a_good_card_is_good() -> None:
    assert in_card(EVERYTHING) == []
    assert in_card(FORM, dialog=True) == []


def without(thing: Json, key: str) -> Json:
    return {name: value for name, value in thing.items() if name != key}


@pytest.mark.parametrize(
    ("card", "finding"),
    [
        ({"type": "Card"}, "of type AdaptiveCard"),
        ({**ANSWER, "version": "1.6"}, "unknown to Teams"),
        ({**REQUEST, "version": "1.3"}, "Action.Execute needs version 1.4"),
        ({**EVERYTHING, "version": "1.4"}, "Table needs version 1.5"),
        ({**ANSWER, "colour": "red"}, "unknown property colour of AdaptiveCard"),
        (a_card(), "nothing to show"),
        (a_card({"type": "TextBlock"}), "TextBlock needs text"),
        (a_card({"type": "TextBlock", "text": "x", "size": "Huge"}), "'Huge' will not do for size"),
        (a_card({"type": "TextBlock", "text": "x", "wrap": "yes"}), "'yes' will not do for wrap"),
        (a_card({"type": "Image", "url": "https://x.example/a.png"}), "Image needs altText"),
        (a_card({"type": "Column", "items": []}), "unknown element 'Column'"),
        (a_card({"type": "Container", "items": [{"type": "Nothing"}]}), "unknown element 'Nothing' [at /body/0/items/0]"),
        (a_card(without(an_input("Text", "a"), "id")), "Input.Text needs id"),
        (a_card(without(an_input("Text", "a"), "label")), "Input.Text needs label"),
        (a_card(an_input("Text", "a", isRequired=True)), "needs errorMessage"),
        (a_card(an_input("Text", "a"), an_input("Date", "a")), "two things have the id a"),
        (a_card(an_input("Date", "a", value="tomorrow")), "is no date"),
        (a_card(an_input("Toggle", "a")), "Input.Toggle needs title"),
        (a_card(an_input("ChoiceSet", "a", choices=[])), "Input.ChoiceSet needs choices"),
        (a_card(an_input("ChoiceSet", "a", choices=[*CHOICES, CHOICES[0]])), "two choices of the same value"),
        (a_card(an_input("ChoiceSet", "a", choices=CHOICES, value="post")), "'post' is no choice"),
        (a_card(words("x"), actions=[without(execute("Go", "go"), "fallback")]), "Action.Execute needs fallback"),
        (a_card(words("x"), actions=[{**execute("Go", "go"), "fallback": "drop"}]), "the fallback is an Action.Submit"),
        (a_card(words("x"), actions=[without(execute("Go", "go"), "verb")]), "Action.Execute needs verb"),
        (a_card(words("x"), actions=[{**submit("Go"), "isEnabled": False}]), "unknown property isEnabled"),
        (a_card(words("x"), actions=[submit("")]), "Action.Submit needs title"),
        (a_card(words("x"), actions=[{"type": "Action.OpenUrl", "title": "x", "url": "javascript:x"}]), "cannot be opened"),
        (a_card(words("x"), actions=[{"type": "Action.Http", "title": "x"}]), "unknown action 'Action.Http'"),
        (a_card(words("x"), actions=[submit(str(number)) for number in range(7)]), "1 to 6 buttons"),
        (a_card(words("Ask <at>Dana</at>")), "not in both"),
        (a_card(words("x"), refresh={"action": submit("x")}), "a refresh is an Action.Execute"),
        (a_card(words("x"), refresh={**EVERYTHING["refresh"], "userIds": ["an-object-id"]}), "begin with 29:"),
        (a_card(words("x"), refresh={**EVERYTHING["refresh"], "userIds": [f"29:{n}" for n in range(61)]}), "at most 60"),
    ],
)
def test_a_bad_card_is_found(card: Json, finding: str) -> None:
    found = in_card(card)
    assert any(finding in line for line in found), found


def cited(text: str, *positions: int, **shown: str) -> Json:
    appearance = {"@type": "DigitalDocument", "name": "Policy GBH", "abstract": "What it says.", **shown}
    claims = [{"@type": "Claim", "position": position, "appearance": appearance} for position in positions]
    entity = {"type": "https://schema.org/Message", "@type": "Message", "@context": "https://schema.org", "citation": claims}
    return {**a_message(text=text), "entities": [entity]}


@pytest.mark.parametrize(
    ("activity", "finding"),
    [
        (a_message(), "without text and cards"),
        (a_message(ANSWER, summary=""), "without summary"),
        ({"type": "trace", "text": "x"}, "takes no 'trace'"),
        ({**a_message(text="x"), "textFormat": "html"}, "unknown format"),
        (a_message(text="Ask <at>Dana</at>"), "not in both"),
        ({**a_message(text="x"), "entities": [{"type": "place"}]}, "unknown entity"),
        ({**a_message(text="x"), "attachments": [{"contentType": "image/png"}]}, "not a card"),
        ({**a_message(text="x"), "suggestedActions": {"actions": [{}]}}, "personal chats only"),
        (cited("No [1].", 2), "the text cites by [number]"),
        (cited("No [1].", 1, 1), "a position of its own"),
        (cited("No [1].", 1, name="x" * 81), "name is needed, in at most 80"),
        (cited("No [1].", 1, url="http://x.example"), "begins with https"),
    ],
)
def test_a_bad_message_is_found(activity: Json, finding: str) -> None:
    found = in_activity(activity, update=False, personal=False)
    assert any(finding in line for line in found), found


def test_a_good_message_is_good() -> None:
    assert in_activity(cited("No [1], nor [2].", 1, 2), update=False, personal=False) == []
    assert in_activity(a_message(EVERYTHING, summary=""), update=True, personal=False) == []


def test_inputs_are_sent_as_strings_and_the_empty_ones_not_at_all() -> None:
    assert fill(FORM, {}) == {"agreed": "false"}
    assert fill(FORM, {"also": None, "reason": "x"}) == {"reason": "x", "agreed": "false"}
    with pytest.raises(AssertionError, match="no input for"):
        fill(FORM, {"colour": "red"})
    with pytest.raises(AssertionError, match="cannot be chosen"):
        fill(FORM, {"platform": "Post"})
    with pytest.raises(AssertionError, match="one is chosen here"):
        fill(FORM, {"platform": ["Remind", "Phone"]})
    card = a_card(an_input("Text", "mail", regex=r"\S+@\S+", errorMessage="An address."))
    assert unsent(card, fill(card, {"mail": "nobody"})) == {"mail": "An address."}
    assert unsent(card, fill(card, {"mail": "a@b"})) == unsent(card, {}) == {}
