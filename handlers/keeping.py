"""What a person can press about a channel of the register. Not here: how a press is spelled, what follows."""

from dataclasses import dataclass

from handlers.ids import ChannelId


@dataclass(frozen=True, slots=True)
class StillUsed:
    """Say that the channel is still used."""

    channel: ChannelId


@dataclass(frozen=True, slots=True)
class NotUsed:
    """Say that the channel is closed."""

    channel: ChannelId


@dataclass(frozen=True, slots=True)
class Moved:
    """Say that the channel is used at another address."""

    channel: ChannelId


@dataclass(frozen=True, slots=True)
class Checked:
    """Say that one has looked at the channel, with a note."""

    channel: ChannelId


Keeping = StillUsed | NotUsed | Moved | Checked  # what keeps the register right
