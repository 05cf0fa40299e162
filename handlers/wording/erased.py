"""What stands in the place of words whose key was destroyed. Not here: destroying it."""

from datetime import datetime

from handlers.wording import terms


def erased(at: datetime) -> str:
    """Return it, with the day (UTC)."""
    return f"erased on {terms.day(at.date().isoformat())}"
