"""Slack's agent view, which not every plan has: suggested prompts, a status, a thread's title. Never the only way to anything.

Source: docs.slack.dev/ai/migrating-to-agent-messaging, docs.slack.dev/reference/methods/assistant.threads.setStatus.
"""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.calling import Caller
from adapters.slack.draw import shortened
from adapters.slack.place import Place
from handlers.ports import CannotDeliver

log = logging.getLogger(__name__)

PROMPTS, STATUS, TITLE, START = (
    "assistant.threads.setSuggestedPrompts",
    "assistant.threads.setStatus",
    "assistant.threads.setTitle",
    "chat.startStream",
)
MOST_PROMPTS = 4
LONGEST_TITLE = 100  # characters; Slack names no limit, and shows fewer
A_WHILE = 3600.0  # seconds until a workspace is asked again for what it does not have: a plan may change
A_MOMENT = 0.4  # seconds that an answer may take before a status is worth showing
READING = "is reading the policy…"
# Slack's word about one place or one call; any other lasting refusal is about the plan, the settings or the scopes.
OF_THE_PLACE = frozenset(
    {"channel_not_found", "invalid_thread_ts", "is_archived", "message_not_found", "not_in_channel", "thread_not_found"}
)


class Agent:
    """What one workspace has of it, learnt by trying: never on an answer's way, so that nobody waits where it is missing."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._without: dict[str, float] = {}  # by method: until when it is not tried
        self._there = False

    @property
    def may_stream(self) -> bool:
        """Whether the view was seen here, and streaming was not refused."""
        return self._there and not self._lacks(START)

    async def suggest(self, channel: str, prompts: Iterable[tuple[str, str]]) -> None:
        """Offer prompts, each a title and what it says, at the top of somebody's direct messages."""
        offered = [{"title": title, "message": message} for title, message in prompts][:MOST_PROMPTS]
        if await self._perhaps(PROMPTS, channel_id=channel, prompts=offered):
            self._there = True

    async def entitle(self, place: Place, title: str) -> None:
        """Name a conversation that has just begun, in the person's own list of them."""
        if place.is_direct and place.thread and not place.live:
            named = shortened(title, LONGEST_TITLE)
            if await self._perhaps(TITLE, channel_id=place.channel, thread_ts=place.thread, title=named):
                self._there = True

    async def while_reading(self, answering: asyncio.Future[Any], place: Place) -> None:
        """Show that we are still at it; Slack takes the status away when the answer comes."""
        if answering.done() or not place.thread or place.private:
            return
        where = {"channel_id": place.channel, "thread_ts": place.thread}
        if await self._perhaps(STATUS, **where, status=READING) and answering.done():  # the answer may have come before it
            await self._perhaps(STATUS, **where, status="")

    def lack(self, method: str, why: CannotDeliver) -> None:
        """Note that the workspace does not have it, for a while; or not now, where Slack asks for a pause."""
        lasting = why.permanent and not any(word in str(why) for word in OF_THE_PLACE)
        if lasting:
            log.info("not in this workspace: %s (%s)", method, why)
        pause = A_WHILE if lasting else why.after or 0.0
        self._without[method] = asyncio.get_running_loop().time() + pause

    def _lacks(self, method: str) -> bool:
        return asyncio.get_running_loop().time() < self._without.get(method, 0.0)

    async def _perhaps(self, method: str, **arguments: Any) -> AsyncSlackResponse | None:  # noqa: ANN401  # Slack's own arguments
        """Call once, and go on without where it fails: nothing hangs on it."""
        if not self._lacks(method):
            try:
                return await self._caller.call(method, **arguments)
            except CannotDeliver as why:
                self.lack(method, why)
        return None
