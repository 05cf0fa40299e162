"""The settings of Teams: their names in the environment, what is missing among them, and the keys they make. Not here: any other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from adapters.teams.keys import GOVERNMENT, MANAGED_IDENTITY, MULTI_TENANT, SINGLE_TENANT, Cloud, Keys

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
TYPES = {one.casefold(): one for one in (MULTI_TENANT, SINGLE_TENANT, MANAGED_IDENTITY)}
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})
ADDRESSES = (
    "TO_CHANNEL_FROM_BOT_LOGIN_URL",
    "TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL",
    "TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL",
)
CLOUD = (
    "CHANNEL_SERVICE",
    "TO_CHANNEL_FROM_BOT_LOGIN_URL",
    "TO_CHANNEL_FROM_BOT_OAUTH_SCOPE",
    "TO_BOT_FROM_CHANNEL_TOKEN_ISSUER",
    "TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL",
    "TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL",
)
OWN = ("TEAMS_APP_ID", "TEAMS_APP_PASSWORD", "TEAMS_APP_TYPE", "TEAMS_TENANT_ID", "TEAMS_ALLOWED_TENANTS", "TEAMS_ANONYMOUS")


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """What the environment sets of Teams, as it is written there."""

    written: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, env: Mapping[str, str]) -> "TeamsSettings":
        """Return the settings; blanks are as good as nothing."""
        return cls({name: said for name in (*OWN, *CLOUD) if (said := env.get(name, "").strip())})

    @property
    def is_set(self) -> bool:
        """Whether anything of a registration is."""
        return any(name in self.written for name in OWN[:3])

    def keys(self) -> Keys:
        """Return the keys; only where there are no faults."""
        tenant = self._of("TEAMS_TENANT_ID")
        allowed = (self._of("TEAMS_ALLOWED_TENANTS") or tenant).split(",")
        return Keys(
            self._of("TEAMS_APP_ID"),
            self._of("TEAMS_APP_PASSWORD"),
            self._type() or "",
            tenant,
            frozenset(one for one in (each.strip().casefold() for each in allowed) if one),
            self._of("TEAMS_ANONYMOUS").casefold() in YES,
            Cloud(*map(self._of, CLOUD)),
        )

    def faults(self, host: str) -> Iterator[str]:
        """Every fault, a sentence each with what to do; `host` is where we listen."""
        anonymous = self._of("TEAMS_ANONYMOUS")
        if anonymous.casefold() not in YES | NO:
            yield f"TEAMS_ANONYMOUS is {anonymous[:60]!r}: set it to 1 for development on this machine, or leave it out."
        if self.is_set or anonymous.casefold() in YES:
            yield from self._unregistered()
            yield from self._unfit()
        if anonymous.casefold() in YES and host not in LOOPBACK:
            yield f"TEAMS_ANONYMOUS is set, and HOST is {host[:60]!r}: without token checks only 127.0.0.1 may be served."

    def _unregistered(self) -> Iterator[str]:
        """What the registration misses."""
        kind = self._type()
        if not self._of("TEAMS_APP_ID"):
            yield "TEAMS_APP_ID is not set: set it to the Microsoft App ID of the Azure Bot."
        if kind is None:
            yield f"TEAMS_APP_TYPE is {self._of('TEAMS_APP_TYPE')[:60]!r}: set it to {', '.join(TYPES.values())}, as the Azure Bot says."
        if kind in (SINGLE_TENANT, MANAGED_IDENTITY) and not self._of("TEAMS_TENANT_ID"):
            yield f"TEAMS_APP_TYPE is {kind}, but TEAMS_TENANT_ID is not set: set it to the directory (tenant) ID of the Azure Bot."
        if kind != MANAGED_IDENTITY and not self._of("TEAMS_APP_PASSWORD") and self._of("TEAMS_ANONYMOUS").casefold() not in YES:
            yield "TEAMS_APP_PASSWORD is not set: set it to a client secret of the Azure Bot's app registration."

    def _unfit(self) -> Iterator[str]:
        """What would let the wrong people in, or our secret out."""
        if not (self._of("TEAMS_ALLOWED_TENANTS") or self._of("TEAMS_TENANT_ID")).strip(", "):
            yield (
                "Neither TEAMS_TENANT_ID nor TEAMS_ALLOWED_TENANTS is set: set one to the district's tenant ID, "
                "for only people of such tenants are heard."
            )
        if (service := self._of("CHANNEL_SERVICE")) not in ("", GOVERNMENT):
            yield f"CHANNEL_SERVICE is {service[:60]!r}: set it to {GOVERNMENT} for a government cloud, or leave it out."
        for name in ADDRESSES:
            if self._of(name) and not _private(self._of(name)):
                yield f"{name} is {self._of(name)[:60]!r}: set it to an address that begins with https://."

    def _type(self) -> str | None:
        """Said, or what the rest amounts to; None for what nobody knows. New bots are never multi-tenant."""
        said = self._of("TEAMS_APP_TYPE")
        return TYPES.get(said.casefold()) if said else SINGLE_TENANT if self._of("TEAMS_TENANT_ID") else MULTI_TENANT

    def _of(self, name: str) -> str:
        return self.written.get(name, "")


def _private(url: str) -> bool:
    """Over TLS, or within this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
