"""The requester corrects what she asked for before anybody has decided; and a decider decides only what he has seen. Not here: the form."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.ids import StageId
from handlers.people import PersonId
from handlers.workflow.moves import MOVES, Move
from handlers.workflow.refused import Already, Refusal, Unknown
from handlers.workflow.request import Request
from handlers.workflow.said import Change, Correction
from handlers.workflow.untimely import Begun

MARK = "~"  # between a stage's id and how often its request had been corrected when the button was drawn; ids hold no such sign


@dataclass(frozen=True, slots=True)
class Corrected:
    """The request as it was corrected."""

    request: Request


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What was sent says what stood there before."""


def not_corrected(request: Request, actor: PersonId) -> Refusal | None:
    """Return why this person cannot correct the request now; None if she can. A notice is given, and stays."""
    if request.requester != actor or not request.stages:
        return Unknown()
    if (request.status, Move.correct) not in MOVES:
        return Already(request)
    decided = next((stage for stage in request.stages if stage.decided_by is not None), None)
    return Begun(request, decided) if decided is not None else None


def correct(request: Request, fields: dict[str, str], changes: tuple[Change, ...], now: datetime) -> Corrected | Unchanged:
    """Put these fields in the place of those, and keep what they were."""
    if not changes:
        return Unchanged()
    return Corrected(replace(request, fields=fields, corrections=(*request.corrections, Correction(now, changes))))


def drawn(request: Request, stage: StageId) -> StageId:
    """Return what a button of this stage carries: its id, and how often the request had been corrected."""
    return StageId(f"{stage}{MARK}{len(request.corrections)}") if request.corrections else stage


def pressed(stage: StageId) -> tuple[StageId, int]:
    """Return the stage's own id, and how many corrections whoever pressed had before them."""
    own, mark, seen = stage.rpartition(MARK)
    return (StageId(own), int(seen)) if mark and seen.isascii() and seen.isdigit() and len(seen) < 4 else (stage, 0)  # noqa: PLR2004  # nobody corrects so often
