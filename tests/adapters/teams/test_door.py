"""Who gets in: tokens, keys, tenants, addresses. Everything else is told so, and nothing reaches us."""

import asyncio
import base64
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from aiohttp import ClientSession
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from adapters.teams import auth
from adapters.teams.activity import Heard, Json
from adapters.teams.gateway import TeamsGateway
from adapters.teams.keys import Keys
from tests.adapters.teams.microsoft import APP, ISSUER, TENANT, Bot, Microsoft, serving

STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def part(said: bytes | Json) -> str:
    return base64.urlsafe_b64encode(said if isinstance(said, bytes) else json.dumps(said).encode()).rstrip(b"=").decode()


def unsigned(microsoft: Microsoft) -> str:
    return f"{part({'alg': 'none', 'kid': next(iter(microsoft.keys))})}.{microsoft.token().split('.')[1]}."


def symmetric(microsoft: Microsoft) -> str:
    """Signed with the public key as if it were a shared secret."""
    kid, key = next(iter(microsoft.keys.items()))
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    said = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': kid})}.{microsoft.token().split('.')[1]}"
    return f"{said}.{part(hmac.digest(public, said.encode(), 'sha256'))}"


def tampered(microsoft: Microsoft) -> str:
    head, _, signature = microsoft.token().split(".")
    return f"{head}.{part({'iss': ISSUER, 'aud': APP, 'exp': time.time() + 9, 'serviceurl': microsoft.service_url})}.{signature}"


SKILL: Json = {"ver": "1.0", "appid": "55555555-5555-4555-8555-555555555555"}
EMULATOR: Json = {"iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", "ver": "1.0", "appid": APP}

BAD: dict[str, Callable[[Microsoft], str]] = {
    "missing": lambda _: "",
    "no-bearer": lambda m: m.token(),
    "basic": lambda _: "Basic dTpw",
    "empty": lambda _: "Bearer ",
    "garbage": lambda _: "Bearer garbage",
    "garbage-in-three-parts": lambda _: "Bearer a.b.c",
    "two-tokens": lambda m: f"Bearer {m.token()} {m.token()}",
    "expired": lambda m: f"Bearer {m.token(exp=time.time() - 3600)}",
    "not-yet": lambda m: f"Bearer {m.token(nbf=time.time() + 3600)}",
    "no-expiry": lambda m: f"Bearer {m.token(without='exp')}",
    "somebody-elses-key": lambda m: f"Bearer {m.token(key=STRANGER)}",
    "unknown-key": lambda m: f"Bearer {m.token(headers={'kid': 'nobody-knows'})}",
    "no-key": lambda m: f"Bearer {m.token(headers={'kid': ''})}",
    "unsigned": lambda m: f"Bearer {unsigned(m)}",
    "symmetric": lambda m: f"Bearer {symmetric(m)}",
    "tampered": lambda m: f"Bearer {tampered(m)}",
    "for-another-bot": lambda m: f"Bearer {m.token(aud='44444444-4444-4444-8444-444444444444')}",
    "for-nobody": lambda m: f"Bearer {m.token(without='aud')}",
    "another-issuer": lambda m: f"Bearer {m.token(iss='https://login.example/')}",
    "no-issuer": lambda m: f"Bearer {m.token(without='iss')}",
    "another-service-url": lambda m: f"Bearer {m.token(serviceurl='https://smba.trafficmanager.net/amer/')}",
    "no-service-url": lambda m: f"Bearer {m.token(without='serviceurl')}",
    "another-bot-as-a-skill": lambda m: f"Bearer {m.token(**SKILL)}",
    "the-emulator": lambda m: f"Bearer {m.token(**EMULATOR)}",
}


@pytest.mark.parametrize("kind", BAD)
async def test_a_bad_token_is_unauthorized_and_nothing_reaches_us(bot: Bot, microsoft: Microsoft, kind: str) -> None:
    assert await bot.post(microsoft.activity(), BAD[kind](microsoft)) == (401, "")

    assert not bot.came
    assert not microsoft.calls


async def test_the_emulator_is_refused_even_where_its_keys_are_microsofts(microsoft: Microsoft) -> None:
    cloud = replace(microsoft.cloud(), emulator_metadata_url=microsoft.cloud().metadata_url)
    async with serving(microsoft, Keys(APP, "secret", allowed_tenants=frozenset({TENANT}), cloud=cloud)) as bot:
        assert (await bot.post(microsoft.activity(), f"Bearer {microsoft.token(**EMULATOR)}"))[0] == 401
        assert (await bot.post(microsoft.activity()))[0] == 200


async def test_a_good_token_lets_in(bot: Bot, microsoft: Microsoft) -> None:
    assert await bot.post(microsoft.activity()) == (200, "")

    assert [type(one) for one in bot.came] == [Heard]


async def test_a_bad_token_after_a_good_one_is_no_better(bot: Bot, microsoft: Microsoft) -> None:
    """Tokens that were good are remembered: the whole token, not whose it says it is."""
    good = microsoft.token()
    assert (await bot.post(microsoft.activity(), f"Bearer {good}"))[0] == 200

    assert (await bot.post(microsoft.activity(), f"Bearer {good[:-4]}AAAA"))[0] == 401
    assert (await bot.post(microsoft.activity(serviceUrl=f"{microsoft.url}/elsewhere/"), f"Bearer {good}"))[0] == 401
    assert len(bot.came) == 1


async def test_a_remembered_token_ends_with_its_expiry(bot: Bot, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch) -> None:
    good = f"Bearer {microsoft.token(exp=time.time() + 60)}"
    assert (await bot.post(microsoft.activity(), good))[0] == 200

    later = time.time() + 600
    monkeypatch.setattr("adapters.teams.auth.time.time", lambda: later)

    assert (await bot.post(microsoft.activity(), good))[0] == 401


async def test_a_key_that_does_not_speak_for_teams_is_refused(bot: Bot, microsoft: Microsoft) -> None:
    microsoft.endorsements = ["webchat"]

    assert (await bot.post(microsoft.activity()))[0] == 401


async def test_a_key_that_speaks_for_no_channel_is_refused(bot: Bot, microsoft: Microsoft) -> None:
    microsoft.endorsements = []

    assert (await bot.post(microsoft.activity()))[0] == 401


@pytest.mark.parametrize("fields", [{"serviceUrl": ""}, {"channelId": ""}], ids=["service-url", "channel"])
async def test_what_botbuilder_would_not_ask_for_is_asked_for(bot: Bot, microsoft: Microsoft, fields: Json) -> None:
    assert (await bot.post(microsoft.activity(**fields)))[0] == 401
    assert not bot.came


async def test_new_keys_are_believed_at_once(bot: Bot, microsoft: Microsoft) -> None:
    assert (await bot.post(microsoft.activity()))[0] == 200

    microsoft.rotate("two")

    answers = await asyncio.gather(*(bot.post(microsoft.activity()) for _ in range(5)))
    assert [status for status, _ in answers] == [200] * 5
    assert microsoft.lookups == 2


async def test_old_tokens_end_with_their_key(bot: Bot, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "MINUTE", 0.0)
    old = f"Bearer {microsoft.token()}"
    await bot.post(microsoft.activity(), old)
    microsoft.rotate("two")
    await bot.post(microsoft.activity())

    assert (await bot.post(microsoft.activity(), old))[0] == 401


async def test_unknown_keys_make_us_look_once_a_minute_at_most(bot: Bot, microsoft: Microsoft) -> None:
    for _ in range(20):
        await bot.post(microsoft.activity(), f"Bearer {microsoft.token(headers={'kid': 'nobody-knows'})}")

    assert microsoft.lookups == 2  # in the course of things, and for all of these


async def test_keys_of_yesterday_are_renewed_beside_the_work(bot: Bot, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch) -> None:
    await bot.post(microsoft.activity())
    monkeypatch.setattr(auth, "DAY", 0.0)
    monkeypatch.setattr(auth, "MINUTE", 0.0)
    microsoft.slow_keys = 6.0
    began = time.perf_counter()

    assert (await bot.post(microsoft.activity()))[0] == 200

    assert time.perf_counter() - began < 2
    await asyncio.sleep(0.2)
    assert microsoft.lookups == 2


async def test_keys_that_come_slowly_delay_nobody_else(bot: Bot, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "PATIENCE", 2.0)
    microsoft.slow_keys = 6.0
    waiting = asyncio.create_task(bot.post(microsoft.activity()))
    await asyncio.sleep(0.1)

    assert await bot.alive() < 1
    assert not waiting.done()
    assert (await waiting)[0] == 503  # given up: nothing can be believed
    assert not bot.came


async def test_without_keys_nothing_is_believed_and_all_is_well_once_they_are_there(bot: Bot, microsoft: Microsoft) -> None:
    url, microsoft.url = microsoft.url, "http://127.0.0.1:9"  # where the keys are said to be
    token = f"Bearer {microsoft.token(serviceurl=f'{url}/amer/')}"
    activity = microsoft.activity(serviceUrl=f"{url}/amer/")
    assert (await bot.post(activity, token))[0] == 503

    microsoft.url = url

    assert (await bot.post(activity, token))[0] == 200


@pytest.mark.parametrize("data", [{"tenant": {"id": "99999999-9999-4999-8999-999999999999"}}, {"tenant": "x"}, {}, None, [], "x"], ids=repr)
async def test_another_tenant_is_forbidden_and_nothing_reaches_us(bot: Bot, microsoft: Microsoft, data: object) -> None:
    for kind in ("message", "invoke", "installationUpdate"):
        assert await bot.post(microsoft.activity(channelData=data, type=kind, action="add")) == (403, "")

    assert not bot.came
    assert not microsoft.calls


async def test_a_tenants_id_may_be_written_in_capitals(bot: Bot, microsoft: Microsoft) -> None:
    assert (await bot.post(microsoft.activity(channelData={"tenant": {"id": TENANT.upper()}})))[0] == 200
    assert bot.came[0].ref.tenant == bot.came[0].sender.tenant == TENANT


async def test_another_channel_is_forbidden(bot: Bot, microsoft: Microsoft) -> None:
    microsoft.endorsements = ["msteams", "webchat"]

    assert (await bot.post(microsoft.activity(channelId="webchat")))[0] == 403


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"1", b'"x"', b"[" * 100_000, b"\xff"], ids=["empty", "half", "list", "number", "text", "deep", "bytes"]
)
async def test_what_is_no_activity_is_a_bad_request(bot: Bot, body: bytes) -> None:
    assert (await bot.post(body))[0] == 400


async def test_no_app_id_is_no_gateway(microsoft: Microsoft) -> None:
    async with ClientSession() as session:
        with pytest.raises(ValueError, match="would believe everybody"):
            TeamsGateway(Keys("", anonymous=True), session, lambda _: asyncio.sleep(0))


async def test_without_tokens_only_this_machine_is_heard_and_written_to(microsoft: Microsoft) -> None:
    async with serving(microsoft, Keys(APP, anonymous=True, allowed_tenants=frozenset({TENANT}))) as bot:
        assert (await bot.post(microsoft.activity(), ""))[0] == 200
        assert (await bot.post(microsoft.activity(serviceUrl="https://smba.example/"), ""))[0] == 403
        assert (await bot.post(microsoft.activity(channelData={}), ""))[0] == 403

        await bot.gateway.send(bot.came[0].ref, {"text": "Yes."})

    assert len(bot.came) == 1
    assert microsoft.calls[0][3] == ""
    assert microsoft.tokens == 0
