"""The header under which an activity comes: the true one, and every kind of false one. Not here: the keys (keys.py)."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Literal, get_args

import jwt

from tests.loopback.teams.keys import SigningKey
from tests.loopback.teams.records import Json

ISSUER = "https://api.botframework.com"
BadToken = Literal[
    "missing",
    "empty",
    "other scheme",
    "garbage",
    "expired",
    "not yet valid",
    "no expiry",
    "wrong signature",
    "wrong audience",
    "wrong issuer",
    "wrong service url",
    "no service url",
    "unknown key",
    "no algorithm",
    "symmetric",
    "wrong endorsement",
    "no endorsements",
]
BAD_TOKENS: tuple[BadToken, ...] = get_args(BadToken)
_GRACE = 300  # seconds by which an expired token is still good (Bot Framework: connector authentication)


class Signer:
    """Signs for one app. `key` is in use; `published` are all whose public half the key document shows."""

    def __init__(self, app_id: str) -> None:
        self.app_id = app_id
        self.key = SigningKey("first", ("msteams",))
        self.other = SigningKey("other channel", ("webchat",))
        self.unendorsed = SigningKey("unendorsed", ())
        self.published = [self.key, self.other, self.unendorsed]
        self._turn = 1

    def rotate(self) -> None:
        """From now on another key signs; the document no longer shows the old one."""
        self._turn += 1
        old, self.key = self.key, SigningKey(f"turn {self._turn}", ("msteams",))
        self.published = [self.key if one is old else one for one in self.published]

    def header(self, service_url: str, bad: BadToken | None = None) -> str | None:
        """The Authorization header; None where there is none at all."""
        if bad in _NO_TOKEN:
            return _NO_TOKEN[bad]
        claims = self._claims(service_url)
        token = _FORGED[bad](self, claims) if bad in _FORGED else self._signed(claims | _CLAIMS.get(bad or "", {}))
        return f"Bearer {token}"

    def _claims(self, service_url: str) -> Json:
        now = int(time.time())
        return {"serviceurl": service_url, "nbf": now, "exp": now + 3600, "iss": ISSUER, "aud": self.app_id}

    def _signed(self, claims: Json, key: SigningKey | None = None, kid: str | None = None) -> str:
        """A claim that is None is left out; a callable is worked out now."""
        told = {name: value() if callable(value) else value for name, value in claims.items() if value is not None}
        one = key or self.key
        return jwt.encode(told, one.private, algorithm="RS256", headers={"kid": kid or one.kid, "x5t": kid or one.kid})

    def _symmetric(self, claims: Json) -> str:
        """HS256 with the public key as the secret; the library itself would not do that."""
        body = b".".join(_part(one) for one in ({"alg": "HS256", "typ": "JWT", "kid": self.key.kid}, claims))
        return (body + b"." + _b64(hmac.new(self.key.public_pem, body, hashlib.sha256).digest())).decode()


def _part(told: Json) -> bytes:
    return _b64(json.dumps(told).encode())


def _b64(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


_NO_TOKEN: dict[BadToken | None, str | None] = {
    "missing": None,
    "empty": "Bearer ",
    "other scheme": "Basic aGFsbHBhc3M6aGFsbHBhc3M=",
    "garbage": "Bearer garbage",
}
_CLAIMS: dict[str, Json] = {
    "expired": {"exp": lambda: int(time.time()) - _GRACE - 60},
    "not yet valid": {"nbf": lambda: int(time.time()) + _GRACE + 60},
    "no expiry": {"exp": None},
    "wrong audience": {"aud": "00000000-0000-4000-8000-0000000000ff"},
    "wrong issuer": {"iss": "https://sts.evil.example/"},
    "wrong service url": {"serviceurl": "https://smba.evil.example/"},
    "no service url": {"serviceurl": None},
}
_FORGED: dict[BadToken | None, Callable[[Signer, Json], str]] = {
    "wrong signature": lambda signer, claims: signer._signed(claims, SigningKey("nobody's", None), signer.key.kid),
    "unknown key": lambda signer, claims: signer._signed(claims, SigningKey("nobody's", None)),
    "no algorithm": lambda signer, claims: jwt.encode(claims, "", algorithm="none", headers={"kid": signer.key.kid}),
    "symmetric": lambda signer, claims: signer._symmetric(claims),
    "wrong endorsement": lambda signer, claims: signer._signed(claims, signer.other),
    "no endorsements": lambda signer, claims: signer._signed(claims, signer.unendorsed),
}
