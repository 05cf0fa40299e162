"""Where in Slack somebody is talked to, and how that is written into a modal that comes back. Not here: talking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in Slack somebody is talked to: a channel, the message whose thread it is, and whether others may hear it."""

    channel: str = ""  # none: the person's direct messages
    thread: str = ""
    private: bool = False
    live: bool = False  # somebody has answered in that thread

    @property
    def is_direct(self) -> bool:
        """Whether these are direct messages with us: Slack's ids of such channels begin with a D."""
        return self.channel.startswith("D")

    def __str__(self) -> str:
        """Return how it is written in one text; no part holds a colon."""
        return f"{self.channel}:{self.thread}:{'private' if self.private else ''}:{'live' if self.live else ''}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """Return the place that was written so."""
        channel, thread, private, live = (*text.split(":"), "", "", "", "")[:4]
        return cls(channel, thread, bool(private), bool(live))
