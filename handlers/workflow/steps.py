"""The stages of a request as they follow each other. Not here: who may decide one."""

from dataclasses import replace

from handlers.workflow.request import Request, Stage, StageStatus


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
