"""The directory file: people.csv becomes people, or the full list of what is wrong in it. Not here: saving them."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.people import OUTSIDE, Address, DistrictKey, Person, PersonId, Platform, Role, Seat
from handlers.trouble import Trouble

COLUMNS = (
    "email",
    "name",
    "role",
    "school",
    "supervisor_email",
    "slack_team_id",
    "slack_user_id",
    "teams_tenant_id",
    "teams_aad_object_id",
)
ROLES = tuple(role for role in Role if role not in OUTSIDE - {Role.parents})
LONGEST = 200  # characters of one cell: no name or address is longer


class BadFile(Trouble):
    """Every fault of the file at once, a sentence each, with its line."""

    def __init__(self, faults: Iterable[str]) -> None:
        """Join the sentences, one a line."""
        super().__init__("\n".join(faults))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: one person in one role."""

    number: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """Return a cell without the blanks around it."""
        return (self.cells.get(column) or "").strip()

    @property
    def email(self) -> str:
        """The address that tells people apart in this file."""
        return self.cell("email").casefold()


def read(raw: bytes, district: DistrictKey, known: Mapping[str, Person], new_id: Callable[[], str]) -> tuple[Person, ...]:
    """Return everybody of the file; people known by e-mail keep their ids. Raises BadFile with every fault at once."""
    lines = _lines(raw)
    faults = [fault for line in lines for fault in _faults(line, {line.email for line in lines})]
    if faults:
        raise BadFile(faults)
    ids = {line.email: known[line.email].id if line.email in known else PersonId(new_id()) for line in lines}
    mails = tuple(dict.fromkeys(line.email for line in lines))
    return tuple(_person(ids, district, [line for line in lines if line.email == mail]) for mail in mails)


def _lines(raw: bytes) -> list[Line]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise BadFile([f"The file is not UTF-8 (byte {why.start}): save it again as CSV UTF-8."]) from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise BadFile([f"Line 1 lacks the column {', '.join(missing)}: the first line must be {','.join(COLUMNS)}."])
    found = [Line(rows.line_num, row) for row in rows if any((cell or "").strip() for cell in row.values() if not isinstance(cell, list))]
    if not found:
        raise BadFile(["The file has no people in it: write one line a person and role below the first line."])
    return found


def _faults(line: Line, mails: set[str]) -> Iterable[str]:
    where, boss = f"Line {line.number}", line.cell("supervisor_email")
    checks = (
        (None in line.cells, "more cells than the first line: put a cell that holds a comma into quotation marks"),
        ("@" not in line.email or " " in line.email, f"{line.cell('email')[:60]!r} is no e-mail address: write the person's own"),
        (not line.cell("name"), "nobody is named: write the person's name"),
        (line.cell("role") not in set(ROLES), f"{line.cell('role')[:60]!r} is no role: write one of {', '.join(ROLES)}"),
        (bool(boss) and boss.casefold() not in mails, f"the supervisor {boss[:60]!r} is nobody in this file: add a line for that person"),
        (any(map(_unreadable, line.cells.values())), f"a cell has over {LONGEST} or unprintable characters: shorten or retype it"),
    )
    return [f"{where}: {fault}." for wrong, fault in checks if wrong]


def _unreadable(cell: object) -> bool:
    return isinstance(cell, str) and (len(cell) > LONGEST or not cell.strip().isprintable())


def _person(ids: Mapping[str, PersonId], district: DistrictKey, lines: Sequence[Line]) -> Person:
    first = lines[0]
    seats = tuple(dict.fromkeys(_seat(ids, line) for line in lines))
    addresses = tuple(dict.fromkeys(address for line in lines for address in _addresses(line)))
    return Person(ids[first.email], district, first.email, first.cell("name"), seats, addresses)


def _seat(ids: Mapping[str, PersonId], line: Line) -> Seat:
    supervisor = line.cell("supervisor_email").casefold()
    return Seat(Role(line.cell("role")), line.cell("school"), ids[supervisor] if supervisor else None)


def _addresses(line: Line) -> Iterable[Address]:
    for platform, tenant, user in (
        (Platform.slack, "slack_team_id", "slack_user_id"),
        (Platform.teams, "teams_tenant_id", "teams_aad_object_id"),
    ):
        if line.cell(user):
            yield Address(platform, line.cell(tenant), line.cell(user))
