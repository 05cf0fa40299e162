"""`hallpass policy`: list, read and attach."""

import json
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


def test_every_pack_is_listed_with_whether_its_text_is_attached(maple_grove: Path, hallpass: Run) -> None:
    _, before, _ = hallpass("policy", "list")
    hallpass("policy", "attach", "maple-grove", "policy.txt")
    _, after, _ = hallpass("policy", "list", "--json")

    assert "not attached" in before
    assert json.loads(after) == [
        {
            "key": "maple-grove",
            "name": "Maple Grove",
            "policy": "Policy 12 Staff and Students Online",
            "dates": "adopted January 2020",
            "text": "attached",
            "state": "reviewed",
        }
    ]


def test_a_pack_reads_like_a_page(maple_grove: Path, hallpass: Run) -> None:
    hallpass("policy", "attach", "maple-grove", "policy.txt")

    status, out, _ = hallpass("policy", "show", "maple-grove")

    assert status == 0
    assert out.index("Not allowed") < out.index("Only with approval") < out.index("Allowed, but somebody is to be told")
    assert "decided by the building principal, then the technology department" in out
    assert "“They copy their supervisor.”" in out
    assert "district settings" in out


def test_other_programs_read_a_pack_as_json(maple_grove: Path, hallpass: Run) -> None:
    hallpass("policy", "attach", "maple-grove", "policy.txt")

    pack = json.loads(hallpass("policy", "show", "maple-grove", "--json")[1])

    assert (pack["key"], pack["text"]) == ("maple-grove", "attached")
    assert "They copy their supervisor." in [rule["quote"] for rule in pack["rules"]]
    assert set(pack["processes"]) == {"own-phone", "family", "logo", "produce", "order", "concern", "persists", "diary"}


def test_another_text_is_refused_and_nothing_is_attached(maple_grove: Path, hallpass: Run) -> None:
    (maple_grove / "other.txt").write_text("Staff may do as they like.", encoding="utf-8")

    status, _, err = hallpass("policy", "attach", "maple-grove", "other.txt")

    assert status == 1
    assert "is not the text that the pack maple-grove was written for" in err
    assert "not attached" in hallpass("policy", "list")[1]


def test_the_same_words_in_other_lines_are_the_same_text_and_the_same_clauses(maple_grove: Path, hallpass: Run) -> None:
    text = (maple_grove / "policy.txt").read_text(encoding="utf-8")
    (maple_grove / "again.md").write_text("\ufeff" + "\n".join(textwrap.wrap(text, 40)), encoding="utf-8")

    status, out, _ = hallpass("policy", "attach", "maple-grove", "again.md")

    assert status == 0
    assert out.startswith("Attached again.md to maple-grove")
    assert "“They copy their supervisor.”" in hallpass("policy", "show", "maple-grove")[1]


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("policy.doc", b"x", "neither a .txt nor a .md"),
        ("missing.txt", None, "cannot be read"),
        ("empty.txt", b" \n", "holds no text"),
        ("binary.txt", b"a\0b", "holds no text"),
        ("junk.txt", b"\x81\x8d", "is not UTF-8"),
        ("huge.txt", b"a" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_is_no_policy_is_refused_in_one_sentence(
    maple_grove: Path, hallpass: Run, name: str, raw: bytes | None, sentence: str
) -> None:
    if raw is not None:
        (maple_grove / name).write_bytes(raw)

    status, _, err = hallpass("policy", "attach", "maple-grove", name)

    assert status == 1
    assert sentence in err
    assert len(err.splitlines()) == 1


def test_a_broken_pack_names_file_line_and_what_to_do(maple_grove: Path, hallpass: Run) -> None:
    rules = maple_grove / "policies" / "maple-grove" / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("kind: notice", "kind: notise"), encoding="utf-8")

    status, _, err = hallpass("policy", "show", "maple-grove")

    assert status == 1
    assert "rules.yaml" in err
    assert "line" in err
    assert "Traceback" not in err
