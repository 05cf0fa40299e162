"""What comes to Slack's door and makes no sense: refused with a 400, and one line in the log. Not here: whether it is signed (the kit).

The kit reads a body before it looks at its signature, so anybody may send such things; an error of ours, which Slack mends by bringing
an event again, is a 500 and something else.
"""

import logging

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.trouble import place_of

# What reading a body raises that has another shape than Slack's. What people bring about is worked out in tasks, and raises none of these.
SENSELESS = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
log = logging.getLogger(__name__)


async def received(request: web.Request) -> AsyncBoltRequest:
    """Return the request as the kit reads it. Raises HTTPBadRequest."""
    try:
        return await to_bolt_request(request)
    except SENSELESS as why:
        _noted(why)
        raise web.HTTPBadRequest from why


async def answered(bolt: AsyncApp, asked: AsyncBoltRequest) -> web.Response:
    """Return what the kit answers. Raises HTTPBadRequest."""
    try:
        return await to_aiohttp_response(await bolt.async_dispatch(asked))
    except SENSELESS as why:
        _noted(why)
        raise web.HTTPBadRequest from why


def guard(bolt: AsyncApp) -> None:
    """Have the kit answer so too where it, or a listener, cannot read what is signed."""
    bolt.error(_answered)


def refusing(error: Exception) -> int:
    """Return the status that says what was wrong: theirs, or ours."""
    if not isinstance(error, SENSELESS):
        return 500
    _noted(error)
    return 400


async def _answered(error: Exception) -> BoltResponse:
    return BoltResponse(status=refusing(error))


def _noted(error: Exception) -> None:
    """The error's own words may quote what a person wrote."""
    log.warning("what came to Slack's door makes no sense", extra={"kind": type(error).__name__, "place": place_of(error)})
