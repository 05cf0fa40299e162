"""What goes out to Teams, under which token, and what its refusals mean; what an invoke is answered with."""

import asyncio
import json
import time
from email.utils import formatdate
from pathlib import Path

import pytest

from adapters.teams import tokens
from adapters.teams.activity import Invoked, Json
from adapters.teams.connector import Member
from adapters.teams.keys import Cloud, Keys
from adapters.teams.refs import TeamsRef
from handlers.ports import CannotDeliver
from tests.adapters.teams.microsoft import APP, TEACHER, TENANT, US, Bot, Microsoft, at_loopback, certificate, serving

CARD = {
    "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": {"type": "AdaptiveCard"}}],
    "summary": "A card",
}


@pytest.fixture
def ref(microsoft: Microsoft) -> TeamsRef:
    return TeamsRef(TENANT, microsoft.service_url, "19:team@thread.tacv2", "170", US["id"])


# ── invokes ──


async def test_a_button_is_answered_with_what_we_say(bot: Bot, microsoft: Microsoft) -> None:
    bot.answer = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": {"type": "AdaptiveCard"}}
    pressed = microsoft.activity(type="invoke", name="adaptiveCard/action", value={"action": {"verb": "approve"}}, replyToId="m-1")

    status, body = await bot.post(pressed)

    assert (status, json.loads(body)) == (200, bot.answer)
    [came] = bot.came
    assert isinstance(came, Invoked)
    assert (came.name, came.value, came.reply_to) == ("adaptiveCard/action", {"action": {"verb": "approve"}}, "m-1")


async def test_an_invoke_that_nobody_knows_is_refused(bot: Bot, microsoft: Microsoft) -> None:
    assert await bot.post(microsoft.activity(type="invoke", name="signin/verifyState")) == (400, "")


@pytest.mark.parametrize(
    ("name", "status", "path"),
    [
        ("adaptiveCard/action", 200, ["value"]),
        ("task/submit", 200, ["task", "value"]),
        ("composeExtension/fetchTask", 200, ["task", "value"]),
        ("else", 500, []),
    ],
)
async def test_what_breaks_in_an_invoke_is_a_sentence_and_never_a_traceback(
    bot: Bot, microsoft: Microsoft, caplog: pytest.LogCaptureFixture, name: str, status: int, path: list[str]
) -> None:
    bot.answer = RuntimeError("Sam Lee texted")

    got, body = await bot.post(microsoft.activity(type="invoke", name=name, value={}))

    said = json.loads(body) if body else {}
    for key in path:
        said = said[key]
    assert got == status
    assert not path or str(said).startswith("Something broke on our side.")
    assert "Traceback" not in body + caplog.text
    assert "Sam Lee" not in body + caplog.text
    assert caplog.records[-1].kind == "RuntimeError"  # type: ignore[attr-defined]


async def test_a_message_that_breaks_is_told_to_teams(bot: Bot, microsoft: Microsoft) -> None:
    bot.answer = RuntimeError("no")

    assert await bot.post(microsoft.activity()) == (500, "")


# ── what goes out ──


async def test_a_message_goes_into_its_thread_and_gives_its_id(bot: Bot, microsoft: Microsoft, ref: TeamsRef) -> None:
    assert await bot.gateway.send(ref, CARD) == "m-1"

    [(method, path, body, token)] = microsoft.calls
    assert (method, path) == ("POST", "conversations/19%3Ateam%40thread.tacv2%3Bmessageid%3D170/activities")
    assert token == "Bearer token-1"
    assert body == CARD | {
        "type": "message",
        "from": {"id": US["id"]},
        "conversation": {"id": "19:team@thread.tacv2;messageid=170", "tenantId": TENANT},
    }


async def test_a_whisper_is_for_one_member(bot: Bot, microsoft: Microsoft, ref: TeamsRef) -> None:
    assert await bot.gateway.whisper(ref, "29:teacher", CARD) == "m-1"

    [(method, path, body, _)] = microsoft.calls
    assert (method, path) == ("POST", "conversations/19%3Ateam%40thread.tacv2%3Bmessageid%3D170/activities?isTargetedActivity=true")
    assert body["recipient"] == {"id": "29:teacher"}


async def test_a_message_is_rewritten_where_it_stands(bot: Bot, microsoft: Microsoft, ref: TeamsRef) -> None:
    await bot.gateway.update(ref, "1:x/y", CARD)

    [(method, path, body, _)] = microsoft.calls
    assert (method, path) == ("PUT", "conversations/19%3Ateam%40thread.tacv2%3Bmessageid%3D170/activities/1%3Ax%2Fy")
    assert body["id"] == "1:x/y"


async def test_typing_is_shown(bot: Bot, microsoft: Microsoft, ref: TeamsRef) -> None:
    await bot.gateway.typing(ref)

    assert microsoft.calls[0][2]["type"] == "typing"


async def test_a_personal_chat_is_opened_by_object_id(bot: Bot, microsoft: Microsoft) -> None:
    microsoft.answers = [(201, {"id": "a:new", "serviceUrl": "https://smba.example/"}, {})]

    opened = await bot.gateway.open_personal(TENANT, TEACHER["aadObjectId"], microsoft.service_url)

    assert opened == TeamsRef(TENANT, microsoft.service_url, "a:new", bot=US["id"])
    assert microsoft.calls[0][2] == {
        "isGroup": False,
        "bot": {"id": US["id"]},
        "members": [{"id": TEACHER["aadObjectId"]}],
        "tenantId": TENANT,
        "channelData": {"tenant": {"id": TENANT}},
    }


async def test_no_conversation_is_no_reference(bot: Bot, microsoft: Microsoft) -> None:
    microsoft.answers = [(201, {}, {})]

    with pytest.raises(CannotDeliver):
        await bot.gateway.open_personal(TENANT, TEACHER["aadObjectId"], microsoft.service_url)


MEMBER = {
    "id": "29:x",
    "objectId": "AAD",
    "name": "Tess",
    "email": "t@k12.example",
    "userPrincipalName": "t@k12.example",
    "tenantId": TENANT,
}


@pytest.mark.parametrize(
    ("fields", "guest"),
    [
        ({"userRole": "user"}, False),
        ({}, False),
        ({"userRole": "guest"}, True),
        ({"userRole": "anonymous"}, True),
        ({"tenantId": "another"}, True),
    ],
    ids=["user", "unsaid", "guest", "anonymous", "another-tenant"],
)
async def test_a_member_is_looked_up(bot: Bot, microsoft: Microsoft, ref: TeamsRef, fields: Json, guest: bool) -> None:  # noqa: FBT001
    microsoft.answers = [(200, MEMBER | fields, {})]

    member = await bot.gateway.member(ref, "29:x")

    assert member == Member("29:x", "aad", str((MEMBER | fields)["tenantId"]), "Tess", "t@k12.example", "t@k12.example", guest)
    assert microsoft.calls[0][:2] == ("GET", "conversations/19%3Ateam%40thread.tacv2/members/29%3Ax")


async def test_nobody_is_no_member(bot: Bot, microsoft: Microsoft, ref: TeamsRef) -> None:
    microsoft.answers = [(404, {"error": {"code": "MemberNotFoundInConversation"}}, {})]

    assert await bot.gateway.member(ref, "29:x") is None


# ── refusals ──


@pytest.mark.parametrize(
    ("status", "code", "permanent"),
    [
        (400, "BadSyntax", True),
        (403, "MessageWritesBlocked", True),
        (403, "BotNotInConversationRoster", True),
        (404, "ConversationNotFound", True),
        (413, "MessageSizeTooBig", True),
        (408, "", False),
        (412, "PreconditionFailed", False),
        (429, "Throttled", False),
        (500, "ServiceError", False),
        (502, "", False),
        (503, "", False),
        (504, "", False),
        (302, "", False),
    ],
)
async def test_what_a_refusal_means(bot: Bot, microsoft: Microsoft, ref: TeamsRef, status: int, code: str, permanent: bool) -> None:  # noqa: FBT001
    microsoft.answers = [(status, {"error": {"code": code, "message": "…"}}, {"Location": "/amer/v3/elsewhere"})]

    with pytest.raises(CannotDeliver) as why:
        await bot.gateway.send(ref, CARD)

    assert why.value.permanent is permanent
    assert str(why.value) == f"Teams said {status} {code}".strip()
    assert len(microsoft.calls) == 1


async def test_half_a_character_is_no_place_and_teams_is_not_asked(bot: Bot, microsoft: Microsoft, ref: TeamsRef) -> None:
    with pytest.raises(CannotDeliver) as why:
        await bot.gateway.member(ref, "29:\ud800")

    assert why.value.permanent
    assert microsoft.calls == []


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [("7", 7, 7), ("999999", 3600, 3600), (formatdate(time.time() + 600, usegmt=True), 1, 600), (formatdate(0, usegmt=True), 0, 0)],
    ids=["seconds", "far-too-long", "date", "past"],
)
async def test_a_pause_that_is_asked_for_is_kept(
    bot: Bot, microsoft: Microsoft, ref: TeamsRef, said: str, least: float, most: float
) -> None:
    microsoft.answers = [(429, {}, {"Retry-After": said})]

    with pytest.raises(CannotDeliver) as why:
        await bot.gateway.send(ref, CARD)

    assert why.value.after is not None
    assert least <= why.value.after <= most


@pytest.mark.parametrize("said", ["soon", "-1", "nan", "", "٣"])
async def test_a_pause_that_says_nothing_is_none(bot: Bot, microsoft: Microsoft, ref: TeamsRef, said: str) -> None:
    microsoft.answers = [(429, {}, {"Retry-After": said.encode("ascii", "replace").decode()})]

    with pytest.raises(CannotDeliver) as why:
        await bot.gateway.send(ref, CARD)

    assert why.value.after is None


async def test_teams_that_is_away_passes(bot: Bot) -> None:
    with pytest.raises(CannotDeliver, match="Teams was not reached") as why:
        await bot.gateway.send(TeamsRef(TENANT, "http://127.0.0.1:9/", "a:chat"), CARD)

    assert not why.value.permanent


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.example/",
        "http://smba.trafficmanager.net/amer/",
        "https://evil.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://smba.trafficmanager.net:8443/",
        "//x",
        "http://[::1",
        "",
    ],
)
async def test_nothing_goes_where_nobody_has_vouched_for(bot: Bot, microsoft: Microsoft, url: str) -> None:
    with pytest.raises(CannotDeliver, match="has not vouched for") as why:
        await bot.gateway.send(TeamsRef(TENANT, url, "a:chat"), CARD)

    assert why.value.permanent
    assert microsoft.tokens == 0


# ── tokens ──


async def test_one_token_serves_many_messages(bot: Bot, ref: TeamsRef, microsoft: Microsoft) -> None:
    microsoft.slow_tokens = 0.2
    await asyncio.gather(*(bot.gateway.send(ref, CARD) for _ in range(16)))
    await bot.gateway.send(ref, CARD)

    assert microsoft.tokens == 1
    assert {call[3] for call in microsoft.calls} == {"Bearer token-1"}


async def test_a_slow_token_delays_nobody_else(bot: Bot, ref: TeamsRef, microsoft: Microsoft) -> None:
    microsoft.slow_tokens = 3.0
    sending = asyncio.create_task(bot.gateway.send(ref, CARD))
    await asyncio.sleep(0.1)

    assert await bot.alive() < 1
    assert (await bot.post(microsoft.activity()))[0] == 200
    assert not sending.done()
    assert await sending == "m-1"


async def test_the_kits_own_token_delays_nobody_either(microsoft: Microsoft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over TLS it is asked for by botbuilder's credentials: one look at the issuer, one token, none of it on the loop."""
    tls, file = certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(file))
    microsoft.slow_tokens = 3.0
    async with at_loopback(microsoft.app(), tls) as login:
        cloud = microsoft.cloud()
        there = Cloud(
            "",
            f"{login}/login",
            *(getattr(cloud, name) for name in ("oauth_scope", "token_issuer", "metadata_url", "emulator_metadata_url")),
        )
        async with serving(microsoft, Keys(APP, "secret", allowed_tenants=frozenset({TENANT}), cloud=there)) as bot:
            ref = TeamsRef(TENANT, microsoft.service_url, "a:chat")
            sending = [asyncio.create_task(bot.gateway.send(ref, CARD)) for _ in range(4)]
            await asyncio.sleep(1.0)

            assert await bot.alive() < 1
            assert not any(one.done() for one in sending)
            await asyncio.gather(*sending)

    assert microsoft.tokens == 1
    assert {call[3] for call in microsoft.calls} == {"Bearer token-1"}


async def test_a_token_is_renewed_beside_the_work(bot: Bot, ref: TeamsRef, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch) -> None:
    await bot.gateway.send(ref, CARD)
    monkeypatch.setattr(tokens, "RENEWED", 0.0)
    microsoft.slow_tokens = 1.0
    began = time.perf_counter()

    await bot.gateway.send(ref, CARD)

    assert time.perf_counter() - began < 0.9
    await asyncio.sleep(1.5)
    assert microsoft.tokens == 2


async def test_a_token_that_is_not_taken_is_asked_for_anew(
    bot: Bot, ref: TeamsRef, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.gateway.send(ref, CARD)
    monkeypatch.setattr(tokens, "LOCKED_OUT_FOR", 0.0)
    microsoft.answers = [(401, {}, {})]

    await bot.gateway.send(ref, CARD)

    assert [call[3] for call in microsoft.calls] == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]


async def test_new_tokens_that_are_not_taken_lock_us_out_for_a_while(bot: Bot, ref: TeamsRef, microsoft: Microsoft) -> None:
    microsoft.answers = [(401, {}, {}), (401, {}, {})]

    for _ in range(2):
        with pytest.raises(CannotDeliver, match="Teams said 401") as why:
            await bot.gateway.send(ref, CARD)
        assert not why.value.permanent
        assert why.value.after == 60

    assert microsoft.tokens == 1


async def test_no_token_locks_us_out_for_a_while_and_stands_in_the_log(
    bot: Bot, ref: TeamsRef, microsoft: Microsoft, caplog: pytest.LogCaptureFixture
) -> None:
    microsoft.no_token = "invalid_client"

    with pytest.raises(CannotDeliver, match="no token was given") as why:
        await bot.gateway.send(ref, CARD)

    assert (why.value.permanent, why.value.after) == (False, 60)
    assert "Microsoft gives no token: see TEAMS_APP_ID" in caplog.text
    assert "secret" not in caplog.text.replace("client_secret", "")
    with pytest.raises(CannotDeliver):
        await bot.gateway.introduce()
    assert "cannot be written to yet" in caplog.text

    assert (bot.gateway.standing.word, bot.gateway.standing.usable) == ("locked out", False)

    microsoft.no_token = ""
    await bot.gateway.introduce()
    assert (microsoft.tokens, microsoft.lookups) == (3, 1)
    assert await bot.gateway.send(ref, CARD) == "m-1"


async def test_microsoft_may_be_away(microsoft: Microsoft, caplog: pytest.LogCaptureFixture) -> None:
    away = Cloud("", "http://127.0.0.1:9/login", "s", "i", "http://127.0.0.1:9/openid", "")
    async with serving(microsoft, Keys(APP, "secret", cloud=away)) as bot:
        with pytest.raises(CannotDeliver):
            await bot.gateway.introduce()
        with pytest.raises(CannotDeliver, match="was not reached") as why:
            await bot.gateway.send(TeamsRef(TENANT, microsoft.service_url, "a:chat"), CARD)

    assert not why.value.permanent
    assert "Teams cannot be heard yet" in caplog.text
    assert "Teams cannot be written to yet" in caplog.text
