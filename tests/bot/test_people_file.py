"""The directory file: every line of it is taken, or every fault of it is told and nothing is."""

import itertools

import pytest

from bot.people_file import COLUMNS, BadFile, read
from handlers.people import Address, DistrictKey, Person, PersonId, Platform, Role, Seat

HEAD = ",".join(COLUMNS)
HERE = DistrictKey("maple-grove")


def people(*lines: str, known: dict[str, Person] | None = None, head: str = HEAD) -> tuple[Person, ...]:
    ids = (f"new-{number}" for number in itertools.count(1))
    return read("\n".join([head, *lines]).encode(), HERE, known or {}, lambda: next(ids))


def faults(*lines: str, head: str = HEAD) -> list[str]:
    with pytest.raises(BadFile) as told:
        people(*lines, head=head)
    return str(told.value).splitlines()


def test_a_person_with_two_roles_is_one_person_with_two_seats() -> None:
    maria, dana = people(
        "Maria@maplegrove.example,Maria Ortiz,building_principal,Maple Grove,,T1,U1,,",
        "maria@maplegrove.example,Maria Ortiz,supervisor,Maple Grove,,,,tenant,aad",
        "dana@maplegrove.example,Dana Whitlock,staff,Maple Grove,MARIA@maplegrove.example,,,,",
    )

    assert maria.seats == (Seat(Role.building_principal, "Maple Grove"), Seat(Role.supervisor, "Maple Grove"))
    assert maria.addresses == (Address(Platform.slack, "T1", "U1"), Address(Platform.teams, "tenant", "aad"))
    assert dana.seats == (Seat(Role.staff, "Maple Grove", maria.id),)


def test_whoever_is_known_by_mail_keeps_her_id() -> None:
    known = {"dana@maplegrove.example": Person(PersonId("dana"), HERE, "dana@maplegrove.example", "Dana")}

    (dana,) = people("dana@maplegrove.example,Dana Whitlock,staff,,,,,,", known=known)

    assert dana.id == "dana"
    assert dana.name == "Dana Whitlock"


def test_a_byte_order_mark_and_blank_lines_do_no_harm() -> None:
    raw = f"\ufeff{HEAD}\r\n\r\ndana@maplegrove.example,Dana Whitlock,staff,,,,,,\r\n,,,,,,,,\r\n".encode()

    (dana,) = read(raw, HERE, {}, lambda: "1")

    assert dana.email == "dana@maplegrove.example"


def test_every_fault_is_told_at_once_with_its_line() -> None:
    told = faults(
        "dana,Dana Whitlock,staff,,,,,,",
        "lee@maplegrove.example,,coach,,nobody@maplegrove.example,,,,",
        "ravi@maplegrove.example,Ravi Menon,staff,,,,,,,one too many",
        f"helen@maplegrove.example,{'H' * 201},staff,,,,,,",
    )

    assert [sentence.split(":")[0] for sentence in told] == ["Line 2", "Line 3", "Line 3", "Line 3", "Line 4", "Line 5"]
    assert "'dana' is no e-mail address" in told[0]
    assert "'coach' is no role: write one of staff, supervisor" in told[2]
    assert "nobody@maplegrove.example" in told[3]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"email,name\na@b.example,A", "Line 1 lacks the column role, school"),
        (HEAD.encode(), "has no people in it"),
        (b"", "Line 1 lacks the column email"),
        (f"{HEAD}\nd\xe9@b.example,A,staff,,,,,,".encode("latin-1"), "is not UTF-8"),
    ],
)
def test_a_file_that_is_no_directory_is_refused(raw: bytes, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence):
        read(raw, HERE, {}, lambda: "1")


def test_nobody_outside_can_be_made_a_user() -> None:
    assert "'law_enforcement' is no role" in faults("x@maplegrove.example,X,law_enforcement,,,,,,")[0]
