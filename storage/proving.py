"""Heads and proofs of the chain, as the port has them. Not here: how a chain is walked (verifying.py) or added to (chain.py)."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from handlers.ids import RequestId
from handlers.kept import Head, Verified
from handlers.people import DistrictKey
from handlers.repositories import Chains
from storage.keyring import Keyring
from storage.seal_tables import links
from storage.tables import record
from storage.verifying import head_of, verified

_NUMBERS = (
    select(links.c.number)
    .join(record, record.c.number == links.c.record)
    .where(record.c.request == bindparam("one"))
    .order_by(links.c.number)
)


class SqlChains(Chains):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection, self._keyring = connection, keyring

    def head(self, district: DistrictKey) -> Head | None:
        return head_of(self._connection, district)

    def verified(self, district: DistrictKey, kept: Sequence[Head] = ()) -> Verified:
        return verified(self._connection, self._keyring, district, kept)

    def numbers(self, request: RequestId) -> tuple[int, ...]:
        return tuple(self._connection.execute(_NUMBERS, {"one": request}).scalars())
