"""What goes wrong on purpose: which calls, how often, and how. A test sets it with `slack.fail(...)`."""

from dataclasses import dataclass
from typing import Literal

Drop = Literal["before", "after"]


@dataclass
class Fault:
    """For the next `times` calls of the method (`*`: any; `response_url`: the hooks), perhaps only in one channel.

    `drop` closes the connection: "before" nothing happened, "after" (or True) the message was stored and only the answer is lost.
    """

    method: str
    times: int = 1
    status: int | None = None
    error: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    drop: Drop | bool = False
    channel: str | None = None
    met: int = 0

    def meets(self, method: str, channels: set[str]) -> bool:
        """Whether this call is one of those; then it counts."""
        if self.met >= self.times or self.method not in {"*", method} or (self.channel and self.channel not in channels):
            return False
        self.met += 1
        return True

    @property
    def refuses(self) -> bool:
        return self.status is not None or self.error is not None
