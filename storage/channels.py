"""The register of channels: kept, changed in editions, found by district. Not here: the requests that opened them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from handlers.ids import ChannelId, RequestId
from handlers.people import DistrictKey, PersonId
from handlers.repositories import Channels
from handlers.workflow.channel import Channel, ChannelState
from storage.register_tables import channels
from storage.upsert import first_wins

_ADD = first_wins(channels, "request")
_CHANGE = update(channels).where(channels.c.id == bindparam("one"), channels.c.edition == bindparam("was")).returning(channels.c.id)
_REQUEST = select(channels.c.request).where(channels.c.id == bindparam("one"))
_OF_DISTRICT = select(channels.c.request).where(channels.c.district == bindparam("one")).order_by(channels.c.opened_at, channels.c.id)
_OF_REQUESTS = select(channels).where(channels.c.request.in_(bindparam("requests", expanding=True)))


class SqlChannels(Channels):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, channel: Channel) -> bool:
        return self._connection.execute(_ADD[self._connection.dialect.name], _columns(channel)).one_or_none() is not None

    def change(self, channel: Channel) -> bool:
        changed = {name: value for name, value in _columns(channel).items() if name not in {"id", "district", "request", "edition"}}
        moved = {"one": channel.id, "was": channel.edition, "edition": channel.edition + 1, **changed}
        return self._connection.execute(_CHANGE, moved).one_or_none() is not None

    def request_of(self, channel: ChannelId) -> RequestId | None:
        found = self._connection.execute(_REQUEST, {"one": channel}).scalar()
        return RequestId(found) if found is not None else None

    def of_district(self, district: DistrictKey) -> tuple[RequestId, ...]:
        return tuple(RequestId(row.request) for row in self._connection.execute(_OF_DISTRICT, {"one": district}))


def entries(connection: Connection, requests: Sequence[RequestId]) -> Mapping[RequestId, Channel]:
    """Return the entries of these requests."""
    rows = connection.execute(_OF_REQUESTS, {"requests": requests}) if requests else ()
    return {RequestId(row.request): _channel(row) for row in rows}


def _channel(row: Row[Any]) -> Channel:
    known = {field.name: getattr(row, field.name) for field in fields(Channel)}
    checked_by = PersonId(row.checked_by) if row.checked_by else None
    return Channel(**known | {"state": ChannelState(row.state), "checked_by": checked_by})


def _columns(channel: Channel) -> dict[str, Any]:
    return {field.name: getattr(channel, field.name) for field in fields(channel)} | {"state": channel.state.value}
