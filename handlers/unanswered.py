"""Nobody decides: whoever could is reminded, then the fallback is asked beside them, and in the end the request lapses.

Each is done when its timer fires, and only if the stage still waits, and for nobody's answer. Not here: how long that takes (timing).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from handlers import hours
from handlers.days import day_of
from handlers.ids import StageId
from handlers.kept import Happening, Leaving
from handlers.naming import named
from handlers.people import HALLPASS, Person, PersonId
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.process import today
from handlers.school import calendar
from handlers.telling import redraw, tell
from handlers.timers import Timer, set_timer, since
from handlers.wording import reminders
from handlers.wording.leaving import Leaves, subject
from handlers.workflow.authority import cannot_decide
from handlers.workflow.chain import holders
from handlers.workflow.moves import Settled
from handlers.workflow.moves import lapse as move
from handlers.workflow.pausing import paused_since
from handlers.workflow.request import Request, Stage, Waits
from handlers.workflow.school_days import school_days_after


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A stage that still waits, with who may decide it today."""

    request: Request
    stage: Stage
    pack: Pack
    people: dict[PersonId, Person]
    waits: Waits
    since: datetime | None  # from when on it waits for the requester's answer


def remind(work: Work, packs: Packs, leaving: Leaving, now: datetime) -> None:
    """Remind whoever may decide, and again each time as many school days have passed."""
    found = _asked(work, packs, leaving)
    if found is None or found.since is not None or _is_early(leaving, found.waits.remind):
        return
    day = day_of(now, found.pack.settings.zone)
    hours.remind(work, found.pack, found.request, Leaves.reminder, f"{found.stage.id}:{day}", found.stage.people, now)
    _record(work, found, "reminded", reminders.reminded(found.stage.people, found.people), now)
    again = school_days_after(since(leaving, now), found.pack.settings.time.remind_after, calendar(work, found.pack))
    lapses = found.waits.lapse
    if found.pack.settings.time.remind_after and (lapses is None or again < lapses):
        set_timer(work, Timer.remind, leaving.about, leaving.district, leaving.request, again)


def escalate(work: Work, packs: Packs, leaving: Leaving, now: datetime) -> None:
    """Ask the district's fallback beside those who could decide so far."""
    found = _asked(work, packs, leaving)
    if found is None or found.since is not None or _is_early(leaving, found.waits.escalate):
        return
    asked = [one for one in _beside(found) if work.requests.ask_also(found.stage.id, one, None)]
    if not asked:
        return
    _record(work, found, "escalated", reminders.escalated(asked, found.people), now)
    redraw(work, found.request, f"escalated:{leaving.about}")
    tell(work, found.request, Leaves.decide, found.stage.id, asked, anew=found.stage.round)


def lapse(work: Work, packs: Packs, leaving: Leaving, now: datetime) -> None:
    """End the request without a decision, and tell the requester and whoever could have decided."""
    found = _waiting(work, packs, leaving)
    if found is None or _is_early(leaving, found.waits.lapse) or _has_time_to_answer(work, found, now):
        return
    moved = move(found.request)
    if not isinstance(moved, Settled) or not work.requests.withdraw(moved.request):
        return
    request = moved.request
    before, after = found.request.status, request.status
    work.record.add(Happening(request.id, request.district, now, HALLPASS, "lapsed", before, after, fingerprint=request.fingerprint))
    redraw(work, request, "lapsed")
    asked = (person for stage in found.request.open_stages for person in stage.people)
    tell(work, request, Leaves.lapsed, found.stage.id, [request.requester, *asked])


def _asked(work: Work, packs: Packs, leaving: Leaving) -> _Waiting | None:
    """Return the same for those who had it when the timer was set: whoever it went to since has timers of their own."""
    found = _waiting(work, packs, leaving)
    return found if found is not None and found.stage.round == leaving.about.partition(":")[2] else None


def _waiting(work: Work, packs: Packs, leaving: Leaving) -> _Waiting | None:
    """Return what the timer is about if it still waits: the row is held, so that nobody decides it meanwhile."""
    work.requests.hold(leaving.request)
    kept = work.requests.get(leaving.request)
    if kept is None:
        return None
    pack, people = packs.get(leaving.district), dict(named(work, leaving.district, [kept]))
    request = today(kept, pack, people)
    stage = request.stage(StageId(subject(leaving.about)))
    if stage is None or stage not in request.open_stages:
        return None
    return _Waiting(request, stage, pack, people, stage.waits or Waits(), paused_since(request, stage.id))


def _is_early(leaving: Leaving, at: datetime | None) -> bool:
    """Say whether this was put off since the timer was set: another one fires then."""
    return at is not None and leaving.at is not None and leaving.at < at


def _has_time_to_answer(work: Work, found: _Waiting, now: datetime) -> bool:
    """Say whether a question still waits for its answer: that keeps a request no longer than having nobody decide it."""
    days = found.pack.settings.time.lapse_after
    if found.since is None or not days:
        return found.since is not None
    last = school_days_after(found.since, days, calendar(work, found.pack))
    if now < last:
        set_timer(work, Timer.lapse, found.stage.id, found.request.district, found.request.id, last)
    return now < last


def _beside(found: _Waiting) -> Iterator[PersonId]:
    requester = found.people.get(found.request.requester) or Person(found.request.requester, found.request.district, "", "")
    standing = holders(found.pack.settings.fallback, requester, list(found.people.values()))
    out = cannot_decide(found.request, found.stage)
    yield from (one for one in standing if one not in out and one not in found.stage.people)


def _record(work: Work, found: _Waiting, what: str, detail: str, now: datetime) -> None:
    request, at = found.request, found.request.status
    work.record.add(Happening(request.id, request.district, now, HALLPASS, what, at, at, detail, request.fingerprint, found.stage.id))
