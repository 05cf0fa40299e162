"""What goes wrong on purpose: which calls, how often, and how. A test sets it with `teams.fail(...)`."""

from dataclasses import dataclass
from typing import Literal

Drop = Literal["before", "after"]


@dataclass
class Fault:
    """For the next `times` calls of the operation (`*`: any; `token`, `discovery`, `openid`, `keys` too), perhaps in one place only.

    `drop` closes the connection: "before" nothing happened, "after" (or True) the deed was done. `late` waits after the deed.
    """

    operation: str
    times: int = 1
    status: int | None = None
    code: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    late: float = 0.0
    drop: Drop | bool = False
    hang: bool = False
    place: str | None = None
    met: int = 0

    def meets(self, operation: str, places: set[str]) -> bool:
        """Whether this call is one of those; then it counts."""
        if self.met >= self.times or self.operation not in {"*", operation} or (self.place and self.place not in places):
            return False
        self.met += 1
        return True
