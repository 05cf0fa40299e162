"""Every setting: its name in the environment, its default, its meaning. Nothing else reads the environment."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from adapters.slack.keys import SLACK, Keys
from adapters.teams.keys import Keys as TeamsKeys
from bot import many
from bot.teams_settings import TeamsSettings
from handlers.people import DistrictKey, Platform
from handlers.trouble import Trouble
from storage.database import Database

LOOPBACK = "127.0.0.1"
PORTS = range(1, 65_536)
_HOST = re.compile(r"[A-Za-z0-9.:_-]+")


class BadSettings(Trouble):
    """Every fault of the settings at once, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        """Join the sentences, one a line."""
        super().__init__("\n".join(faults))


@dataclass(frozen=True, slots=True)
class Served:
    """What a running bot serves, and where; at least one of Slack and Teams."""

    host: str
    port: int
    district: DistrictKey
    slack: Keys | None = None
    tech_channel: str = ""
    teams: TeamsKeys | None = None
    secret_keys: tuple[str, ...] = field(default=(), repr=False)  # newest first
    public_url: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment sets, as it is written there; the names and defaults are those of the README's table."""

    database_url: str = "sqlite:///hallpass.db"
    host_as_written: str = LOOPBACK
    port_as_written: str = "3000"
    district: str | None = None
    secret_keys: tuple[str, ...] = ()
    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    slack_api_base_url: str = SLACK
    slack_tech_channel: str = ""
    teams: TeamsSettings = field(default_factory=TeamsSettings)
    slack_client_id: str = ""
    slack_client_secret: str = ""
    public_url: str = ""

    @classmethod
    def read(cls, env: Mapping[str, str]) -> "Settings":
        """Return the settings; one that is wrong stops only what uses it."""
        own = cls()
        return cls(
            database_url=env.get("DATABASE_URL", "").strip() or own.database_url,
            host_as_written=env.get("HOST", "").strip() or own.host_as_written,
            port_as_written=env.get("PORT", "").strip() or own.port_as_written,
            district=env.get("HALLPASS_DISTRICT", "").strip() or None,
            secret_keys=tuple(key for key in map(str.strip, env.get("HALLPASS_SECRET_KEY", "").split(",")) if key),
            slack_bot_token=env.get("SLACK_BOT_TOKEN", "").strip(),
            slack_signing_secret=env.get("SLACK_SIGNING_SECRET", "").strip(),
            slack_app_token=env.get("SLACK_APP_TOKEN", "").strip(),
            slack_tech_channel=env.get("SLACK_TECH_CHANNEL", "").strip(),
            slack_api_base_url=env.get("SLACK_API_BASE_URL", "").strip() or own.slack_api_base_url,
            teams=TeamsSettings.read(env),
            slack_client_id=env.get("SLACK_CLIENT_ID", "").strip(),
            slack_client_secret=env.get("SLACK_CLIENT_SECRET", "").strip(),
            public_url=env.get("HALLPASS_URL", "").strip().rstrip("/"),
        )

    @property
    def database(self) -> Database:
        """The database, with the secrets that seal what is kept in it."""
        return Database(self.database_url, self.secret_keys)

    @property
    def has_platform(self) -> bool:
        """Whether anything of a chat platform is set."""
        return bool(self.platforms)

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """The chat platforms of which anything is set."""
        return (*((Platform.slack,) if self._has_slack else ()), *((Platform.teams,) if self.teams.is_set else ()))

    @property
    def _has_slack(self) -> bool:
        return bool(self.slack_bot_token or self.slack_signing_secret or self.slack_app_token or self.wants_many)

    @property
    def wants_many(self) -> bool:
        """Whether many Slack workspaces are to be served."""
        return bool(self.slack_client_id or self.slack_client_secret)

    def listens(self) -> tuple[str, int]:
        """Return the host and the port. Raises BadSettings with every fault at once."""
        faults = [*_host_faults(self.host_as_written), *_port_faults(self.port_as_written)]
        if faults:
            raise BadSettings(faults)
        return self.host_as_written, int(self.port_as_written)

    def serves(self) -> Served:
        """Return what `serve` needs. Raises BadSettings with every fault at once."""
        faults = [*_host_faults(self.host_as_written), *_port_faults(self.port_as_written), *self._missing()]
        faults += self.teams.faults(self.host_as_written)
        if faults:
            raise BadSettings(faults)
        slack = Keys(
            self.slack_bot_token,
            self.slack_signing_secret,
            self.slack_app_token,
            _folder(self.slack_api_base_url),
            self.slack_client_id,
            self.slack_client_secret,
            self.public_url,
        )
        return Served(
            self.host_as_written,
            int(self.port_as_written),
            DistrictKey(self.district or ""),
            slack if self._has_slack else None,
            self.slack_tech_channel,
            self.teams.keys() if self.teams.is_set else None,
            self.secret_keys,
            self.public_url,
        )

    def _missing(self) -> Iterator[str]:
        if not self.district:
            yield "HALLPASS_DISTRICT is not set: set it to the pack this installation serves; `hallpass policy list` shows every one."
        if not self.secret_keys:
            yield "HALLPASS_SECRET_KEY is not set: set it to a long random text; it protects students' names."
        if not self.has_platform:
            yield (
                "No platform is set up: set SLACK_BOT_TOKEN, with SLACK_SIGNING_SECRET, or with SLACK_APP_TOKEN for Socket Mode; "
                "or TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID for Teams."
            )
        yield from many.faults(self) if self.wants_many else self._missing_of_one()
        if self.public_url and not self.wants_many:
            yield from many.url_faults(self.public_url)

    def _missing_of_one(self) -> Iterator[str]:
        """Tell what one Slack workspace still needs, where it is set up at all."""
        if self.slack_bot_token.startswith("xapp-") or self.slack_app_token.startswith("xoxb-"):
            yield "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: a bot token begins with xoxb-, an app-level token with xapp-."
        elif self._has_slack and not self.slack_bot_token:
            yield "SLACK_BOT_TOKEN is not set: set it to the bot token of the Slack app."
        elif self.slack_bot_token and not self.slack_signing_secret and not self.slack_app_token:
            yield "SLACK_BOT_TOKEN is set, but neither SLACK_SIGNING_SECRET (signed HTTP) nor SLACK_APP_TOKEN (Socket Mode)."


def _folder(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


def _host_faults(host: str) -> list[str]:
    good = _HOST.fullmatch(host)
    return [] if good else [f"HOST is {host[:60]!r}: set it to an address such as 0.0.0.0, or leave it out for {LOOPBACK}."]


def _port_faults(port: str) -> list[str]:
    return [] if is_port(port) else [f"PORT is {port[:60]!r}: set it to a number from 1 to 65535, or leave it out for 3000."]


def is_port(text: str) -> bool:
    """Say whether the text is a port's number."""
    return text.isascii() and text.isdigit() and len(text) <= len(str(PORTS[-1])) and int(text) in PORTS
