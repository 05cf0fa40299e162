"""The form that opens a process: who may start it, who would decide, what was filled in. Not here: sending it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers import routing
from handlers.actions import Begin, Opener
from handlers.choosing import Filled, filled_in
from handlers.days import day_of
from handlers.ids import AnswerId, RequestId
from handlers.kept import Answered
from handlers.naming import named
from handlers.people import Person, PersonId, Role
from handlers.policy.facts import Facts
from handlers.policy.fields import Misfilled
from handlers.policy.forms import Process
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.process import deciders, told
from handlers.starting import candidates, may_start, startable, starters
from handlers.twice import others
from handlers.workflow.chain import Found
from handlers.workflow.refused import Unknown
from handlers.workflow.request import Request


@dataclass(frozen=True, slots=True)
class Offered:
    """The form that opens, who would decide or be told, and whom it may name; `answer` is empty where no question was asked.

    `before` is what its sender has asked for before that waits or holds.
    """

    answer: AnswerId
    key: str
    process: Process
    facts: Facts
    found: tuple[Found, ...]
    told: tuple[Found, ...]
    known: Mapping[PersonId, Person]
    people: tuple[Person, ...] = ()
    before: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True)
class NotEntitled:
    """Only those who hold one of these roles start this; `ours` where the policy leaves it open and the district has chosen them."""

    roles: tuple[Role, ...]
    ours: bool


@dataclass(frozen=True, slots=True)
class Nobody:
    """A stage finds no decider, or a notice no reader: said before anything is sent."""

    stage: Found
    decides: bool


@dataclass(frozen=True, slots=True)
class Outdated:
    """The rules changed since the answer: its form may no longer be the right one."""


NotOffered = Nobody | NotEntitled | Outdated
NO_ANSWER, NO_FACTS = AnswerId(""), Facts()


def offer(work: Work, opener: Opener, actor: Person, pack: Pack, now: datetime) -> Offered | NotOffered | Unknown:
    """Return the form for the actor's own answer, or for what she starts, with everybody who would decide."""
    if isinstance(opener, Begin):
        return open_form(work, opener.process, actor, pack, now) if opener.process in pack.processes else Outdated()
    answered = work.answers.get(opener.answer)
    if answered is None or answered.person != actor.id:
        return Unknown()
    if not answered.process or answered.fingerprint != pack.version or answered.process not in pack.processes:
        return Outdated()
    return open_form(work, answered.process, actor, pack, now, answered)


def open_form(
    work: Work,
    key: str,
    actor: Person,
    pack: Pack,
    now: datetime,
    answered: Answered | None = None,
    *,
    without: RequestId | None = None,
) -> Offered | Nobody | NotEntitled:
    """Return the form of a process, with everybody who would decide, for those who may start it."""
    directory = work.directory.people(actor.district)
    process = routing.form(pack.processes[key], pack.settings, directory)
    if not may_start(key, process, pack, actor, directory):
        return NotEntitled(starters(key, process, pack), ours=not process.starters)
    found, reading = deciders(process, pack, actor, directory), told(process, pack, actor, directory)
    missing = next((stage for stage in (*found, *reading) if not stage.people), None)
    if missing is not None:
        return Nobody(missing, decides=missing in found)
    before = others(work, key, actor, pack, now, without=without) if process.stages else ()
    known = named(work, actor.district, before) if before else {person.id: person for person in directory}
    answer, facts = (answered.id, answered.facts) if answered is not None else (NO_ANSWER, NO_FACTS)
    return Offered(answer, key, process, facts, found, reading, known, candidates(key, process, pack, actor, directory), before)


def read(offered: Offered, values: Mapping[str, str], pack: Pack, now: datetime) -> Filled | Misfilled:
    """Return what was filled into the form that is offered."""
    to_come = {one.due for one in offered.process.duties if one.due}
    return filled_in(offered.process.fields, offered.people, values, to_come, day_of(now, pack.settings.zone))


def startable_by(work: Work, actor: Person, pack: Pack) -> tuple[tuple[str, Process], ...]:
    """Return every process that the actor may start."""
    return startable(pack, actor, work.directory.people(actor.district))
