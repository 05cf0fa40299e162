"""A message of ours that may have arrived although nobody told us so, found by the key in its metadata. Not here: sending it again."""

from typing import Any, Protocol

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.calling import LOCKED_OUT_FOR
from adapters.slack.place import Place
from handlers.ports import CannotDeliver

CARD, ANSWER = "hallpass_card", "hallpass_answer"  # what a message's metadata says it is
LOOKED_AT = 50  # messages of a place among which one is looked for


class Looking(Protocol):
    """What reads Slack."""

    async def look(self, method: str, **arguments: Any) -> AsyncSlackResponse: ...  # noqa: ANN401  # Slack's own arguments


async def found(caller: Looking, place: Place, key: str) -> str:
    """Return where the message of that key stands, nothing if it does not. Raises CannotDeliver while Slack is away.

    Where we may not look at all nothing is found, and it is sent again: twice is better than never.
    """
    method, thread = ("conversations.replies", {"ts": place.thread}) if place.thread else ("conversations.history", {})
    try:
        answer = await caller.look(method, channel=place.channel, limit=LOOKED_AT, include_all_metadata=True, **thread)
    except CannotDeliver as why:
        if why.permanent or why.after == LOCKED_OUT_FOR:
            return ""
        raise
    for one in answer["messages"]:
        if one.get("metadata", {}).get("event_payload", {}).get("key") == key:
            return str(Place(place.channel, str(one["ts"])))
    return ""
