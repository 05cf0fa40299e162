"""A small Microsoft on this machine: keys, tokens, a connector that keeps what it is told, and signed activities to send."""

import asyncio
import json
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import aiohttp
import jwt
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

from adapters.teams.activity import Incoming, Json
from adapters.teams.gateway import TeamsGateway
from adapters.teams.keys import Cloud, Keys

APP, TENANT, ISSUER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222", "https://api.botframework.com"
TEACHER = {"id": "29:teacher", "name": "Tess", "aadObjectId": "33333333-3333-4333-8333-333333333333"}
CLOSE = {"Connection": "close"}  # who asks for tokens keeps its line open otherwise, beyond the end of a test
US = {"id": f"28:{APP}", "name": "Hallpass"}


@dataclass
class Microsoft:
    """What the other side does; `answers` are given first, then everything succeeds."""

    url: str = ""
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)
    endorsements: list[str] = field(default_factory=lambda: ["msteams"])
    tokens: int = 0
    lookups: int = 0
    slow_tokens: float = 0.0
    slow_keys: float = 0.0
    no_token: str = ""
    answers: list[tuple[int, Json, dict[str, str]]] = field(default_factory=list)
    calls: list[tuple[str, str, Json, str]] = field(default_factory=list)  # method, raw path, body, authorization

    def __post_init__(self) -> None:
        self.rotate("one")

    def rotate(self, kid: str) -> None:
        """Have one key, a new one."""
        self.keys = {kid: rsa.generate_private_key(public_exponent=65537, key_size=2048)}

    @property
    def service_url(self) -> str:
        return f"{self.url}/amer/"

    def cloud(self) -> Cloud:
        return Cloud("", f"{self.url}/login", ISSUER, ISSUER, f"{self.url}/openid", f"{self.url}/emulator")

    def token(self, *, key: rsa.RSAPrivateKey | None = None, headers: Json | None = None, without: str = "", **claims: Any) -> str:
        """A token as Teams sends it, or not quite."""
        kid, own = next(iter(self.keys.items()))
        now = time.time()
        said = {"iss": ISSUER, "aud": APP, "exp": now + 3600, "nbf": now - 60, "serviceurl": self.service_url} | claims
        said.pop(without, None)
        return jwt.encode(said, key or own, algorithm="RS256", headers={"kid": kid} | (headers or {}))

    def activity(self, **fields: Any) -> Json:
        """A message from a teacher in a personal chat, or something else."""
        return {
            "type": "message",
            "id": "a-1",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": TEACHER,
            "recipient": US,
            "conversation": {"id": "a:chat", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "text": "May I text my players?",
            "locale": "en-US",
            "localTimezone": "America/Chicago",
        } | fields

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/emulator", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_get("/login/v2.0/.well-known/openid-configuration", self._discovery)
        app.router.add_post("/login/oauth2/v2.0/token", self._token)
        app.router.add_route("*", "/amer/{rest:.*}", self._connector)
        return app

    async def _openid(self, request: web.Request) -> web.Response:
        self.lookups += 1
        await asyncio.sleep(self.slow_keys)
        return web.json_response({"jwks_uri": f"{self.url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        keys = [
            json.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": kid, "endorsements": self.endorsements}
            for kid, key in self.keys.items()
        ]
        return web.json_response({"keys": keys})

    async def _discovery(self, request: web.Request) -> web.Response:
        login = f"https://{request.host}/login"
        ends = {name: f"{login}/oauth2/v2.0/{name.split('_')[0]}" for name in ("token_endpoint", "authorization_endpoint")}
        return web.json_response(ends | {"issuer": f"{login}/v2.0"}, headers=CLOSE)

    async def _token(self, request: web.Request) -> web.Response:
        self.tokens += 1
        await asyncio.sleep(self.slow_tokens)
        if self.no_token:
            return web.json_response({"error": self.no_token, "error_description": "…"}, status=401)
        asked = await request.post()
        assert asked["client_id"] == APP
        assert asked["scope"] == f"{ISSUER}/.default"
        return web.json_response({"token_type": "Bearer", "expires_in": 3599, "access_token": f"token-{self.tokens}"}, headers=CLOSE)

    async def _connector(self, request: web.Request) -> web.Response:
        body = await request.json() if request.can_read_body else {}
        self.calls.append((request.method, request.raw_path.partition("/v3/")[2], body, request.headers.get("Authorization", "")))
        status, said, headers = self.answers.pop(0) if self.answers else (201, {"id": f"m-{len(self.calls)}"}, {})
        return web.json_response(said, status=status, headers=headers)


@dataclass
class Bot:
    """A gateway on a real server, and what reached us through it."""

    url: str
    gateway: TeamsGateway
    session: aiohttp.ClientSession
    microsoft: Microsoft
    came: list[Incoming] = field(default_factory=list)
    answer: Json | Exception | None = None

    async def take(self, incoming: Incoming) -> Json | None:
        self.came.append(incoming)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def post(self, activity: Any, authorization: str | None = None) -> tuple[int, str]:
        """Send an activity as Teams does; return what came back."""
        header = f"Bearer {self.microsoft.token()}" if authorization is None else authorization
        headers = {"Content-Type": "application/json"} | ({"Authorization": header} if header else {})
        data = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        async with self.session.post(f"{self.url}/api/messages", data=data, headers=headers) as answer:
            return answer.status, await answer.text()

    async def alive(self) -> float:
        """Return the seconds that somebody waits who wants nothing of Microsoft's."""
        began = time.perf_counter()
        async with self.session.get(f"{self.url}/healthz") as answer:
            assert answer.status == 200
        return time.perf_counter() - began


@asynccontextmanager
async def at_loopback(app: web.Application, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """The application on a port of this machine."""
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        yield f"http{'s' if tls else ''}://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def serving(microsoft: Microsoft, keys: Keys) -> AsyncIterator[Bot]:
    """A bot for that Microsoft."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        bot = Bot("", None, session, microsoft)  # type: ignore[arg-type]  # the gateway is next
        bot.gateway = TeamsGateway(keys, session, bot.take)
        app = web.Application()
        app.router.add_post("/api/messages", bot.gateway.handle_http)
        app.router.add_get("/healthz", _lives)
        async with at_loopback(app) as bot.url:
            yield bot


async def _lives(request: web.Request) -> web.Response:
    return web.Response()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for this machine that whoever reads the file believes in."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context, file
