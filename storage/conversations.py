"""Where a platform lets us write to somebody, in the platform's own words. Not here: what those words mean."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from handlers.people import Address, Platform
from handlers.reaching import Conversations
from storage.delivery_tables import conversations
from storage.upsert import last_wins

_KEY = ("platform", "tenant", "user")
_KEEP = last_wins(conversations, *_KEY)
_READER = [conversations.c[name] == bindparam(f"of_{name}") for name in _KEY]
_OF = select(conversations.c.reference).where(*_READER)
_NEWEST = select(conversations.c.reference).where(*_READER[:2]).order_by(conversations.c.at.desc()).limit(1)
_DROP = delete(conversations).where(*_READER)


class SqlConversations(Conversations):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, reader: Address, reference: str, at: datetime) -> None:
        """Keep where to write to this reader, instead of what was known before."""
        row = {"platform": reader.platform.value, "tenant": reader.tenant, "user": reader.user, "reference": reference, "at": at}
        self._connection.execute(_KEEP[self._connection.dialect.name], row)

    def of(self, reader: Address) -> str | None:
        return self._connection.execute(_OF, _asked(reader)).scalar_one_or_none()

    def newest(self, platform: Platform, tenant: str) -> str | None:
        """Return the newest reference of a tenant: where its people are reached in general."""
        return self._connection.execute(_NEWEST, {"of_platform": platform.value, "of_tenant": tenant}).scalar_one_or_none()

    def drop(self, reader: Address) -> None:
        self._connection.execute(_DROP, _asked(reader))


def _asked(reader: Address) -> dict[str, str]:
    return {"of_platform": reader.platform.value, "of_tenant": reader.tenant, "of_user": reader.user}
