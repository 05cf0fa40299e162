"""The stages of a request as they follow each other or stand side by side, and what of it is asked for no more. Not here: who decides."""

from dataclasses import replace

from handlers.workflow.channel import CLOSING
from handlers.workflow.request import Duty, DutyStatus, Request, Stage, StageStatus

UNDECIDED = frozenset({StageStatus.open, StageStatus.waiting})


def together(stages: tuple[Stage, ...], stage: Stage) -> tuple[Stage, ...]:
    """Return the stage and those that are decided side by side with it."""
    return tuple(one for one in stages if one.id == stage.id or (stage.turn is not None and one.turn == stage.turn))


def following(request: Request, stage: Stage) -> tuple[Stage, ...]:
    """Return whose turn it is once this stage is approved, opened; none while others beside it are open, none after the last."""
    if any(one.status is StageStatus.open for one in together(request.stages, stage) if one.id != stage.id):
        return ()
    first = next((one for one in request.stages if one.status is StageStatus.waiting), None)
    return tuple(replace(one, status=StageStatus.open) for one in together(request.stages, first)) if first is not None else ()


def as_it_stood(request: Request, stage: Stage) -> tuple[Stage, ...]:
    """Return the stages as they stood when this one was decided: what was decided later was still open, or waited for its turn."""
    beside = together(request.stages, stage)
    at, group = request.stages.index(stage), {one.id for one in beside}
    last = max(request.stages.index(one) for one in beside)
    stood = []
    for number, one in enumerate(request.stages):
        later = one.decided_at is None or stage.decided_at is None or (one.decided_at, number) > (stage.decided_at, at)
        undone = replace(one, decided_by=None, decided_at=None, reason="", changes=())
        if number > last:
            stood.append(replace(undone, status=StageStatus.waiting))
        else:
            stood.append(replace(undone, status=StageStatus.open) if one.id in group and one is not stage and later else one)
    return tuple(stood)


def changed(stages: tuple[Stage, ...], one: Stage) -> tuple[Stage, ...]:
    """Put the stage in the place of the one it was."""
    return tuple(one if stage.id == one.id else stage for stage in stages)


def closed(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Close what nobody will decide any more."""
    return tuple(replace(stage, status=StageStatus.closed) if stage.status in UNDECIDED else stage for stage in stages)


def dropped(request: Request) -> Request:
    """Close what others had to do for a request that is taken back; what an approval obliged is owed all the same."""
    if not request.with_others:
        return request
    duties = (replace(duty, status=DutyStatus.closed) if duty.status is DutyStatus.open else duty for duty in request.duties)
    return replace(request, duties=tuple(duties))


def waits_only_for(request: Request, duty: Duty) -> bool:
    """Say whether this is the last that others have to do; closing a channel of the register is nothing that was asked of them."""
    asked = (one for one in request.duties if one is not duty and one.key != CLOSING)
    return request.with_others and duty.key != CLOSING and all(one.status is not DutyStatus.open for one in asked)
