"""The requester corrects her own request before anybody has decided: field by field, and every card shows it. Not here: until when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.ids import RequestId
from handlers.kept import Happening
from handlers.offering import Outdated
from handlers.once import attempt, came_before
from handlers.people import Person
from handlers.policy.fields import Misfilled, check
from handlers.policy.forms import Process
from handlers.policy.narrowing import is_term
from handlers.policy.schools import NAMES
from handlers.ports import Packs, Work
from handlers.telling import redraw
from handlers.wording import details
from handlers.workflow.correcting import Corrected, Unchanged, correct, not_corrected
from handlers.workflow.refused import Refusal, Unknown
from handlers.workflow.request import Request
from handlers.workflow.said import Change


@dataclass(frozen=True, slots=True)
class Correctable:
    """The request and its form: it can be corrected now."""

    request: Request
    process: Process


def press(work: Work, packs: Packs, request_id: RequestId, actor: Person) -> Correctable | Outdated | Refusal:
    """Return the form's fields, if the actor may correct her request now and today's rules still have its form."""
    request = work.requests.get(request_id)
    refused = not_corrected(request, actor.id) if request is not None else Unknown()
    if request is None or refused is not None:
        return refused or Unknown()
    process = packs.get(request.district).processes.get(request.process)
    if process is None:
        return Outdated()
    own = tuple(field for field in process.fields if not (field.name in NAMES and any(stage.school for stage in request.stages)))
    return Correctable(request, process.model_copy(update={"fields": own}))  # whose school it is has said who decides


def submit(
    work: Work, packs: Packs, request_id: RequestId, values: Mapping[str, str], actor: Person, *, delivery: str, now: datetime
) -> Corrected | Unchanged | Misfilled | Outdated | Refusal:
    """Keep the correction, record each field, and rewrite every card, in one transaction: nobody decides in between."""
    attempted = attempt("correct", request_id, actor)
    work.requests.hold(request_id)
    found = press(work, packs, request_id, actor)
    request = work.requests.get(request_id)
    if request is not None and came_before(work, delivery, attempted):
        return Corrected(request)
    if not isinstance(found, Correctable):
        return found
    filled = check(found.process.fields, values)
    if isinstance(filled, tuple):
        return Misfilled(filled)
    kept = {name: value for name, value in found.request.fields.items() if name not in {field.name for field in found.process.fields}}
    done = correct(found.request, kept | filled, tuple(_changes(found, filled)), now)
    if isinstance(done, Corrected):
        if not work.amendments.correct(done.request):
            return Unknown()  # nobody gets here while the request is held
        work.inbox.first(delivery, attempted)
        _follow_up(work, found.process, done.request, actor, now)
    return done


def _changes(found: Correctable, filled: Mapping[str, str]) -> Iterator[Change]:
    for field in found.process.fields:
        before, after = found.request.fields.get(field.name, ""), filled.get(field.name, "")
        if before != after:
            yield Change(field.name, field.label, before, after)


def _follow_up(work: Work, process: Process, request: Request, actor: Person, now: datetime) -> None:
    terms = {field.name for field in process.fields if is_term(field)}
    for change in request.corrections[-1].changes:
        at, detail = request.status, details.changed(change) if change.name in terms else details.corrected(change)
        work.record.add(Happening(request.id, request.district, now, actor.id, "corrected", at, at, detail, request.fingerprint))
    redraw(work, request, f"corrected:{len(request.corrections)}")
