"""The state of one Teams: who is there, where they talk, what was said, what is open on whose screen, its clock. Not here: HTTP."""

import base64
import hashlib
import itertools
import time
import uuid
from typing import Any

from tests.loopback.teams.records import Dialog, Json, Message, Person, Place

TENANT = "9b1c7d5e-0000-4000-8000-00000000a001"
APP_ID = "5f0d3c1a-0000-4000-8000-00000000b001"


class Refused(Exception):  # noqa: N818  # Teams says no; nothing broke
    """An answer that is an error."""

    def __init__(self, status: int, code: str, message: str = "", *, retry_after: int | None = None, body: Json | None = None) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.body = body or {"error": {"code": code, "message": message or code}}


class World:
    """What is the case. Everything a test may look at directly is public."""

    def __init__(self, *, tenant: str = TENANT) -> None:
        self.base_url, self.tls_url, self.tenant = "", "", tenant
        self.app_id, self.app_password, self.bot_name = APP_ID, "loopback-teams-password", "Hallpass"
        self.people: dict[str, Person] = {}
        self.places: dict[str, Place] = {}
        self.messages: list[Message] = []
        self.dialogs: dict[str, Dialog] = {}
        self.toasts: dict[str, list[str]] = {}
        self.notifications: dict[str, list[str]] = {}
        self.faulty: list[str] = []
        self.typing: list[str] = []
        self.tokens: dict[str, float] = {}
        self.limits = False
        self.called_at: dict[tuple[str, str], list[float]] = {}
        self._ahead = 0.0
        self._last_id = 0
        self._count = itertools.count(1)

    @property
    def bot(self) -> Json:
        """The bot as an account."""
        return {"id": f"28:{self.app_id}", "name": self.bot_name}

    def now(self) -> float:
        """The time here; tests may move it."""
        return time.time() + self._ahead

    def passes(self, seconds: float) -> None:
        """Move this Teams' clock, for limits, refreshes and issued tokens; what it signs keeps the machine's time."""
        self._ahead += seconds

    def fresh(self, prefix: str) -> str:
        """An id nobody had before."""
        return f"{prefix}{next(self._count):06d}"

    def message_id(self) -> str:
        """A message's id: milliseconds since 1970, no two alike."""
        self._last_id = max(self._last_id + 1, int(self.now() * 1000))
        return str(self._last_id)

    def service_url(self, tenant: str | None = None) -> str:
        """Where the connector is, with the slash at its end that Teams sends."""
        return f"{self.base_url}/amer/{tenant or self.tenant}/"

    def person(self, key: str, *, name: str | None = None, email: str | None = "", tenant: str | None = None, **more: Any) -> Person:
        """Somebody is there (or is somebody else from now on). E-mail "" makes one from the name; None has none."""
        called = name or key.title()
        upn = f"{called.lower().replace(' ', '.')}@maplegrove.example"
        made = upn if email == "" else email
        of = tenant or self.tenant
        ids = {"aad_object_id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{of}/{key}")), "mri": _mri(f"{self.app_id}/{of}/{key}")}
        self.people[key] = Person(key, called, made, tenant=of, **{"upn": upn, **ids, **more})
        return self.people[key]

    def group(self, key: str, *, members: tuple[str, ...] = (), bot: bool = True, tenant: str | None = None) -> Place:
        """A group chat of these people, and the bot unless it was not added."""
        place = Place(f"19:{_hash(key)}@thread.v2", key, "groupChat", tenant or self.tenant, set(members), bot=bot)
        self.places[key] = place
        return place

    def channel(self, key: str, *, members: tuple[str, ...] = (), team: str = "Maple Grove", bot: bool = True) -> Place:
        """A channel of a team whose members are these people."""
        place = Place(f"19:{_hash(key)}@thread.tacv2", key, "channel", self.tenant, set(members), team, bot)
        self.places[key] = place
        return place

    def personal(self, person: str) -> Place:
        """The chat of this person with the bot; made when it is first needed."""
        who = self.people[person]
        made = Place(f"a:1{_hash(f'{self.app_id}/{who.mri}')}", person, "personal", who.tenant, {person})
        return self.places.setdefault(f"personal/{person}", made)

    def team_id(self, team: str) -> str:
        """A team's id is that of its general channel."""
        return f"19:{_hash(f'team/{team}')}@thread.tacv2"

    def somebody(self, said: str) -> Person | None:
        """Who has this `29:` id, object id or user principal name."""
        return next((one for one in self.people.values() if said in {one.mri, one.aad_object_id, one.upn}), None)

    def place_of(self, wire: str) -> tuple[Place, str | None]:
        """The conversation with this id on the wire, and the thread in it; a team's id means a channel of it."""
        bare, _, thread = wire.partition(";messageid=")
        for one in self.places.values():
            if bare in {one.id, self.team_id(one.team) if one.team else None} and not one.gone:
                return one, thread or None
        raise Refused(404, "ConversationNotFound", "Conversation not found.")

    def wire_id(self, place: Place, thread: str | None) -> str:
        """A conversation's id on the wire."""
        return f"{place.id};messageid={thread}" if thread and place.kind == "channel" else place.id

    def message(self, place: Place, key: str) -> Message:
        """The bot's or somebody's message there."""
        for one in self.messages:
            if (one.place, one.id, one.deleted) == (place.id, key, False):
                return one
        raise Refused(404, "ActivityNotFoundInConversation", "The activity was not found in the conversation.")

    def on_change(self, message: Message) -> None:
        """The bot's message is new, or another one. Here nobody looks at it."""

    def wrong(self, findings: list[str]) -> None:
        """Something came that Teams would not show: the test that caused it fails, unless it `forgives()`."""
        self.faulty.extend(findings)

    def forgives(self) -> list[str]:
        """What was found wrong so far; it no longer fails the test."""
        found, self.faulty = self.faulty, []
        return found


def _hash(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _mri(said: str) -> str:
    return "29:1" + base64.urlsafe_b64encode(hashlib.sha384(said.encode()).digest()).decode().rstrip("=")
