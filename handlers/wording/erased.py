"""What stands in the place of words whose key was destroyed. Not here: destroying it, or why that is refused."""

from datetime import datetime

from handlers.wording import terms

BEGINS = "erased on "


def erased(at: datetime) -> str:
    """Return it, with the day (UTC)."""
    return f"{BEGINS}{terms.day(at.date().isoformat())}"


def is_erased(text: str) -> bool:
    """Say whether the text is what stands for erased words: it completes no sentence."""
    return text.startswith(BEGINS)
