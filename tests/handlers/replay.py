"""A request told anew from nothing but the lines of its record, and the same of the request as it is kept: the two must agree."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from handlers.kept import Happening
from handlers.people import PersonId
from handlers.workflow.request import Duty, Request, StageStatus, Status

IDLE = frozenset(  # lines of what moved nothing
    {
        *("refused", "rerouted", "reminded", "escalated", "warned", "overdue", "rules_changed"),
        *("channel_confirmed", "channel_moved", "channel_closed", "channel_checked", "channel_doubted", "channel_administrators"),
    }
)
FIRSTS = {
    "sent": Status.pending,
    "noticed": Status.ended,
    "directed": Status.pending,
    "reported": Status.pending,
    "noted": Status.ended,
}
DECISIONS = {"approved": StageStatus.approved, "denied": StageStatus.denied}
KEPT = {"done": "done", "taken": "taken", "taken_over": "taken", "handed_over": "taken"}  # who, and when: the last one counts
COUNTED = {
    "asked": "asked",
    "answered": "answered",
    "delegated": "added",
    "reassigned": "went",
    "changed": "changed",
    "corrected": "corrected",
    "student_left": "left",
}
STOPS = {"withdrawn": Status.withdrawn, "lapsed": Status.lapsed, "ended": Status.ended, "revoked": Status.revoked}
PERMISSIONS = {"ended", "revoked"}  # stops of what had been approved: by whom, and when


@dataclass(frozen=True)
class Told:
    """What the history of a request has to explain; stages and duties by their ids."""

    status: Status
    decided: Mapping[str, tuple[StageStatus, PersonId, datetime]] = field(default_factory=dict)
    done: Mapping[str, tuple[PersonId, datetime]] = field(default_factory=dict)
    taken: Mapping[str, tuple[PersonId, datetime]] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)  # questions, by stage
    answered: Mapping[str, int] = field(default_factory=dict)  # of the request as a whole
    added: Mapping[str, int] = field(default_factory=dict)  # who was asked to decide, too, by stage
    went: Mapping[str, int] = field(default_factory=dict)  # to somebody else, by stage
    changed: Mapping[str, int] = field(default_factory=dict)  # terms, by stage
    corrected: Mapping[str, int] = field(default_factory=dict)  # fields, of the request as a whole
    left: Mapping[str, int] = field(default_factory=dict)  # students, of the request as a whole
    stopped: tuple[PersonId, datetime] | None = None


def as_kept(request: Request) -> Told:
    """Return what is kept of it."""
    return Told(
        request.status,
        {one.id: (one.status, one.decided_by, one.decided_at) for one in request.stages if one.decided_by and one.decided_at},
        {one.id: (one.done_by, one.done_at) for one in request.duties if one.done_by and one.done_at},
        {one.id: (_giver(one) or one.taken_by, one.taken_at) for one in request.duties if one.taken_by and one.taken_at},
        _counted(one.stage for one in request.questions),
        _counted("" for one in request.questions if one.answered_at),
        _counted(stage.id for stage in request.stages for one in stage.delegations if one.until is None),
        _counted(stage.id for stage in request.stages for _ in stage.reassigned),
        _counted(stage.id for stage in request.stages for _ in stage.changes),
        _counted("" for one in request.corrections for _ in one.changes),
        _counted("" for _ in request.departures),
        (request.stopped_by, request.ends) if request.stopped_by and request.ends else None,
    )


def _giver(duty: Duty) -> PersonId | None:
    """Who gave it into the hands that it is in, if nobody took it since."""
    return duty.handed.by if duty.handed and duty.handed.at == duty.taken_at else None


def as_recorded(lines: Iterable[Happening], stages: int, owed: int) -> Told:
    """Return what the lines say, for a request of so many stages, and so many duties of others; each line must begin where one ended."""
    first, *later = lines
    told, begun = Told(FIRSTS[first.what]), FIRSTS[first.what]
    assert (first.before, first.after) == ("", told.status)
    for line in later:
        before, told = told.status, _after(told, line, stages, owed)
        if line.what == "reopened" and begun is Status.pending and not stages:  # others have to do something again
            told = replace(told, status=begun)
        assert (line.before, line.after) == (before, told.status if line.what != "changed" else before), line
    return told


def _after(told: Told, line: Happening, stages: int, owed: int) -> Told:
    at = (line.who, line.at)
    if line.what in DECISIONS:
        decided = {**told.decided, line.about: (DECISIONS[line.what], *at)}
        return replace(told, decided=decided, status=_status(decided, stages))
    if line.what in STOPS:
        return replace(told, status=STOPS[line.what], stopped=at if line.what in PERMISSIONS else None)
    changes: dict[str, Any] = {}
    if line.what in KEPT:
        changes = {KEPT[line.what]: {**getattr(told, KEPT[line.what]), line.about: at}}
    elif line.what == "reopened":
        changes = {"done": {duty: who for duty, who in told.done.items() if duty != line.about}}
    elif line.what in COUNTED:
        changes = {**_no_longer(told, line), COUNTED[line.what]: _counted([line.about], getattr(told, COUNTED[line.what]))}
    changes |= {**_finished(told, changes, stages, owed), **_emptied(line)}
    assert changes or line.what in IDLE, f"say here what {line.what!r} does to a request"
    return replace(told, **changes)


def _no_longer(told: Told, line: Happening) -> Mapping[str, Any]:
    """Whom those asked who had the stage has it no longer either."""
    still = {stage: count for stage, count in told.added.items() if stage != line.about}
    return {"added": still} if line.what == "reassigned" else {}


def _finished(told: Told, changes: Mapping[str, Any], stages: int, owed: int) -> Mapping[str, Status]:
    """What others have to do is over with the last of it."""
    last = not stages and told.status is Status.pending and len(changes.get("done", ())) == owed
    return {"status": Status.ended} if last else {}


def _emptied(line: Happening) -> Mapping[str, Any]:
    """The last student who leaves ends it."""
    last = line.what == "student_left" and line.after == Status.ended
    return {"status": Status.ended, "stopped": (line.who, line.at)} if last else {}


def _status(decided: Mapping[str, tuple[StageStatus, PersonId, datetime]], stages: int) -> Status:
    ways = [way for way, *_ in decided.values()]
    if StageStatus.denied in ways:
        return Status.denied
    return Status.approved if len(ways) == stages else Status.pending


def _counted(found: Iterable[str], before: Mapping[str, int] | None = None) -> dict[str, int]:
    return dict(Counter(before or {}) + Counter(found))
