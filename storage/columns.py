"""Column types that mean the same on both databases, and the databases' own clock. Not here: any table."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Float, Text, bindparam, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment; UTC on the way out. A naive one is a bug and raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # the parent's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # the parent's signature
        """SQLite keeps the digits only."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Words(TypeDecorator[str]):
    """What somebody wrote. What PostgreSQL or UTF-8 cannot hold (NUL, half a surrogate pair) becomes the replacement character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # the parent's signature
        return value if value is None else holdable(value)


def holdable(value: str) -> str:
    """Return what is kept of a text."""
    if value.isprintable():
        return value
    return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Soon(FunctionElement[datetime]):
    """So many seconds from now, by the database's clock: replicas whose own clocks differ agree on it."""

    name = "soon"
    type = Instant()
    inherit_cache = True


NOW = Soon(literal(0.0))


def soon(parameter: str) -> Soon:
    """Return now plus the seconds given at execution under that name."""
    return Soon(bindparam(parameter, type_=Float))


@compiles(Soon, "sqlite")
def _sqlite(element: Soon, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401  # SQLAlchemy's signature
    seconds = compiler.process(element.clauses, **kw)
    return f"strftime('%Y-%m-%d %H:%M:%f000', 'now', printf('%+.3f seconds', {seconds}))"


@compiles(Soon, "postgresql")
def _postgres(element: Soon, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401  # SQLAlchemy's signature
    # clock_timestamp() would be read again for every row, and no index serves it
    return f"(statement_timestamp() + make_interval(secs => {compiler.process(element.clauses, **kw)}))"
