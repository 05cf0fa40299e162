"""How a request's entry in the register counts, whatever was kept of it: with the permission over, the channel is closed. No clock here."""

from dataclasses import replace

from handlers.workflow.channel import Channel, ChannelState
from handlers.workflow.request import Request, Status


def standing(request: Request) -> Channel | None:
    """Return the entry, None where there is none; of what needed no approval it stands by itself."""
    channel = request.channel
    if channel is None or channel.state is ChannelState.closed or not request.stages or request.status is Status.approved:
        return channel
    return replace(channel, state=ChannelState.closed, why="", since=request.ends, asked_at=None)
