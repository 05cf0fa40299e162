"""Who is let in at the page, what a malformed message gets, and what is said and logged when something breaks."""

import logging

import pytest

from adapters.web.guard import LONGEST
from handlers.actions import Said
from handlers.trouble import Trouble
from tests.adapters.web.visitor import ScriptedDesk, Visitor
from tests.samples import MAPLE_GROVE


async def test_the_page_is_served_and_kept_from_everything_foreign(visitor: Visitor) -> None:
    for path in ("/", "/page/page.js", "/page/style.css"):
        async with visitor.session.get(visitor.server.make_url(path)) as response:
            policy = response.headers["Content-Security-Policy"]
            assert response.status == 200
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example", "10.0.0.7", ""]
)
async def test_a_name_that_only_resolves_to_this_machine_is_refused(visitor: Visitor, host: str) -> None:
    status, got = await visitor.reads("/world", host=host)

    assert status == 403
    assert "this machine" in got["error"]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "[::1]:8080", "127.0.0.1"])
async def test_every_name_of_this_machine_itself_is_served(visitor: Visitor, host: str) -> None:
    status, _ = await visitor.reads("/world", host=host)

    assert status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", None])
async def test_another_page_can_send_nothing(visitor: Visitor, desk: ScriptedDesk, origin: str | None) -> None:
    status, got = await visitor.posts("/say", b"{}", origin=origin)

    assert status == 403
    assert "nothing was done" in got["error"]
    assert desk.asked == []


@pytest.mark.parametrize(
    "body",
    [
        {"text": None},
        {"text": 7},
        {"text": "  \x00\n "},
        {"text": "Hello?", "delivery": ""},
        {"text": "Hello?", "delivery": "x" * 65},
        {"text": "Hello?", "delivery": "a\nb"},
        {"text": "Hello?", "seat": ["staff"]},
        {"text": "Hello?", "topic": "1"},
        {"text": "Hello?", "topic": -1},
        {"text": "Hello?", "topic": True},
        {"text": "Hello?", "topic": 10**9},
    ],
    ids=["nothing", "number", "blank", "no id", "long id", "odd id", "odd seat", "odd topic", "no topic", "yes", "far topic"],
)
async def test_a_malformed_message_gets_one_sentence(visitor: Visitor, desk: ScriptedDesk, body: dict[str, object]) -> None:
    status, got = await visitor.sends("/say", **body)

    assert status == 400
    assert got["error"].endswith(".")
    assert desk.asked == []


@pytest.mark.parametrize("values", [None, [], {"reason": 7}, {"reason": {"deep": "er"}}])
async def test_a_malformed_form_gets_one_sentence(visitor: Visitor, values: object) -> None:
    status, got = await visitor.sends("/submit", verb="deny", value="s1", values=values)

    assert status == 400
    assert got["error"].endswith(".")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[1]", b"7", b"[" * 100_000, b'{"text": ' + b"9" * 5000 + b"}"])
async def test_what_is_no_json_object_gets_one_sentence(visitor: Visitor, data: bytes) -> None:
    status, got = await visitor.posts("/say", data)

    assert status == 400
    assert got["error"].endswith(".")


async def test_half_characters_are_dropped_rather_than_breaking_the_database(visitor: Visitor, desk: ScriptedDesk) -> None:
    data = b'{"district": "maple-grove", "seat": "staff", "delivery": "d1", "text": "a\\ud800b"}'

    status, _ = await visitor.posts("/say", data)

    assert status == 200
    assert isinstance(desk.asked[0][0], Said)
    assert desk.asked[0][0].text == "ab"


async def test_a_body_without_end_is_cut_off(visitor: Visitor, desk: ScriptedDesk) -> None:
    status, got = await visitor.sends("/say", text="a" * LONGEST)

    assert status == 413
    assert got["error"] == "That is too long to send."
    assert desk.asked == []


async def test_what_breaks_gets_a_reference_and_the_log_no_words_of_hers(
    visitor: Visitor, desk: ScriptedDesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.reply = RuntimeError("parameters: 'Jamie Poe'")

    with caplog.at_level(logging.ERROR):
        status, got = await visitor.sends("/say", text="May I text Jamie Poe?")

    assert status == 500
    assert got == {"error": "Something broke on our side. Look at the card before you press again: it shows what counts. Reference CDEF."}
    assert "reference=CDEF" in caplog.text
    (broke,) = [vars(one) for one in caplog.records if hasattr(one, "kind")]
    assert broke["kind"] == "RuntimeError"
    assert "visitor.py" in broke["place"]
    assert "Jamie" not in caplog.text


async def test_what_breaks_while_only_reading_is_said_without_a_warning_about_cards(visitor: Visitor, desk: ScriptedDesk) -> None:
    desk.reply = RuntimeError("the database is away")

    status, got = await visitor.reads("/look", {"district": MAPLE_GROVE, "seat": "principal", "view": "inbox"})

    assert status == 500
    assert got == {"error": "Something broke on our side. Reference CDEF."}


@pytest.mark.parametrize("path", ["/say", "/press"])
async def test_trouble_that_has_a_sentence_is_said_and_logged_with_it(
    visitor: Visitor, desk: ScriptedDesk, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    desk.reply = Trouble("The database is full: make room, then try again.")

    with caplog.at_level(logging.WARNING):
        status, got = await visitor.sends(path, text="May I text my players?", verb="approve", value="s1")

    assert status == 503
    assert got == {"error": "The database is full: make room, then try again."}
    assert "The database is full" in caplog.text
