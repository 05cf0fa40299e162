"""The letter as a file: by command, and at an address that ten minutes or another reader make worthless."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from docx import Document

from bot import wiring
from bot.letter_file import as_docx, as_text
from bot.letter_link import KIND, LetterLinks
from handlers.ids import DutyId
from handlers.people import DistrictKey, Person
from handlers.policy.letters import Letter
from handlers.ports import Work
from handlers.workflow.request import Request, Status
from storage.packs import DiskPacks
from storage.vault import FernetVault
from storage.work import open_store
from tests.bot.conftest import PACKS
from tests.gallery import approved
from tests.samples import EVERYBODY, HELEN, MAPLE_GROVE, MARIA, NOON

HERE = DistrictKey("maple-grove")
Run = Callable[..., tuple[int, str, str]]
Fetched = tuple[TestClient[web.Request, web.Application], LetterLinks]
LETTER = Letter("To the parents of Chess & <Go>", ("Dear parents,\nboth of you", "- How: by phone\x0b", "- From: today", "Regards"))


def keep(request: Request, people: tuple[Person, ...] = EVERYBODY) -> None:
    async def kept() -> None:
        store = await open_store("sqlite:///hallpass.db", lambda: NOON)
        await store.write(_keep, request, people)
        await store.close()

    asyncio.run(kept())


def _keep(work: Work, request: Request, people: tuple[Person, ...]) -> None:
    work.directory.replace(HERE, people)
    work.requests.add(request)


def words(raw: bytes) -> list[tuple[str, str]]:
    """The paragraphs of a Word file, each with the name of its style."""
    return [(one.style.name if one.style else "", one.text) for one in Document(BytesIO(raw)).paragraphs]


def test_a_word_file_has_the_letters_words_in_words_own_styles() -> None:
    raw = as_docx(LETTER)

    assert words(raw) == [
        ("Heading 1", "To the parents of Chess & <Go>"),
        ("Normal", "Dear parents,\nboth of you"),
        ("List Bullet", "How: by phone"),
        ("List Bullet", "From: today"),
        ("Normal", "Regards"),
    ]
    told = Document(BytesIO(raw)).core_properties
    assert (told.title, told.author) == ("To the parents of Chess & <Go>", "")


def test_a_letter_without_a_heading_has_none() -> None:
    assert words(as_docx(Letter("", ("Dear parents",)))) == [("Normal", "Dear parents")]
    assert as_text(Letter("", ("Dear parents",))) == "Dear parents\n"


def test_the_command_writes_the_file(maple_grove: Path, hallpass: Run) -> None:
    keep(approved())

    status, out, _ = hallpass("letters", "draft", "r1", "--to", "letter.docx")

    assert (status, out) == (0, "Drafted into letter.docx. Please read it before it is sent: Hallpass sends it to nobody.\n")
    told = " ".join(text for _, text in words((maple_grove / "letter.docx").read_bytes()))
    assert "Dana Whitlock of Maple Grove High School may be in touch" in told
    assert "Please ask Maria Ortiz, building principal" in told
    assert "Ada Finch" not in told


def test_the_command_prints_the_text_or_writes_that(maple_grove: Path, hallpass: Run) -> None:
    keep(approved())

    _, out, _ = hallpass("letters", "draft", "r1")
    hallpass("letters", "draft", "r1", "--duty", "r1.d3", "--to", "letter.TXT")

    assert out.startswith("To the parents of students whom Dana Whitlock teaches\n\n")
    assert (maple_grove / "letter.TXT").read_text(encoding="utf-8").rstrip() == out.rstrip()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("r1", "--to", "letter.pdf"), "letter.pdf is neither a .docx nor a .txt file: name one that is."),
        (("r1", "--to", "no/letter.docx"), "cannot be written"),
        (("r9",), "There is no request r9: `hallpass requests list` shows every one."),
        (("r1", "--duty", "r1.d1"), "Which letter? Add --duty with one of r1.d3. Nothing was written."),
    ],
)
def test_what_cannot_be_drafted_is_one_sentence(maple_grove: Path, hallpass: Run, given: tuple[str, ...], sentence: str) -> None:
    keep(approved())

    status, _, err = hallpass("letters", "draft", *given)

    assert status == 1
    assert sentence in err


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"duties": ()}, "Nothing that request r1 obliges somebody to do asks for a letter."),
        ({"status": Status.revoked}, "This one is closed. It was revoked. Nothing was changed."),
    ],
)
def test_a_request_that_owes_no_letter_now_is_refused(maple_grove: Path, hallpass: Run, change: dict[str, object], sentence: str) -> None:
    keep(replace(approved(), **change))  # type: ignore[arg-type]  # each case names real fields

    status, _, err = hallpass("letters", "draft", "r1")

    assert (status, err.startswith(sentence)) == (1, True)


def test_whose_owners_have_all_left_nobody_signs(maple_grove: Path, hallpass: Run) -> None:
    keep(approved(), tuple(one for one in EVERYBODY if one is not MARIA))

    status, _, err = hallpass("letters", "draft", "r1")

    assert status == 1
    assert "Nobody who has the duty r1.d3 is in the directory any more" in err


def test_a_template_that_breaks_with_these_values_is_one_sentence(maple_grove: Path, hallpass: Run) -> None:
    template = maple_grove / "policies" / "maple-grove" / "letters" / "parents.j2"
    template.write_text("Hello\n{% if staff != 'sample' %}{{ nobody }}{% endif %}", encoding="utf-8")
    keep(approved())

    status, _, err = hallpass("letters", "draft", "r1")

    assert status == 1
    assert err.startswith("No letter can be written from the template: 'nobody' is undefined (line 2).")


def test_checking_the_pack_names_the_line_of_a_broken_letter(maple_grove: Path, hallpass: Run) -> None:
    template = maple_grove / "policies" / "maple-grove" / "letters" / "parents.j2"
    template.write_text("# Hello\n\n{{ staf }}", encoding="utf-8")

    status, _, err = hallpass("policy", "check", "maple-grove")

    assert status == 1
    assert err.startswith(
        "maple-grove/letters/parents.j2, line 3: No letter can be written from this: 'staf' is undefined. A letter is told"
    )
    assert len(err.strip().splitlines()) == 1


def test_a_letter_that_is_no_text_is_named(maple_grove: Path, hallpass: Run) -> None:
    (maple_grove / "policies" / "maple-grove" / "letters" / "parents.j2").write_bytes(b"\xff\xfe")

    _, _, err = hallpass("policy", "check", "maple-grove")

    assert err.startswith("maple-grove/letters/parents.j2, line 1: This file is not UTF-8 text. Save it again as UTF-8.")


VAULT = FernetVault(["a long secret"])


@pytest.fixture
async def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Fetched]:
    """A browser before the addresses, and what makes them; Dana's request is approved."""
    monkeypatch.setattr(wiring, "clock", lambda: NOON + timedelta(hours=3))
    store = await open_store(f"sqlite:///{tmp_path}/x.db", lambda: NOON)
    await store.write(_keep, approved(), EVERYBODY)
    links = LetterLinks(store, DiskPacks(PACKS), VAULT, "https://hallpass.example")
    app = web.Application()
    links.route(app)
    async with TestClient(TestServer(app)) as browser:
        yield browser, links
    await store.close()


async def test_the_owner_fetches_the_file(fetched: Fetched) -> None:
    browser, links = fetched
    address = links.link(DutyId("r1.d3"), MARIA.id)

    answer = await browser.get(address.removeprefix("https://hallpass.example"))

    assert (answer.status, answer.content_type) == (200, KIND)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letter-to-parents.docx"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert ("Normal", "March 2, 2026") in words(await answer.read())
    assert not any(word in address for word in ("r1", "maria", "Ortiz"))


@pytest.mark.parametrize(
    ("sealed", "status"),
    [
        ("nonsense", 410),
        (VAULT.seal("a token of somebody's workspace"), 410),
        (VAULT.seal('["other", "r1.d3", "maria"]'), 410),
        (VAULT.seal('["letter", "r1.d3"]'), 410),
        (FernetVault(["another"]).seal('["letter", "r1.d3", "maria"]'), 410),
        (VAULT.seal('["letter", "r1.d3", "helen"]'), 404),
        (VAULT.seal('["letter", "r1.d3", "nobody"]'), 404),
        (VAULT.seal('["letter", "r9.d3", "maria"]'), 404),
    ],
)
async def test_nothing_else_opens_it(fetched: Fetched, sealed: str, status: int) -> None:
    browser, _ = fetched

    answer = await browser.get(f"/letters/{sealed}")

    assert answer.status == status
    assert "Maria" not in await answer.text()


async def test_after_ten_minutes_it_leads_nowhere(fetched: Fetched, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, links = fetched
    path = links.link(DutyId("r1.d3"), MARIA.id).removeprefix("https://hallpass.example")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 599)
    assert (await browser.get(path)).status == 200
    monkeypatch.setattr(time, "time", lambda: now + 602)

    answer = await browser.get(path)

    assert answer.status == 410
    assert "older than ten minutes" in await answer.text()


async def test_whoever_has_left_since_fetches_nothing(fetched: Fetched) -> None:
    browser, links = fetched
    path = links.link(DutyId("r1.d3"), MARIA.id).removeprefix("https://hallpass.example")
    await links.store.write(lambda work: work.directory.replace(MAPLE_GROVE, (HELEN,)))

    assert (await browser.get(path)).status == 404


def test_where_browsers_reach_nothing_there_is_no_address(tmp_path: Path) -> None:
    app = web.Application()
    links = LetterLinks(None, DiskPacks(PACKS), VAULT, "")  # type: ignore[arg-type]  # nothing is read

    assert links.route(app)(DutyId("r1.d3"), MARIA.id) == ""
    assert not list(app.router.routes())
