"""What a statement gives: its rows, by name and by place, and as much of SQLAlchemy's result as is asked for here.

SQLAlchemy's own result takes longer to make than SQLite takes for most statements.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.exc import MultipleResultsFound, NoResultFound

AnyRow = tuple[Any, ...]


class Given:
    """All the rows that came back; asked as SQLAlchemy's result is, and raising what that raises."""

    __slots__ = ("_rows",)

    def __init__(self, rows: list[AnyRow]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[AnyRow]:
        return iter(self._rows)

    def all(self) -> list[AnyRow]:
        return self._rows

    def first(self) -> AnyRow | None:
        return self._rows[0] if self._rows else None

    def one_or_none(self) -> AnyRow | None:
        if len(self._rows) > 1:
            raise MultipleResultsFound("Multiple rows were found when one or none was required")
        return self._rows[0] if self._rows else None

    def one(self) -> AnyRow:
        row = self.one_or_none()
        if row is None:
            raise NoResultFound("No row was found when one was required")
        return row

    def scalar(self) -> Any:  # noqa: ANN401  # whatever the column holds
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:  # noqa: ANN401  # as above
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:  # noqa: ANN401  # as above
        row = self.one_or_none()
        return row[0] if row is not None else None

    def scalars(self) -> "Firsts":
        return Firsts(row[0] for row in self._rows)

    def close(self) -> None:
        """Nothing is held open."""


class Firsts:
    """The first column of the rows."""

    __slots__ = ("_values",)

    def __init__(self, values: Iterable[Any]) -> None:
        self._values = list(values)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def all(self) -> list[Any]:
        return self._values
