"""The keys this Teams signs with, as PEM and as JWK, and the certificate of its login. Made once a process: keys take time."""

import base64
import functools
import hashlib
import ipaddress
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from tests.loopback.teams.records import Json


class SigningKey:
    """An RS256 key; `endorsements` are the channels that it may speak for (Bot Framework: connector authentication)."""

    def __init__(self, name: str, endorsements: tuple[str, ...] | None) -> None:
        self.private = _rsa(name)
        self.kid = hashlib.sha256(name.encode()).hexdigest()[:27]
        self.endorsements = endorsements

    @property
    def public_pem(self) -> bytes:
        kind = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.private.public_key().public_bytes(serialization.Encoding.PEM, kind)

    def jwk(self) -> Json:
        """The public half, as the key document shows it."""
        numbers = self.private.public_key().public_numbers()
        told: Json = {"kty": "RSA", "use": "sig", "kid": self.kid, "x5t": self.kid, "n": _b64(numbers.n), "e": _b64(numbers.e)}
        return told if self.endorsements is None else {**told, "endorsements": list(self.endorsements)}


@functools.cache
def _rsa(name: str) -> rsa.RSAPrivateKey:
    assert name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _b64(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@functools.cache
def certificate() -> tuple[bytes, bytes]:
    """(certificate, key) as PEM for 127.0.0.1: msal speaks to no login without TLS."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Loopback login")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return made.public_bytes(serialization.Encoding.PEM), private
