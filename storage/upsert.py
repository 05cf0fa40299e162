"""INSERT … ON CONFLICT, which each database builds its own way: one statement a database, looked up at execution."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from sqlalchemy import Executable, Table
from sqlalchemy.sql.functions import FunctionElement


class Upsert:
    """By the dialect's name; built when first asked for, so that an installation loads the one dialect that it speaks."""

    def __init__(self, table: Table, build: Callable[[Any], Executable]) -> None:
        """Take the table, and what becomes of the dialect's own INSERT into it."""
        self._table, self._build = table, build
        self._built: dict[str, Executable] = {}

    def __getitem__(self, dialect: str) -> Executable:
        if dialect not in self._built:  # two threads may both build it: the same statement
            self._built[dialect] = self._build(import_module(f"sqlalchemy.dialects.{dialect}").insert(self._table))
        return self._built[dialect]


def first_wins(table: Table, *key: str, **reckoned: FunctionElement[Any]) -> Upsert:
    """A row whose key is there changes nothing, and nothing comes back; otherwise the key does. What is `reckoned` the database reckons."""
    back = [table.c[name] for name in key]

    def built(insert: Any) -> Executable:  # noqa: ANN401  # the dialects share the method, and no class that has it
        row = insert.values(reckoned) if reckoned else insert
        return row.on_conflict_do_nothing(index_elements=key).returning(*back)  # type: ignore[no-any-return]

    return Upsert(table, built)


def last_wins(table: Table, *key: str) -> Upsert:
    """A row whose key is there is overwritten."""
    rest = [column.name for column in table.c if column.name not in key]
    return Upsert(
        table, lambda insert: insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in rest})
    )
