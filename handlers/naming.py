"""Whom a card may have to name: everybody who is here, and whoever asked, decided or did a duty and has left since."""

from collections.abc import Iterable, Iterator

from handlers.people import DistrictKey, Person, PersonId
from handlers.ports import Work
from handlers.workflow.request import Request


def named(work: Work, district: DistrictKey, requests: Iterable[Request], others: Iterable[PersonId] = ()) -> dict[PersonId, Person]:
    """Return the district's people, and those of these requests who have left: a decision keeps its name for good."""
    known = {person.id: person for person in work.directory.people(district)}
    gone = {*others, *(person for request in requests for person in _of(request))} - known.keys()
    found = (work.directory.get(person) for person in gone)
    return known | {person.id: person for person in found if person is not None}


def _of(request: Request) -> Iterator[PersonId]:
    yield request.requester
    for stage in request.stages:
        yield from stage.people
        yield from (stage.decided_by,) if stage.decided_by else ()
    for duty in request.duties:
        yield from duty.owners
