"""Somebody asks for what she has asked for before: the form says so, and nothing goes out twice by mistake."""

from handlers.actions import Action, Withdraw
from handlers.cards import Card, Faults, Form, Open
from handlers.changing import Renew
from handlers.people import Person
from handlers.wording.plain import plain
from tests.house import House, opened, whispered
from tests.samples import DANA, LEE
from tests.scenes import (
    AWARE,
    LOGO,
    NIECE,
    RELATED,
    SIGN,
    TEAM,
    all_kept,
    asks,
    both_have_agreed,
    has_sent,
    one_has_agreed,
    takes_back,
)

SAME = "you have asked for the same"


def text(form: Form) -> str:
    return plain(Card(form.title, form.blocks))


async def sends(house: House, values: dict[str, str], who: Person = DANA) -> Action:
    """Somebody sends the form anew; return what its button does."""
    action = await asks(house, who=who)
    await house.sends(who, action, values)
    return action


async def test_the_form_tells_her_what_she_has_asked_for_before(house: House) -> None:
    request = await has_sent(house)

    form = opened(await house.presses(DANA, await asks(house)))

    assert "You have asked for something like this before." in text(form)
    assert "It is: Waiting for a decision" in text(form)
    assert "Waiting for: Maria Ortiz (building principal)" in text(form)
    assert f"Record: {request.id[:8]}" in text(form)
    assert "Ada Finch" not in text(form)
    assert (form.fields[-1].name, form.fields[-1].required, form.fields[-1].value) == ("differs", False, "")


async def test_nobody_reads_of_anybody_elses_request(house: House) -> None:
    await has_sent(house)

    form = opened(await house.presses(LEE, await asks(house, who=LEE)))

    assert "before" not in text(form)
    assert "differs" not in {field.name for field in form.fields}
    assert whispered(await house.sends(LEE, form.action, TEAM)).title == "Sent."


async def test_the_same_again_is_not_sent_before_she_says_that_she_knows(house: House) -> None:
    await has_sent(house)
    action = await asks(house)
    again = TEAM | {"students": "reyes, BO"}  # one of the two, written otherwise

    form = opened(await house.sends(DANA, action, again, delivery="modal"))

    assert len(await all_kept(house)) == 1
    assert SAME in text(form)
    assert {field.name: field.value for field in form.fields} == {**again, "channel": "", "differs": ""}
    assert form.action == action
    assert whispered(await house.sends(DANA, form.action, again | AWARE, delivery="modal")).title == "Sent."  # a modal keeps its id
    assert len(await all_kept(house)) == 2


async def test_another_student_is_something_else(house: House) -> None:
    await has_sent(house)
    await sends(house, TEAM | {"students": "Cy Young"})
    assert len(await all_kept(house)) == 2


async def test_a_live_permission_counts_and_what_is_over_does_not(house: House) -> None:
    granted = await both_have_agreed(house)
    assert SAME in text(opened(await house.sends(DANA, await asks(house), TEAM)))
    assert "It is: Approved" in text(opened(await house.presses(DANA, await asks(house))))

    await takes_back(house, granted)

    assert "before" not in text(opened(await house.presses(DANA, await asks(house))))
    await sends(house, TEAM)
    assert len(await all_kept(house)) == 2


async def test_without_students_the_short_answers_tell_and_days_without_end_overlap(house: House) -> None:
    await house.sends(DANA, await asks(house, LOGO), SIGN)

    assert SAME in text(opened(await house.sends(DANA, await asks(house, LOGO), SIGN | {"starts": "2026-09-01"})))
    assert whispered(await house.sends(DANA, await asks(house, LOGO), SIGN | {"what": "A flag"})).title == "Sent."


async def test_a_renewal_is_not_held_against_what_it_renews_but_against_another_renewal(house: House) -> None:
    granted = await both_have_agreed(house)

    assert whispered(await house.sends(DANA, Renew(granted.id), TEAM)).title == "Sent."
    assert "asked for something like this" in text(opened(await house.presses(DANA, Renew(granted.id))))

    form = opened(await house.sends(DANA, Renew(granted.id), TEAM))
    assert SAME in text(form)
    assert form.action == Renew(granted.id)
    assert len(await all_kept(house)) == 2
    assert whispered(await house.sends(DANA, form.action, TEAM | AWARE)).title == "Sent."


async def test_a_notice_is_given_as_often_as_there_is_need(house: House) -> None:
    for _ in range(2):
        assert whispered(await house.sends(DANA, await asks(house, RELATED), NIECE)).title == "Your notice is given."


async def test_what_is_wrong_in_a_field_is_said_first(house: House) -> None:
    await has_sent(house)
    assert isinstance(await house.sends(DANA, await asks(house), TEAM | {"reason": ""}), Faults)


async def test_withdrawn_in_between_nothing_holds_it_up(house: House) -> None:
    request = await has_sent(house)
    reply = await house.sends(DANA, await asks(house), TEAM)
    assert isinstance(reply, Open)
    await house.presses(DANA, Withdraw(request.id))

    assert whispered(await house.sends(DANA, reply.form.action, TEAM)).title == "Sent."


async def test_at_a_later_stage_it_still_counts(house: House) -> None:
    await one_has_agreed(house)
    form = opened(await house.presses(DANA, await asks(house)))
    assert "Waiting for: Ravi Menon (technology department)" in text(form)
