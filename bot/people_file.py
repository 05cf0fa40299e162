"""The directory file: people.csv becomes people, or the full list of what is wrong in it. Not here: saving them."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.days import in_zone
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
ZONE = "time_zone"  # a column that may be left out
SAMPLE = (
    ",".join(COLUMNS),
    "dana.whitlock@maplegrove.example,Dana Whitlock,staff,Maple Grove High School,maria.ortiz@maplegrove.example,,,,",
    "maria.ortiz@maplegrove.example,Maria Ortiz,building_principal,Maple Grove High School,,,,,",
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


def read(raw: bytes, district: DistrictKey, ever: Iterable[Person], new_id: Callable[[], str]) -> tuple[Person, ...]:
    """Return everybody of the file; whoever is known keeps the id, `ever` are all who are or were in the directory.

    Raises BadFile with every fault at once.
    """
    lines = _lines(raw)
    mails = {line.email for line in lines}
    faults = [(line.number, fault) for line in lines for fault in _faults(line, mails)]
    faults += _contradictions(lines)
    if faults:
        raise BadFile(f"Line {number}: {fault}." for number, fault in sorted(faults, key=lambda fault: fault[0]))
    kept = _kept(ever)
    names = {line.email: line.cell("name") for line in lines}
    ids = {mail: kept(mail, name) or PersonId(new_id()) for mail, name in names.items()}
    return tuple(_person(ids, district, together) for together in _by_mail(lines))


def _kept(ever: Iterable[Person]) -> Callable[[str, str], PersonId | None]:
    """Return who has an address: whoever is here, else whoever left under the same name; an address may pass to somebody else."""
    here: dict[str, PersonId] = {}
    left: dict[tuple[str, str], PersonId] = {}
    for person in ever:
        if person.seats:
            here[person.email] = person.id
        else:
            left[person.email, person.name.casefold()] = person.id
    return lambda mail, name: here.get(mail) or left.get((mail, name.casefold()))


def _by_mail(lines: Iterable[Line]) -> Iterable[list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.email, []).append(line)
    return found.values()


def _lines(raw: bytes) -> list[Line]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise BadFile([f"The file is not UTF-8 (byte {why.start}): save it again as CSV UTF-8."]) from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return _read_lines(rows)
    except csv.Error:
        raise BadFile(
            [f"Line {rows.reader.line_num}: this cannot be read as CSV: look for a quotation mark that never ends, there or above."]
        ) from None


def _read_lines(rows: "csv.DictReader[str]") -> list[Line]:
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise BadFile([f"Line 1 lacks the column {', '.join(missing)}: the first line must be {','.join(COLUMNS)}."])
    found = [Line(rows.line_num, row) for row in rows if any((cell or "").strip() for cell in row.values() if not isinstance(cell, list))]
    if not found:
        raise BadFile(["The file has no people in it: write one line a person and role below the first line."])
    return found


def _faults(line: Line, mails: set[str]) -> list[str]:
    boss = line.cell("supervisor_email").casefold()
    checks = (
        (None in line.cells, "more cells than the first line: put a cell that holds a comma into quotation marks"),
        ("@" not in line.email or " " in line.email, f"{line.cell('email')[:60]!r} is no e-mail address: write the person's own"),
        (not line.cell("name"), "nobody is named: write the person's name"),
        (line.cell("role") not in set(ROLES), f"{line.cell('role')[:60]!r} is no role: write one of {', '.join(ROLES)}"),
        (bool(boss) and boss not in mails, f"the supervisor {boss[:60]!r} is nobody in this file: add a line for that person"),
        (bool(boss) and boss == line.email, "nobody is her own supervisor: name the person above, or leave the cell empty"),
        (
            not _is_zone(line.cell(ZONE)),
            f"{line.cell(ZONE)[:60]!r} is no time zone: write America/Denver or the like, or nothing",
        ),
        (any(map(_unreadable, line.cells.values())), f"a cell has over {LONGEST} or unprintable characters: shorten or retype it"),
    )
    return [fault for wrong, fault in checks if wrong]


def _contradictions(lines: Iterable[Line]) -> Iterator[tuple[int, str]]:
    """Find what no line shows alone: a person with two names, an account with two people."""
    named: dict[str, Line] = {}
    owned: dict[Address, Line] = {}
    for line in (line for line in lines if line.email):
        first = named.setdefault(line.email, line)
        if line.cell("name") != first.cell("name"):
            yield line.number, f"{line.email} has another name in line {first.number}: write one name, or each person's own address"
        for address in _addresses(line):
            owner = owned.setdefault(address, line)
            if owner.email != line.email:
                account = f"the {address.platform.capitalize()} account {address.user[:60]!r}"
                yield line.number, f"{account} is that of {owner.email} in line {owner.number}: an account belongs to one person"


def _is_zone(name: str) -> bool:
    try:
        return not name or bool(in_zone(name))
    except ValueError:
        return False


def _unreadable(cell: object) -> bool:
    return isinstance(cell, str) and (len(cell) > LONGEST or not cell.strip().isprintable())


def _person(ids: Mapping[str, PersonId], district: DistrictKey, lines: Sequence[Line]) -> Person:
    first = lines[0]
    seats = tuple(dict.fromkeys(_seat(ids, line) for line in lines))
    addresses = tuple(dict.fromkeys(address for line in lines for address in _addresses(line)))
    zone = next((line.cell(ZONE) for line in lines if line.cell(ZONE)), "")
    return Person(ids[first.email], district, first.email, first.cell("name"), seats, addresses, zone=zone)


def _seat(ids: Mapping[str, PersonId], line: Line) -> Seat:
    supervisor = line.cell("supervisor_email").casefold()
    return Seat(Role(line.cell("role")), line.cell("school"), ids[supervisor] if supervisor else None)


def _addresses(line: Line) -> Iterable[Address]:
    if line.cell("slack_user_id"):
        yield Address(Platform.slack, line.cell("slack_team_id"), line.cell("slack_user_id"))
    if line.cell("teams_aad_object_id"):  # Microsoft's ids mean the same in capitals; what comes in is compared in small letters
        yield Address(Platform.teams, line.cell("teams_tenant_id").casefold(), line.cell("teams_aad_object_id").casefold())
