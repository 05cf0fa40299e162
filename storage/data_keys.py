"""Data keys once they are there: destroyed, wrapped anew. Not here: making or using one (sealing.py)."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from handlers.ids import RequestId
from handlers.repositories import Seals
from handlers.wording.erased import erased
from storage.keyring import Keyring
from storage.seal_tables import request_keys
from storage.sealing import Sealer, unwrapped, wrapped
from storage.tables import answers, feedback, requests

_OF = request_keys.c.about == bindparam("one")
_ERASED = select(request_keys.c.erased_at).where(_OF)
_ERASE = update(request_keys).where(_OF)
_held = request_keys.c.erased_at.is_(None)
_OUTDATED = select(request_keys).where(_held, request_keys.c.key != bindparam("newest")).limit(bindparam("most"))
_REWRAP = update(request_keys).where(_OF, request_keys.c.wrapped == bindparam("before"))
_NAMES = select(request_keys.c.key).where(_held).distinct().order_by(request_keys.c.key)

_ANSWER = select(requests.c.answer).where(requests.c.id == bindparam("one"))
_SHARED = (
    select(requests.c.id)
    .outerjoin(request_keys, request_keys.c.about == requests.c.id)
    .where(requests.c.answer == bindparam("answer"), request_keys.c.erased_at.is_(None))
    .limit(1)
)
_FORGET = update(answers).where(answers.c.id == bindparam("answer_id"))
_UNSAY = update(feedback).where(feedback.c.answer == bindparam("answer_id"), feedback.c.words != "")


class SqlSeals(Seals):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, keyring: Keyring, sealer: Sealer) -> None:
        self._connection, self._keyring, self._sealer = connection, keyring, sealer

    def erase(self, request: RequestId, at: datetime) -> None:
        """Destroy the key, and the question that the request came from unless another request came from it, too."""
        self._sealer.of(request)  # what was never sealed has a key now, to be erased
        self._connection.execute(_ERASE, {"one": request, "wrapped": "", "key": "", "erased_at": at})
        self._sealer.forget(request)
        answer = self._connection.execute(_ANSWER, {"one": request}).scalar_one_or_none()
        if answer and self._connection.execute(_SHARED, {"answer": answer}).first() is None:
            nothing: dict[str, dict[str, str]] = {"known": {}, "words": {}}
            instead = {"turns": [erased(at)], "facts": nothing, "chosen": nothing}
            self._connection.execute(_FORGET, {"answer_id": answer, **instead})
            self._connection.execute(_UNSAY, {"answer_id": answer, "words": erased(at)})

    def erased(self, request: RequestId) -> datetime | None:
        return self._connection.execute(_ERASED, {"one": request}).scalar_one_or_none()

    def rekey(self, limit: int) -> int:
        """Wrap some data keys under the newest secret; one that is changed or erased meanwhile stays as it became."""
        rows = self._connection.execute(_OUTDATED, {"newest": self._keyring.newest.name, "most": limit}).all()
        for row in rows:
            anew = wrapped(unwrapped(row, self._keyring), self._keyring.newest)
            self._connection.execute(_REWRAP, {"one": row.about, "before": row.wrapped, **anew})
        return len(rows)

    def unopened(self) -> tuple[str, ...]:
        return tuple(name for name in self._connection.execute(_NAMES).scalars() if self._keyring.get(name) is None)
