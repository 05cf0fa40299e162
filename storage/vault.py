"""Secrets at rest: sealed under the newest of the installation's keys, opened under any of them. Not here: where they are kept.

Source: cryptography.io/en/latest/fernet (AES-128-CBC and HMAC-SHA256, with the time of sealing).
"""

from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from handlers.ports import Vault

PURPOSE = b"hallpass: secrets at rest"  # other uses of the same key derive other keys
BYTES = 32  # a Fernet key
BASE64 = 4  # characters come in groups of so many


class FernetVault(Vault):
    """Over the keys of HALLPASS_SECRET_KEY, newest first. Raises ValueError where there is none."""

    def __init__(self, keys: Sequence[str]) -> None:
        each = [Fernet(_derived(key)) for key in keys]
        self._newest, self._any = MultiFernet(each[:1]), MultiFernet(each)

    def seal(self, text: str) -> str:
        """Encrypt under the newest key; letters, digits, - and _ only."""
        return self._newest.encrypt(text.encode()).decode().rstrip("=")

    def open(self, sealed: str, *, within: int | None = None) -> str | None:
        """Return what was sealed; None for anything that none of the keys sealed, or that is older than so many seconds."""
        return _opened(self._any, sealed, within)

    def is_outdated(self, sealed: str) -> bool:
        """Say whether the newest key does not open it, so that it should be sealed again."""
        return _opened(self._newest, sealed, None) is None


def _opened(fernet: MultiFernet, sealed: str, within: int | None) -> str | None:
    try:
        return fernet.decrypt((sealed + "=" * (-len(sealed) % BASE64)).encode(), ttl=within).decode()
    except InvalidToken:
        return None


def _derived(key: str) -> bytes:
    return urlsafe_b64encode(HKDF(SHA256(), BYTES, salt=None, info=PURPOSE).derive(key.encode()))
