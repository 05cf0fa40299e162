"""`hallpass policy impact`: what a changed pack no longer supports is listed and told; elsewhere a line says how many there are."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot import wiring
from handlers.ids import AnswerId, RequestId, StageId
from handlers.kept import Answered
from handlers.people import DistrictKey, Person
from handlers.policy.facts import Facts
from handlers.ports import Work
from handlers.process import grounds
from storage.work import open_store
from tests.gallery import approved, asked_for
from tests.samples import DANA, EVERYBODY, LEE, NOON
from tests.scenes import TEXTING

HERE = DistrictKey("maple-grove")
Run = Callable[..., tuple[int, str, str]]
LINE = "maple-grove: 2 requests were made under earlier rules, which today's no longer support: see `hallpass policy impact maple-grove`."


@pytest.fixture
def changed(maple_grove: Path) -> Path:
    """Dana's permission and Dana's request were made under today's rules; then the duty to copy moved in the text."""
    asyncio.run(_kept(EVERYBODY))
    rules = maple_grove / "policies" / "maple-grove" / "rules.yaml"
    rules.write_text(
        rules.read_text(encoding="utf-8").replace("paragraph 2, sentence 2", "paragraph 2, sentences 1 to 2"), encoding="utf-8"
    )
    return maple_grove


async def _kept(people: tuple[Person, ...]) -> None:
    store = await open_store("sqlite:///hallpass.db", lambda: NOON)
    await store.write(_keep, people)
    await store.close()


def _keep(work: Work, people: tuple[Person, ...]) -> None:
    pack = wiring.packs().get(HERE)
    work.directory.replace(HERE, people)
    work.answers.add(
        Answered(AnswerId("a1"), HERE, DANA.id, "t1", ("May I?",), Facts(), TEXTING, "needs_approval", ("P1",), pack.version, NOON)
    )
    first = replace(approved(), fingerprint=pack.version)
    stages = tuple(replace(one, id=StageId(f"r2.{one.role}")) for one in asked_for().stages)
    work.requests.add(first)
    work.requests.add(replace(asked_for(), id=RequestId("r2"), fingerprint=pack.version, stages=stages))
    work.grounds.keep(first, grounds(pack.processes["own-phone"], pack))


def cards() -> list[tuple[str, str]]:
    with closing(sqlite3.connect("hallpass.db")) as database:
        return sorted(database.execute("SELECT request, \"to\" FROM outbox WHERE kind = 'affected'"))


def test_it_lists_what_changed_for_which_request_and_who_has_to_know(changed: Path, hallpass: Run) -> None:
    status, out, _ = hallpass("policy", "impact", "maple-grove")

    assert status == 0
    assert out.splitlines() == [
        "r2  maple-grove  own-phone  pending",
        "  - What the policy says about it has changed: see paragraph 2, sentence 1.",
        "  tell dana.whitlock@maplegrove.example, who asked (staff member)",
        "  tell maria.ortiz@maplegrove.example, who decides or decided (building principal)",
        "r1  maple-grove  own-phone  approved",
        "  - What the policy says about it has changed: see paragraph 2, sentence 1.",
        "  tell dana.whitlock@maplegrove.example, who asked (staff member)",
        "  tell maria.ortiz@maplegrove.example, who decides or decided (building principal)",
        "  tell ravi.menon@maplegrove.example, who decides or decided (technology department)",
        "  tell dana.whitlock@maplegrove.example, who still has a duty (staff member)",
        "  tell dana.whitlock@maplegrove.example, who still has a duty (staff member)",
        "  tell maria.ortiz@maplegrove.example, who still has a duty (building principal)",
    ]
    assert cards() == []


def test_with_tell_everybody_gets_one_card_once(changed: Path, hallpass: Run) -> None:
    _, first, _ = hallpass("policy", "impact", "--tell")
    put = cards()
    _, second, _ = hallpass("policy", "impact", "--tell")

    assert "5 cards about 2 requests put: `hallpass serve` brings them, within a second where it runs." in first
    assert put == [("r1", "dana"), ("r1", "maria"), ("r1", "ravi"), ("r2", "dana"), ("r2", "maria")]
    assert "Everybody was told before; nothing was put." in second
    assert "r1  maple-grove  own-phone  approved  (told)" in second
    assert cards() == put


def test_other_programs_read_it_as_json(changed: Path, hallpass: Run) -> None:
    _, before, _ = hallpass("policy", "impact", "--json")
    _, after, _ = hallpass("policy", "impact", "--json", "--tell")

    pending, granted = json.loads(before)
    assert (pending["request"], pending["status"], pending["told"]) == ("r2", "pending", False)
    assert granted["changes"] == [{"what": "words", "says": "What the policy says about it has changed: see paragraph 2, sentence 1."}]
    assert {"person": "ravi.menon@maplegrove.example", "as": "decider", "role": "technology_department"} in granted["tell"]
    assert granted["fingerprint"] != granted["now"]
    assert [one["told"] for one in json.loads(after)] == [True, True]


def test_the_history_says_that_they_were_told(changed: Path, hallpass: Run) -> None:
    hallpass("policy", "impact", "--tell")

    _, out, _ = hallpass("requests", "show", "r1")

    assert "Hallpass told Dana Whitlock, Maria Ortiz and Ravi Menon that the rules have changed since." in out


def test_where_nobody_is_left_that_is_said(changed: Path, hallpass: Run) -> None:
    asyncio.run(_seated((LEE,)))

    _, out, _ = hallpass("policy", "impact")

    assert "  nobody is left to be told" in out


async def _seated(people: tuple[Person, ...]) -> None:
    store = await open_store("sqlite:///hallpass.db", lambda: NOON)
    await store.write(lambda work: work.directory.replace(HERE, people))
    await store.close()


def test_where_nothing_changed_there_is_nothing_to_tell(maple_grove: Path, hallpass: Run) -> None:
    asyncio.run(_kept(EVERYBODY))

    for words in (["impact"], ["impact", "--tell"]):
        assert hallpass("policy", *words) == (0, "Today's rules support every pending request and every live permission.\n", "")
    assert hallpass("policy", "impact", "--json")[1] == "[]\n"


def test_without_a_database_none_is_made(maple_grove: Path, hallpass: Run) -> None:
    assert hallpass("policy", "impact", "--tell")[0] == 0

    assert not (maple_grove / "hallpass.db").exists()


def test_an_unknown_pack_is_refused(maple_grove: Path, hallpass: Run) -> None:
    status, _, err = hallpass("policy", "impact", "elsewhere")

    assert status == 1
    assert "There is no policy pack 'elsewhere'" in err


def test_attaching_a_text_and_checking_say_how_many_in_a_line(changed: Path, hallpass: Run) -> None:
    _, attached, _ = hallpass("policy", "attach", "maple-grove", "policy.txt")
    _, checked, err = hallpass("check")

    assert LINE in attached.splitlines()
    assert f"Note: {LINE}" in checked.splitlines(), err
