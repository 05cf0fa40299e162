"""What lets us into Teams. Apart from the gateway, so that reading settings loads none of Microsoft's kit."""

from dataclasses import dataclass, field

MULTI_TENANT, SINGLE_TENANT, MANAGED_IDENTITY = "MultiTenant", "SingleTenant", "UserAssignedMSI"  # as botbuilder spells them
GOVERNMENT = "https://botframework.azure.us"  # the one CHANNEL_SERVICE that botbuilder knows


@dataclass(frozen=True, slots=True)
class Cloud:
    """Which of Microsoft's clouds it is; what is empty is botbuilder's own."""

    channel_service: str = ""
    login_url: str = ""
    oauth_scope: str = ""
    token_issuer: str = ""
    metadata_url: str = ""
    emulator_metadata_url: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """A bot's registration, and the tenants whose people may talk to it; `anonymous` asks for no token, on this machine only."""

    app_id: str
    password: str = field(default="", repr=False)
    app_type: str = MULTI_TENANT
    tenant: str = ""
    allowed_tenants: frozenset[str] = frozenset()
    anonymous: bool = False
    cloud: Cloud = Cloud()
