"""The directory file: every line of it is taken, or every fault of it is told and nothing is."""

import itertools
from collections.abc import Sequence

import pytest

from bot.people_file import COLUMNS, BadFile, read
from handlers.people import Address, DistrictKey, Person, PersonId, Platform, Role, Seat

HEAD = ",".join(COLUMNS)
HERE = DistrictKey("maple-grove")


def people(*lines: str, ever: Sequence[Person] = (), head: str = HEAD) -> tuple[Person, ...]:
    ids = (f"new-{number}" for number in itertools.count(1))
    return read("\n".join([head, *lines]).encode(), HERE, ever, lambda: next(ids))


def faults(*lines: str, head: str = HEAD) -> list[str]:
    with pytest.raises(BadFile) as told:
        people(*lines, head=head)
    return str(told.value).splitlines()


def test_a_person_with_two_roles_is_one_person_with_two_seats() -> None:
    maria, dana = people(
        "Maria@maplegrove.example,Maria Ortiz,building_principal,Maple Grove,,T1,U1,,",
        "maria@maplegrove.example,Maria Ortiz,supervisor,Maple Grove,,,,Tenant-1,AAD-1",
        "dana@maplegrove.example,Dana Whitlock,staff,Maple Grove,MARIA@maplegrove.example,,,,",
    )

    assert maria.seats == (Seat(Role.building_principal, "Maple Grove"), Seat(Role.supervisor, "Maple Grove"))
    assert maria.addresses == (Address(Platform.slack, "T1", "U1"), Address(Platform.teams, "tenant-1", "aad-1"))
    assert dana.seats == (Seat(Role.staff, "Maple Grove", maria.id),)


def test_whoever_is_known_by_mail_keeps_her_id() -> None:
    known = Person(PersonId("dana"), HERE, "dana@maplegrove.example", "Dana", (Seat(Role.staff),))

    (dana,) = people("dana@maplegrove.example,Dana Whitlock,staff,,,,,,", ever=[known])

    assert dana.id == "dana"
    assert dana.name == "Dana Whitlock"


def test_a_byte_order_mark_and_blank_lines_do_no_harm() -> None:
    raw = f"\ufeff{HEAD}\r\n\r\ndana@maplegrove.example,Dana Whitlock,staff,,,,,,\r\n,,,,,,,,\r\n".encode()

    (dana,) = read(raw, HERE, (), lambda: "1")

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
        read(raw, HERE, (), lambda: "1")


def test_nobody_outside_can_be_made_a_user() -> None:
    assert "'law_enforcement' is no role" in faults("x@maplegrove.example,X,law_enforcement,,,,,,")[0]


def test_whoever_left_and_comes_back_under_the_same_name_keeps_her_id() -> None:
    left = Person(PersonId("dana"), HERE, "dana@maplegrove.example", "Dana Whitlock")

    assert people("dana@maplegrove.example,dana whitlock,staff,,,,,,", ever=[left])[0].id == "dana"
    assert people("dana@maplegrove.example,Daniel Whitlock,staff,,,,,,", ever=[left])[0].id == "new-1"


def test_an_account_belongs_to_one_person() -> None:
    told = faults(
        "dana@maplegrove.example,Dana Whitlock,staff,,,T1,U1,tenant,aad",
        "dana@maplegrove.example,Dana Whitlock,staff,Other School,,T1,U1,tenant,aad",
        "lee@maplegrove.example,Lee Santos,staff,,,T1,U1,,",
        "ravi@maplegrove.example,Ravi Menon,staff,,,T2,U1,tenant,aad",
    )

    assert told == [
        "Line 4: the Slack account 'U1' is that of dana@maplegrove.example in line 2: an account belongs to one person.",
        "Line 5: the Teams account 'aad' is that of dana@maplegrove.example in line 2: an account belongs to one person.",
    ]


def test_an_address_belongs_to_one_name() -> None:
    told = faults("dana@maplegrove.example,Dana Whitlock,staff,,,,,,", "Dana@maplegrove.example,Lee Santos,staff,,,,,,")

    assert told == ["Line 3: dana@maplegrove.example has another name in line 2: write one name, or each person's own address."]


def test_two_may_supervise_each_other_but_nobody_herself() -> None:
    dana, lee = people(
        "dana@maplegrove.example,Dana Whitlock,staff,,lee@maplegrove.example,,,,",
        "lee@maplegrove.example,Lee Santos,staff,,dana@maplegrove.example,,,,",
    )

    assert (dana.supervisors, lee.supervisors) == (frozenset({lee.id}), frozenset({dana.id}))
    assert "nobody is her own supervisor" in faults("dana@maplegrove.example,Dana,staff,,Dana@maplegrove.example,,,,")[0]


def test_a_cell_without_end_is_told_with_its_line() -> None:
    told = faults("dana@maplegrove.example,Dana,staff,,,,,,", f'lee@maplegrove.example,"{"L" * 200_000}')

    assert told == ["Line 3: this cannot be read as CSV: look for a quotation mark that never ends, there or above."]
