"""What Slack vouches for: the confirmed e-mail of a full member of our workspace. Not here: whose e-mail it is.

Source: docs.slack.dev/reference/objects/user-object. `is_stranger` is false for people of other workspaces who share a channel with us.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.draw import Json
from adapters.slack.memory import forget_some
from adapters.slack.people import Sender
from handlers.ports import CannotDeliver

REMEMBERED = 300.0  # seconds that Slack is not asked again: who writes to us in vain often writes again
NEVER = ("is_bot", "deleted", "is_restricted", "is_ultra_restricted", "is_stranger")
log = logging.getLogger(__name__)


class Members:
    """Asks `users.info` once for each user; `info` has to send a form, for this method reads no JSON."""

    def __init__(self, info: Callable[..., Awaitable[Any]]) -> None:
        self._info = info
        self._known: dict[Sender, tuple[float, str | None]] = {}

    async def email(self, sender: Sender) -> str | None:
        """Return the e-mail that Slack has confirmed; None for guests, bots, whoever left, people of other workspaces, and in doubt."""
        if not sender.ours:
            return None
        now = asyncio.get_running_loop().time()
        asked, email = self._known.get(sender, (now - REMEMBERED, None))
        if now - asked < REMEMBERED:
            return email
        try:
            answer = await self._info(user=sender.user)
        except (CannotDeliver, SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as why:
            log.warning("Slack did not say who somebody is", extra={"kind": type(why).__name__})
            return None  # and is asked again
        return self._remember(sender, now, confirmed(answer["user"], sender.team))

    def _remember(self, sender: Sender, now: float, email: str | None) -> str | None:
        forget_some(self._known)
        self._known[sender] = (now, email)
        return email


def confirmed(user: Mapping[str, Any], team: str) -> str | None:
    """Return the e-mail of a user object that may name a person of the directory."""
    if any(user.get(flag) for flag in NEVER) or user.get("team_id") != team or not user.get("is_email_confirmed"):
        return None
    profile: Json = user.get("profile") or {}
    return (profile.get("email") or "").strip() or None
