"""What comes in from Teams, as our own plain things; read from the JSON itself, which may be anything. Not here: whether to believe it.

Source: learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference (activity object).
"""

import html
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from adapters.teams.refs import ROOT, TeamsRef

Json = dict[str, Any]
_AT = re.compile(r"</?at(?:\s[^>]*)?>", re.IGNORECASE)
_GONE, _COME = ("remove", "remove-upgrade"), ("add", "add-upgrade")


class Kind(StrEnum):
    """Who else hears what is said."""

    personal = "personal"
    group = "group"
    channel = "channel"


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever wrote or pressed: (tenant, `aad`) is who it is, `id` is what this bot alone calls them; `name` is nothing verified."""

    tenant: str
    aad: str
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message: words with our own name taken out, or the `value` of a button that only submits."""

    ref: TeamsRef
    kind: Kind
    sender: Sender
    activity: str
    text: str = ""
    reply_to: str = ""
    value: Json | None = None
    locale: str = ""
    zone: str = ""  # an IANA name, where the client says


@dataclass(frozen=True, slots=True)
class Invoked:
    """Something that wants its answer in the same breath: a button (`adaptiveCard/action`), a dialog (`task/fetch`, `task/submit`)."""

    ref: TeamsRef
    kind: Kind
    sender: Sender
    activity: str
    name: str
    value: Json
    reply_to: str = ""
    locale: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Installed:
    """We may write here now; comes more than once."""

    ref: TeamsRef
    kind: Kind
    sender: Sender
    activity: str


@dataclass(frozen=True, slots=True)
class Removed:
    """We may no longer write here; comes more than once."""

    ref: TeamsRef
    kind: Kind
    sender: Sender
    activity: str


Incoming = Heard | Invoked | Installed | Removed


def at(data: object, *path: str) -> str:
    """Return the text at that path; nothing where there is none."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""


def tenant_of(raw: Json) -> str:
    """Return the tenant that the activity comes from; botbuilder's own model loses it."""
    return at(raw, "channelData", "tenant", "id").casefold()


def read(raw: Json) -> Incoming | None:
    """Return what it says to us; None for what is nothing to us, as reactions, edits, and other people's comings and goings."""
    match at(raw, "type"):
        case "message" if at(raw, "from", "id") != at(raw, "recipient", "id"):
            return Heard(*_who_and_where(raw), _words(raw), at(raw, "replyToId"), _value(raw), *_habits(raw))
        case "invoke":
            return Invoked(*_who_and_where(raw), at(raw, "name"), _value(raw) or {}, at(raw, "replyToId"), *_habits(raw))
        case "installationUpdate":
            came, went = at(raw, "action") in _COME, at(raw, "action") in _GONE
        case "conversationUpdate":
            came, went = _ours_among(raw, "membersAdded"), _ours_among(raw, "membersRemoved")
        case _:
            return None
    return Installed(*_who_and_where(raw)) if came else Removed(*_who_and_where(raw)) if went else None


def _who_and_where(raw: Json) -> tuple[TeamsRef, Kind, Sender, str]:
    conversation, _, thread = at(raw, "conversation", "id").partition(ROOT)
    tenant = tenant_of(raw)
    ref = TeamsRef(tenant, at(raw, "serviceUrl"), conversation, thread, at(raw, "recipient", "id"))
    sender = Sender(tenant, at(raw, "from", "aadObjectId").casefold(), at(raw, "from", "id"), at(raw, "from", "name"))
    return ref, _kind(raw), sender, at(raw, "id")


def _kind(raw: Json) -> Kind:
    """What is not said to be personal is heard by others."""
    said = at(raw, "conversation", "conversationType")
    return Kind.personal if said == "personal" else Kind.channel if said == "channel" else Kind.group


def _entities(raw: Json, kind: str) -> list[Json]:
    entities = raw.get("entities")
    return [one for one in entities if at(one, "type").casefold() == kind] if isinstance(entities, list) else []


def _words(raw: Json) -> str:
    """Our own mention is how we were called, not what was said; of other people's the name stays."""
    text, us = at(raw, "text"), at(raw, "recipient", "id")
    for one in _entities(raw, "mention"):
        if at(one, "mentioned", "id") == us and (called := at(one, "text")):
            text = text.replace(called, " ")
    return html.unescape(_AT.sub("", text)).replace("\N{NO-BREAK SPACE}", " ").strip()


def _value(raw: Json) -> Json | None:
    value = raw.get("value")
    return value if isinstance(value, dict) else None


def _habits(raw: Json) -> tuple[str, str]:
    client = next(iter(_entities(raw, "clientinfo")), {})
    return at(raw, "locale") or at(client, "locale"), at(raw, "localTimezone") or at(client, "timezone")


def _ours_among(raw: Json, which: str) -> bool:
    members = raw.get(which)
    return isinstance(members, list) and any(at(one, "id") == at(raw, "recipient", "id") != "" for one in members)
