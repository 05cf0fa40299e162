"""How tables are declared: one set of them, names by one rule, columns that may not be empty. Not here: any table."""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, TextClause
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *parts: SchemaItem, **settings: Any) -> Table:  # noqa: ANN401  # the dialects' own settings
    """Declare a table of the one set."""
    return Table(name, metadata, *parts, **settings)


def required(kind: type[TypeEngine[Any]], *names: str) -> tuple[Column[Any], ...]:
    """Declare columns that are never empty."""
    return tuple(Column(name, kind, nullable=False) for name in names)


def partial(name: str, *columns: str, where: TextClause, unique: bool = False) -> Index:
    """Declare an index of some rows only, as the steps made it. An option of its own for each dialect would load both of them."""
    return Index(name, *columns, unique=unique, info={"where": where.text})


Number = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up by itself on SQLite
