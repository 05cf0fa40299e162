"""The names of things: roles, rulings, channels of asking. One word a thing, the same everywhere."""

from collections.abc import Iterable, Mapping
from datetime import date

from handlers.people import ADMINISTRATOR, Person, PersonId, Role

ROLES: Mapping[Role, str] = {
    Role.staff: "the staff member",
    Role.supervisor: "your supervisor",
    Role.building_principal: "the building principal",
    Role.assistant_principal: "the assistant principal",
    Role.technology_department: "the technology department",
    Role.technology_director: "the technology director",
    Role.superintendent: "the superintendent or designee",
    Role.counselor: "the counselor",
    Role.compliance_officer: "the nondiscrimination compliance officer",
    Role.records_officer: "the records office",
    Role.parents: "the students' parents or guardians",
    Role.law_enforcement: "law enforcement",
    Role.children_division: "the Children's Division",
    Role.board: "the board",
}


# The record keeps why somebody was asked, or a permission ended, for good, and it owes that to its readers: the form asks for no names.
NO_STUDENT = "Please name no student here: the record keeps it."


def to_her(which: Role) -> str:
    """Return the role's name as said to the requester."""
    return ROLES[which]


def of_her(which: Role) -> str:
    """Return the role's name as said to somebody else about the requester."""
    return ROLES[which].replace("your ", "the staff member's ")


def roles(which: Iterable[Role]) -> str:
    """Return several roles as one phrase."""
    return joined([ROLES[one] for one in which])


def joined(parts: Iterable[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    listed = list(parts)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}" if listed else ""


def day(value: str) -> str:
    """Return a day such as 2026-03-02 in words; what is no day as it is."""
    try:
        given = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{given:%B} {given.day}, {given.year}"


def capital(sentence: str) -> str:
    """Return the sentence with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def names(people: Iterable[PersonId], known: Mapping[PersonId, Person]) -> str:
    """Return the names of people of whom any one will do: "Ms Ortiz or Mr Menon"."""
    return " or ".join(name(person, known) for person in people)


def name(person: PersonId, known: Mapping[PersonId, Person]) -> str:
    """Return one person's name; who left is called a former colleague, and where no person did it, Hallpass or an administrator did."""
    if not person:
        return "Hallpass"
    if person == ADMINISTRATOR:
        return "an administrator"
    return known[person].name if person in known else "a former colleague"
