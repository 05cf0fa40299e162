"""Where a request stands, in words: the same on every card and page."""

from handlers.cards import Tone
from handlers.policy.forms import Process
from handlers.wording import kinds
from handlers.workflow.request import Request, Status

STATES = {
    Status.pending: ("Waiting for a decision", Tone.plain),
    Status.approved: ("Approved", Tone.good),
    Status.denied: ("Denied", Tone.stop),
    Status.withdrawn: ("Withdrawn", Tone.plain),
    Status.lapsed: ("Lapsed: nobody answered in the district's time", Tone.warn),
    Status.ended: ("Ended", Tone.plain),
    Status.revoked: ("Revoked", Tone.stop),
}


def state(request: Request, process: Process) -> tuple[str, Tone]:
    """Return where the request stands, in words; a notice that was given is not called approved."""
    return kinds.state(request, process) or STATES[request.status]
