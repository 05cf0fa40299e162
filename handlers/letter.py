"""A duty's letter is drafted for whoever has to send it, from what the request says now. Nothing is sent, and nothing is kept."""

from dataclasses import dataclass
from datetime import datetime

from handlers.days import day_of
from handlers.ids import DutyId
from handlers.naming import named
from handlers.people import Person
from handlers.policy.forms import Obligation
from handlers.policy.letters import Letter, Unwritable, write
from handlers.ports import Packs, Work
from handlers.wording import earlier, letters
from handlers.workflow.permission import as_of
from handlers.workflow.refused import Already, NotYours, Refusal, Unknown
from handlers.workflow.request import Duty, Request, Status


@dataclass(frozen=True, slots=True)
class Drafted:
    """The letter, and the duty that asks for it."""

    letter: Letter
    duty: Duty
    obligation: Obligation


def draft(work: Work, packs: Packs, duty_id: DutyId, sender: Person, now: datetime) -> Drafted | Unwritable | Refusal:
    """Return the letter for one of the duty's owners; of a permission that is over there is nothing left to tell."""
    request = work.requests.of_duty(duty_id)
    duty = request.duty(duty_id) if request is not None else None
    if request is None or duty is None or request.district != sender.district:
        return Unknown()
    if sender.id not in duty.owners:
        return NotYours(duty.owners)
    standing = as_of(request, now)
    if request.stages and standing.status is not Status.approved:
        return Already(standing)
    return _written(work, packs, request, duty, sender, now)


def _written(work: Work, packs: Packs, request: Request, duty: Duty, sender: Person, now: datetime) -> Drafted | Unwritable | Refusal:
    pack = packs.get(request.district)
    owed = earlier.obligation(request, duty, pack)
    template = pack.letters.get(owed.letter) if owed.letter is not None else None
    if template is None:  # no card has such a button: the rules have changed since
        return Unknown()
    known, today = named(work, request.district, [request]), day_of(now, pack.settings.zone)
    letter = write(template, letters.told(request, duty, pack, known, sender, today))
    return Drafted(letter, duty, owed) if isinstance(letter, Letter) else letter
