"""The database's address and settings; and what an administrator reads when it cannot be used."""

from pathlib import Path

import pytest

from storage.engine import StoreUnusable, address, reader, unusable, where, writer
from storage.work import open_store
from tests.samples import NOON

SECRET = "swordfish"


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("sqlite:///x.db", "sqlite+pysqlite:///x.db"),
        ("sqlite+aiosqlite:////srv/x.db", "sqlite+pysqlite:////srv/x.db"),
        ("postgresql://u:p@db/school", "postgresql+asyncpg://u:p@db/school"),
        ("postgresql+psycopg://u@db:6000/school?sslmode=require", "postgresql+asyncpg://u@db:6000/school?sslmode=require"),
        ("postgres://db/school", "postgresql+asyncpg://db/school"),
    ],
)
def test_the_store_picks_its_own_driver(url: str, ours: str) -> None:
    assert address(url).render_as_string(hide_password=False) == ours


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (f"{SECRET}", "not a database address"),
        (f"postgresql://u:{SECRET}@db:port/school", "not a database address"),
        (f"mysql://u:{SECRET}@db/school", "names mysql"),
        ("sqlite://", "must name a SQLite file"),
        ("sqlite:///:memory:", "must name a SQLite file"),
        ("sqlite:///x.db?mode=ro", "nothing after it"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_in_a_sentence(url: str, says: str) -> None:
    with pytest.raises(StoreUnusable, match=says) as why:
        address(url)

    assert SECRET not in str(why.value)
    assert "DATABASE_URL" in str(why.value)


def test_a_place_is_named_without_its_password() -> None:
    assert where(address(f"postgresql://u:{SECRET}@db/school")) == "PostgreSQL at db:5432 (database school)"
    assert where(address("sqlite:///x.db")) == "The database file x.db"


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match=r"the folder .*missing does not exist\. Create it"):
        await open_store(f"sqlite:///{tmp_path}/missing/x.db", lambda: NOON)


async def test_what_is_no_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("Dear all, " * 200)

    with pytest.raises(StoreUnusable, match="file is not a database"):
        await open_store(f"sqlite:///{tmp_path}/x.db", lambda: NOON)
    with pytest.raises(StoreUnusable, match="unable to open database file"):
        await open_store(f"sqlite:///{tmp_path}", lambda: NOON)


async def test_a_postgresql_that_is_away_is_said_so_without_the_password() -> None:
    with pytest.raises(StoreUnusable, match=r"PostgreSQL at 127.0.0.1:1 \(database school\) cannot be used: .*Start it") as why:
        await open_store(f"postgresql://u:{SECRET}@127.0.0.1:1/school", lambda: NOON)

    assert SECRET not in str(why.value)


@pytest.mark.postgres
async def test_a_database_that_is_not_there_is_said_so(postgres_database: str) -> None:
    with pytest.raises(StoreUnusable, match="does not exist"):
        await open_store(f"{postgres_database}_not", lambda: NOON)


@pytest.mark.postgres
async def test_what_stands_behind_the_question_mark_is_understood(postgres_database: str) -> None:
    store = await open_store(f"{postgres_database}?sslmode=disable", lambda: NOON)

    assert await store.read(lambda work: work.inbox.result("none")) is None
    await store.close()


def test_a_sqlite_file_is_safe_and_patient(tmp_path: Path) -> None:
    engine = writer(address(f"sqlite:///{tmp_path}/x.db"))

    with engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()

    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


def test_what_people_wrote_is_in_no_error(tmp_path: Path) -> None:
    engines = [writer(address(f"sqlite:///{tmp_path}/x.db")), reader(address(f"sqlite:///{tmp_path}/x.db"))]

    for engine in engines:
        with pytest.raises(Exception, match="no such table") as why, engine.connect() as connection:
            connection.exec_driver_sql("SELECT * FROM nowhere WHERE name = ?", (SECRET,))
        engine.dispose()
        assert SECRET not in str(why.value)


def test_the_systems_number_of_an_error_is_not_for_people() -> None:
    place = address("sqlite:///x.db")

    told = [
        str(unusable(place, PermissionError(13, "Permission denied", "x.db-lock"))),
        str(unusable(place, OSError("Multiple exceptions: [Errno 111] Connect call failed, [Errno 101] Network is unreachable"))),
    ]

    assert "cannot be used: Permission denied. Check" in told[0]
    assert "Multiple exceptions: Connect call failed, Network is unreachable" in told[1]
