"""Where in Teams somebody is talked to, as a row of ours: botbuilder's own reference loses the tenant. Not here: talking."""

import json
from dataclasses import asdict, dataclass

ROOT = ";messageid="  # parts a channel's id from the message whose thread it is


@dataclass(frozen=True, slots=True)
class TeamsRef:
    """A conversation, or one thread of a channel; `service_url` is where Microsoft takes what is said there."""

    tenant: str
    service_url: str
    conversation: str
    thread: str = ""  # the id of the message that began it
    bot: str = ""  # our own id there
    user: str = ""  # of a personal chat: what this bot alone calls whoever it is with (29:…), once they were heard there

    @property
    def target(self) -> str:
        """Return the conversation's id as the connector wants it: a thread is a conversation of its own."""
        return f"{self.conversation}{ROOT}{self.thread}" if self.thread else self.conversation

    def __str__(self) -> str:
        """Return the row."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def read(cls, row: str) -> "TeamsRef":
        """Return the reference that was written so. Raises ValueError or TypeError for anything else."""
        return cls(**json.loads(row))
