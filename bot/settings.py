"""Every setting: its name in the environment, its default, its meaning. Nothing else reads the environment."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.trouble import Trouble

LOOPBACK = "127.0.0.1"
PORTS = range(1, 65_536)


class BadSettings(Trouble):
    """Every fault of the settings at once, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        """Join the sentences, one a line."""
        super().__init__("\n".join(faults))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment sets; the names and defaults are those of the README's table."""

    database_url: str = "sqlite:///hallpass.db"
    host: str = LOOPBACK
    port: int = 3000
    district: str | None = None

    @classmethod
    def read(cls, env: Mapping[str, str]) -> "Settings":
        """Return the settings. Raises BadSettings with every fault at once."""
        port = env.get("PORT", "").strip() or str(cls().port)
        faults = _faults(port)
        if faults:
            raise BadSettings(faults)
        return cls(
            database_url=env.get("DATABASE_URL", "").strip() or cls().database_url,
            host=env.get("HOST", "").strip() or cls().host,
            port=int(port),
            district=env.get("HALLPASS_DISTRICT", "").strip() or None,
        )


def _faults(port: str) -> list[str]:
    good = port.isascii() and port.isdigit() and int(port) in PORTS
    return [] if good else [f"PORT is {port!r}: set it to a number from 1 to 65535, or leave it out for 3000."]
