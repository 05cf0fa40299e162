"""What who looks after a workspace does: install the app, as a browser does it, and throw it out. Not here: tokens (places.py)."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import aiohttp

from tests.loopback.slack.pressing import Pressing
from tests.loopback.slack.records import Json


@dataclass
class Browser:
    """Where somebody was sent to say yes, and what her browser keeps of it."""

    asked: dict[str, str]  # what stands in the address at Slack
    address: str
    cookie: str

    @property
    def state(self) -> str:
        return self.asked["state"]


@dataclass(frozen=True)
class Page:
    """What she sees in the end."""

    status: int
    text: str
    headers: dict[str, str]


class Installing(Pressing):
    """The app is at `app_url`, and installed from there."""

    @property
    def _site(self) -> str:
        assert self.app_url
        parts = urlsplit(self.app_url)
        return f"{parts.scheme}://{parts.netloc}"

    async def begins(self) -> Browser:
        """Open the app's install page; it sends her to Slack."""
        async with aiohttp.ClientSession() as session, session.get(f"{self._site}/slack/install", allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            address = answer.headers["Location"]
            cookie = answer.headers["Set-Cookie"]
        assert address.startswith(f"{self.base_url}/oauth/v2/authorize?")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        return Browser(asked, address, cookie.partition(";")[0])

    async def agrees(self, browser: Browser, **instead: str) -> Page:
        """Say yes to Slack, which sends her back; `instead` is what stands in the address otherwise."""
        assert browser.asked["client_id"] == self.client_id
        assert browser.asked["redirect_uri"] == f"{self._site}/slack/oauth_redirect"
        code = self.fresh("code")
        self.codes[code] = self.team
        back = {"code": code, "state": browser.state, **instead}
        async with aiohttp.ClientSession() as session:
            headers = {"Cookie": browser.cookie} if browser.cookie else {}
            async with session.get(browser.asked["redirect_uri"], params=back, headers=headers) as answer:
                return Page(answer.status, await answer.text(), dict(answer.headers))

    async def installs(self) -> Page:
        """The whole way."""
        return await self.agrees(await self.begins())

    def shuts(self) -> None:
        """Every token of this workspace is void, and nobody was told."""
        self.revoked |= set(self.tokens)
        self.refreshing.clear()

    async def uninstalls(self) -> None:
        """Throw the app out; Slack tells it so, twice."""
        self.shuts()
        whole: Json = {"oauth": [], "bot": [self.bot_user]}
        await self.event("tokens_revoked", tokens=whole)
        await self.event("app_uninstalled")
