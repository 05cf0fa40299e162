"""`hallpass people`, `requests`, `migrate` and `check`: what an administrator does before anybody asks."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

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
    file.write_text("\n".join(line for line in everybody.splitlines() if not line.startswith("lee")))
    hallpass("people", "import", "people.csv")
    file.write_text(everybody)

    status, out, _ = hallpass("people", "import", "people.csv")

    assert status == 0
    assert "added    lee.santos@maplegrove.example" in out


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


def test_check_tells_every_fault_at_once(maple_grove: Path, hallpass: Run) -> None:
    status, _, err = hallpass("check")

    assert status == 1
    assert "nobody is in the directory: run `hallpass people import" in err
    assert "text is not attached: run `hallpass policy attach" in err


def test_check_finds_who_could_decide_nothing(maple_grove: Path, hallpass: Run) -> None:
    file = maple_grove / "people.csv"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if "superintendent" not in line and "technology" not in line))
    hallpass("people", "import", "people.csv")

    _, _, err = hallpass("check")

    assert "nobody could decide 'own-phone' for dana.whitlock@maplegrove.example: give somebody the role technology_department." in err


def test_check_is_content_when_all_is_in_order(maple_grove: Path, hallpass: Run) -> None:
    hallpass("people", "import", "people.csv")
    hallpass("policy", "attach", "maple-grove", "policy.txt")

    status, out, err = hallpass("check")

    assert (status, err) == (0, "")
    assert out.startswith("All good")


def test_check_tells_when_the_database_cannot_be_used(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///no/such/folder/x.db")

    status, _, err = hallpass("check")

    assert status == 1
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1
