"""The districts' own texts, attached at run time and never part of the program."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from handlers.people import DistrictKey
from handlers.repositories import Texts
from storage.tables import texts
from storage.upsert import last_wins

_ATTACH = last_wins(texts, "district")
_ONE = select(texts.c.text).where(texts.c.district == bindparam("one"))


class SqlTexts(Texts):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def attach(self, district: DistrictKey, text: str, at: datetime) -> None:
        """Keep the text; it takes the place of an earlier one."""
        self._connection.execute(_ATTACH[self._connection.dialect.name], {"district": district, "text": text, "at": at})

    def get(self, district: DistrictKey) -> str | None:
        return self._connection.execute(_ONE, {"one": district}).scalar_one_or_none()
