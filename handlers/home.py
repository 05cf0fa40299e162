"""A person's own page: what waits for her, her requests, her live permissions and duties, what she may revoke. Not here: its drawing."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from handlers.cards import Card, Section
from handlers.look import HANDED_IN, OVER, Known, behind, handed_in, owed, waiting
from handlers.naming import named
from handlers.people import Person
from handlers.policy.pack import Pack
from handlers.ports import Packs, Work
from handlers.process import today
from handlers.wording import asking, duties, headings, permissions, requests
from handlers.workflow.permission import as_of, revokers
from handlers.workflow.request import Request, Status


def sections(work: Work, packs: Packs, actor: Person, now: datetime) -> tuple[Section, ...]:
    """Return the page's parts, the most urgent first; the last one only for those who may revoke something that still holds."""
    pending, done = work.requests.waiting_for(actor.district), work.requests.handed_in(actor.district)
    owing, granted, own = work.requests.owed_by(actor.id), work.requests.approved(actor.district), work.requests.lately_of(actor.id, OVER)
    pack, people = packs.get(actor.district), named(work, actor.district, (*pending, *done, *owing, *granted, *own))
    deciding = waiting([today(request, pack, people, actor.id) for request in pending], actor)
    mine = [as_of(today(request, pack, people), now) for request in own]
    urgent = (
        *(requests.to_decide(request, stage, pack, people, actor.id) for request, stage in deciding),
        *_asked(mine, pack, people),
        *[duties.handed_in(request, duty, pack, people) for request, duty in handed_in(done, pack, actor, people)][:HANDED_IN],
    )
    follow = [(request.status is Status.approved, requests.to_follow(request, pack, people)) for request in mine]
    to_do = [duties.to_do(request, duty, pack, people) for request, duty in owed(owing, actor)]
    found = [
        Section(headings.WAITING, (*behind(work, pack, actor, now), *urgent), headings.IN_MESSAGES),
        Section(headings.REQUESTS, tuple(card for live, card in follow if not live), headings.IN_MESSAGES),
        Section(headings.LIVE, (*to_do, *(card for live, card in follow if live)), headings.IN_MESSAGES),
    ]
    revocable = tuple(_revocable((as_of(request, now) for request in granted), pack, actor, people))
    return (*found, Section(headings.GRANTED, revocable, headings.HERE_LATER)) if revocable else tuple(found)


def _asked(mine: Iterable[Request], pack: Pack, people: Known) -> Iterator[Card]:
    """Yield the questions that wait for the requester's answer."""
    for request in mine:
        waits = {stage.id for stage in request.open_stages}
        asked = [one for one in request.questions if one.stage in waits and one.answered_at is None]
        yield from (asking.to_requester(request, one, pack, people) for one in asked)


def _revocable(granted: Iterable[Request], pack: Pack, actor: Person, people: Known) -> Iterator[Card]:
    for request in granted:
        requester = people.get(request.requester)
        may = revokers(request, requester, [actor], pack.settings.fallback) if requester is not None else ()
        if request.status is Status.approved and actor.id in may:
            yield permissions.granted(request, pack, people)
