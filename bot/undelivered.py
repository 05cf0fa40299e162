"""What `hallpass check` says of conversations that could not be written to. Not here: single cards, `hallpass outbox`."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from handlers.obstacles import Obstacle
from handlers.ports import Work
from handlers.undelivered import closed_on
from handlers.wording.undelivered import channel_said

DAYS = (1, 0)  # yesterday and today: what is longer ago may have been mended


def channel_notes(work: Work, district: str, now: datetime) -> Iterator[str]:
    """Yield a sentence for each recent day on which the technology department's channel did not take a card."""
    for ago in DAYS:
        day = f"{now - timedelta(days=ago):%Y-%m-%d}"
        obstacle = work.inbox.result(closed_on(district, day))
        if obstacle is not None:
            yield channel_said(day, Obstacle(obstacle))
