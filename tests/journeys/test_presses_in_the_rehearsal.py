"""Presses on the rehearsal's page that no longer story makes, by the real process: a choice, a withdrawal, a renewal, an ended stand-in."""

from datetime import date, timedelta

from tests.journeys.test_delegates_in_the_rehearsal import first_day, option, waiting
from tests.rehearsal import Rehearsal, button, buttons

QUESTION = "Can I text my players from my own phone?"
FORM = {
    "students": "Ada Finch",
    "activity": "Varsity soccer",
    "channel": "text messages",
    "reason": "Bus times change on the way",
    "unavailable": "yes",
}


async def sent(house: Rehearsal, form: dict[str, str] = FORM) -> str:
    """The coach's own card of a request that was just sent."""
    await house.say("staff", QUESTION)
    await house.submit("staff", *button(await house.until("staff", "Ask for approval"), "Ask"), form)
    return await house.until("staff", "Your request: “")


async def test_the_bots_own_question_is_answered_with_a_button(house: Rehearsal) -> None:
    await house.say("staff", "May I call a student?")
    question = await house.until("staff", "depends on this one thing")

    await house.press("staff", *button(question, "My own number, address or account"))

    await house.until("staff", "Only with approval")


async def test_a_request_is_taken_back(house: Rehearsal) -> None:
    own = await sent(house)

    await house.press("staff", *button(own, "Withdraw"))

    assert buttons(await house.until("principal", "Withdrawn: ")) == {}


async def test_a_request_is_corrected_before_anybody_has_decided(house: Rehearsal) -> None:
    own = await sent(house)
    old = button(await house.until("principal", FORM["reason"]), "Approve")

    form = (await house.press("staff", *button(own, "Correct")))["form"]
    assert FORM["reason"] in form
    await house.submit("staff", *button(own, "Correct"), FORM | {"reason": "Rides change on the way"})

    card = await house.until("principal", f"Rides change on the way, instead of {FORM['reason']}")
    assert "please read it again" in (await house.press("principal", *old))["whisper"]
    await house.press("principal", *button(card, "Approve"))
    await house.until("staff", "You may go ahead")


async def test_a_student_leaves_and_the_last_one_ends_it(house: Rehearsal) -> None:
    await sent(house, FORM | {"students": "Ada Finch\nBo Reyes"})
    await house.press("principal", *button(await house.until("principal", FORM["reason"]), "Approve"))
    own = await house.until("staff", "Take a student out")

    form = (await house.press("staff", *button(own, "Take a student out")))["form"]
    chosen = {"student": option(form, "Bo Reyes"), "left": "school"}
    await house.submit("staff", *button(own, "Take a student out"), chosen)
    assert "Bo Reyes, who has left the school" in await house.until("principal", "A student has left: ")

    card = await house.until("principal", "Take a student out")
    form = (await house.press("principal", *button(card, "Take a student out")))["form"]
    assert "Bo Reyes" not in form
    await house.submit("principal", *button(card, "Take a student out"), {"student": option(form, "Ada Finch"), "left": "activity"})
    await house.until("staff", "Nobody else was named: the permission has ended.")
    assert list(buttons(await house.until("staff", "Your request: “"))) == ["Renew"]


async def test_a_permission_is_asked_for_again(house: Rehearsal) -> None:
    await sent(house)
    await house.press("principal", *button(await house.until("principal", FORM["reason"]), "Approve"))
    renew = button(await house.until("staff", "Give it back"), "Renew")

    form = (await house.press("staff", *renew))["form"]
    assert FORM["reason"] in form
    await house.submit("staff", *renew, FORM)

    await house.until("principal", "This renews an earlier request")


async def test_whoever_is_back_ends_what_was_to_last_longer(house: Rehearsal) -> None:
    _, standing = await waiting(house)
    name = button(standing, "Name somebody")
    starts = first_day(form := (await house.press("principal", *name))["form"])
    ends = date.fromisoformat(starts) + timedelta(days=3)
    await house.submit("principal", *name, {"person": option(form, "Helen Brandt"), "starts": starts, "ends": ends.isoformat()})
    standing = (await house.look("principal", "inbox"))[-1]

    assert "It has ended." in (await house.press("principal", *button(standing, "End it")))["whisper"]


async def test_what_each_may_start_is_listed(house: Rehearsal) -> None:
    lists = [(await house.press(seat, "request_new", "*"))["form"] for seat in ("staff", "principal")]

    assert ["Hand over messages with students" in one for one in lists] == [False, True]
