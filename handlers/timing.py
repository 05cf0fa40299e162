"""What is given a time as it begins: a stage that waits, a permission, a duty. Not here: what is done when it has come (firing)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.days import day_of
from handlers.ids import QuestionId, StageId
from handlers.people import DistrictKey
from handlers.policy.forms import Process
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.school import calendar
from handlers.timers import Timer, set_timer
from handlers.workflow.pausing import over_since, resumed
from handlers.workflow.request import Duty, Request, Stage, Waits
from handlers.workflow.school_days import school_days_after, school_days_before, school_days_between

WAITS = (Timer.remind, Timer.escalate, Timer.lapse)
LAST_SECOND = timedelta(seconds=1)  # it counts to the permission


def wait(work: Work, pack: Pack, request: Request, stage: StageId, now: datetime) -> None:
    """Let the stage wait from now on, as many school days as the district says; those moments stay as they are said now."""
    chosen, school = pack.settings.time, calendar(work, pack)
    asked = (chosen.remind_after, chosen.escalate_after, chosen.lapse_after)
    _wait(work, request, stage, Waits(*(school_days_after(now, days, school) if days else None for days in asked)))


def go_on(work: Work, pack: Pack, request: Request, answered: QuestionId, now: datetime) -> None:
    """Let the stage wait on after an answer, as many school days longer as its time stood still; each that began counts."""
    question, since = request.question(answered), over_since(request, answered)
    stage = request.stage(question.stage) if question is not None else None
    if stage is None or stage.waits is None or since is None:
        return
    zone, school, remind = pack.settings.zone, calendar(work, pack), pack.settings.time.remind_after
    days = school_days_between(day_of(since, zone), day_of(now, zone), school) + 1
    anew = school_days_after(now, remind, school) if remind else None
    _wait(work, request, stage.id, resumed(stage.waits, since, anew, lambda at: school_days_after(at, days, school)))


def wait_anew(work: Work, pack: Pack, request: Request, stage: Stage, now: datetime) -> None:
    """Give whoever got the stage from somebody as long as anybody before they are reminded; it lapses when it was said to."""
    chosen, school = pack.settings.time, calendar(work, pack)
    lapse = stage.waits.lapse if stage.waits else None
    found = [school_days_after(now, days, school) if days else None for days in (chosen.remind_after, chosen.escalate_after)]
    remind, escalate = (at if at is not None and (lapse is None or at < lapse) else None for at in found)
    _wait(work, request, stage.id, Waits(remind, escalate, lapse), (Timer.remind, Timer.escalate))


def _wait(work: Work, request: Request, stage_id: StageId, waits: Waits, kinds: Sequence[Timer] = WAITS) -> None:
    """A stage that went to somebody else has timers of its own: those from before do nothing any more, but for its end."""
    work.requests.wait(stage_id, waits)
    stage = request.stage(stage_id)
    about = f"{stage_id}:{stage.round}" if stage is not None and stage.round else stage_id
    for kind, at in zip(WAITS, (waits.remind, waits.escalate, waits.lapse), strict=True):
        if at is not None and kind in kinds:
            set_timer(work, kind, about, request.district, request.id, at)


def hold(work: Work, pack: Pack, request: Request, now: datetime) -> None:
    """Have a permission end by itself, and its holder warned before, as far as there is still time."""
    if request.ends is None:
        return
    school, last = calendar(work, pack), day_of(request.ends, pack.settings.zone)
    for at in {school_days_before(last, days, school) for days in pack.settings.time.warn_before}:
        if at > now:
            set_timer(work, Timer.warn, request.id, request.district, request.id, at)
    set_timer(work, Timer.end, request.id, request.district, request.id, request.ends + LAST_SECOND)


def owe(work: Work, pack: Pack, request: Request, process: Process, duties: Sequence[Duty], now: datetime) -> tuple[Duty, ...]:
    """Return the duties with the days by which they are due, where the pack says how many school days they may take."""
    school, days = calendar(work, pack), {one.key: one.due_days for one in process.duties}
    dated = tuple(replace(duty, due=school_days_after(now, taken, school)) if (taken := days[duty.key]) else duty for duty in duties)
    for duty in dated:
        if duty.due is not None:
            set_timer(work, Timer.due, f"{duty.id}:0", request.district, request.id, duty.due)
    return dated


def take_up(work: Work, packs: Packs, now: datetime) -> None:
    """Give a time to what began before there were such times: from now on, that nothing is over at once. A second time changes nothing.

    What was given up because it broke is tried again: this may be the version that has it mended.
    """
    work.outbox.revive_timers()
    for district in set(packs.keys()).intersection(work.requests.districts()):
        _take_up(work, packs.get(district), district, now)


def _take_up(work: Work, pack: Pack, district: DistrictKey, now: datetime) -> None:
    for request in work.requests.waiting_for(district):
        for stage in request.open_stages:
            if stage.waits is None:
                wait(work, pack, request, stage.id, now)
    for request in work.requests.approved(district):
        hold(work, pack, request, now)
