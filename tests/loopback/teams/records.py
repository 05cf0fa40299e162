"""What a Teams keeps: people, places, messages and their former versions, dialogs, and what was called and delivered. Not: acting."""

import copy
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["personal", "groupChat", "channel"]
CARD = "application/vnd.microsoft.card.adaptive"


@dataclass
class Person:
    """Somebody; `key` is what tests call them. The `29:` id holds for one bot only, the object id for the whole tenant."""

    key: str
    name: str
    email: str | None
    upn: str
    aad_object_id: str
    mri: str
    tenant: str
    role: Literal["user", "guest"] = "user"
    locale: str = "en-US"
    country: str = "US"
    timezone: str = "America/Chicago"
    installed: bool = True
    blocked: bool = False
    anonymous: bool = False

    def account(self) -> Json:
        """`from` of an activity; someone who joined a meeting without an account has no object id."""
        return {"id": self.mri, "name": self.name} | ({} if self.anonymous else {"aadObjectId": self.aad_object_id})

    def member(self) -> Json:
        """What a member look-up tells (msteams-docs: get-teams-context.md)."""
        given, _, surname = self.name.partition(" ")
        ids = {"objectId": self.aad_object_id, "aadObjectId": self.aad_object_id, "tenantId": self.tenant, "userRole": self.role}
        names = {"id": self.mri, "name": self.name, "givenName": given, "surname": surname}
        return {**names, **ids, "userPrincipalName": self.upn, **({"email": self.email} if self.email else {})}


@dataclass
class Place:
    """A conversation. `id` is the wire's, without the `;messageid=` of a thread; `bot` says whether the app is installed there."""

    id: str
    name: str
    kind: Kind
    tenant: str
    members: set[str]
    team: str | None = None
    bot: bool = True
    gone: bool = False


@dataclass
class Message:
    """A message as it stands now; `history` has what stood before. `reader`: only they see it. `copy()` is what is still on a screen."""

    id: str
    place: str
    author: str
    activity: Json
    thread: str | None = None
    reply_to: str | None = None
    reader: str | None = None
    deleted: bool = False
    history: list[Json] = field(default_factory=list)
    views: dict[str, Json] = field(default_factory=dict)
    viewed_at: dict[str, float] = field(default_factory=dict)
    reactions: list[tuple[str, str]] = field(default_factory=list)

    def copy(self) -> "Message":
        return copy.deepcopy(self)

    @property
    def text(self) -> str:
        return str(self.activity.get("text") or "")

    @property
    def summary(self) -> str:
        return str(self.activity.get("summary") or "")

    @property
    def cards(self) -> list[Json]:
        """The Adaptive Cards that everybody gets."""
        return [one["content"] for one in self.activity.get("attachments") or () if one.get("contentType") == CARD]

    @property
    def edits(self) -> int:
        return len(self.history)

    def seen_by(self, person: str | None = None) -> list[Json]:
        """The cards before this person: their own view, where they have one."""
        return [self.views[person]] if person in self.views else self.cards


@dataclass
class Dialog:
    """A task module before somebody; `errors` are what Teams' client shows beside inputs. `origin` is task or composeExtension."""

    id: str
    person: str
    origin: Literal["task", "composeExtension"]
    title: str
    card: Json
    place: str
    thread: str | None = None
    reply_to: str | None = None
    command: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def copy(self) -> "Dialog":
        return copy.deepcopy(self)


@dataclass(frozen=True)
class Call:
    """One call of the connector or the login; `operation`: send (a reply too), typing, update, delete, create, member(s), token, …"""

    at: float
    operation: str
    path: str
    body: Json
    status: int | None
    answer: Any
    place: str | None = None
    query: dict[str, str] = field(default_factory=dict)
    authorization: str = ""


@dataclass(frozen=True)
class Ack:
    """What the bot answered to one try; no status where nothing came in time."""

    status: int | None
    body: Any
    seconds: float
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Delivery:
    """An activity brought to the bot. `trouble` is what Teams' client shows instead of an answer, `errors` what kept it from sending."""

    id: str
    activity: Json
    tries: list[Ack] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None
    message: Message | None = None
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
