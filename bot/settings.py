"""Every setting: its name in the environment, its default, its meaning. Nothing else reads the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.trouble import Trouble

LOOPBACK = "127.0.0.1"
PORTS = range(1, 65_536)
_HOST = re.compile(r"[A-Za-z0-9.:_-]+")


class BadSettings(Trouble):
    """Every fault of the settings at once, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        """Join the sentences, one a line."""
        super().__init__("\n".join(faults))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment sets, as it is written there; the names and defaults are those of the README's table."""

    database_url: str = "sqlite:///hallpass.db"
    host_as_written: str = LOOPBACK
    port_as_written: str = "3000"
    district: str | None = None

    @classmethod
    def read(cls, env: Mapping[str, str]) -> "Settings":
        """Return the settings; one that is wrong stops only what uses it."""
        own = cls()
        return cls(
            database_url=env.get("DATABASE_URL", "").strip() or own.database_url,
            host_as_written=env.get("HOST", "").strip() or own.host_as_written,
            port_as_written=env.get("PORT", "").strip() or own.port_as_written,
            district=env.get("HALLPASS_DISTRICT", "").strip() or None,
        )

    def listens(self) -> tuple[str, int]:
        """Return the host and the port. Raises BadSettings with every fault at once."""
        faults = [*_host_faults(self.host_as_written), *_port_faults(self.port_as_written)]
        if faults:
            raise BadSettings(faults)
        return self.host_as_written, int(self.port_as_written)


def _host_faults(host: str) -> list[str]:
    good = _HOST.fullmatch(host)
    return [] if good else [f"HOST is {host[:60]!r}: set it to an address such as 0.0.0.0, or leave it out for {LOOPBACK}."]


def _port_faults(port: str) -> list[str]:
    return [] if is_port(port) else [f"PORT is {port[:60]!r}: set it to a number from 1 to 65535, or leave it out for 3000."]


def is_port(text: str) -> bool:
    """Say whether the text is a port's number."""
    return text.isascii() and text.isdigit() and len(text) <= len(str(PORTS[-1])) and int(text) in PORTS
