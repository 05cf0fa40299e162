"""The register with every word that people typed sealed on its way in; requests open it with themselves. Not here: its statements."""

from sqlalchemy import Connection

from handlers.workflow.channel import Channel
from storage.channels import SqlChannels
from storage.sealed_values import Turned
from storage.sealing import Sealer


class SealedChannels(SqlChannels):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        super().__init__(connection)
        self._sealer = sealer

    def add(self, channel: Channel) -> bool:
        return super().add(self._shut(channel))

    def change(self, channel: Channel) -> bool:
        return super().change(self._shut(channel))

    def _shut(self, channel: Channel) -> Channel:
        return Turned(self._sealer.of(channel.request).shut).channel(channel)
