"""Whether Slack lets us open Socket Mode's line: the kit only tries again, and nobody would see that nothing comes in."""

import logging

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calling import Caller
from adapters.slack.keys import Keys
from adapters.standing import LockedOut
from handlers.ports import CannotDeliver

log = logging.getLogger(__name__)


class Line(Caller):
    """The calls that the app-level token is for."""

    def __init__(self, keys: Keys, session: aiohttp.ClientSession) -> None:
        super().__init__(AsyncWebClient(keys.app_token, base_url=keys.base_url, session=session, retry_handlers=[]))

    async def introduce(self) -> None:
        """Ask for an address, which nobody uses, so that a wrong token stands in the log and in what is known of Slack."""
        try:
            await self.call("apps.connections.open")
        except LockedOut as why:
            log.error("Slack does not accept SLACK_APP_TOKEN (%s): make an app-level token with connections:write", why)  # noqa: TRY400  # its words say it all
        except CannotDeliver as why:
            log.warning("Socket Mode cannot be opened yet: %s", why)
