"""What a line of the record says besides who, when and what: in which part somebody acted. Written once, read for good."""

from handlers.ids import RequestId
from handlers.people import Role
from handlers.wording import terms
from handlers.workflow.moves import Decision, Move
from handlers.workflow.request import Stage
from handlers.workflow.said import Change

DEPARTMENTS = frozenset({Role.technology_department, Role.records_officer})
NOT_ASKED = "no longer asked for"
ATTEMPTS = {Move.approve: "approve it", Move.deny: "deny it"}


def part(stage: Stage) -> str:
    """Return in which part a stage was decided: "as building principal", or in whose place."""
    if stage.stands_in is not None:
        return in_place(stage)
    return f"{as_role(stage.role)}{of_school(stage.school)}"


def of_school(school: str) -> str:
    """Return whose holder of a role somebody is, where there are several."""
    return f" of {school}" if school else ""


def as_role(role: Role) -> str:
    """Return the part of one role: somebody is a principal, and acts for a department."""
    name = terms.of_her(role)
    return f"for {name}" if role in DEPARTMENTS else f"as {name.removeprefix('the ')}"


def in_place(stage: Stage) -> str:
    """Return whose place somebody takes, labelled as ours: no policy says so."""
    return f"in place of {terms.of_her(stage.role)}{of_school(stage.school)} (district setting)"


def decided(stage: Stage) -> str:
    """Return the detail of a decision: its reason, and whose place was taken if any."""
    place = in_place(stage) if stage.stands_in is not None else ""
    return f"{stage.reason} ({place})" if stage.reason and place else stage.reason or place


def changed(change: Change) -> str:
    """Return the detail of one changed field: what it is called, and both its values; words may name a student, and stay out."""
    if change.dropped:
        return f"{change.label}: {NOT_ASKED}"
    before, after = (terms.day(value) if value else "nothing" for value in (change.before, change.after))
    return f"{change.label}: {before} → {after}"


def corrected(change: Change) -> str:
    """Return the detail of a corrected field whose words may name a student: only that it was."""
    return f"{change.label}: {'taken out' if not change.after else 'corrected' if change.before else 'filled in'}"


def renews(earlier: RequestId) -> str:
    """Return the detail of a request that renews a permission, or asks again for what lapsed."""
    return f"renews an earlier request (record {earlier[:8]})"


def refused(move: Decision, stage: Stage) -> str:
    """Return the detail of a refused press: what was attempted, in which part."""
    return f"tried to {ATTEMPTS[move]} {as_role(stage.role)}"
