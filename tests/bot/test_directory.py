"""`hallpass people`, `requests` and `migrate`: what an administrator does before anybody asks."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.ids import DutyId, StageId
from handlers.people import Person, Role
from handlers.ports import Work
from handlers.workflow.request import Duty, Stage, StageStatus, Status
from storage.glance import glance
from storage.work import open_store
from tests.samples import MAPLE_GROVE, NOON, a_request

Run = Callable[..., tuple[int, str, str]]


def test_the_file_becomes_the_directory(maple_grove: Path, hallpass: Run) -> None:
    status, out, _ = hallpass("people", "import", "people.csv")

    assert status == 0
    assert "added    dana.whitlock@maplegrove.example" in out
    assert "The directory of maple-grove has 6 people." in out
    assert "Maria Ortiz" in hallpass("people", "list")[1]
    assert "supervised by Maria Ortiz" in hallpass("people", "show", "DANA.whitlock@maplegrove.example")[1]


def test_a_dry_run_writes_nothing(maple_grove: Path, hallpass: Run) -> None:
    _, out, _ = hallpass("people", "import", "people.csv", "--dry-run")

    assert "Nothing was written" in out
    assert "Dana" not in hallpass("people", "list")[1]


def test_a_second_import_tells_only_what_changes(maple_grove: Path, hallpass: Run) -> None:
    hallpass("people", "import", "people.csv")
    again = hallpass("people", "import", "people.csv")[1]
    file = maple_grove / "people.csv"
    lines = [line.replace("Ravi Menon", "Ravi K. Menon") for line in file.read_text().splitlines() if not line.startswith("lee")]
    file.write_text("\n".join(lines))

    out = hallpass("people", "import", "people.csv")[1]

    assert "Nothing changes." in again
    assert out.splitlines()[:2] == ["changed  ravi.menon@maplegrove.example", "left     lee.santos@maplegrove.example"]


def test_whoever_comes_back_is_the_same_person(maple_grove: Path, hallpass: Run) -> None:
    file = maple_grove / "people.csv"
    everybody = file.read_text()
    hallpass("people", "import", "people.csv")
    ids = {person.email: person.id for person in everybody_in(maple_grove)}
    file.write_text("\n".join(line for line in everybody.splitlines() if not line.startswith("lee")))
    hallpass("people", "import", "people.csv")
    file.write_text(everybody)

    status, out, _ = hallpass("people", "import", "people.csv")

    assert status == 0
    assert "back     lee.santos@maplegrove.example" in out
    assert ids == {person.email: person.id for person in everybody_in(maple_grove)}


def test_an_address_of_somebody_who_left_may_pass_to_somebody_else(maple_grove: Path, hallpass: Run) -> None:
    file = maple_grove / "people.csv"
    everybody = file.read_text()
    hallpass("people", "import", "people.csv")
    file.write_text("\n".join(line for line in everybody.splitlines() if not line.startswith("lee")))
    hallpass("people", "import", "people.csv")
    file.write_text(everybody.replace("Lee Santos", "Leah Santos"))

    out = hallpass("people", "import", "people.csv")[1]

    assert "added    lee.santos@maplegrove.example: somebody new; the address was that of Lee Santos, who left" in out
    assert {person.name for person in everybody_in(maple_grove)} >= {"Lee Santos", "Leah Santos"}


def test_whoever_leaves_requests_behind_has_them_ended(maple_grove: Path, hallpass: Run) -> None:
    hallpass("people", "import", "people.csv")
    lee = next(person for person in everybody_in(maple_grove) if person.email.startswith("lee"))
    written(maple_grove, lambda work: work.requests.add(a_request(requester=lee)))
    file = maple_grove / "people.csv"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if line[:3] != "lee"))

    dry = hallpass("people", "import", "people.csv", "--dry-run")[1]
    assert "left     lee.santos@maplegrove.example: 1 request withdrawn\n" in dry
    assert "pending" in hallpass("requests", "list", "--district", "maple-grove")[1]

    hallpass("people", "import", "people.csv")
    assert "withdrawn" in hallpass("requests", "list", "--district", "maple-grove")[1]


def test_whoever_leaves_work_behind_is_named_with_it(maple_grove: Path, hallpass: Run) -> None:
    hallpass("people", "import", "people.csv")
    maria = next(person for person in everybody_in(maple_grove) if person.email.startswith("maria"))
    stage = Stage(StageId("s1"), Role.building_principal, (maria.id,), StageStatus.open)
    duty = Duty(DutyId("d1"), "copy", "Copy the supervisor.", Role.supervisor, (maria.id,))
    written(maple_grove, lambda work: work.requests.add(replace(a_request(), stages=(stage,), duties=(duty,))))
    file = maple_grove / "people.csv"
    file.write_text(
        "\n".join(line.replace("maria.ortiz@maplegrove.example", "") for line in file.read_text().splitlines() if line[:5] != "maria")
    )

    dry, wet = hallpass("people", "import", "people.csv", "--dry-run")[1], hallpass("people", "import", "people.csv")[1]

    assert "left     maria.ortiz@maplegrove.example: still decides 1 request, owes 1 duty\n" in dry
    assert "left     maria.ortiz@maplegrove.example: still decides 1 request, owes 1 duty\n" in wet


def everybody_in(folder: Path) -> tuple[Person, ...]:
    return asyncio.run(glance(f"sqlite:///{folder}/hallpass.db", lambda: NOON, lambda work: work.directory.ever(MAPLE_GROVE)))


def written(folder: Path, unit: Callable[[Work], None]) -> None:
    async def write() -> None:
        store = await open_store(f"sqlite:///{folder}/hallpass.db", lambda: NOON)
        await store.write(unit)
        await store.close()

    asyncio.run(write())


@pytest.mark.parametrize(
    "words",
    [
        ("people", "import", "people.csv", "--dry-run"),
        ("people", "list"),
        ("people", "show", "dana.whitlock@maplegrove.example"),
        ("requests", "list"),
        ("requests", "show", "R1"),
        ("policy", "list"),
        ("policy", "show", "maple-grove"),
        ("check",),
    ],
)
def test_looking_leaves_no_database_behind(maple_grove: Path, hallpass: Run, words: tuple[str, ...]) -> None:
    before = set(maple_grove.iterdir())

    hallpass(*words)

    assert set(maple_grove.iterdir()) == before


def test_other_programs_read_the_directory_as_json(maple_grove: Path, hallpass: Run) -> None:
    hallpass("people", "import", "people.csv")

    everybody = json.loads(hallpass("people", "list", "--json")[1])
    dana = json.loads(hallpass("people", "show", "--json", "dana.whitlock@maplegrove.example")[1])

    assert dana in everybody
    assert dana == {
        "email": "dana.whitlock@maplegrove.example",
        "name": "Dana Whitlock",
        "seats": [{"role": "staff", "school": "Maple Grove High School", "supervisor": "maria.ortiz@maplegrove.example"}],
        "addresses": [],
        "time_zone": None,
    }


@pytest.mark.parametrize("words", [("people", "list"), ("people", "import", "people.csv"), ("rehearse", "--port", "70000")])
def test_wrong_usage_is_told_with_the_usage(
    maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.delenv("HALLPASS_DISTRICT")

    status, _, err = hallpass(*words)

    assert status == 2
    assert err.startswith(f"usage: hallpass {words[0]}")


def test_the_help_of_an_import_shows_a_file(maple_grove: Path, hallpass: Run) -> None:
    out = hallpass("people", "import", "--help")[1]

    assert "  dana.whitlock@maplegrove.example,Dana Whitlock,staff," in out
    assert "records_officer" in out


def test_a_bad_line_leaves_the_directory_as_it_was(maple_grove: Path, hallpass: Run) -> None:
    hallpass("people", "import", "people.csv")
    with (maple_grove / "people.csv").open("a") as file:
        file.write("new@maplegrove.example,New Person,coach,,,,,,\n")

    status, _, err = hallpass("people", "import", "people.csv")

    assert status == 1
    assert err.startswith("Line 11: 'coach' is no role")
    assert "New Person" not in hallpass("people", "list")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("people", "show", "nobody@maplegrove.example"), "Nobody in this directory"),
        (("people", "import", "missing.csv"), "cannot be read"),
        (("requests", "show", "R1"), "There is no request R1"),
        (("people", "list", "--district", "nowhere"), "nowhere"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(maple_grove: Path, hallpass: Run, words: tuple[str, ...], sentence: str) -> None:
    status, _, err = hallpass(*words)

    assert status == 1
    assert sentence in err
    assert len(err.splitlines()) == 1


def test_an_empty_register_is_an_empty_table(maple_grove: Path, hallpass: Run) -> None:
    assert hallpass("requests", "list")[1].splitlines()[0].split() == ["id", "district", "process", "status", "requester", "sent", "(UTC)"]
    assert json.loads(hallpass("requests", "list", "--json")[1]) == []


def test_migrate_makes_a_new_database_and_leaves_a_current_one_alone(maple_grove: Path, hallpass: Run) -> None:
    first, second = hallpass("migrate")[1], hallpass("migrate")[1]

    assert "was made, at version" in first
    assert "nothing was changed" in second


def test_the_register_says_what_has_ended_by_now(maple_grove: Path, hallpass: Run) -> None:
    hallpass("people", "import", "people.csv")
    dana = next(person for person in everybody_in(maple_grove) if person.name == "Dana Whitlock")
    over = replace(a_request(requester=dana), status=Status.approved, ends=NOON.replace(year=2020))  # the command has a clock of its own
    written(maple_grove, lambda work: work.requests.add(over))

    (listed,) = json.loads(hallpass("requests", "list", "--json")[1])
    assert listed["status"] == json.loads(hallpass("requests", "show", "r1", "--json")[1])["status"] == "ended"
    assert "ended" in hallpass("requests", "list")[1]
    assert "Status: Ended" in hallpass("requests", "show", "r1")[1]


def test_a_person_may_have_a_time_zone_of_her_own(maple_grove: Path, hallpass: Run) -> None:
    file = maple_grove / "people.csv"
    head, *lines = file.read_text().splitlines()
    file.write_text("\n".join([f"{head},time_zone", *(f"{line},{'America/Denver' if line.startswith('dana') else ''}" for line in lines)]))
    assert hallpass("people", "import", "people.csv")[0] == 0
    assert {person.name: person.zone for person in everybody_in(maple_grove) if person.zone} == {"Dana Whitlock": "America/Denver"}
    assert "in the time zone America/Denver" in hallpass("people", "show", "dana.whitlock@maplegrove.example")[1]
    assert json.loads(hallpass("people", "show", "dana.whitlock@maplegrove.example", "--json")[1])["time_zone"] == "America/Denver"

    file.write_text(file.read_text().replace("America/Denver", "Denver"))

    status, _, err = hallpass("people", "import", "people.csv")
    assert status == 1
    assert "'Denver' is no time zone" in err
