"""What a statement gives on the shorter way is what SQLAlchemy gives, on both databases: values, lists of any length, what it raises."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, MultipleResultsFound, NoResultFound, SQLAlchemyError

from storage.engine import address, is_sqlite, postgres, writer
from storage.prepared import LONGEST, prepared
from storage.schema import metadata
from storage.tables import answers
from tests.samples import NOON

Over = Callable[[Callable[[Connection], None]], Awaitable[None]]

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
IDS = SOME.with_only_columns(answers.c.id)


@pytest.fixture
async def over(new_url: str) -> AsyncIterator[Over]:
    """Run a test's body over a connection to either database, in which there are a few answers."""
    place = address(new_url)
    if is_sqlite(place):
        file = writer(place)
        with file.begin() as opened:
            _filled(opened)
        with file.connect() as opened:
            opened.begin()

            async def here(body: Callable[[Connection], None]) -> None:
                body(opened)

            yield here
        file.dispose()
        return
    server = postgres(place)
    async with server.begin() as remote:
        await remote.run_sync(_filled)
    async with server.connect() as remote:
        yield remote.run_sync
    await server.dispose()


def _filled(connection: Connection) -> None:
    metadata.create_all(connection)
    prepared(connection).execute(ADD, [ROW | {"id": f"{number:02}"} for number in range(2 * LONGEST)])


@pytest.mark.parametrize("many", [0, 1, 2, LONGEST, LONGEST + 1])
@pytest.mark.parametrize("statement", [SOME, FEW], ids=["all", "limited"])
async def test_the_same_rows_come_back_whatever_the_length_of_a_list(over: Over, statement: Any, many: int) -> None:
    wanted = {"ids": [f"{number:02}" for number in range(many)]}

    def asked(connection: Connection) -> None:
        found = prepared(connection).execute(statement, wanted).all()

        assert found == connection.execute(statement, wanted).all()
        assert len(found) == (many if statement is SOME else min(many, 2))

    await over(asked)


async def test_moments_words_and_what_is_nested_come_back_as_they_were_given(over: Over) -> None:
    def asked(connection: Connection) -> None:
        row = prepared(connection).execute(SOME, {"ids": ["01"]}).one()

        assert (row.at, row.facts, row.rules) == (NOON, ROW["facts"], [])
        assert (row.id, row.turns) == ("01", ROW["turns"])

    await over(asked)


async def test_what_is_missing_or_twice_there_raises_what_sqlalchemy_raises(over: Over) -> None:
    def asked(connection: Connection) -> None:
        with pytest.raises(SQLAlchemyError, match="value is required"):
            prepared(connection).execute(SOME)
        with pytest.raises(SQLAlchemyError, match="value is required"):
            prepared(connection).execute(select(answers).where(answers.c.id == bindparam("one")))
        with pytest.raises(IntegrityError) as caught:
            prepared(connection).execute(ADD, ROW | {"id": "01", "thread": "a secret"})
        assert "a secret" not in str(caught.value)

    await over(asked)


async def test_a_statement_takes_other_columns_the_next_time(over: Over) -> None:
    def asked(connection: Connection) -> None:
        swift, change = prepared(connection), update(answers).where(answers.c.id == bindparam("one"))

        swift.execute(change, {"one": "01", "ruling": "tell"})
        swift.execute(change, {"one": "01", "thread": "other"})

        row = swift.execute(SOME, {"ids": ["01"]}).one()
        assert (row.ruling, row.thread) == ("tell", "other")

    await over(asked)


async def test_what_comes_back_is_asked_as_ever(over: Over) -> None:
    def read(connection: Connection) -> None:
        one, two, none = ({"ids": ids} for ids in (["01"], ["01", "02"], ["99"]))

        for way in (prepared(connection), connection):
            assert way.execute(IDS, one).one().id == "01"
            assert (
                way.execute(IDS, one).scalar() == way.execute(IDS, one).scalar_one() == way.execute(IDS, one).scalar_one_or_none() == "01"
            )
            assert way.execute(IDS, two).scalars().all() == list(way.execute(IDS, two).scalars()) == ["01", "02"]
            assert [row.id for row in way.execute(IDS, two)] == ["01", "02"]
            assert (way.execute(IDS, none).first(), way.execute(IDS, none).one_or_none()) == (None, None)
            assert (way.execute(IDS, none).scalar(), way.execute(IDS, none).scalar_one_or_none()) == (None, None)
            with pytest.raises(NoResultFound):
                way.execute(IDS, none).one()
            with pytest.raises(MultipleResultsFound):
                way.execute(IDS, two).one_or_none()

    await over(read)


async def test_what_is_not_committed_is_not_kept_whoever_began_the_transaction(over: Over) -> None:
    def added(connection: Connection) -> None:
        swift = prepared(connection)
        swift.execute(ADD, ROW | {"id": "another"})
        connection.rollback()

        assert prepared(connection).execute(SOME, {"ids": ["another"]}).all() == []

    await over(added)
