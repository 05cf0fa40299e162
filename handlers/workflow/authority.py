"""Who may decide what is undecided, read from the directory of today. Not here: which move is legal, what a pack's stages are."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.people import Person, PersonId, Role
from handlers.workflow.chain import Found, chain, holders
from handlers.workflow.request import Request, Stage, StageStatus, Status

UNDECIDED = frozenset({StageStatus.open, StageStatus.waiting})


def today(request: Request, requester: Person, directory: Sequence[Person], fallback: Role, actor: PersonId | None = None) -> Request:
    """Return the request with each undecided stage's people as they are today; what was decided keeps its people and its decider.

    Whoever holds the stage's role today may decide; who was asked to stand in may while they hold the role they stand in with.
    `actor` is whoever presses: the stage then says whether that would be in place of somebody.
    """
    decided = [stage.decided_by for stage in request.stages if stage.decided_by is not None]
    undecided = [stage for stage in request.stages if request.status is Status.pending and stage.status in UNDECIDED]
    out = {requester.id, *decided}
    found = chain([stage.role for stage in undecided], requester, directory, fallback, out)
    now = {
        stage.id: _stage(stage, one, _kept(stage, one, out, requester, directory), actor)
        for stage, one in zip(undecided, found, strict=True)
    }
    return replace(request, stages=tuple(now.get(stage.id) or _with_decider(stage) for stage in request.stages))


def _stage(stage: Stage, found: Found, kept: tuple[PersonId, ...], actor: PersonId | None) -> Stage:
    stands_in = stage.stands_in if actor in kept else found.stands_in
    return replace(stage, people=(*found.people, *kept), stands_in=stands_in)


def _kept(stage: Stage, found: Found, out: set[PersonId], requester: Person, directory: Sequence[Person]) -> tuple[PersonId, ...]:
    """Return who was asked to stand in when the request was sent and still may, beside those who hold the role now."""
    if stage.stands_in is None:
        return ()
    still = holders(stage.stands_in, requester, directory)
    return tuple(person for person in stage.people if person in still and person not in out and person not in found.people)


def _with_decider(stage: Stage) -> Stage:
    """A successor who decided was not among those whom the request was sent to."""
    if stage.decided_by is None or stage.decided_by in stage.people:
        return stage
    return replace(stage, people=(*stage.people, stage.decided_by))
