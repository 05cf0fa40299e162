"""Somebody leaves the directory: what they asked for ends, and what they had to decide reaches whoever does today."""

from collections.abc import Sequence

from handlers.actions import View
from handlers.departed import follow
from handlers.people import Person, Role, Seat
from handlers.ports import Work
from handlers.wording.plain import plain
from tests.house import House
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, RAVI, SCHOOL, a_person
from tests.scenes import both_have_agreed, has_given_notice, has_sent, kept, lines, one_has_agreed, recorded

ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))


async def leave(house: House, *gone: Person, come: Sequence[Person] = ()) -> None:
    """A new directory is imported: without these people, with those."""

    def imported(work: Work) -> None:
        here = [one for one in work.directory.people(MAPLE_GROVE) if one.id not in {person.id for person in gone}]
        work.directory.replace(MAPLE_GROVE, (*here, *come))
        follow(work, house.packs.get(MAPLE_GROVE), MAPLE_GROVE, gone, house.clock())

    await house.store.write(imported)
    await house.post_is_out()


async def test_what_waits_for_a_decision_is_withdrawn_and_the_record_says_why(house: House) -> None:
    request = await one_has_agreed(house)

    await leave(house, DANA)

    assert (await kept(house)).status == "withdrawn"
    assert (await lines(house, request))[-1].detail == "because whoever asked for it has left"
    assert "Hallpass withdrew it because whoever asked for it has left" in plain((await house.looks(HELEN, View.records))[0])
    assert any(card.title.startswith("Dana Whitlock has left") for card in house.sees(MARIA))
    assert not house.sees(RAVI)[0].buttons


async def test_a_live_permission_ends_and_those_who_agreed_or_owe_something_hear_of_it(house: House) -> None:
    await both_have_agreed(house)

    await leave(house, DANA)
    await leave(house, DANA)

    now = await kept(house)
    assert now.status == "ended"
    assert (await recorded(house, now))[-2:] == ["approved", "ended"]
    for who in (MARIA, RAVI):
        assert sum(card.title.startswith("Dana Whitlock has left") for card in house.sees(who)) == 1
    assert not any("has left" in card.title for card in house.sees(HELEN))


async def test_the_new_principal_gets_the_card_at_the_import(house: House) -> None:
    request = await has_sent(house)

    await leave(house, MARIA, come=[ADA])

    assert house.sees(ADA)[0].buttons
    assert "Waiting for: Ada Lindqvist (building principal)" in plain(house.sees(DANA)[0])
    assert await recorded(house, request) == ["sent"]


async def test_where_nobody_is_left_whoever_looks_after_hallpass_is_told(house: House) -> None:
    await has_sent(house)

    await leave(house, MARIA, HELEN)

    assert any("nobody" in plain(card).lower() for card in house.sees(RAVI))


async def test_where_nothing_changes_nobody_hears_anything(house: House) -> None:
    await has_sent(house)
    await has_given_notice(house)
    before = [house.sees(who) for who in EVERYBODY]

    await leave(house, NGOZI)
    await leave(house, LEE)

    assert [house.sees(who) for who in EVERYBODY] == before
