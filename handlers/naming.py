"""Whom a card may have to name: everybody who is here, and whoever asked, decided, ended it or did a duty and has left since."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handlers.people import DistrictKey, Person, PersonId
from handlers.ports import Work
from handlers.workflow.request import Request


def named(work: Work, district: DistrictKey, requests: Iterable[Request], others: Iterable[PersonId] = ()) -> dict[PersonId, Person]:
    """Return the district's people, with who stands in for them now, and who of these requests have left: names are for good."""
    return with_gone(work, here(work, district), requests, others)


def here(work: Work, district: DistrictKey) -> dict[PersonId, Person]:
    """Return the district's people, with who stands in for them now."""
    known = {person.id: person for person in work.directory.people(district)}
    stood_for = (one for one in work.stand_ins.holding(district) if one.person in known)
    return known | {one.person: replace(known[one.person], stand_in=one) for one in stood_for}


def with_gone(
    work: Work, known: dict[PersonId, Person], requests: Iterable[Request], others: Iterable[PersonId] = ()
) -> dict[PersonId, Person]:
    """Return the same, and who of these requests have left."""
    gone = {*others, *(person for request in requests for person in _of(request))} - known.keys()
    found = (work.directory.get(person) for person in gone)
    return known | {person.id: person for person in found if person is not None}


def _of(request: Request) -> Iterator[PersonId]:
    found = (
        request.requester,
        request.addressee,
        request.subject,
        request.stopped_by,
        *(one.asked_by for one in request.questions),
        *(one.by for one in request.departures),
        *_stages(request),
        *_duties(request),
        *_channel(request),
    )
    yield from (person for person in found if person is not None)


def _stages(request: Request) -> Iterator[PersonId | None]:
    for stage in request.stages:
        yield from (*stage.people, *stage.added, stage.decided_by)
        yield from (person for one in stage.delegations for person in (one.person, one.by))
        yield from (person for one in stage.reassigned for person in (one.to, one.by))


def _duties(request: Request) -> Iterator[PersonId | None]:
    for duty in request.duties:
        yield from (*duty.owners, duty.taken_by, duty.done_by, *(word.by for word in (duty.handed, duty.reopened) if word))


def _channel(request: Request) -> Iterator[PersonId | None]:
    if request.channel is not None:
        yield from (request.channel.owner, request.channel.checked_by)
