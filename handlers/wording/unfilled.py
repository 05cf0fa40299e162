"""What those who look after Hallpass read when a policy wants somebody whom the directory does not name. It names nobody who asked."""

from dataclasses import dataclass

from handlers.cards import Card, Facts, Note, Tone
from handlers.people import Role
from handlers.policy.pack import Pack
from handlers.wording import terms
from handlers.wording.undelivered import DIRECTORY, OURS

KIND = "unfilled"  # of the outbox's rows; none of a request's cards (leaving)


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A role that nobody holds, where it would decide, or be told, at a school if it is held at one; told once a day."""

    day: str
    role: Role
    decides: bool
    school: str = ""

    def __str__(self) -> str:
        """Return how it is kept; only the school, the last, may hold a colon."""
        return f"{self.day}:{self.role}:{'decides' if self.decides else 'told'}:{self.school}"

    @classmethod
    def read(cls, text: str) -> "Unfilled":
        """Return what was kept so."""
        day, role, part, school = text.split(":", 3)
        return cls(day, Role(role), part == "decides", school)


def card(one: Unfilled, pack: Pack) -> Card:
    """Return the card: which role, where, what it is wanted for and what to do."""
    title = f"Nobody could {'decide' if one.decides else 'be told of'} what somebody wanted to send"
    role, last = terms.of_her(one.role), terms.of_her(pack.settings.fallback)
    where = (("School", one.school),) if one.school else ()
    why = f"The directory names nobody for this role, nor {last} to stand in (district setting)."
    todo = f"Give somebody the role. {DIRECTORY} “hallpass check” names everything that nobody could decide."
    rows = (("Role", terms.capital(role)), *where, ("Why", why), ("What to do", todo))
    more = "The form was not opened, and nothing was sent. You are told once a day for each role and school."
    return Card(title, (Facts(rows), Note(more), Note(OURS)), tone=Tone.warn, summary=title)
