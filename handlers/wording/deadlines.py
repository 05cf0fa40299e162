"""By when something happens, as cards say it: days with their weekday, always as the district's own setting."""

from collections.abc import Iterator
from datetime import datetime

from handlers.cards import Block, Note
from handlers.days import day_of
from handlers.policy.pack import Pack
from handlers.wording import terms
from handlers.workflow.pausing import paused_since
from handlers.workflow.request import Request, Stage, StageStatus


def on_day(moment: datetime, zone: str) -> str:
    """Return the day of a moment as the district counts it: "Friday, December 4, 2026"."""
    day = day_of(moment, zone)
    return f"{day:%A}, {terms.day(day.isoformat())}"


def if_nobody_decides(request: Request, pack: Pack) -> Iterator[Block]:
    """Yield what the requester can count on while a stage waits."""
    stage = request.open_stage
    if stage is None or stage.waits is None:
        return
    if paused_since(request, stage.id) is not None:
        yield from _standing_still(pack)
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


def lapses(request: Request, stage: Stage, pack: Pack) -> Iterator[Block]:
    """Yield until when a decision counts, for those who decide."""
    if stage.waits is None or stage.status is not StageStatus.open:
        return
    if paused_since(request, stage.id) is not None:
        yield from _standing_still(pack)
    elif stage.waits.lapse is not None:
        yield Note(f"If nobody decides before {on_day(stage.waits.lapse, pack.settings.zone)}, the request lapses (district setting).")


def _standing_still(pack: Pack) -> Iterator[Block]:
    """Yield that an answer is waited for, and how long."""
    days = pack.settings.time.lapse_after
    last = f". Without an answer the request lapses {days} school days after the question" if days else ""
    still = "A question waits for its answer: until then nobody is reminded, and the district’s time stands still"
    yield Note(f"{still}{last} (district setting).")
