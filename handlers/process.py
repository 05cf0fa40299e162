"""What a pack's process means for one requester: who decides, who is told, what is owed. Not here: sending or saving."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from handlers import routing
from handlers.days import ends
from handlers.ids import RequestId
from handlers.kept import Ground
from handlers.people import OUTSIDE, Person, PersonId, Role
from handlers.policy.forms import Obligation, Process
from handlers.policy.pack import Pack
from handlers.workflow import authority, duties, reassigning
from handlers.workflow.chain import Found, chain, holders
from handlers.workflow.request import Duty, Request, Stage


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a request goes to besides its deciders, and what its form says: the days by which something has to be done."""

    addressee: PersonId | None = None
    recipients: tuple[PersonId, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


def deciders(
    process: Process, pack: Pack, requester: Person, directory: Sequence[Person], values: Mapping[str, str] | None = None
) -> tuple[Found, ...]:
    """Return who may decide each stage; a stage without people must be said before anything is sent.

    `values` are what was filled in: it may say at which schools; before that every school's holders are named.
    """
    settings, filled = pack.settings, values or {}
    steps = routing.steps(process, settings, requester, directory, filled)
    whose, schools = routing.asker(settings, requester, directory, filled), [school for _, school in steps]
    found = chain([step.role for step, _ in steps], whose, directory, settings.fallback, schools=schools)
    return tuple(replace(one, turn=turn) for one, turn in zip(found, routing.turns(process, steps), strict=True))


def today(request: Request, pack: Pack, known: Mapping[PersonId, Person], actor: PersonId | None = None) -> Request:
    """Return the request with those who may decide it today; of a requester of whom nothing is left only the id counts."""
    requester = known.get(request.requester) or Person(request.requester, request.district, "", "")
    directory = list(known.values())
    by_name = any(stage.delegations for stage in request.stages)
    askable = {person.id for person in delegates(pack, directory)} if by_name else set()
    return authority.today(request, requester, directory, pack.settings.fallback, actor, askable=askable)


def grounds(process: Process, pack: Pack) -> tuple[Ground, ...]:
    """Return what the rules say on which the process, its stages and its duties rest."""
    named = dict.fromkeys((process.rule, *(step.rule for step in process.stages), *(duty.rule for duty in process.duties)))
    return tuple(Ground(rule.id, rule.locator, rule.says) for rule in map(pack.rule, named))


def delegates(pack: Pack, directory: Sequence[Person]) -> tuple[Person, ...]:
    """Return who may be asked to decide for somebody: whoever decides anything in this district, and whom its settings add."""
    deciding = {step.role for process in pack.processes.values() for step in process.stages}
    roles = {*deciding, pack.settings.fallback, *pack.settings.delegates}
    above = {boss for person in directory for boss in person.supervisors} if Role.supervisor in roles else set()
    return tuple(person for person in directory if person.roles & roles or person.id in above)


def successors(request: Request, stage: Stage, pack: Pack, known: Mapping[PersonId, Person]) -> tuple[Person, ...]:
    """Return who may have an undecided stage of today's request instead of those whose it is."""
    requester = known.get(request.requester) or Person(request.requester, request.district, "", "")
    out = authority.cannot_decide(request, stage)
    return tuple(reassigning.receivers(stage, requester, list(known.values()), pack.settings.fallback, out))


def told(process: Process, pack: Pack, requester: Person, directory: Sequence[Person], subject: Person | None = None) -> tuple[Found, ...]:
    """Return who is told, role by role, the district's fallback where nobody is left; those outside are told by a duty.

    A report reaches whoever holds any of its roles, the fallback only where that is nobody; never whoever it is about. Where it goes to
    those above that person and there is nobody, it goes to those above the requester.
    """
    inside = [role for role in process.tells if role not in OUTSIDE]
    if process.kind != "report":
        return tuple(found for role in inside for found in chain([role], requester, directory, pack.settings.fallback))
    out = {requester.id, subject.id if subject else None}

    def found(role: Role, whose: Person) -> tuple[PersonId, ...]:
        return tuple(one for one in holders(role, whose, directory) if one not in out)

    above = [subject, requester] if subject is not None and process.whose == "subject" else [requester]
    reached = [tuple(Found(role, people) for role in inside if (people := found(role, whose))) for whose in above]
    last = Found(inside[0], found(pack.settings.fallback, requester), stands_in=pack.settings.fallback)
    return next((one for one in reached if one), (last,))


def recipients(roles: Iterable[Role], requester: Person, directory: Sequence[Person]) -> tuple[PersonId, ...]:
    """Return the people who hold the roles for this requester, each once; those outside the directory are told by a duty."""
    found = (person for role in roles for person in holders(role, requester, directory))
    return tuple(dict.fromkeys(person for person in found if person != requester.id))


def learning(owed: Obligation, duty: Duty, request: Request, requester: Person, directory: Sequence[Person]) -> tuple[PersonId, ...]:
    """Return who learns that a duty is done: those whom the pack names, and whoever asked for it; not whom a report is about."""
    asked = (requester.id,) if owed.by != "role" and requester.id != duty.done_by else ()
    whose = next((one for one in directory if one.id == request.addressee), requester)  # the tool is of the school of whoever runs it
    told = (one for one in recipients(owed.tells, whose, directory) if one not in (requester.id, request.subject))
    return (*told, *asked)


NOBODY = Aim()


def owed(
    request: RequestId, process: Process, pack: Pack, requester: Person, directory: Sequence[Person], aim: Aim = NOBODY
) -> tuple[Duty, ...]:
    """Return the duties; the district's settings name the owners whom the policy leaves open."""
    obligations = [_obliged(one, process, pack, aim) for one in process.duties]
    found = duties.duties(request, obligations, requester, directory)
    standing_in = holders(pack.settings.fallback, requester, directory)  # a duty that nobody owns would never be done
    return tuple(duty if duty.owners else replace(duty, owners=standing_in) for duty in found)


def _obliged(one: Obligation, process: Process, pack: Pack, aim: Aim) -> duties.Owed:
    due = _due(aim.fields.get(one.due, ""), pack) if one.due else None
    match one.by:
        case "addressee":
            return duties.Owed(one.key, one.what, Role.staff, (aim.addressee,) if aim.addressee else (), due)
        case "recipients":
            return duties.Owed(one.key, one.what, process.tells[0], aim.recipients, due)
        case _:
            return duties.Owed(one.key, one.what, one.owner or pack.settings.owners[one.key], due=due)


def _due(day: str, pack: Pack) -> datetime | None:
    return ends(date.fromisoformat(day), pack.settings.zone) if day else None
