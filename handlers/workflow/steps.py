"""The stages of a request as they follow each other, and what of it is asked for no more. Not here: who may decide one."""

from dataclasses import replace

from handlers.workflow.request import Duty, DutyStatus, Request, Stage, StageStatus


def following(request: Request, stage: Stage) -> Stage | None:
    """Return the stage after this one, opened; None after the last."""
    at = request.stages.index(stage) + 1
    return replace(request.stages[at], status=StageStatus.open) if at < len(request.stages) else None


def changed(stages: tuple[Stage, ...], one: Stage) -> tuple[Stage, ...]:
    """Put the stage in the place of the one it was."""
    return tuple(one if stage.id == one.id else stage for stage in stages)


def closed(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Close what nobody will decide any more."""
    undecided = {StageStatus.waiting, StageStatus.open}
    return tuple(replace(stage, status=StageStatus.closed) if stage.status in undecided else stage for stage in stages)


def dropped(request: Request) -> Request:
    """Close what others had to do for a request that is taken back; what an approval obliged is owed all the same."""
    if not request.with_others:
        return request
    duties = (replace(duty, status=DutyStatus.closed) if duty.status is DutyStatus.open else duty for duty in request.duties)
    return replace(request, duties=tuple(duties))


def waits_only_for(request: Request, duty: Duty) -> bool:
    """Say whether this is the last that others have to do."""
    return request.with_others and all(one is duty or one.status is not DutyStatus.open for one in request.duties)
