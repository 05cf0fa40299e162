"""The log: one JSON line per happening, and never the words of an error we do not know."""

import json
import logging
from typing import cast

import pytest

from bot import logs, loops, wiring
from handlers.ports import Store
from handlers.trouble import Trouble

NOTHING: dict[str, str] = {}
SECRET = "Dana wrote about Sam"


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_happening_is_one_line_with_its_reference(capsys: pytest.CaptureFixture[str], log: logging.Logger) -> None:
    logs.start()

    log.info("page request broke", extra={"reference": "7F3K"})

    (line,) = lines(capsys)
    assert (line["level"], line["logger"], line["message"], line["reference"]) == ("info", "bot.tests", "page request broke", "7F3K")


def test_an_unknown_error_is_told_by_kind_and_place_only(capsys: pytest.CaptureFixture[str], log: logging.Logger) -> None:
    logs.start()

    try:
        NOTHING[SECRET]
    except LookupError:
        log.exception("courier stumbled")
        logging.getLogger("asyncio").exception("Task exception was never retrieved\nfuture: %s", SECRET)

    first, second = lines(capsys)
    assert first["kind"] == second["kind"] == "KeyError"
    assert "test_logs.py:" in first["place"]
    assert SECRET not in str((first, second))


def test_a_trouble_is_told_with_its_sentence(capsys: pytest.CaptureFixture[str], log: logging.Logger) -> None:
    logs.start()

    log.error("courier stumbled", extra=logs.seen(Trouble("The disk is full: make room.")))

    assert lines(capsys)[0]["why"] == "The disk is full: make room."


def test_libraries_are_heard_when_something_is_wrong(capsys: pytest.CaptureFixture[str], log: logging.Logger) -> None:
    logs.start()

    logging.getLogger("aiohttp.access").info("GET /thread")
    logging.getLogger("aiohttp.server").warning("odd")

    assert [line["message"] for line in lines(capsys)] == ["odd"]


async def test_a_courier_who_stumbles_says_where_and_goes_on(
    capsys: pytest.CaptureFixture[str], log: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.start()

    async def away(*_: object) -> int:
        courier.stop()
        raise ConnectionError(SECRET)

    monkeypatch.setattr(loops, "AFTER_TROUBLE", 0)
    courier = wiring.courier(cast("Store", None), wiring.packs(), {})
    monkeypatch.setattr(courier, "_look", away)

    await courier.run()

    (line,) = lines(capsys)
    assert (line["message"], line["kind"]) == ("courier stumbled", "ConnectionError")
    assert SECRET not in str(line)
