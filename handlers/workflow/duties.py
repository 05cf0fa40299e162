"""What an approval or a notice obliges, and whom: obligations of the pack become duties. Not here: when they are reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.ids import DutyId, RequestId
from handlers.people import Person, PersonId, Role
from handlers.workflow.chain import holders
from handlers.workflow.request import Duty


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation as the workflow needs it: a key, the sentence, whose it is, and by when; `people` are those of the request itself."""

    key: str
    what: str
    owner: Role
    people: tuple[PersonId, ...] = ()
    due: datetime | None = None


def duties(request: RequestId, owed: Sequence[Owed], requester: Person, directory: Sequence[Person]) -> tuple[Duty, ...]:
    """Return one duty for each obligation, owned by its people, or by everybody who holds its role for this requester."""
    return tuple(_duty(request, number, one, one.people or holders(one.owner, requester, directory)) for number, one in enumerate(owed, 1))


def _duty(request: RequestId, number: int, owed: Owed, owners: tuple[PersonId, ...]) -> Duty:
    return Duty(DutyId(f"{request}.d{number}"), owed.key, owed.what, owed.owner, owners, due=owed.due)
