"""Who decides, is told or owes a duty: a role and a requester become people. Not here: what the pack's stages are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from handlers.people import OF_A_SCHOOL, OUTSIDE, Person, PersonId, Role, Seat


@dataclass(frozen=True, slots=True)
class Found:
    """The people for a role; `stands_in` names the role they hold instead when nobody else held the one asked for."""

    role: Role
    people: tuple[PersonId, ...]
    stands_in: Role | None = None
    school: str = ""  # whose holders are meant, where it is one of several
    turn: int | None = None  # the same for those that decide side by side


def holders(role: Role, requester: Person, directory: Sequence[Person]) -> tuple[PersonId, ...]:
    """Return everybody who holds the role for this requester: at her schools, above her, or in the whole district."""
    if role is Role.staff:
        return (requester.id,)
    if role in OUTSIDE:
        return ()
    if role is Role.supervisor:
        return tuple(person.id for person in directory if person.id in requester.supervisors)
    return tuple(person.id for person in directory if _holds(person, role, requester))


def at(requester: Person, school: str) -> Person:
    """Return the requester as of that school alone, as she is where none is named."""
    if not school:
        return requester
    seats = (Seat(Role.staff, school), *(replace(seat, school=school) for seat in requester.seats))
    return replace(requester, seats=seats)


def chain(
    roles: Sequence[Role],
    requester: Person,
    directory: Sequence[Person],
    fallback: Role,
    decided: Collection[PersonId] = (),
    schools: Sequence[str] = (),
) -> tuple[Found, ...]:
    """Return who may decide each stage: never the requester, nobody who `decided` before, nobody whom another stage cannot do without.

    `schools` says, role by role, at which one school it is held; empty: at any of hers.

    Where nobody is left the district's fallback role decides; `people` is empty when there is nobody at all, and that must be
    said before anything is sent.
    """
    stages: list[Found] = []
    out = frozenset({requester.id, *decided})
    spoken_for = set(out)
    asked = [(role, at(requester, school), school) for role, school in zip(roles, schools or ("",) * len(roles), strict=True)]
    for number, (role, asker, school) in enumerate(asked, 1):
        found = _deciders(role, asker, directory, fallback, frozenset(spoken_for))
        needed = _needed(asked[number:], directory, fallback, out)
        found = replace(found, people=_without(needed, found.people) or found.people, school=school)
        stages.append(found)
        spoken_for |= set(found.people) if len(found.people) == 1 else set()
    return tuple(stages)


def _deciders(role: Role, requester: Person, directory: Sequence[Person], fallback: Role, excluded: frozenset[PersonId]) -> Found:
    first = _without(excluded, holders(role, requester, directory))
    if first:
        return Found(role, first)
    return Found(role, _without(excluded, holders(fallback, requester, directory)), stands_in=fallback)


def _needed(
    later: Sequence[tuple[Role, Person, str]], directory: Sequence[Person], fallback: Role, out: frozenset[PersonId]
) -> frozenset[PersonId]:
    """Return those who alone can decide a later stage: whoever decides twice is refused, and the request would wait for ever."""
    found = [_deciders(role, asker, directory, fallback, out).people for role, asker, _ in later]
    return frozenset(people[0] for people in found if len(people) == 1)


def _holds(person: Person, role: Role, requester: Person) -> bool:
    return any(
        seat.role is role and (role not in OF_A_SCHOOL or not seat.school or seat.school in requester.schools) for seat in person.seats
    )


def _without(excluded: frozenset[PersonId], people: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
    return tuple(person for person in people if person not in excluded)
