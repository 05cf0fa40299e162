"""What a pack's process means for one requester: who decides, who is told, what is owed. Not here: sending or saving."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from handlers import routing
from handlers.ids import RequestId
from handlers.people import OUTSIDE, Person, PersonId, Role
from handlers.policy.forms import Process
from handlers.policy.pack import Pack
from handlers.workflow import authority, duties
from handlers.workflow.chain import Found, chain, holders
from handlers.workflow.request import Duty, Request


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


def delegates(pack: Pack, directory: Sequence[Person]) -> tuple[Person, ...]:
    """Return who may be asked to decide for somebody: whoever decides anything in this district, and whom its settings add."""
    deciding = {step.role for process in pack.processes.values() for step in process.stages}
    roles = {*deciding, pack.settings.fallback, *pack.settings.delegates}
    above = {boss for person in directory for boss in person.supervisors} if Role.supervisor in roles else set()
    return tuple(person for person in directory if person.roles & roles or person.id in above)


def told(process: Process, pack: Pack, requester: Person, directory: Sequence[Person]) -> tuple[Found, ...]:
    """Return who is told, role by role, the district's fallback where nobody is left; those outside are told by a duty."""
    inside = [role for role in process.tells if role not in OUTSIDE]
    return tuple(found for role in inside for found in chain([role], requester, directory, pack.settings.fallback))


def recipients(roles: Iterable[Role], requester: Person, directory: Sequence[Person]) -> tuple[PersonId, ...]:
    """Return the people who hold the roles for this requester, each once; those outside the directory are told by a duty."""
    found = (person for role in roles for person in holders(role, requester, directory))
    return tuple(dict.fromkeys(person for person in found if person != requester.id))


def owed(request: RequestId, process: Process, pack: Pack, requester: Person, directory: Sequence[Person]) -> tuple[Duty, ...]:
    """Return the duties; the district's settings name the owners whom the policy leaves open."""
    obligations = [duties.Owed(one.key, one.what, one.owner or pack.settings.owners[one.key]) for one in process.duties]
    found = duties.duties(request, obligations, requester, directory)
    standing_in = holders(pack.settings.fallback, requester, directory)  # a duty that nobody owns would never be done
    return tuple(duty if duty.owners else replace(duty, owners=standing_in) for duty in found)
