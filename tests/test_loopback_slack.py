"""The loopback Slack against a real Bolt app, over HTTP and over Socket Mode: what tests of the bot may rely on."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.loopback.slack import Json, LoopbackSlack


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def a_button(action_id: str, label: str, value: str) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(label), "value": value}


def a_section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


ASK = a_button("request", "Ask for approval", "a1")
CARD: list[Json] = [
    a_section("You may not text students."),
    {"type": "actions", "elements": [a_button("request", "Ask for approval", "a1")]},
]
CHOICES: list[Json] = [{"text": plain("Remind"), "value": "remind"}, {"text": plain("Phone"), "value": "phone"}]
INPUTS: dict[str, Json] = {
    "reason": {"type": "plain_text_input", "multiline": True, "max_length": 200},
    "platform": {"type": "static_select", "options": CHOICES},
    "starts": {"type": "datepicker"},
    "also": {"type": "checkboxes", "options": CHOICES},
    "how": {"type": "radio_buttons", "options": CHOICES, "initial_option": CHOICES[0]},
    "url": {"type": "url_text_input"},
}
FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Ask for approval"),
    "submit": plain("Send"),
    "notify_on_close": True,
    "blocks": [
        {"type": "input", "block_id": key, "label": plain(key), "optional": key != "reason", "element": {**element, "action_id": key}}
        for key, element in INPUTS.items()
    ],
}


async def said(event: Json, say: Any) -> None:
    await say(text="You may not text students.", blocks=CARD, thread_ts=event.get("thread_ts"))


async def called(event: Json, client: AsyncWebClient) -> None:
    await client.chat_postEphemeral(channel=event["channel"], user=event["user"], text="Just for you", blocks=CARD)


async def opened(event: Json, client: AsyncWebClient) -> None:
    await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": CARD})


async def pressed(ack: Any, body: Json, client: AsyncWebClient, respond: Any) -> None:
    await ack()
    if body["container"].get("is_ephemeral"):
        await respond("Gone from your sight", replace_original=True)
    else:
        where = json.dumps(body["container"])
        await client.views_open(trigger_id=body["trigger_id"], view={**FORM, "private_metadata": where})


async def submitted(ack: Any, body: Json, client: AsyncWebClient) -> None:
    if len(body["view"]["state"]["values"]["reason"]["reason"]["value"]) < 5:
        await ack(response_action="errors", errors={"reason": "Say more."})
        return
    await ack()
    where = json.loads(body["view"]["private_metadata"])
    await client.chat_update(channel=where["channel_id"], ts=where["message_ts"], text="Asked.", blocks=[a_section("Asked.")])


async def commanded(ack: Any, body: Json) -> None:
    await ack(f"You said {body['text']}")


async def acknowledged(ack: Any) -> None:
    await ack()


def an_app(slack: LoopbackSlack) -> AsyncApp:
    """A small bot: answers, opens a form on a press, finds a fault in it, then rewrites its answer."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)
    app.event("message")(said)
    app.event("app_mention")(called)
    app.event("app_home_opened")(opened)
    app.event("team_join")(acknowledged)
    app.action("request")(pressed)
    app.view("form")(submitted)
    app.view_closed("form")(acknowledged)
    app.command("/hallpass")(commanded)
    app.shortcut("ask")(acknowledged)
    return app


@asynccontextmanager
async def a_server(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    server = web.Application()
    server.router.add_post("/slack/events", handler)
    runner = web.AppRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await runner.cleanup()


@asynccontextmanager
async def over_http(slack: LoopbackSlack) -> AsyncIterator[AsyncApp]:
    app = an_app(slack)
    async with a_server(app.server(path="/slack/events").handle_post_requests) as slack.app_url:
        yield app


@asynccontextmanager
async def over_socket(slack: LoopbackSlack) -> AsyncIterator[AsyncApp]:
    app = an_app(slack)
    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()
    yield app
    await handler.close_async()


WAYS = {"http": over_http, "socket": over_socket}


@pytest.fixture
async def slack() -> AsyncIterator[LoopbackSlack]:
    async with LoopbackSlack() as slack:
        slack.user("U1", name="Dana Whitlock")
        slack.user("U2", name="Maria Ortiz", email="m@maplegrove.example", tz="America/New_York", confirmed=False)
        slack.channel("C1", name="general", members=("U1", "U2"))
        yield slack


@pytest.fixture(params=WAYS)
async def app(request: pytest.FixtureRequest, slack: LoopbackSlack) -> AsyncIterator[AsyncApp]:
    async with WAYS[request.param](slack) as app:
        yield app


@pytest.fixture
async def http_app(slack: LoopbackSlack) -> AsyncIterator[AsyncApp]:
    async with over_http(slack) as app:
        yield app


@pytest.fixture
def client(slack: LoopbackSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


async def test_a_whole_story(app: AsyncApp, slack: LoopbackSlack) -> None:
    said = await slack.says("U1", "Can I text <my> players?")
    assert said.status == 200
    assert said.payload["event"]["text"] == "Can I text &lt;my&gt; players?"

    (answer,) = await slack.until(lambda: slack.answers("U1"))
    assert slack.text_of(answer) == "You may not text students.\nAsk for approval"
    assert slack.buttons(answer) == [("Ask for approval", "request", "a1")]

    await slack.presses("U1", answer, label="Ask for approval")
    form = await slack.until(lambda: slack.modal("U1"))
    assert form.title == "Ask for approval"

    assert (await slack.submits("U1", form)).errors == {"reason": "Please complete this required field."}
    answers = {"platform": "Phone", "starts": "2026-03-02", "also": ["remind"], "url": "https://x.example"}
    refused = await slack.submits("U1", form, {"reason": "abc", **answers})
    assert refused.errors == {"reason": "Say more."}
    assert slack.modal("U1") is form

    sent = await slack.submits("U1", form, {"reason": "Bus times\nchange"})
    assert sent.errors == {}
    assert slack.modal("U1") is None
    values = sent.payload["view"]["state"]["values"]
    assert values == {
        "reason": {"reason": {"type": "plain_text_input", "value": "Bus times\nchange"}},
        "platform": {"platform": {"type": "static_select", "selected_option": CHOICES[1]}},
        "starts": {"starts": {"type": "datepicker", "selected_date": "2026-03-02"}},
        "also": {"also": {"type": "checkboxes", "selected_options": [CHOICES[0]]}},
        "how": {"how": {"type": "radio_buttons", "selected_option": CHOICES[0]}},
        "url": {"url": {"type": "url_text_input", "value": "https://x.example"}},
    }
    await slack.until(lambda: slack.text_of(answer) == "Asked.")
    assert slack.buttons(answer) == []
    assert [call.method for call in slack.calls_of("chat.update", ts=answer.ts)] == ["chat.update"]


async def test_what_else_people_do(app: AsyncApp, slack: LoopbackSlack) -> None:
    """Mentions, whispers and their response_url, commands, the home tab, shortcuts, closing, other events."""
    await slack.mentions("U1", "C1", "May I?")
    (whisper,) = await slack.until(lambda: slack.whispers("U1"))
    assert slack.in_channel("C1", "U2") == [one for one in slack.in_channel("C1") if one.user == "U1"]
    press = await slack.presses("U1", whisper, "request")
    assert "message" not in press.payload
    await slack.until(lambda: whisper.text == "Gone from your sight")
    assert slack.buttons(whisper) == []

    command = await slack.commands("U2", "/hallpass", "ask 1 < 2", channel="C1")
    assert (command.status, command.trouble) == (200, None)
    assert slack.whispers("U2")[0].text == "You said ask 1 &lt; 2"

    await slack.opens_home("U2")
    home = await slack.until(lambda: slack.home("U2"))
    assert slack.buttons(home) == [("Ask for approval", "request", "a1")]
    assert (await slack.presses("U2", home, value="a1")).payload["view"]["hash"] == home.hash
    form = await slack.until(lambda: slack.modal("U2"))
    assert (await slack.closes("U2", form)).status == 200
    assert slack.modal("U2") is None

    assert (await slack.shortcut("U1", "ask")).status == 200
    about = await slack.message_shortcut("U1", "ask", slack.in_channel("C1")[0])
    assert (about.status, about.payload["message"]["user"]) == (200, "U1")
    joined = await slack.event("team_join", user=slack.user("U3", is_restricted=True).wire())
    assert joined.status == 200
    assert joined.payload["authorizations"][0]["user_id"] == slack.bot_user


async def test_socket_mode_outlives_a_refresh_and_a_cut(slack: LoopbackSlack) -> None:
    async with over_socket(slack):
        for breaking in (slack.socket.refresh, slack.socket.cut):
            await breaking()
            assert (await slack.says("U1", "Still there?")).status == 200
        await slack.until(lambda: len(slack.answers("U1")) == 2)


async def test_socket_mode_sends_an_event_again_that_nobody_took(slack: LoopbackSlack, client: AsyncWebClient) -> None:
    slack.patience = 0.05
    opened = await client.apps_connections_open(app_token=slack.app_token)
    async with ClientSession() as session, session.ws_connect(str(opened["url"])) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        saying = asyncio.ensure_future(slack.says("U1", "Hello?"))
        first, second = await socket.receive_json(), await socket.receive_json()
        await socket.send_json({"envelope_id": second["envelope_id"]})
        assert [ack.status for ack in (await saying).tries] == [None, 200]
    assert (first["retry_attempt"], second["retry_attempt"], second["retry_reason"]) == (0, 1, "http_timeout")
    assert first["payload"]["event_id"] == second["payload"]["event_id"]


async def test_what_is_not_from_slack_is_refused(http_app: AsyncApp, slack: LoopbackSlack) -> None:
    for how in ("unsigned", "forged", "old"):
        with slack.disguised(how):
            assert (await slack.says("U1", "Let me in")).status == 401
    assert slack.answers("U1") == []

    heard = await slack.says("U1", "Good morning")
    assert (await slack.replayed(heard)).status == 200
    assert [ack.status for ack in await slack.again(heard, 3, at_once=True)] == [200] * 3
    await slack.until(lambda: len(slack.answers("U1")) == 5)  # Bolt does not notice that it was the same event


async def test_events_come_again_until_they_are_heard_and_presses_do_not(slack: LoopbackSlack) -> None:
    seen: list[tuple[str | None, str | None]] = []

    async def deaf(request: web.Request) -> web.Response:
        seen.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        if len(seen) == 1:
            await asyncio.sleep(0.2)
        return web.Response(status=500 if len(seen) < 3 else 200)

    slack.patience = 0.1
    async with a_server(deaf) as slack.app_url:
        said = await slack.says("U1", "Hello?")
        assert seen == [(None, None), ("1", "http_timeout"), ("2", "http_error")]
        assert [ack.status for ack in said.tries] == [None, 500, 200]

        seen.clear()
        command = await slack.commands("U1", "/hallpass")
        assert (len(seen), command.trouble) == (1, "/hallpass failed with the error “operation_timeout”")


async def test_what_slack_makes_of_the_answer_to_a_form(slack: LoopbackSlack, client: AsyncWebClient) -> None:
    answers: list[Json] = [
        {"response_action": "errors", "errors": {"nowhere": "No such input."}},
        {"response_action": "update", "view": {**FORM, "title": plain("Once more")}},
        {"response_action": "push", "view": {**FORM, "title": plain("And who?")}},
        {"response_action": "push", "view": {**FORM, "title": plain("x" * 25)}},
        {},
        {"response_action": "clear"},
    ]

    async def scripted(request: web.Request) -> web.Response:
        return web.json_response(answers.pop(0))

    async with a_server(scripted) as slack.app_url:
        await client.views_open(trigger_id=slack.trigger("U1"), view=FORM)
        seen = []
        while answers:
            form = slack.modal("U1")
            assert form
            sent = await slack.submits("U1", form, {"reason": "Bus times"})
            seen.append((sent.trouble is None, [one.title for one in slack.modals["U1"]]))

    asked, once_more = "Ask for approval", "Once more"
    stack = [once_more, "And who?"]
    assert seen == [(False, [asked]), (True, [once_more]), (True, stack), (False, stack), (True, [once_more]), (True, [])]


async def test_a_press_on_what_is_no_longer_there(http_app: AsyncApp, slack: LoopbackSlack, client: AsyncWebClient) -> None:
    """Somebody's screen still shows the old card."""
    await client.chat_postMessage(channel="C1", text="x", blocks=CARD)
    (card,) = slack.answers("U1", "C1")
    stale = card.copy()
    await client.chat_update(channel="C1", ts=card.ts, text="Approved", blocks=[])
    assert slack.buttons(card) == []
    press = await slack.presses("U2", stale, "request")
    assert (press.status, press.payload["message"]["blocks"], press.payload["user"]["id"]) == (200, stale.blocks, "U2")


async def test_what_the_app_does_not_subscribe_to_it_never_hears(http_app: AsyncApp, slack: LoopbackSlack) -> None:
    assert (await slack.says("U1", "Lunch?", "C1")).tries == []
    slack.subscribed = frozenset({"im", "channel"})
    assert (await slack.mentions("U1", "C1", "Lunch?")).payload["event"]["type"] == "app_mention"
    assert [one.payload["event"]["type"] for one in slack.deliveries] == ["message", "app_mention"]
    heard = await slack.edits("U1", slack.in_channel("C1")[0], "Dinner?")
    assert heard.payload["event"]["subtype"] == "message_changed"


REFUSED: dict[str, list[Json]] = {
    "section": [a_section("x" * 3001)],
    "blocks": [a_section("x")] * 51,
    "fields": [{"type": "section", "fields": [plain("x")] * 11}],
    "field": [{"type": "section", "fields": [plain("x" * 2001)]}],
    "header": [{"type": "header", "text": plain("x" * 151)}],
    "header in markdown": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    "button": [{"type": "actions", "elements": [a_button("a", "x" * 76, "")]}],
    "value": [{"type": "actions", "elements": [a_button("a", "x", "x" * 2001)]}],
    "actions": [{"type": "actions", "elements": [a_button(str(n), "x", "") for n in range(26)]}],
    "same action": [{"type": "actions", "elements": [a_button("a", "x", ""), a_button("a", "y", "")]}],
    "same block": [{**a_section("x"), "block_id": "b"}] * 2,
    "unknown": [{"type": "carrousel"}],
    "stray key": [{**a_section("x"), "colour": "red"}],
    "empty text": [a_section("")],
    "confirm": [{"type": "actions", "elements": [{**a_button("a", "x", ""), "confirm": {"title": plain("x" * 101)}}]}],
    "no label": [{"type": "input", "element": INPUTS["reason"]}],
    "options": [{"type": "actions", "elements": [{"type": "static_select", "options": CHOICES * 51}]}],
    "option": [{"type": "actions", "elements": [{"type": "overflow", "options": [{"text": plain("x" * 76), "value": "v"}]}]}],
    "placeholder": [{"type": "actions", "elements": [{**INPUTS["platform"], "placeholder": plain("x" * 151)}]}],
}


@pytest.mark.parametrize("what", REFUSED)
async def test_a_message_beyond_the_limits_is_refused(what: str, slack: LoopbackSlack, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel="C1", text="x", blocks=REFUSED[what])
    assert slack.messages == []


FORMS_REFUSED: dict[str, Json] = {
    "title": {"title": plain("x" * 25)},
    "submit": {"submit": plain("x" * 25)},
    "inputs without submit": {"submit": None},
    "close": {"close": plain("x" * 25)},
    "metadata": {"private_metadata": "x" * 3001},
    "blocks": {"blocks": [a_section("x")] * 101},
    "no blocks": {"blocks": []},
}


@pytest.mark.parametrize("part", FORMS_REFUSED)
async def test_a_form_beyond_the_limits_is_refused(part: str, slack: LoopbackSlack, client: AsyncWebClient) -> None:
    """And its trigger stays good."""
    trigger = slack.trigger("U1")
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_open(trigger_id=trigger, view={**FORM, **FORMS_REFUSED[part]})
    await client.views_open(trigger_id=trigger, view=FORM)
    assert slack.modal("U1")


async def test_a_trigger_is_good_once_and_for_three_seconds(slack: LoopbackSlack, client: AsyncWebClient) -> None:
    first, late = slack.trigger("U1"), slack.trigger("U1")
    for push in (client.views_open, client.views_push, client.views_push):
        await push(trigger_id=slack.trigger("U1"), view=FORM)
    for trigger, error in ((first, "push_limit_reached"), ("nonsense", "invalid_trigger_id")):
        with pytest.raises(SlackApiError, match=error):
            await client.views_push(trigger_id=trigger, view=FORM)
    await client.views_open(trigger_id=first, view=FORM)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=first, view=FORM)
    slack.passes(3.1)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=late, view=FORM)


async def test_an_update_without_blocks_keeps_the_buttons(slack: LoopbackSlack, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="U1", text="x", blocks=CARD, metadata={"event_type": "t", "event_payload": {"id": "r1"}})
    (card,) = slack.answers("U1")
    seen = card.copy()
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Approved")
    assert slack.buttons(card) == slack.buttons(seen) != []
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Approved", blocks=[])
    assert (slack.buttons(card), slack.text_of(card), slack.metadata_of(card)) == ([], "Approved", {"id": "r1"})

    reply = await client.chat_postMessage(channel=posted["channel"], text="beneath", thread_ts=posted["ts"])
    history = await client.conversations_history(channel=posted["channel"], include_all_metadata=True)
    assert [one["metadata"]["event_payload"] for one in history["messages"]] == [{"id": "r1"}]
    replies = await client.conversations_replies(channel=posted["channel"], ts=posted["ts"])
    assert [one["ts"] for one in replies["messages"]] == [posted["ts"], reply["ts"]]
    assert "metadata" not in replies["messages"][0]
    await client.chat_delete(channel=posted["channel"], ts=reply["ts"])
    assert slack.thread(card.channel, card.ts) == [card]


async def test_what_goes_wrong_on_purpose(slack: LoopbackSlack, client: AsyncWebClient) -> None:
    client.retry_handlers.clear()  # by default the SDK tries once more where a connection broke
    slack.channel("C2")
    slack.fail("chat.postMessage", error="is_archived", channel="C2")
    slack.fail("chat.postMessage", status=429, retry_after=7, channel="C1")
    slack.fail("chat.postMessage", drop="before", channel="C1")
    slack.fail("chat.postMessage", drop=True, channel="C1")
    slack.fail("chat.postMessage", delay=0.05, times=2, channel="C1")

    with pytest.raises(SlackApiError, match="ratelimited") as told:
        await client.chat_postMessage(channel="C1", text="one")
    assert told.value.response.headers["Retry-After"] == "7"
    for stored in (0, 1):
        with pytest.raises(ClientError):
            await client.chat_postMessage(channel="C1", text="two")
        assert len(slack.in_channel("C1")) == stored
    began = time.monotonic()
    await client.chat_postMessage(channel="C1", text="three")
    assert time.monotonic() - began > 0.04
    with pytest.raises(SlackApiError, match="is_archived"):
        await client.chat_postMessage(channel="C2", text="four")
    assert [call.status for call in slack.calls_of("chat.postMessage")] == [429, None, None, 200, 200]


async def test_one_message_a_second_a_channel(slack: LoopbackSlack, client: AsyncWebClient) -> None:
    slack.one_a_second = True
    await client.chat_postMessage(channel="C1", text="one")
    await client.chat_postMessage(channel="U1", text="elsewhere")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.chat_postMessage(channel="C1", text="two")
    slack.passes(1)
    await client.chat_postMessage(channel="C1", text="two")


async def test_a_response_url_is_good_five_times_and_for_half_an_hour(slack: LoopbackSlack, client: AsyncWebClient) -> None:
    url, late = slack.hook("U1", "C1"), slack.hook("U1", "C1")
    async with ClientSession() as web_client:
        answers = [await web_client.post(url, json={"text": "Psst"}) for _ in range(6)]
        slack.passes(1801)
        answers.append(await web_client.post(late, json={"text": "Psst"}))
        assert [answer.status for answer in answers] == [200] * 5 + [404] * 2
        assert [(await answer.json())["error"] for answer in answers[5:]] == ["used_url", "expired_url"]
    assert len(slack.whispers("U1")) == 5


async def test_a_home_tab_that_changed_meanwhile_is_a_conflict(slack: LoopbackSlack, client: AsyncWebClient) -> None:
    first = await client.views_publish(user_id="U1", view={"type": "home", "blocks": CARD})
    await client.views_publish(user_id="U1", view={"type": "home", "blocks": CARD}, hash=first["view"]["hash"])
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id="U1", view={"type": "home", "blocks": CARD}, hash=first["view"]["hash"])


async def test_who_is_who(slack: LoopbackSlack, client: AsyncWebClient) -> None:
    maria = (await client.users_lookupByEmail(email="M@maplegrove.example"))["user"]
    assert (maria["id"], maria["is_email_confirmed"], maria["tz"]) == ("U2", False, "America/New_York")
    slack.user("U4", name="Gone", deleted=True)
    for asked, error in (("U4", "user_disabled"), ("U9", "user_not_found"), (slack.bot_user, "cannot_dm_bot")):
        with pytest.raises(SlackApiError, match=error):
            await client.conversations_open(users=asked)
    slack.user("U5", name="Visitor", is_stranger=True)
    assert "email" not in (await client.users_info(user="U5"))["user"]["profile"]
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await AsyncWebClient(token="xoxb-other", base_url=slack.api_url).auth_test()


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # slack_sdk 3.47 still uses it for this one method
async def test_a_second_workspace_installs_and_leaves(slack: LoopbackSlack) -> None:
    slack.codes["for-t2"] = "T2"
    nobody = AsyncWebClient(base_url=slack.api_url)
    known = {"client_id": slack.client_id, "client_secret": slack.client_secret, "code": "for-t2"}
    given = await nobody.oauth_v2_access(**known)
    assert (given["team"]["id"], slack.tokens[given["access_token"]]) == ("T2", "T2")
    with pytest.raises(SlackApiError, match="invalid_code"):
        await nobody.oauth_v2_access(**known)
    theirs = AsyncWebClient(token=given["access_token"], base_url=slack.api_url)
    await theirs.bots_info(bot=slack.bot_id)
    slack.revoked.add(given["access_token"])
    with pytest.raises(SlackApiError, match="token_revoked"):
        await theirs.auth_test()


async def test_a_stream_and_an_assistant_thread(slack: LoopbackSlack, client: AsyncWebClient) -> None:
    said = await slack_said(slack)
    with pytest.raises(SlackApiError, match="feature_not_enabled"):
        await client.assistant_threads_setTitle(channel_id=said["channel"], thread_ts=said["ts"], title="Not on this plan")
    slack.no_agent_view = ""
    await client.assistant_threads_setStatus(channel_id=said["channel"], thread_ts=said["ts"], status="is looking it up")
    assert slack.statuses == {(said["channel"], said["ts"]): "is looking it up"}
    stream = await client.chat_startStream(channel=said["channel"], thread_ts=said["ts"], markdown_text="You ")
    await client.chat_appendStream(channel=said["channel"], ts=stream["ts"], markdown_text="may ")
    await client.chat_stopStream(channel=said["channel"], ts=stream["ts"], markdown_text="not.", blocks=CARD)
    (answer,) = slack.answers("U1")
    assert (answer.text, slack.buttons(answer) != []) == ("You may not.", True)
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        await client.chat_appendStream(channel=said["channel"], ts=stream["ts"], markdown_text="!")


async def test_the_bot_hears_itself_where_a_test_wants_it(http_app: AsyncApp, slack: LoopbackSlack, client: AsyncWebClient) -> None:
    slack.echoes = True
    await client.chat_postMessage(channel="U1", text="one")
    await slack.until(lambda: slack.deliveries and slack.deliveries[0].status == 200)
    assert slack.deliveries[0].payload["event"]["bot_id"] == slack.bot_id
    assert len(slack.answers("U1")) == 1


async def slack_said(slack: LoopbackSlack) -> Json:
    """Somebody said something in their DM, and no app was there to hear it."""
    slack.subscribed = frozenset()
    heard: Json = (await slack.says("U1", "Hello")).payload
    return {**heard, "channel": slack.im_with("U1").id}
