"""By when something happens, as cards say it: days with their weekday, always as the district's own setting."""

from collections.abc import Iterator
from datetime import datetime

from handlers.cards import Block, Note
from handlers.days import day_of
from handlers.policy.pack import Pack
from handlers.wording import terms
from handlers.workflow.request import Stage, StageStatus


def on_day(moment: datetime, zone: str) -> str:
    """Return the day of a moment as the district counts it: "Friday, December 4, 2026"."""
    day = day_of(moment, zone)
    return f"{day:%A}, {terms.day(day.isoformat())}"


def if_nobody_decides(stage: Stage | None, pack: Pack) -> Iterator[Block]:
    """Yield what the requester can count on while a stage waits."""
    if stage is None or stage.waits is None or stage.status is not StageStatus.open:
        return
    zone, waits, last = pack.settings.zone, stage.waits, pack.settings.fallback
    parts = []
    if waits.remind is not None:
        parts.append(f"whoever decides is reminded on {on_day(waits.remind, zone)}")
    if waits.escalate is not None and stage.role is not last:
        parts.append(f"{terms.to_her(last)} is asked, too, on {on_day(waits.escalate, zone)}")
    if waits.lapse is not None:
        parts.append(f"the request lapses on {on_day(waits.lapse, zone)}")
    if parts:
        yield Note(f"If nobody decides: {terms.joined(parts)} (district setting).")


def lapses(stage: Stage, pack: Pack) -> Iterator[Block]:
    """Yield until when a decision counts, for those who decide."""
    if stage.waits is not None and stage.waits.lapse is not None and stage.status is StageStatus.open:
        yield Note(f"If nobody decides before {on_day(stage.waits.lapse, pack.settings.zone)}, the request lapses (district setting).")
