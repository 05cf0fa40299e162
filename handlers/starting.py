"""Who may start which process without having asked a question, and whom it can name. Not here: its form, sending it."""

from collections.abc import Sequence

from handlers.people import OUTSIDE, Person, Role
from handlers.policy.forms import Process
from handlers.policy.pack import Pack
from handlers.workflow.chain import holders


def starters(key: str, process: Process, pack: Pack) -> tuple[Role, ...]:
    """Return the roles that may start a process, by the policy or else by the district's settings; none: everybody may."""
    return process.starters or pack.settings.starters.get(key, ())


def candidates(key: str, process: Process, pack: Pack, actor: Person, directory: Sequence[Person]) -> tuple[Person, ...]:
    """Return whom the process can name, by name: anybody else in a report; in what is directed those for whom the actor holds a role."""
    if process.person is None:
        return ()
    others = (person for person in directory if person.id != actor.id and person.roles - OUTSIDE)
    if process.kind == "directed":
        roles = starters(key, process, pack)
        others = (person for person in others if any(holders(role, person, [actor]) for role in roles))
    return tuple(sorted(others, key=lambda person: (person.name.casefold(), person.email)))


def may_start(key: str, process: Process, pack: Pack, actor: Person, directory: Sequence[Person]) -> bool:
    """Say whether the actor may start it; what is directed needs somebody at whom it can be."""
    if process.kind == "directed":
        return bool(candidates(key, process, pack, actor, directory))
    roles = starters(key, process, pack)
    return not roles or bool(actor.roles & set(roles))


def startable(pack: Pack, actor: Person, directory: Sequence[Person]) -> tuple[tuple[str, Process], ...]:
    """Return every process that the actor may start, in the pack's order."""
    return tuple((key, process) for key, process in pack.processes.items() if may_start(key, process, pack, actor, directory))
