"""A statement is worked out once, and from then on the driver runs it. Not here: any statement; the drivers themselves.

SQLAlchemy makes a frame around each execution: ten times what SQLite takes for the statement, and a decision is some ninety of them.
"""

from abc import ABC, abstractmethod
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from sqlite3 import Error
from typing import Any, cast

from sqlalchemy import Connection, Delete, Dialect, Executable, Insert, Result, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

from storage.columns import Instant, Words, holdable
from storage.engine import StoreUnusable
from storage.given import AnyRow, Given
from storage.postgres import asked, is_looking

Statement = (Select, Insert, Update, Delete)
Parameters = Mapping[str, Any]
Change = Callable[[Any], Any]

KEPT = 2048  # forms of statements: several times what the product has
LONGEST = 16  # members of a list that has a form of its own, for there is one for each length
MANY = 2  # itemgetter gives one value as it is, and several as a tuple

_NOTHING: Parameters = {}
_NO_ROWS = Given([])


def prepared(connection: Connection) -> Connection:
    """Return the connection as a unit of work is to use it."""
    way = _OnSqlite if connection.dialect.name == "sqlite" else _Looking if is_looking(connection) else _OnPostgres
    return cast("Connection", way(connection))


class _Prepared(ABC):
    """The connection, with a shorter way for whatever may take it; everything else of it is as it was."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self.dialect = connection, connection.dialect
        self._driver: Any = connection.connection.driver_connection

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a connection has
        return getattr(self._connection, name)

    def execute(self, statement: Executable, given: Parameters | Sequence[Parameters] = _NOTHING) -> Result[Any]:
        """Do what SQLAlchemy would do, and raise what it would raise."""
        rows, many = ([given], False) if isinstance(given, Mapping) else (given, True)
        form = _form_for(statement, self.dialect, rows[0], many=many) if isinstance(statement, Statement) else None
        if form is None:
            return self._connection.execute(statement, given)
        return cast("Result[Any]", form.read(self._asked(form.sql, [form.bound(row) for row in rows], many=many)))

    @abstractmethod
    def _asked(self, sql: str, rows: list[list[Any]], *, many: bool) -> Sequence[Any]: ...


class _OnSqlite(_Prepared):
    def _asked(self, sql: str, rows: list[list[Any]], *, many: bool) -> Sequence[Any]:
        try:
            found: list[Any] = (self._driver.executemany(sql, rows) if many else self._driver.execute(sql, rows[0])).fetchall()
        except Error as error:
            raise DBAPIError.instance(sql, None, error, Error, hide_parameters=True, dialect=self.dialect) from error
        return found


class _OnPostgres(_Prepared):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        if not (self._driver.is_in_transaction() or is_looking(connection)):  # SQLAlchemy begins with what it sees first itself
            connection.exec_driver_sql("SELECT 1")

    def _asked(self, sql: str, rows: list[list[Any]], *, many: bool) -> Sequence[Any]:
        return asked(self._connection, self._driver, sql, rows, many=many)


class _Looking(_OnPostgres):
    def execute(self, statement: Executable, given: Parameters | Sequence[Parameters] = _NOTHING) -> Result[Any]:
        if not isinstance(statement, Select):
            raise StoreUnusable("Nothing was changed: a glance only reads.")
        return super().execute(statement, given)


@dataclass(frozen=True, slots=True)
class _Form:
    """A statement as the driver takes it: what goes into each of its places, and what is made of what comes back."""

    sql: str
    picked: Callable[[Parameters], list[Any]]  # the values in the order of the places
    fixed: Parameters
    words: tuple[int, ...]  # the places of what somebody wrote, which nearly always stays as it is
    moments: tuple[tuple[int, Change], ...]
    others: tuple[tuple[int, Change], ...]
    row: Callable[[Iterable[Any]], AnyRow] | None  # None: nothing comes back
    read_as: tuple[tuple[int, Change], ...]

    def bound(self, given: Parameters) -> list[Any]:
        values = self.picked({**self.fixed, **given} if self.fixed else given)
        for at in self.words:
            if (word := values[at]) is not None and not word.isprintable():
                values[at] = holdable(word)
        for at, change in self.moments:
            if (moment := values[at]) is not None:
                values[at] = change(moment)
        for at, change in self.others:
            values[at] = change(values[at])
        return values

    def read(self, rows: Sequence[Any]) -> Given:
        """Return all that came back, as the statement's columns are meant."""
        if not rows or self.row is None:
            return _NO_ROWS
        return Given([self.row(self._changed(row)) for row in rows] if self.read_as else list(map(self.row, rows)))

    def _changed(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for at, change in self.read_as:
            if (value := values[at]) is not None:
                values[at] = change(value)
        return values


def _form_for(statement: Any, dialect: Dialect, given: Parameters, *, many: bool) -> _Form | None:  # noqa: ANN401  # one of four
    """Return the form for such parameters, None where SQLAlchemy has to see to it."""
    names = tuple(given)
    known = _worked_out(statement, dialect, names, many)
    if not isinstance(known, tuple):
        return known
    lengths = tuple(len(given.get(name, ())) for name in known)
    return _form(statement, dialect, names, lengths) if all(0 < one <= LONGEST for one in lengths) else None


@lru_cache(KEPT)
def _worked_out(statement: Any, dialect: Dialect, names: tuple[str, ...], many: bool) -> _Form | tuple[str, ...] | None:  # noqa: ANN401, FBT001  # one of four; as lru_cache is quickest
    """Return the form, or which parameters are lists: there is a form for each of their lengths."""
    lists = _lists(statement, dialect, names, many=many)
    return lists or (None if lists is None else _form(statement, dialect, names, ()))


@lru_cache(KEPT)
def _compiled(statement: Any, dialect: Dialect, names: tuple[str, ...]) -> SQLCompiler:  # noqa: ANN401  # one of four
    return cast("SQLCompiler", statement.compile(dialect=dialect, column_keys=list(names)))


@lru_cache(KEPT)
def _lists(statement: Any, dialect: Dialect, names: tuple[str, ...], *, many: bool) -> tuple[str, ...] | None:  # noqa: ANN401  # as above
    """Return which parameters are lists; None where a default is reckoned here, or many rows come back each by its own."""
    compiled = _compiled(statement, dialect, names)
    lists = tuple(sorted(bind.key for bind in compiled.post_compile_params))
    reckoned = compiled.insert_prefetch or compiled.update_prefetch or compiled.literal_execute_params
    return None if reckoned or (many and (lists or _columns(statement))) else lists


@lru_cache(KEPT)
def _form(statement: Any, dialect: Dialect, names: tuple[str, ...], lengths: tuple[int, ...]) -> _Form:  # noqa: ANN401  # as above
    compiled, lists = _compiled(statement, dialect, names), _lists(statement, dialect, names, many=False) or ()
    sizes = dict(zip(lists, lengths, strict=True))
    shown = compiled.construct_expanded_state({name: [None] * sizes[name] if name in sizes else None for name in names})
    members = {place: (name, at) for name, places in shown.parameter_expansion.items() for at, place in enumerate(places)}
    named = {name: bind for bind, name in compiled.bind_names.items()}
    places = [members.get(place, (place, None)) for place in shown.positiontup or ()]
    binds = [named[name] for name, _ in places]
    written = [(at, bind.type, bind.type.dialect_impl(dialect).bind_processor(dialect)) for at, bind in enumerate(binds)]
    columns = _columns(statement)
    read = [(at, column.type.dialect_impl(dialect).result_processor(dialect, None)) for at, (_, column) in enumerate(columns)]
    return _Form(
        sql=shown.statement,
        picked=_picking([(bind.key, at) for bind, (_, at) in zip(binds, places, strict=True)]),
        fixed={bind.key: bind.effective_value for bind in binds if bind.key not in names},
        words=tuple(at for at, kind, _ in written if isinstance(kind, Words)),
        moments=tuple((at, change) for at, kind, change in written if isinstance(kind, Instant) and change),
        others=tuple((at, change) for at, kind, change in written if not isinstance(kind, Words | Instant) and change),
        row=_row([key for key, _ in columns]) if columns else None,
        read_as=tuple((at, change) for at, change in read if change is not None),
    )


def _picking(places: Sequence[tuple[str, int | None]]) -> Callable[[Parameters], list[Any]]:
    """Return what takes the values out of the parameters, lists member by member; without lists the interpreter has a way of its own."""
    names = [name for name, _ in places]
    if len(names) < MANY or any(at is not None for _, at in places):
        return lambda values: [values[name] if at is None else values[name][at] for name, at in places]
    pick = itemgetter(*names)
    return lambda values: list(pick(values))


def _row(names: Sequence[str]) -> Callable[[Iterable[Any]], AnyRow]:
    """Return what makes rows whose values have names; one without a name that Python knows has its place only."""
    kind: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024  # the names are known only now
    return cast("Callable[[Iterable[Any]], AnyRow]", kind._make)


def _columns(statement: Any) -> list[tuple[str, Any]]:  # noqa: ANN401  # one of four
    return [(str(key), column) for key, column in statement.exported_columns.items()]
