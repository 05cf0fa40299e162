"""The state of one Slack: who is there, what was said, what is open on whose screen, and its clock. Not here: HTTP."""

import copy
import itertools
import re
import time
from dataclasses import dataclass

from tests.loopback.slack.records import Channel, Json, Message, User, View

_PLACES = {"C": "channel", "G": "group", "D": "im"}


class Refused(Exception):  # noqa: N818  # Slack says no; nothing broke
    """An answer with `ok: false`."""

    def __init__(self, error: str, *told: str, status: int = 200, retry_after: int | None = None) -> None:
        super().__init__(error, *told)
        self.error = error
        self.told = list(told)
        self.status = status
        self.retry_after = retry_after


@dataclass
class Pass:
    """A trigger_id or a response_url: whose, since when, how often used."""

    user: str
    born: float
    channel: str | None = None
    message: Message | None = None
    thread_ts: str | None = None
    uses: int = 0


class World:
    """What is the case. Everything a test may look at directly is public."""

    org_wide = False  # installed by the whole of the enterprise
    no_agent_view = "feature_not_enabled"  # what is said where the plan has no agent view; empty: it has one
    one_a_second = False
    lives: int | None = None  # seconds that a token lives from when it is given; None: for ever, without rotation

    def __init__(self, *, team: str = "T1", enterprise: str | None = None, beside: "World | None" = None) -> None:
        self.base_url, self.team, self.enterprise = "", team, enterprise
        self.app_id, self.bot_user, self.bot_id = "A1", "UBOT", "B1"
        self.bot_token = f"xoxb-loopback-{team}" if beside else "xoxb-loopback"
        self.app_token, self.signing_secret = "xapp-loopback", "loopback-signing-secret"
        self.client_id, self.client_secret = "1.1", "loopback-client-secret"
        self.tokens: dict[str, str] = {self.bot_token: team}
        self.codes: dict[str, str] = {"code": team}
        self.revoked, self.refreshing = set[str](), set[str]()  # tokens; and refresh tokens, each good once
        self.ends: dict[str, float] = {}
        self.tickets: set[str] = set()
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Pass] = {}
        self.hooks: dict[str, Pass] = {}
        self.statuses: dict[tuple[str, str], str] = {}
        self.prompts: dict[tuple[str, str], list[Json]] = {}
        self.titles: dict[tuple[str, str], str] = {}
        self.posted_at: dict[str, float] = {}
        self._ahead = 0.0
        self._count: itertools.count[int] = beside._count if beside else itertools.count(1)  # no two of a Slack's ids are alike
        self.user(self.bot_user, name="Hallpass", email=None, is_bot=True)

    def now(self) -> float:
        """The time here; tests may move it."""
        return time.time() + self._ahead

    def passes(self, seconds: float) -> None:
        """Move this Slack's clock, for triggers, response_urls and rate limits; signatures keep the machine's time."""
        self._ahead += seconds

    def fresh(self, prefix: str) -> str:
        """An id nobody had before."""
        return f"{prefix}{next(self._count):06d}"

    def stamp(self) -> str:
        """A message's ts, or a hash: later is greater, no two alike."""
        return f"{int(self.now())}.{next(self._count):06d}"

    def needs_agent_view(self) -> None:
        """Refuse what only some plans have."""
        if self.no_agent_view:
            raise Refused(self.no_agent_view)

    def on_change(self, kind: str, message: Message) -> None:
        """The bot's own message was posted, changed or deleted. Here nobody minds."""

    def user(self, key: str, *, name: str | None = None, email: str | None = "", team_id: str | None = None, **more: object) -> User:
        """Somebody is there (or is somebody else from now on). E-mail "" makes one from the name; None has none."""
        called = name or key
        made = f"{called.lower().replace(' ', '.')}@maplegrove.example" if email == "" else email
        kept: Json = {"enterprise": self.enterprise, **more}
        self.users[key] = User(key, called, made, team_id or self.team, **kept)
        return self.users[key]

    def channel(self, key: str, *, name: str | None = None, members: tuple[str, ...] = (), bot: bool = True, **more: object) -> Channel:
        """A channel (C…, or G… for a private one) with these people, and the bot unless it was not invited."""
        there = set(members) | ({self.bot_user} if bot else set())
        kept: Json = {"kind": _PLACES[key[0]], **more}
        self.channels[key] = Channel(key, name or key.lower(), members=there, **kept)
        return self.channels[key]

    def im_with(self, user: str) -> Channel:
        """The DM between this user and the bot; made when it is first needed."""
        known = [one for one in self.channels.values() if one.kind == "im" and user in one.members]
        return known[0] if known else self.channel(self.fresh("D"), name="directmessage", members=(user,))

    def place(self, channel: str) -> Channel:
        """The channel of this id; a user's id means their DM, as in Slack."""
        if channel in self.users and channel != self.bot_user:
            return self.im_with(channel)
        if channel not in self.channels:
            raise Refused("channel_not_found")
        return self.channels[channel]

    def message(self, channel: str, ts: str, *, error: str = "message_not_found") -> Message:
        """The message that everybody sees there."""
        for one in self.messages:
            if (one.channel, one.ts, one.reader, one.deleted) == (channel, ts, None, False):
                return one
        raise Refused(error)

    def keep(self, message: Message) -> Message:
        """A new message is there; blocks without an id get one, as Slack gives them."""
        message.blocks = self.labelled(message.blocks)
        self.messages.append(message)
        self.on_change("posted", message)
        return message

    def labelled(self, blocks: list[Json]) -> list[Json]:
        """The same blocks, each with a block_id, each thing that acts with an action_id."""
        named = [{**copy.deepcopy(block), "block_id": block.get("block_id") or self.fresh("blk")} for block in blocks]
        for block in named:
            for one in (*block.get("elements", ()), *(block[key] for key in ("element", "accessory") if key in block)):
                if one.get("type") not in {"image", "plain_text", "mrkdwn"} and not str(one.get("type")).startswith("rich_text_"):
                    one.setdefault("action_id", self.fresh("act"))
        return named

    def trigger(self, user: str) -> str:
        """A new trigger_id: good once, for three seconds."""
        key = f"{self.fresh('')}.{self.team}.{self.fresh('')}"
        self.triggers[key] = Pass(user, self.now())
        return key

    def hook(self, user: str, channel: str, message: Message | None = None) -> str:
        """A new response_url: good five times, for half an hour."""
        key = self.fresh("hook")
        thread = message.thread_ts if message else None
        self.hooks[key] = Pass(user, self.now(), channel, message, thread)
        return f"{self.base_url}/hooks/{key}"

    def typed_by_hand(self, text: str) -> str:
        """What Slack makes of typed text: it escapes all that is not a mention, a channel, a link or a date."""
        parts = re.split(r"(<(?:[@#!]|https?:|mailto:)[^<>]*>)", text)
        return "".join(part if index % 2 else _escaped(part) for index, part in enumerate(parts))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
