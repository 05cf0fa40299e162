"""What waits for a department is one list, the oldest first, with whose it is; everybody's own cards come in the same order."""

from handlers.actions import Approve, Take, View
from handlers.people import Role, Seat
from handlers.policy.pack import Pack
from handlers.wording import queue
from handlers.wording.plain import plain
from handlers.workflow.queue import waiting
from tests.house import House
from tests.samples import EVERYBODY, LEE, MARIA, RAVI, a_person
from tests.scenes import TEAM, all_kept, asks, both_have_agreed, kept, one_has_agreed, seat

TARIQ = a_person("tariq", "Tariq Haddad", Seat(Role.technology_department))


async def two_wait(house: House) -> None:
    """Dana's request and Lee's wait for the technology department, Dana's first."""
    await seat(house, *EVERYBODY, TARIQ)
    await one_has_agreed(house)
    await house.sends(LEE, await asks(house, who=LEE), TEAM)
    await house.presses(MARIA, Approve((await kept(house)).stages[0].id))
    await house.post_is_out()


async def test_a_department_sees_its_queue_the_oldest_first(house: House) -> None:
    await two_wait(house)

    first, *cards = await house.looks(RAVI, View.inbox)

    assert first.title == "Waiting for the technology department: 2"
    said = plain(first)
    assert said.index("Dana Whitlock") < said.index("Lee Santos")
    assert "Decide “Permission to text from your own phone” (Dana Whitlock), since March 2, 2026: to be decided" in said
    assert ["Dana" in card.title for card in cards] == [True, False]
    assert (await house.looks(TARIQ, View.inbox))[0] == first


async def test_a_single_thing_is_its_own_list_and_nobody_else_has_a_queue(house: House) -> None:
    await one_has_agreed(house)

    assert [card.title for card in await house.looks(RAVI, View.inbox)] == [
        "Dana Whitlock asks for your decision: “Permission to text from your own phone”"
    ]
    assert await house.looks(LEE, View.inbox) == ()


async def test_duties_say_whose_they_are(house: House) -> None:
    request = await both_have_agreed(house)
    ada = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, "Maple Grove High School"))
    await seat(house, *EVERYBODY, ada)
    await house.presses(MARIA, Take(request.duties[2].id))
    people = {person.id: person for person in EVERYBODY}
    pack: Pack = house.packs.get(request.district)

    found = waiting(await all_kept(house))

    assert [one.role for one in found] == [Role.staff, Role.staff, Role.building_principal]
    lines = [queue.line(one, pack, people) for one in found]
    assert lines[0] == "Copy your supervisor on every message (Dana Whitlock), since March 2, 2026: nobody's"
    assert (
        lines[2] == "Inform the parents (Dana Whitlock), since March 2, 2026: taken by Maria Ortiz since March 2, 2026, due March 9, 2026"
    )


async def test_a_long_queue_says_how_much_more_there_is(house: House) -> None:
    await one_has_agreed(house)
    (one,) = waiting(await all_kept(house))

    card = queue.card(Role.technology_department, [one] * 25, house.packs.get(one.request.district), {})

    assert "and 5 more, which came later" in plain(card)
