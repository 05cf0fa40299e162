"""Who is let in, how large a body may be, and what a refusal says. The vendors' kits do this for Slack and Teams; a page does it itself."""

import json
import logging
import re
import unicodedata
from collections.abc import Awaitable, Callable
from typing import cast

from aiohttp import web

from handlers.ports import NewId
from handlers.trouble import Trouble, place_of

LONGEST = 256 * 1024  # bytes of a body; a question or a form is a few thousand
MOST_TOPICS = 100_000  # of one thread
LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
LOOK = "Look at the card before you press again: it shows what counts."  # the desk may have done it before it broke
SENTENCES = {404: "There is nothing here.", 405: "This address does not take that.", 413: "That is too long to send."}

READING = ("GET", "HEAD")  # what changes nothing

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
log = logging.getLogger(__name__)


class Refused(Exception):  # noqa: N818  # named for what happened
    """A request that we do not serve, with one sentence for whoever sent it."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def guarded(app: web.Application, new_id: NewId) -> None:
    """Put the guard before every route of the application, and the headers on every answer."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            _let_in(request)
            return await handler(request)
        except Refused as refused:
            return _told(refused.status, refused.sentence)
        except web.HTTPException as error:
            return _told(error.status, SENTENCES.get(error.status, error.reason))
        except Trouble as trouble:
            log.warning("page request refused: %s", trouble)
            return _told(503, str(trouble))
        except Exception as error:  # noqa: BLE001  # whatever it is, a person gets a sentence and we get the place
            return _broke(error, new_id()[-4:].upper(), reading=request.method in READING)

    app.middlewares.append(guard)
    app.on_response_prepare.append(_protect)


async def read(request: web.Request) -> dict[str, object]:
    """Return the JSON object in the body, or refuse it in one sentence."""
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > LONGEST:
            raise Refused(413, SENTENCES[413])
    try:
        body = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise Refused(400, "That was not readable as JSON.") from error
    if not isinstance(body, dict):
        raise Refused(400, "That was not a JSON object.")
    return cast("dict[str, object]", body)


def text(body: dict[str, object], name: str) -> str:
    """Return one text of the body, without what cannot be seen."""
    value = body.get(name)
    if not isinstance(value, str):
        raise Refused(400, f"“{name}” is missing or is not text.")
    return _clean(value)


def texts(body: dict[str, object], name: str) -> dict[str, str]:
    """Return one group of texts of the body."""
    group = body.get(name)
    if not isinstance(group, dict):
        raise Refused(400, f"“{name}” is missing or is not a group of texts.")
    return {_clean(key): text(group, key) for key in group}


def topic(body: dict[str, object]) -> int:
    """Return which of her topics the words belong to; the first one where the body does not say."""
    value = body.get("topic", 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MOST_TOPICS:
        raise Refused(400, "“topic” is not a number that this page counts with.")
    return value


def _clean(value: str) -> str:
    """Drop control characters and halves of characters, which no database takes; keep lines and tabs."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))


def _let_in(request: web.Request) -> None:
    """A name that merely resolves to this machine is no loopback name; a page elsewhere may read nothing and send nothing."""
    if not LOOPBACK.fullmatch(request.host):
        raise Refused(403, "This page answers only under the name of this machine itself, such as localhost.")
    if request.method not in READING and request.headers.get("Origin") != f"http://{request.host}":
        raise Refused(403, "This came from another page, so nothing was done.")


def _broke(error: Exception, reference: str, *, reading: bool) -> web.Response:
    """The error's own words may quote what a person wrote: the log gets its kind and its place."""
    log.error("page request broke: reference=%s", reference, extra={"kind": type(error).__name__, "place": place_of(error)})
    return _told(500, " ".join(("Something broke on our side.", *(() if reading else (LOOK,)), f"Reference {reference}.")))


def _told(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status)


async def _protect(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
