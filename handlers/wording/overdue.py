"""What is overdue in the district, in numbers: one card for whoever answers for all of it. No request, no person is named."""

from collections.abc import Mapping, Sequence

from handlers.cards import Card, Listing, Note, Tone
from handlers.workflow.late import Overdue, Owed

SHOWN = 20  # lines of one card; the command line has them all
NOWHERE = "No school"
KINDS: Mapping[str, str] = {
    "permission": "permission",
    "notice": "notice",
    "directed": "request to a colleague",
    "report": "report",
    "note": "note",
}
COUNTS = "A duty counts from the day it was due, a decision from the day of its first reminder (district setting)."


def card(found: Sequence[Overdue]) -> Card:
    """Return the numbers, school by school."""
    title = f"Overdue in the district: {sum(one.number for one in found)}"
    lines = tuple(_line(one) for one in found)
    more = (f"and {len(lines) - SHOWN} lines more, which “hallpass requests overdue” shows",) if len(lines) > SHOWN else ()
    return Card(title, (Listing("By school", (*lines[:SHOWN], *more)), Note(COUNTS)), tone=Tone.warn, summary=title)


def _line(one: Overdue) -> str:
    since = {0: "since today", 1: "1 day over"}.get(one.days, f"{one.days} days over")
    return f"{one.school or NOWHERE}: {what(one)}, {since}"


def what(one: Overdue) -> str:
    """Return what is overdue, with how many there are."""
    if one.owed is Owed.decision:
        return f"{one.number} {KINDS[one.kind]}{'' if one.number == 1 else 's'} to decide"
    return f"{one.number} {'duty' if one.number == 1 else 'duties'} of a {KINDS[one.kind]}"
