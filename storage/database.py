"""Which database is meant, and with which secrets. Not here: opening it; this loads no driver."""

from dataclasses import dataclass, field
from typing import Union


@dataclass(frozen=True, slots=True)
class Database:
    """An address, and the secrets under which people's words are sealed there, newest first; without one they are not protected."""

    url: str
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, given: Union[str, "Database"]) -> "Database":
        """Return it as it is; a bare address is that of a database without secrets."""
        return cls(given) if isinstance(given, str) else given
