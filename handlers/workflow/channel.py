"""A channel in the register: what it is, whose, how it stands, and what may become of it. Not here: when somebody is asked."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from handlers.ids import ChannelId, RequestId
from handlers.people import DistrictKey, PersonId

CLOSING = "register-close"  # the key of the duty to close a channel that nobody confirmed


class ChannelState(StrEnum):
    """Whether a channel may be used, as far as the register knows."""

    live = "live"
    unconfirmed = "unconfirmed"
    closed = "closed"


@dataclass(frozen=True, slots=True)
class Channel:
    """One entry of the register: a page, number or account that an approval opened, or to which access was asked for and given.

    `why` says why it is unconfirmed or closed, since `since`; `asked_at` since when its owner has been asked whether it is still used.
    `edition` counts its changes: of two at once the first wins.
    """

    id: ChannelId
    district: DistrictKey
    request: RequestId
    owner: PersonId
    platform: str
    purpose: str
    address: str
    administrators: str
    opened_at: datetime
    state: ChannelState = ChannelState.live
    why: str = ""
    since: datetime | None = None
    confirmed_at: datetime | None = None
    asked_at: datetime | None = None
    checked_at: datetime | None = None
    checked_by: PersonId | None = None
    note: str = ""
    edition: int = 0

    @property
    def confirmed(self) -> datetime:
        """When somebody last stood for it: at the approval, if never since."""
        return self.confirmed_at or self.opened_at


def confirmed(channel: Channel, now: datetime, address: str = "") -> Channel:
    """Return the channel as one that is used, at another address where one is given."""
    live = replace(channel, state=ChannelState.live, why="", since=now, confirmed_at=now, asked_at=None)
    return replace(live, address=address) if address else live


def doubted(channel: Channel, why: str, now: datetime) -> Channel:
    """Return the channel as one of which nobody knows whether it is right."""
    return replace(channel, state=ChannelState.unconfirmed, why=why, since=now)


def closed(channel: Channel, why: str, now: datetime) -> Channel:
    """Return the channel as one that is no more."""
    return replace(channel, state=ChannelState.closed, why=why, since=now, asked_at=None)


def checked(channel: Channel, by: PersonId, note: str, administrators: str, now: datetime) -> Channel:
    """Return the channel after somebody looked at it; who has administrator access stays as it was where nothing is said."""
    return replace(channel, checked_at=now, checked_by=by, note=note, administrators=administrators or channel.administrators)
