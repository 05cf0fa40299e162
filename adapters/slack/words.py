"""What somebody typed in Slack, as the plain words they meant. Not here: what the words ask for.

Source: docs.slack.dev/messaging/formatting-message-text (how Slack writes mentions, links and escaped signs in a message's text).
"""

import re
from html import unescape

_MARKED = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_SIGNS = {"@": "@", "#": "#"}


def said(text: str, bot: str = "") -> str:
    """Return the words, without the mention of the bot itself; links by their label, people and channels by name where Slack gives one."""
    return unescape(_MARKED.sub(lambda found: _meant(found, bot), text)).strip()


def _meant(found: re.Match[str], bot: str) -> str:
    sign, target, label = found[1], found[2], found[3]
    if sign == "@" and target == bot:
        return ""
    if sign == "!":
        return label or ""
    return f"{_SIGNS[sign]}{label or ''}" if sign else label or target
