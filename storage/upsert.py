"""INSERT … ON CONFLICT, which each database builds its own way: one statement a database, looked up at execution."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.functions import FunctionElement

Upsert = Mapping[str, Executable]  # by the dialect's name


def first_wins(table: Table, *key: str, **reckoned: FunctionElement[Any]) -> Upsert:
    """A row whose key is there changes nothing, and nothing comes back; otherwise the key does. What is `reckoned` the database reckons."""
    back, lite, post = [table.c[name] for name in key], sqlite.insert(table), postgresql.insert(table)
    if reckoned:
        lite, post = lite.values(reckoned), post.values(reckoned)
    return {
        "sqlite": lite.on_conflict_do_nothing(index_elements=key).returning(*back),
        "postgresql": post.on_conflict_do_nothing(index_elements=key).returning(*back),
    }


def last_wins(table: Table, *key: str) -> Upsert:
    """A row whose key is there is overwritten."""
    lite, post = sqlite.insert(table), postgresql.insert(table)
    rest = [column.name for column in table.c if column.name not in key]
    return {
        "sqlite": lite.on_conflict_do_update(index_elements=key, set_={name: lite.excluded[name] for name in rest}),
        "postgresql": post.on_conflict_do_update(index_elements=key, set_={name: post.excluded[name] for name in rest}),
    }
