"""Timers: rows of the outbox that send nothing, but have something done when they are due. Not here: what is done (firing)."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from handlers.ids import RequestId
from handlers.kept import Leaving
from handlers.people import HALLPASS, DistrictKey
from handlers.ports import Work

LATE = timedelta(days=1)


class Timer(StrEnum):
    """What is done when its time has come; the value is stored, and is none of a card's (wording.leaving)."""

    remind = "remind"  # about a stage that waits: whoever may decide it
    escalate = "escalate"  # about a stage that waits: the fallback is asked, too
    lapse = "lapse"  # about a stage that waits: the request is over
    warn = "warn"  # about a request: its permission ends soon
    due = "due"  # about a duty and how often it was asked for: it is due
    recertify = "recertify"  # whether a channel of the register is still used: about the request
    later = "later"  # a card that its reader would have got outside their hours: about the card, and them
    end = "end"  # a permission is over: about the request


def set_timer(work: Work, kind: Timer, about: str, district: DistrictKey, request: RequestId, at: datetime) -> None:
    """Have something done at that moment, or at once if it is past; the same one for the same moment is set once.

    It waits for nothing else and holds nothing up. It is never taken back: what it does reads first whether it still applies.
    """
    key = f"timer:{kind}:{about}:{at.astimezone(UTC).isoformat()}"
    work.outbox.put(Leaving(key, key, district, kind, request, about, HALLPASS, key, at=at))


def since(leaving: Leaving, now: datetime) -> datetime:
    """Return from when the next timer of a row of them counts: when this one was due, so that none drifts into the night.

    After a long standstill it is now, lest all that were missed come together.
    """
    return leaving.at if leaving.at is not None and now - leaving.at < LATE else now
