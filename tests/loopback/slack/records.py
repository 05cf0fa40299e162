"""What a Slack keeps: people, channels, messages, views, and what was called and delivered. Not here: what happens to them."""

import copy
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class User:
    """A person, or a bot, of a workspace."""

    id: str
    name: str
    email: str | None
    team: str
    enterprise: str | None = None
    tz: str = "America/Chicago"
    tz_offset: int = -21600
    confirmed: bool = True
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    is_stranger: bool = False
    deleted: bool = False

    def wire(self) -> Json:
        """The user object; a stranger's e-mail is not ours to see."""
        email = {} if self.email is None or self.is_stranger else {"email": self.email}
        flags = ("is_restricted", "is_ultra_restricted", "is_bot", "is_stranger", "deleted")
        known = {key: getattr(self, key) for key in flags}
        owner = {"enterprise_user": {"id": self.id, "enterprise_id": self.enterprise, "teams": [self.team]}} if self.enterprise else {}
        handle = self.name.lower().replace(" ", ".")
        profile = {"real_name": self.name, "display_name": handle, "team": self.team, **email}
        zone = {"tz": self.tz, "tz_label": self.tz, "tz_offset": self.tz_offset}
        told = {"id": self.id, "team_id": self.team, "name": handle, "real_name": self.name, "is_email_confirmed": self.confirmed}
        return {**told, **zone, "profile": profile, "is_admin": False, "is_owner": False, "is_app_user": False, **known, **owner}


@dataclass
class Channel:
    """A place to talk; `kind` is im, channel (public), group (private) or mpim."""

    id: str
    name: str
    kind: str
    members: set[str]
    archived: bool = False
    shared: bool = False

    def wire(self, team: str, bot: str) -> Json:
        """The conversation object."""
        is_im = self.kind == "im"
        others = sorted(self.members - {bot})
        who = {"user": others[0] if others else bot} if is_im else {"name": self.name, "is_member": bot in self.members}
        kinds = {"is_im": is_im, "is_channel": self.kind == "channel", "is_group": self.kind == "group", "is_mpim": self.kind == "mpim"}
        private = {"is_private": self.kind != "channel", "is_archived": self.archived, "is_ext_shared": self.shared}
        return {"id": self.id, "context_team_id": team, **kinds, **private, **who}


@dataclass
class Message:
    """A message as it stands now; `reader` is set where only one person sees it. `copy()` keeps what somebody still has on screen."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    edited: Json | None = None
    reader: str | None = None
    bot_id: str | None = None
    subtype: str | None = None
    streaming: bool = False
    deleted: bool = False

    def copy(self) -> "Message":
        return copy.deepcopy(self)

    @property
    def all_blocks(self) -> list[Json]:
        """Its own blocks, and those of its attachments."""
        return self.blocks + [block for one in self.attachments for block in one.get("blocks", [])]

    def wire(self, *, metadata: bool = False) -> Json:
        """The message object, as history and payloads show it."""
        told: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        kept = ("blocks", "attachments", "thread_ts", "edited", "bot_id", "subtype")
        told |= {key: copy.deepcopy(value) for key in kept if (value := getattr(self, key))}
        return told | ({"metadata": self.metadata} if metadata and self.metadata else {})


@dataclass
class View:
    """A modal, or somebody's home tab; `typed` is what stands in its inputs, `errors` what Slack shows beside them."""

    id: str
    user: str
    hash: str
    payload: Json
    root: str
    previous: str | None = None
    typed: dict[tuple[str, str], Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def all_blocks(self) -> list[Json]:
        blocks: list[Json] = self.payload["blocks"]
        return blocks

    @property
    def title(self) -> str:
        return str(self.payload.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.payload.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.payload.get("private_metadata", ""))

    def copy(self) -> "View":
        return copy.deepcopy(self)


@dataclass(frozen=True)
class Call:
    """One call of the Web API or of a response_url; `method` is then `response_url`."""

    at: float
    method: str
    arguments: Json
    status: int | None
    answer: Json
    token: str = ""


@dataclass(frozen=True)
class Ack:
    """What the app answered to one try; no status where nothing came in time."""

    status: int | None
    body: Any
    seconds: float
    headers: dict[str, str] = field(default_factory=dict)
    retry: int = 0
    reason: str | None = None


@dataclass
class Delivery:
    """Something brought to the app. `errors` are by block_id; `trouble` is what Slack's client would show instead of the app's answer."""

    id: str
    kind: str
    payload: Json
    tries: list[Ack] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None
    sent: tuple[bytes, dict[str, str]] | None = None

    @property
    def last(self) -> Ack:
        return self.tries[-1] if self.tries else Ack(None, None, 0.0)

    @property
    def status(self) -> int | None:
        return self.last.status

    @property
    def body(self) -> Any:
        return self.last.body

    @property
    def seconds(self) -> float:
        return self.last.seconds
