"""The release check's people are those of the rehearsal, known to Microsoft's Agents Playground under the same ids."""

import csv
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
PLAYGROUND = ROOT / "tests" / "playground"
IDS = ("teams_tenant_id", "teams_aad_object_id")


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def test_the_directory_is_the_rehearsals_with_ids() -> None:
    without = [{name: "" if name in IDS else cell for name, cell in row.items()} for row in rows(PLAYGROUND / "people.csv")]

    assert without == rows(ROOT / "bot" / "rehearsal" / "people.csv")


def test_everybody_is_in_the_playground_under_the_same_id() -> None:
    told: dict[str, Any] = yaml.safe_load((PLAYGROUND / ".m365agentsplayground.yml").read_text(encoding="utf-8"))
    people = [told["currentUser"], *told["users"]]

    assert {(row["email"], row["name"], *(row[name] for name in IDS)) for row in rows(PLAYGROUND / "people.csv")} == {
        (one["email"], one["name"], told["tenantId"], one["aadObjectId"]) for one in people
    }
    assert all(one["id"] == one["aadObjectId"] for one in people)
    assert len(told["users"]) == 5  # it takes neither more nor fewer
    assert f"TEAMS_TENANT_ID={told['tenantId']}" in (PLAYGROUND / "settings.sh").read_text(encoding="utf-8")
