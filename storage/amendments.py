"""What changes a request besides its decisions, each change conditional: only the first of two wins. Not here: the decisions."""

from sqlalchemy import Connection, bindparam, select

from handlers.people import PersonId
from handlers.repositories import Amendments
from storage.tables import people

_ALONE = select(people.c.id).where(people.c.id == bindparam("one")).with_for_update(key_share=True)  # others may still refer to the row


class SqlAmendments(Amendments):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self, requester: PersonId) -> None:
        self._connection.execute(_ALONE, {"one": requester})
