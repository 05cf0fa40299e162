"""The keys that an installation's secrets stand for: to chain the record, to wrap data keys. Not here: what is chained or wrapped.

Source: RFC 5869 (HKDF); one secret gives independent keys, each for one purpose.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NOBODYS = "no secret was set"  # known to everybody: rehearsals and trials need no setting, and are not protected
BYTES = 32  # AES-256, HMAC-SHA256
NAME = 4  # bytes of a key's name: enough to tell a handful of keys apart, and no help in guessing one


@dataclass(frozen=True, slots=True)
class Key:
    """What one secret stands for; its name is kept beside whatever it made."""

    name: str
    chain: bytes = field(repr=False)
    wrap: bytes = field(repr=False)


class Keyring:
    """Over the secrets of HALLPASS_SECRET_KEY, newest first; over the one that everybody knows where there is none."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        self.is_secret = bool(secrets)
        keys = [_key(secret) for secret in (*secrets, NOBODYS)]
        self.newest = keys[0]
        self._known = {key.name: key for key in keys}
        self._trusted = {key.name: key for key in (keys[:-1] or keys)}

    def get(self, name: str) -> Key | None:
        """Return the key of that name, also the one that everybody knows: what it wrapped should be wrapped anew."""
        return self._known.get(name)

    def trusted(self, name: str) -> Key | None:
        """Return the key of that name if what it made proves something: beside a secret, the key that everybody knows proves nothing."""
        return self._trusted.get(name)


@lru_cache(maxsize=16)
def _key(secret: str) -> Key:
    name = _derived(secret, b"hallpass: name of a key", NAME).hex()
    return Key(name, _derived(secret, b"hallpass: chain of the record"), _derived(secret, b"hallpass: wrapping of data keys"))


def _derived(secret: str, purpose: bytes, length: int = BYTES) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(secret.encode())
