"""`hallpass people bind`: whoever waits to be known, and an administrator's word; and imports, which keep what was bound."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from handlers.kept import Proposal
from handlers.people import Address, DistrictKey, Person, PersonId, Platform
from handlers.ports import Work
from storage.glance import glance
from storage.work import open_store
from tests.samples import MAPLE_GROVE, NOON

Run = Callable[..., tuple[int, str, str]]
T = TypeVar("T")
DANA, LEE = "dana.whitlock@maplegrove.example", "lee.santos@maplegrove.example"


def slack(user: str) -> Address:
    return Address(Platform.slack, "T1", user)


def written(folder: Path, unit: Callable[[Work], T]) -> T:
    async def write() -> T:
        store = await open_store(f"sqlite:///{folder}/hallpass.db", lambda: NOON)
        try:
            return await store.write(unit)
        finally:
            await store.close()

    return asyncio.run(write())


def somebody(folder: Path, email: str) -> Person:
    found = asyncio.run(glance(f"sqlite:///{folder}/hallpass.db", lambda: NOON, lambda work: work.directory.by_email(MAPLE_GROVE, email)))
    assert found
    return found


def proposed(folder: Path, email: str, user: str) -> None:
    person = somebody(folder, email)
    written(folder, lambda work: work.proposals.propose(Proposal(slack(user), MAPLE_GROVE, person.id, NOON)))


@pytest.fixture
def folder(maple_grove: Path, hallpass: Run) -> Path:
    """A folder with the directory of Maple Grove, in which nobody has an account."""
    hallpass("people", "import", "people.csv")
    return maple_grove


def test_whoever_waits_is_listed(folder: Path, hallpass: Run) -> None:
    proposed(folder, DANA, "U1")

    _, out, _ = hallpass("people", "bind")

    assert out.splitlines()[2].split() == [DANA, "Dana", "Whitlock", "slack", "T1", "U1", "2026-03-02", "12:00"]
    assert json.loads(hallpass("people", "bind", "--json")[1]) == [
        {"email": DANA, "name": "Dana Whitlock", "platform": "slack", "tenant": "T1", "user": "U1", "at": NOON.isoformat()}
    ]


def test_a_confirmed_account_is_that_persons_and_waits_no_more(folder: Path, hallpass: Run) -> None:
    proposed(folder, DANA, "U1")

    status, out, _ = hallpass("people", "bind", DANA.upper())

    assert (status, out) == (0, f"Dana Whitlock <{DANA}> is now known on Slack as U1 of T1.\n")
    assert somebody(folder, DANA).addresses == (slack("U1"),)
    assert len(hallpass("people", "bind")[1].splitlines()) == 2


def test_other_programs_read_what_was_bound(folder: Path, hallpass: Run) -> None:
    proposed(folder, DANA, "U1")

    assert json.loads(hallpass("people", "bind", DANA, "--json")[1])["user"] == "U1"


def refused(hallpass: Run, email: str = DANA) -> str:
    status, out, err = hallpass("people", "bind", email)
    assert (status, out, len(err.splitlines())) == (1, "", 1)
    return err


def test_nobody_is_bound_without_having_written(folder: Path, hallpass: Run) -> None:
    assert "Nobody in this directory has the address" in refused(hallpass, "nobody@maplegrove.example")
    assert "No account waits to be known as Dana Whitlock" in refused(hallpass)


def test_of_two_accounts_none_is_chosen(folder: Path, hallpass: Run) -> None:
    proposed(folder, DANA, "U1")
    proposed(folder, DANA, "U2")

    said = refused(hallpass)

    assert "2 accounts would be Dana Whitlock: Slack as U1 of T1 and Slack as U2 of T1." in said
    assert somebody(folder, DANA).addresses == ()


def test_whoever_is_known_already_is_not_bound_again(folder: Path, hallpass: Run) -> None:
    proposed(folder, DANA, "U1")
    dana = somebody(folder, DANA)
    written(folder, lambda work: work.directory.bind(dana, slack("U9")))

    assert "Dana Whitlock is known on Slack already" in refused(hallpass)
    assert json.loads(hallpass("people", "bind", "--json")[1]) == []


def test_an_account_that_has_an_owner_here_is_not_bound_twice(folder: Path, hallpass: Run) -> None:
    proposed(folder, DANA, "U1")
    lee = somebody(folder, LEE)
    written(folder, lambda work: work.directory.bind(lee, slack("U1")))

    assert f"Slack as U1 of T1 is that of {LEE} in maple-grove already" in refused(hallpass)


def test_an_account_that_has_an_owner_in_another_district_is_not_bound_twice(folder: Path, hallpass: Run) -> None:
    proposed(folder, DANA, "U1")
    other = Person(PersonId("x"), DistrictKey("oak-hollow"), "x@oakhollow.example", "X", addresses=(slack("U1"),))
    written(folder, lambda work: work.directory.replace(DistrictKey("oak-hollow"), [other]))

    assert "is that of x@oakhollow.example in oak-hollow already" in refused(hallpass)


def test_whoever_left_waits_for_nothing(folder: Path, hallpass: Run) -> None:
    proposed(folder, LEE, "U1")
    without(folder, "lee")
    hallpass("people", "import", "people.csv")

    assert json.loads(hallpass("people", "bind", "--json")[1]) == []
    assert "Nobody in this directory" in refused(hallpass, LEE)


def test_a_refusal_leaves_no_database_behind(maple_grove: Path, hallpass: Run) -> None:
    before = set(maple_grove.iterdir())

    refused(hallpass)
    hallpass("people", "bind")

    assert set(maple_grove.iterdir()) == before


def test_an_import_that_says_nothing_of_accounts_keeps_them(folder: Path, hallpass: Run) -> None:
    proposed(folder, DANA, "U1")
    hallpass("people", "bind", DANA)

    assert "Nothing changes." in hallpass("people", "import", "people.csv")[1]
    assert somebody(folder, DANA).addresses == (slack("U1"),)


def test_what_the_file_says_of_a_platform_is_what_counts_there(folder: Path, hallpass: Run) -> None:
    proposed(folder, DANA, "U1")
    hallpass("people", "bind", DANA)
    teams = Address(Platform.teams, "tenant", "aad")

    accounts(folder, "dana", ",,tenant,aad")
    assert f"changed  {DANA}" in hallpass("people", "import", "people.csv")[1]
    assert somebody(folder, DANA).addresses == (slack("U1"), teams)
    assert "Nothing changes." in hallpass("people", "import", "people.csv")[1]

    accounts(folder, "dana", "T1,U7,,")
    hallpass("people", "import", "people.csv")
    assert somebody(folder, DANA).addresses == (teams, slack("U7"))


def test_an_account_that_the_file_gives_to_somebody_else_is_kept_by_nobody(folder: Path, hallpass: Run) -> None:
    proposed(folder, DANA, "U1")
    hallpass("people", "bind", DANA)

    accounts(folder, "lee", "T1,U1,,")
    hallpass("people", "import", "people.csv")

    assert (somebody(folder, DANA).addresses, somebody(folder, LEE).addresses) == ((), (slack("U1"),))


def without(folder: Path, name: str) -> None:
    file = folder / "people.csv"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if not line.startswith(name)))


def accounts(folder: Path, name: str, cells: str) -> None:
    """Write somebody's last four columns."""
    file = folder / "people.csv"
    lines = file.read_text().splitlines()
    file.write_text("\n".join(f"{line.rsplit(',', 4)[0]},{cells}" if line.startswith(name) else line for line in lines))
