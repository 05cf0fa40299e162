"""What was approved, or lapsed, is asked for again: the same form, filled in but for the days, decided afresh. Not here: any other form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.apply import Sent, Twice, earlier, keep_first, new_request, route, unaware
from handlers.ids import RequestId
from handlers.kept import Answered
from handlers.offering import Nobody, NotEntitled, Offered, Outdated, open_form, read
from handlers.people import Person
from handlers.policy.fields import Misfilled
from handlers.policy.judge import judge
from handlers.policy.pack import Pack
from handlers.policy.verdict import Verdict
from handlers.ports import Work
from handlers.workflow.permission import as_of, not_renewed
from handlers.workflow.refused import Refusal, Unknown
from handlers.workflow.request import Request


@dataclass(frozen=True, slots=True)
class Renewable:
    """The form of the same process, and the request whose fields stand in it."""

    offered: Offered
    request: Request


def press(
    work: Work, pack: Pack, request_id: RequestId, actor: Person, now: datetime
) -> Renewable | Nobody | NotEntitled | Outdated | Refusal:
    """Return the form, if the rules of today still offer it for what was asked then."""
    request = work.requests.get(request_id)
    refused = not_renewed(as_of(request, now), actor.id) if request is not None else Unknown()
    if request is None or refused is not None:
        return refused or Unknown()
    answered = work.answers.get(request.answer)
    if not _still(answered, request, pack):
        return Outdated()
    offered = open_form(work, request.process, actor, pack, now, answered, without=request_id)
    return Renewable(offered, request) if isinstance(offered, Offered) else offered


def submit(
    work: Work, pack: Pack, request_id: RequestId, values: Mapping[str, str], actor: Person, *, new: RequestId, delivery: str, now: datetime
) -> Sent | Misfilled | Twice | Nobody | NotEntitled | Outdated | Refusal:
    """Send a new request that says which one it renews; a delivery that comes twice is one request."""
    work.amendments.alone(actor.id)  # two at the same moment must not both miss each other
    if work.inbox.result(delivery) is not None:
        return earlier(work, delivery, actor)
    renewable = press(work, pack, request_id, actor, now)
    if not isinstance(renewable, Renewable):
        return renewable
    filled = read(renewable.offered, values, pack, now)
    if isinstance(filled, Misfilled):
        return filled
    if (same := unaware(renewable.offered, filled.values, values, renewable.request)) is not None:
        return same
    routed = route(work, renewable.offered, filled, actor, pack)
    if isinstance(routed, Nobody):
        return routed
    request = new_request(routed, filled, actor, pack, new, now)
    return keep_first(work, routed, replace(request, renews=request_id), actor, pack, delivery)


def _still(answered: Answered | None, request: Request, pack: Pack) -> bool:
    """Say whether the same situation still leads to the same form: under changed rules it is judged again, where a question was asked."""
    if request.process not in pack.processes:
        return False
    if answered is None:
        return not request.answer
    if answered.fingerprint == pack.version:
        return True
    judged = judge(pack, answered.facts)
    return isinstance(judged, Verdict) and judged.deciding.process == request.process
