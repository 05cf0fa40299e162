"""Whether every request of a district could reach somebody: who decides, who is told, who owes. Not here: sending."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from bot.terminal import count
from handlers.ids import RequestId
from handlers.people import OUTSIDE, Person, Role
from handlers.policy.forms import Process
from handlers.policy.pack import Pack
from handlers.process import deciders, owed, told
from handlers.starting import may_start, starters

NO_REQUEST = RequestId("check")

Gap = tuple[str, Role]


@dataclass(frozen=True, slots=True)
class Reach:
    """What is missing, a sentence each; `notes` are of those for whom nobody can stand in, being the last themselves."""

    faults: tuple[str, ...]
    notes: tuple[str, ...]


def reach(pack: Pack, people: Sequence[Person]) -> Reach:
    """Try everybody as requester of every process."""
    missing: dict[Gap, list[Person]] = defaultdict(list)
    alone: dict[str, list[str]] = defaultdict(list)
    last = pack.settings.fallback
    for key, process in pack.processes.items():
        if process.kind == "directed" and not any(may_start(key, process, pack, person, people) for person in people):
            missing[f"could start {key!r}", starters(key, process, pack)[0]] += people
        for alike in _alike([person for person in people if person.roles - OUTSIDE], process, pack):
            found = tuple(_gaps(key, process, pack, alike[0], people))
            if found and last in alike[0].roles:
                alone[alike[0].email].append(repr(key))
            else:
                for gap in found:
                    missing[gap] += alike
    faults = (f"{pack.key}: nobody {what} for {_some(who)}: give somebody else the role {role}." for (what, role), who in missing.items())
    notes = (
        f"Note: {pack.key}: nobody could answer {', '.join(keys)} for {mail}, whose role ({last}) stands in for others."
        for mail, keys in alone.items()
    )
    return Reach(tuple(faults), tuple(notes))


def _alike(asking: Sequence[Person], process: Process, pack: Pack) -> Sequence[Sequence[Person]]:
    """Put those together for whom the same people are found: two thousand people are some dozens of cases."""
    roles = {*(step.role for step in process.stages), *process.tells, *process.starters, pack.settings.fallback}
    above = {supervisor for person in asking for supervisor in person.supervisors}
    found: dict[Hashable, list[Person]] = {}
    for person in asking:
        herself = person.id if person.roles & roles or person.id in above else None
        found.setdefault((person.schools, person.supervisors, herself), []).append(person)
    return list(found.values())


def _gaps(key: str, process: Process, pack: Pack, requester: Person, people: Sequence[Person]) -> Iterator[Gap]:
    yield from ((f"could decide {key!r}", stage.role) for stage in deciders(process, pack, requester, people) if not stage.people)
    yield from ((f"could be told of {key!r}", reader.role) for reader in told(process, pack, requester, people) if not reader.people)
    by_role = {one.key for one in process.duties if one.by == "role"}  # the others are of whoever the form names
    duties = [duty for duty in owed(NO_REQUEST, process, pack, requester, people) if duty.key in by_role]
    yield from ((f"could do {duty.key!r} after {key!r}", duty.owner_role) for duty in duties if not duty.owners)


def _some(people: Sequence[Person]) -> str:
    first, *others = people
    return f"{first.email} and {count(len(others), 'other')}" if others else first.email
