"""A pack is started from any document by command, and every refusal is one sentence."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import wiring

Run = Callable[..., tuple[int, str, str]]
DOCUMENT = Path(__file__).parents[1] / "documents" / "lettered.txt"


def test_a_document_becomes_a_draft_that_answers_at_once(maple_grove: Path, hallpass: Run) -> None:
    status, out, _ = hallpass("policy", "import", "tamarack", str(DOCUMENT))

    assert status == 0
    assert "not allowed" in out
    assert "Unreviewed draft" in out
    answer = json.loads(hallpass("ask", "--json", "--district", "tamarack", "May I use the school emblem on my blog?")[1])
    assert answer["draft"]
    assert answer["verdict"] == "needs_approval"
    assert "emblem" in answer["citations"][0]["quote"]
    assert answer["text"].startswith("Unreviewed draft")


def test_a_draft_is_called_one_wherever_it_is_shown(maple_grove: Path, hallpass: Run) -> None:
    hallpass("policy", "import", "tamarack", str(DOCUMENT))

    assert "unreviewed draft" in hallpass("policy", "list")[1]
    assert "Unreviewed draft" in hallpass("policy", "show", "tamarack")[1]
    assert "(unreviewed draft)" in hallpass("policy", "check", "tamarack")[1]


def test_the_text_can_be_attached_again(maple_grove: Path, hallpass: Run) -> None:
    hallpass("policy", "import", "tamarack", str(DOCUMENT))

    assert hallpass("policy", "attach", "tamarack", str(DOCUMENT))[0] == 0


def test_headings_that_the_file_marks_are_kept(maple_grove: Path, hallpass: Run) -> None:
    (maple_grove / "marked.html").write_text("<h1>Policy</h1><h2>Texting</h2><p>Staff shall not text students.</p>", encoding="utf-8")

    assert hallpass("policy", "import", "marked", "marked.html")[0] == 0
    assert "Staff shall not text students." in hallpass("policy", "show", "marked")[1]


@pytest.mark.parametrize("key", ["Maple Grove", "../up", "", "a" * 61])
def test_a_key_that_is_none_is_refused(maple_grove: Path, hallpass: Run, key: str) -> None:
    status, _, err = hallpass("policy", "import", key, str(DOCUMENT))

    assert status == 1
    assert "is no key" in err


def test_a_taken_key_is_refused_unless_the_draft_is_to_be_made_again(maple_grove: Path, hallpass: Run) -> None:
    hallpass("policy", "import", "tamarack", str(DOCUMENT))

    assert "already" in hallpass("policy", "import", "tamarack", str(DOCUMENT))[2]
    assert hallpass("policy", "import", "tamarack", str(DOCUMENT), "--again")[0] == 0


def test_a_reviewed_pack_is_never_replaced(maple_grove: Path, hallpass: Run) -> None:
    assert "is reviewed" in hallpass("policy", "import", "maple-grove", str(DOCUMENT), "--again")[2]


def test_a_pack_that_cannot_be_read_may_be_a_reviewed_one(maple_grove: Path, hallpass: Run) -> None:
    (wiring.POLICIES / "maple-grove" / "rules.yaml").write_text("name: x\n", encoding="utf-8")

    assert "cannot be read" in hallpass("policy", "import", "maple-grove", str(DOCUMENT), "--again")[2]


def test_a_document_without_a_clause_is_refused(maple_grove: Path, hallpass: Run) -> None:
    (maple_grove / "drawn.txt").write_text("-----\n", encoding="utf-8")

    status, _, err = hallpass("policy", "import", "drawn", "drawn.txt")

    assert status == 1
    assert err.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_told(maple_grove: Path, hallpass: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (maple_grove / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(wiring, "POLICIES", maple_grove / "file")

    assert "cannot be written" in hallpass("policy", "import", "tamarack", str(DOCUMENT))[2]
