"""What is wrong with the settings for many Slack workspaces, a sentence each; and what Slack's kit must not see of them."""

from collections.abc import Iterator, MutableMapping
from typing import Protocol
from urllib.parse import urlsplit

from handlers.trouble import Trouble

NAMES = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
LOCAL = ("127.0.0.1", "localhost", "::1")
URL = "set it to the https address at which browsers and Slack reach this installation, such as https://bot.example.org"


class Set(Protocol):
    """The settings that matter for it, as they are written."""

    @property
    def slack_client_id(self) -> str: ...
    @property
    def slack_client_secret(self) -> str: ...
    @property
    def slack_bot_token(self) -> str: ...
    @property
    def slack_app_token(self) -> str: ...
    @property
    def slack_signing_secret(self) -> str: ...
    @property
    def slack_tech_channel(self) -> str: ...
    @property
    def public_url(self) -> str: ...


def faults(settings: Set) -> Iterator[str]:
    """Tell every fault at once."""
    if not (settings.slack_client_id and settings.slack_client_secret):
        yield "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together: set both for many workspaces, or neither for one."
    if settings.slack_bot_token:
        yield "SLACK_BOT_TOKEN is one workspace's, SLACK_CLIENT_ID is for many, which bring their own: leave the one or the other out."
    if settings.slack_app_token:
        yield "SLACK_APP_TOKEN is for Socket Mode, over which nobody can install: leave it out, or SLACK_CLIENT_ID for one workspace."
    if not settings.slack_signing_secret:
        yield "SLACK_CLIENT_ID is set, but not SLACK_SIGNING_SECRET: many workspaces are served over signed HTTP."
    if settings.slack_tech_channel:
        yield "SLACK_TECH_CHANNEL is a channel of one workspace: leave it out where there are many; cards come as direct messages."
    yield from url_faults(settings.public_url)


def hide(env: MutableMapping[str, str]) -> None:
    """Take out of the environment what Slack's kit acts upon by itself: it would keep installations in files."""
    for name in NAMES:
        env.pop(name, None)


def address(url: str) -> str:
    """Return the public address, without a slash at the end. Raises Trouble where it cannot be one."""
    for fault in url_faults(url):
        raise Trouble(fault)
    return url.rstrip("/")


def url_faults(url: str) -> Iterator[str]:
    """Tell what is wrong with the public address."""
    if not url:
        yield f"HALLPASS_URL is not set: {URL}."
    elif not _is_public(url):
        yield f"HALLPASS_URL is {url[:60]!r}: {URL}."


def _is_public(url: str) -> bool:
    """Say whether Slack would take it: https, or this machine for trying it out; nothing behind the path."""
    try:
        parts = urlsplit(url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)
        return bool(safe and parts.hostname and not (parts.query or parts.fragment or parts.username))
    except ValueError:
        return False
