"""What the rules behind requests said when they were sent, once for each version of a pack. Not here: comparing them with today's."""

from collections.abc import Sequence
from dataclasses import astuple

from sqlalchemy import Connection, bindparam, select

from handlers.kept import Ground
from handlers.repositories import Grounds
from handlers.workflow.request import Request
from storage.tables import grounds
from storage.upsert import first_wins

_KEY = ("district", "fingerprint", "process")
_KEEP = first_wins(grounds, *_KEY)
_OF = select(grounds.c.rules).where(*(grounds.c[name] == bindparam(f"of_{name}") for name in _KEY))


class SqlGrounds(Grounds):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, request: Request, rules: Sequence[Ground]) -> None:
        """Keep them unless a request of the same version and process has brought them before."""
        row = {name: getattr(request, name) for name in _KEY} | {"rules": [astuple(one) for one in rules]}
        self._connection.execute(_KEEP[self._connection.dialect.name], row)

    def of(self, request: Request) -> tuple[Ground, ...]:
        asked = {f"of_{name}": getattr(request, name) for name in _KEY}
        return tuple(Ground(*one) for one in self._connection.execute(_OF, asked).scalar_one_or_none() or ())
