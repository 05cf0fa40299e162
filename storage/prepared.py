"""On SQLite a statement is worked out once, and from then on the driver runs it. Not here: any statement; PostgreSQL, asked as usual.

SQLAlchemy makes a frame around each execution: ten times what SQLite takes for the statement, and a decision is some ninety of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sqlite3 import Connection as Driver
from sqlite3 import Error
from typing import Any, cast

from sqlalchemy import Connection, Delete, Dialect, Executable, Insert, Result, Select, Update
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | Insert | Update | Delete
Given = Mapping[str, Any]
Change = Callable[[Any], Any] | None

KEPT = 2048  # forms of statements: several times what the product has
LONGEST = 16  # members of a list that has a form of its own, for there is one for each length

_NOTHING: Given = {}
_NO_COLUMNS = SimpleResultMetaData([])


def prepared(connection: Connection) -> Connection:
    """Return the connection as a unit of work is to use it."""
    return cast("Connection", _Prepared(connection)) if connection.dialect.name == "sqlite" else connection


class _Prepared:
    """The connection, with a shorter way for whatever may take it; everything else of it is as it was."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self.dialect = connection, connection.dialect
        self._driver = cast("Driver", connection.connection.dbapi_connection)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a connection has
        return getattr(self._connection, name)

    def execute(self, statement: Executable, given: Given | Sequence[Given] = _NOTHING) -> Result[Any]:
        """Do what SQLAlchemy would do, and raise what it would raise."""
        rows, many = ([given], False) if isinstance(given, Mapping) else (given, True)
        form = _form_for(statement, self.dialect, rows[0], many=many) if isinstance(statement, Statement) else None
        if form is None:
            return self._connection.execute(statement, given)
        try:
            run = self._driver.executemany if many else self._driver.execute
            bound = [form.bound(row) for row in rows]
            return form.read(run(form.sql, bound if many else bound[0]).fetchall())
        except Error as error:
            raise DBAPIError.instance(form.sql, None, error, Error, hide_parameters=True, dialect=self.dialect) from error


@dataclass(frozen=True, slots=True)
class _Form:
    """A statement as the driver takes it: what goes into each of its places, and what is made of what comes back."""

    sql: str
    places: tuple[tuple[str, int | None, Change], ...]  # the parameter's name, which member of a list, how it is written
    fixed: Given
    columns: SimpleResultMetaData
    changes: tuple[tuple[int, Callable[[Any], Any]], ...]

    def bound(self, given: Given) -> list[Any]:
        values = {**self.fixed, **given} if self.fixed else given
        found = ((values[name] if at is None else values[name][at], change) for name, at, change in self.places)
        return [value if change is None else change(value) for value, change in found]

    def read(self, rows: list[Any]) -> Result[Any]:
        return IteratorResult(self.columns, iter([self._changed(row) for row in rows] if self.changes else rows))

    def _changed(self, row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for at, change in self.changes:
            values[at] = change(values[at])
        return tuple(values)


def _form_for(statement: Statement, dialect: Dialect, given: Given, *, many: bool) -> _Form | None:
    """Return the form for such parameters, None where SQLAlchemy has to see to it."""
    names = tuple(given)
    lists = _lists(statement, dialect, names, many=many)
    if not lists:
        return None if lists is None else _form(statement, dialect, names, ())
    lengths = tuple(len(given.get(name, ())) for name in lists)
    return _form(statement, dialect, names, lengths) if all(0 < one <= LONGEST for one in lengths) else None


@lru_cache(KEPT)
def _compiled(statement: Statement, dialect: Dialect, names: tuple[str, ...]) -> SQLCompiler:
    return statement.compile(dialect=dialect, column_keys=list(names))


@lru_cache(KEPT)
def _lists(statement: Statement, dialect: Dialect, names: tuple[str, ...], *, many: bool) -> tuple[str, ...] | None:
    """Return which parameters are lists; None where a default is reckoned here, or many rows come back each by its own."""
    compiled = _compiled(statement, dialect, names)
    lists = tuple(sorted(bind.key for bind in compiled.post_compile_params))
    reckoned = compiled.insert_prefetch or compiled.update_prefetch or compiled.literal_execute_params
    return None if reckoned or (many and (lists or _columns(statement))) else lists


@lru_cache(KEPT)
def _form(statement: Statement, dialect: Dialect, names: tuple[str, ...], lengths: tuple[int, ...]) -> _Form:
    compiled, lists = _compiled(statement, dialect, names), _lists(statement, dialect, names, many=False) or ()
    sizes = dict(zip(lists, lengths, strict=True))
    shown = compiled.construct_expanded_state({name: [None] * sizes[name] if name in sizes else None for name in names})
    members = {place: (name, at) for name, places in shown.parameter_expansion.items() for at, place in enumerate(places)}
    named = {name: bind for bind, name in compiled.bind_names.items()}
    places: list[tuple[str, int | None, Change]] = []
    fixed: dict[str, Any] = {}
    for place in shown.positiontup or ():
        name, at = members.get(place, (place, None))
        bind = named[name]
        if bind.key not in names:
            fixed[bind.key] = bind.effective_value
        places.append((bind.key, at, _written(bind.type, dialect)))
    columns = _columns(statement)
    kept = [(at, column.type.dialect_impl(dialect).result_processor(dialect, None)) for at, (_, column) in enumerate(columns)]
    keys = SimpleResultMetaData([key for key, _ in columns]) if columns else _NO_COLUMNS
    return _Form(shown.statement, tuple(places), fixed, keys, tuple((at, change) for at, change in kept if change is not None))


def _written(kind: TypeEngine[Any], dialect: Dialect) -> Change:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _columns(statement: Statement) -> list[tuple[str, Any]]:
    return [(str(key), column) for key, column in statement.exported_columns.items()]
