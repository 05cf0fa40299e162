"""Somebody could send nothing as nobody could decide it, or be told: those who look after Hallpass hear of it, once a day."""

import logging
from datetime import datetime

from handlers.days import day_of
from handlers.ids import RequestId
from handlers.kept import Leaving
from handlers.offering import Nobody
from handlers.people import OF_A_SCHOOL, Person
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.undelivered import administrators
from handlers.wording import terms
from handlers.wording.unfilled import KIND, Unfilled

log = logging.getLogger(__name__)
NO_REQUEST = RequestId("")  # it was never sent


def report(work: Work, missing: Nobody, actor: Person, pack: Pack, now: datetime) -> None:
    """Put one card a day, role and school for each of them: however many people press, and however often."""
    found = missing.stage
    school = (found.school or terms.joined(sorted(actor.schools))) if found.role in OF_A_SCHOOL else ""
    about = str(Unfilled(day_of(now, pack.settings.zone).isoformat(), found.role, missing.decides, school))
    people = administrators(pack, work.directory.people(actor.district))
    for person in people:
        card = f"{KIND}:{about}:{person}"
        work.outbox.put(Leaving(card, person, actor.district, KIND, NO_REQUEST, about, person, card))
    if not people:
        log.error("nobody is left who could be told that a role is held by nobody: role=%s", found.role)
