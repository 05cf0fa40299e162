"""Where words of ours may be sent: Microsoft's own addresses, and those that came in under Microsoft's signature. Not here: sending.

Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages (service URLs of the clouds).
"""

from yarl import URL

MICROSOFT = frozenset(  # whole names: of traffic manager's and Azure's, anybody can have one
    {
        "smba.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
        "smba.infra.dod.teams.microsoft.us",
    }
)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
MOST = 1_000  # addresses; Microsoft has a few dozen


def is_loopback(url: str) -> bool:
    """Say whether the address is on this machine."""
    try:
        return URL(url).host in LOOPBACK
    except ValueError:
        return False


class Hosts:
    """Which service URLs are good; `here` on a bench, where Microsoft itself is an address of this machine."""

    def __init__(self, *, here: bool) -> None:
        self._here = here
        self._vouched: set[str] = set()

    def vouch(self, service_url: str) -> None:
        """Note an address that stood in a token whose signature was good."""
        if len(self._vouched) < MOST:
            self._vouched.add(service_url)

    def good(self, service_url: str) -> bool:
        """Say whether words may be sent there."""
        try:
            url = URL(service_url)
        except ValueError:
            return False
        if url.host in LOOPBACK:
            return self._here
        return url.scheme == "https" and (service_url in self._vouched or (url.host in MICROSOFT and url.explicit_port is None))
