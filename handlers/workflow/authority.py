"""Who may decide what is undecided, read from the directory of today. Not here: which move is legal, what a pack's stages are."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from handlers.people import Person, PersonId, Role
from handlers.workflow.chain import Found, chain, holders
from handlers.workflow.reassigning import in_hand
from handlers.workflow.request import Delegation, Request, Stage, Status
from handlers.workflow.steps import UNDECIDED


def today(
    request: Request,
    requester: Person,
    directory: Sequence[Person],
    fallback: Role,
    actor: PersonId | None = None,
    *,
    askable: Collection[PersonId] = (),
) -> Request:
    """Return the request with each undecided stage's people as they are today; what was decided keeps its people and its decider.

    Whoever holds the stage's role today may decide, or whoever it went to; who was asked to stand in may while they hold the role they
    stand in with; who was asked by name, while they are `askable`. `actor` is whoever presses: the stage says whether in whose place.
    """
    decided = [stage.decided_by for stage in request.stages if stage.decided_by is not None]
    undecided = [stage for stage in request.stages if request.status is Status.pending and stage.status in UNDECIDED]
    roles, schools = [stage.role for stage in undecided], [stage.school for stage in undecided]
    out = {requester.id, *decided, *stood_for(request)}
    found = chain(roles, requester, directory, fallback, out, schools)
    if not all(one.people for one in found):  # better one person twice, a stand-in between, than nobody
        out = {requester.id, *decided}
        found = chain(roles, requester, directory, fallback, out, schools)
    found = in_hand(undecided, found, requester, directory, fallback, out)
    standing = holders(fallback, requester, directory)
    last = fallback if actor in standing else None
    now = {}
    for stage, one in zip(undecided, found, strict=True):
        asked = (*_still(stage, requester, directory), *_added(stage, askable, standing, directory))
        kept = tuple(dict.fromkeys(person for person in asked if person not in out and person not in one.people))
        now[stage.id] = _beside(_stage(stage, one, kept, actor, last), directory, out | _alone(found, one))
    return replace(request, stages=tuple(now.get(stage.id) or _over(stage, directory, out) for stage in request.stages))


def stood_for(request: Request) -> set[PersonId]:
    """Return in whose place a stand-in decided: two stages are for two people, and each has spoken already."""
    return {one.by for stage in request.stages if (one := stage.delegation(stage.decided_by)) is not None and one.until is not None}


def cannot_decide(request: Request, this: Stage) -> frozenset[PersonId]:
    """Return who may not decide the open stage: the requester, who decided before or was stood in for, who alone can decide another."""
    decided = (stage.decided_by for stage in request.stages if stage.decided_by is not None)
    others = (stage for stage in request.stages if stage.status in UNDECIDED and stage.id != this.id)
    needed = (stage.people[0] for stage in others if len(stage.people) == 1)
    return frozenset({request.requester, *stood_for(request), *decided, *needed})


def _stage(stage: Stage, found: Found, kept: tuple[PersonId, ...], actor: PersonId | None, last: Role | None) -> Stage:
    """`last` is the fallback role where the actor holds it: who was asked afterwards for that takes somebody's place, too."""
    asked = tuple(one for one in stage.delegations if one.person in kept)
    passed_on = actor in stage.added and actor not in {one.person for one in stage.delegations}
    as_kept = stage.stands_in or (last if passed_on else None)
    stands_in = as_kept if actor in kept else found.stands_in
    return replace(stage, people=(*found.people, *kept), stands_in=stands_in, delegations=asked)


def _alone(found: Sequence[Found], this: Found) -> set[PersonId]:
    """Return those whom another stage cannot do without: whoever decides twice is refused, and the request would wait for ever."""
    return {other.people[0] for other in found if other is not this and len(other.people) == 1}


def _beside(stage: Stage, directory: Sequence[Person], out: set[PersonId]) -> Stage:
    """Return the stage with those who stand in for its people now; who stands in for a stand-in is not asked."""
    here = {person.id for person in directory if person.seats}
    holding = [one.stand_in for one in directory if one.id in stage.people and one.stand_in is not None]
    asked = [one for one in holding if one.to in here and one.to not in out and one.to not in stage.people]
    new = {one.to: Delegation(one.to, one.person, until=one.last_day) for one in reversed(asked)}
    return replace(stage, people=(*stage.people, *new), delegations=(*stage.delegations, *new.values()))


def _over(stage: Stage, directory: Sequence[Person], out: set[PersonId]) -> Stage:
    """Whoever was asked by name, and comes too late, hears that it is over, and not that it was never theirs."""
    decided = _with_decider(stage)
    late = tuple(person for person in stage.added if person not in decided.people)
    whole = replace(decided, people=(*decided.people, *late))
    return replace(_beside(whole, directory, out), delegations=stage.delegations)


def _still(stage: Stage, requester: Person, directory: Sequence[Person]) -> Iterator[PersonId]:
    """Yield who was asked to stand in when the request was sent, and still may; not once it went to somebody else."""
    still = holders(stage.stands_in, requester, directory) if stage.stands_in is not None and not stage.reassigned else ()
    yield from (person for person in stage.people if person in still)


def _added(stage: Stage, askable: Collection[PersonId], standing: Collection[PersonId], directory: Sequence[Person]) -> Iterator[PersonId]:
    """Yield who was added since and could be today: by somebody, who chose among the askable, or by the bot, among the fallback."""
    here, by_name = {person.id for person in directory if person.seats}, {one.person for one in stage.delegations}
    yield from (one for one in stage.added if one in here and one in (askable if one in by_name else standing))


def _with_decider(stage: Stage) -> Stage:
    """A successor who decided was not among those whom the request was sent to."""
    if stage.decided_by is None or stage.decided_by in stage.people:
        return stage
    return replace(stage, people=(*stage.people, stage.decided_by))
