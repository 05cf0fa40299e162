"""What a statement gives on the shorter way is what SQLAlchemy gives: values, lists of any length, and what it raises."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from storage.engine import address, writer
from storage.prepared import LONGEST, prepared
from storage.schema import metadata
from storage.tables import answers
from tests.samples import NOON

ROW = {
    **dict.fromkeys(("district", "person", "thread", "ruling", "fingerprint", "asked", "process"), "word"),
    "turns": ["May I?", "\x00 zero"],
    "chosen": {},
    "facts": {"known": {"act": "contact"}},
    "rules": [],
    "at": NOON,
}
ADD = insert(answers)
SOME = select(answers).where(answers.c.id.in_(bindparam("ids", expanding=True))).order_by(answers.c.id)
FEW = SOME.limit(2)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = writer(address(f"sqlite:///{tmp_path / 'prepared.db'}"))
    with engine.begin() as opened:
        metadata.create_all(opened)
        prepared(opened).execute(ADD, [ROW | {"id": f"{number:02}"} for number in range(2 * LONGEST)])
        yield opened
    engine.dispose()


@pytest.mark.parametrize("many", [0, 1, 2, LONGEST, LONGEST + 1])
@pytest.mark.parametrize("statement", [SOME, FEW], ids=["all", "limited"])
def test_the_same_rows_come_back_whatever_the_length_of_a_list(connection: Connection, statement: Any, many: int) -> None:
    wanted = {"ids": [f"{number:02}" for number in range(many)]}

    found = prepared(connection).execute(statement, wanted).all()

    assert found == connection.execute(statement, wanted).all()
    assert len(found) == (many if statement is SOME else min(many, 2))


def test_moments_words_and_what_is_nested_come_back_as_they_were_given(connection: Connection) -> None:
    row = prepared(connection).execute(SOME, {"ids": ["01"]}).one()

    assert (row.at, row.facts, row.rules) == (NOON, ROW["facts"], [])
    assert (row.id, row.turns) == ("01", ROW["turns"])


def test_what_is_missing_or_twice_there_raises_what_sqlalchemy_raises(connection: Connection) -> None:
    with pytest.raises(SQLAlchemyError, match="value is required"):
        prepared(connection).execute(SOME)
    with pytest.raises(SQLAlchemyError, match="value is required"):
        prepared(connection).execute(select(answers).where(answers.c.id == bindparam("one")))
    with pytest.raises(IntegrityError) as caught:
        prepared(connection).execute(ADD, ROW | {"id": "01", "thread": "a secret"})
    assert "a secret" not in str(caught.value)


def test_a_statement_takes_other_columns_the_next_time(connection: Connection) -> None:
    swift, change = prepared(connection), update(answers).where(answers.c.id == bindparam("one"))

    swift.execute(change, {"one": "01", "ruling": "tell"})
    swift.execute(change, {"one": "01", "thread": "other"})

    row = swift.execute(SOME, {"ids": ["01"]}).one()
    assert (row.ruling, row.thread) == ("tell", "other")
