"""A stage goes to somebody else who may decide it as well: who that may be, and whose it is then. Not here: the form, what is kept."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from handlers.people import Person, PersonId, Role
from handlers.workflow.chain import Found, at, holders
from handlers.workflow.request import Stage


def receivers(stage: Stage, requester: Person, directory: Sequence[Person], fallback: Role, out: Collection[PersonId]) -> Iterator[Person]:
    """Yield who may have the stage: nobody who is `out`, nor who alone has it."""
    may, own = may_have(stage, requester, directory, fallback), [one for one in stage.people if stage.delegation(one) is None]
    yield from (one for one in directory if one.id in may and one.id not in out and own != [one.id])


def may_have(stage: Stage, requester: Person, directory: Sequence[Person], fallback: Role) -> frozenset[PersonId]:
    """Return who could decide such a stage: whoever holds its role at any school, stands above those who hold it here, or is the last."""
    here = {person.id: person for person in directory if person.seats}
    found = set(_above(holders(stage.role, at(requester, stage.school), directory), here))
    supervising = {boss for person in here.values() for boss in person.supervisors} if stage.role is Role.supervisor else set()
    found |= {one.id for one in here.values() if one.roles & {stage.role, fallback} or one.id in supervising}
    return frozenset(found & here.keys())


def in_hand(
    stages: Sequence[Stage],
    found: Sequence[Found],
    requester: Person,
    directory: Sequence[Person],
    fallback: Role,
    out: Collection[PersonId],
) -> tuple[Found, ...]:
    """Put whoever a stage went to in the place of those who hold its role, while they may have it and no other stage needs them."""
    roles = {person.id: person.roles for person in directory}
    now = list(found)
    for number, stage in enumerate(stages):
        to = stage.reassigned[-1].to if stage.reassigned else None
        if to is not None and to not in out and to in may_have(stage, requester, directory, fallback):
            last = fallback if fallback in roles[to] and stage.role not in roles[to] else None
            now[number] = replace(found[number], people=(to,), stands_in=last)
    for number, one in enumerate(now):
        needed = {other.people[0] for other in now if other is not one and len(other.people) == 1}
        now[number] = found[number] if one is not found[number] and one.people[0] in needed else one
    return tuple(now)


def _above(people: Sequence[PersonId], here: dict[PersonId, Person]) -> Iterator[PersonId]:
    """Yield whoever these people answer to, and whoever those do."""
    todo, seen = list(people), set(people)
    for one in todo:
        bosses = here[one].supervisors if one in here else frozenset()
        new = [boss for boss in bosses if boss not in seen]
        seen.update(new)
        todo += new
        yield from new
