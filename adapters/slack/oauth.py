"""How a workspace installs the app: off to Slack, back with its yes, and a page that says in a sentence what came of it.

Source: docs.slack.dev/authentication/installing-with-oauth; the steps are those of Slack's kit, the pages and the stores are ours.
"""

import logging
from collections.abc import Awaitable, Callable
from html import escape
from urllib.parse import urljoin

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import quiet
from adapters.slack.installed import Installations, States
from adapters.slack.keys import Keys
from adapters.slack.manifest import REDIRECT, SCOPES
from handlers.trouble import Trouble

log = logging.getLogger(__name__)

INSTALL = "/slack/install"
AWAY = (Trouble, SlackClientError, aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError)
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address of this page holds Slack's code
}
REFUSED = {
    "access_denied": "You said no to Slack, so nothing was installed.",
    "invalid_browser": "This is not the browser in which the installation was begun, so nothing was installed.",
    "invalid_state": "This address was used before, or is older than ten minutes, or was not made here, so nothing was installed.",
}
OTHERWISE = "Slack did not let Hallpass in, so nothing was installed."
UNREACHED = "Slack, or our own database, could not be reached, so nothing was installed. Try again in a few minutes."


class Installing:
    """`installed` is called when a workspace has let us in."""

    def __init__(
        self, keys: Keys, client: AsyncWebClient, installations: Installations, states: States, installed: Callable[[], None]
    ) -> None:
        self._installed = installed
        self._flow = AsyncOAuthFlow(
            client=client,
            logger=quiet(),
            settings=AsyncOAuthSettings(
                client_id=keys.client_id,
                client_secret=keys.client_secret,
                scopes=[*SCOPES],
                user_scopes=[],
                redirect_uri=keys.public_url + REDIRECT,
                install_page_rendering_enabled=False,
                authorization_url=urljoin(keys.base_url, "/oauth/v2/authorize"),
                installation_store=installations,
                state_store=states,
                callback_options=AsyncCallbackOptions(self._done, self._refused),
                logger=quiet(),
            ),
        )

    def route(self, app: web.Application) -> None:
        """Put both pages on the application."""
        app.router.add_get(INSTALL, lambda request: self._answer(request, self._flow.handle_installation))
        app.router.add_get(REDIRECT, lambda request: self._answer(request, self._flow.handle_callback))

    async def _answer(self, request: web.Request, handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]) -> web.Response:
        try:
            answer = await handle(await to_bolt_request(request))
        except AWAY as why:
            log.error("a workspace could not install Hallpass (%s)", type(why).__name__)  # noqa: TRY400  # its words may hold Slack's code
            answer = _page(503, UNREACHED)
        return await to_aiohttp_response(answer)

    async def _done(self, args: AsyncSuccessArgs) -> BoltResponse:
        self._installed()
        one = args.installation
        whole = one.is_enterprise_install
        tenant, name = (one.enterprise_id, one.enterprise_name) if whole else (one.team_id, one.team_name)
        log.info("the Slack workspace %s has installed Hallpass", tenant)
        return _page(200, f"Hallpass is installed in {name or tenant} ({tenant}). You can close this page.", again=False)

    async def _refused(self, args: AsyncFailureArgs) -> BoltResponse:
        return _page(args.suggested_status_code, REFUSED.get(args.reason, OTHERWISE))


def _page(status: int, sentence: str, *, again: bool = True) -> BoltResponse:
    link = '<p><a href="install">Begin again</a></p>' if again else ""
    words = f"<p>{escape(sentence)}</p>{link}"
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Hallpass</title><main><h1>Hallpass</h1>{words}</main></html>'
    return BoltResponse(status=status, body=page, headers=dict(HEADERS))
