"""Passed from one to another on the rehearsal's page, by the real process: asked, named, decided, in place of somebody."""

import re
from datetime import date, timedelta
from html import unescape

from tests.rehearsal import Rehearsal, button

QUESTION = "Can I use Discord to contact my students?"
FORM = {"students": "Ada Finch", "reason": "Homework on the way", "channel": "a messaging app"}


async def waiting(house: Rehearsal) -> list[str]:
    """What waits for the principal, after the coach has asked; at the end, who stands in for her."""
    await house.say("staff", QUESTION)
    await house.submit("staff", *button(await house.until("staff", "Ask for approval"), "Ask"), FORM)
    await house.until("principal", FORM["reason"])
    return await house.look("principal", "inbox")


def option(form: str, name: str) -> str:
    """The value of the option with this name."""
    found = re.search(rf'<option value="([^"]+)">{name}</option>', form)
    assert found
    return unescape(found[1])


async def test_the_principal_asks_the_superintendent_who_approves(house: Rehearsal) -> None:
    card, _ = await waiting(house)
    ask = button(card, "Ask somebody else to decide")
    form = (await house.press("principal", *ask))["form"]

    told = await house.submit("principal", *ask, {"person": option(form, "Helen Brandt"), "reason": "I am away"})
    assert "Helen Brandt has the card now" in told["whisper"]
    hers = await house.until("records", "Asked by Maria Ortiz: Helen Brandt decides too")
    await house.press("records", *button(hers, "Approve"))

    await house.until("principal", "Helen Brandt, asked by Maria Ortiz")
    await house.until("staff", "Helen Brandt, asked by Maria Ortiz")
    assert "asked Helen Brandt to decide too (reason: I am away)" in (await house.look("records", "records"))[0]


async def test_what_is_not_hers_goes_to_the_superintendent_and_a_late_press_says_so(house: Rehearsal) -> None:
    card, _ = await waiting(house)
    away, approve = button(card, "Give away"), button(card, "Approve")
    form = (await house.press("principal", *away))["form"]

    told = await house.submit("principal", *away, {"person": option(form, "Helen Brandt"), "reason": "It is about the whole district"})
    assert "Helen Brandt has the card" in told["whisper"]
    hers = await house.until("records", "Maria Ortiz gave this to Helen Brandt")
    await house.until("principal", "Helen Brandt decides this now")
    assert "This is with somebody else now." in (await house.press("principal", *approve))["whisper"]
    await house.press("records", *button(hers, "Approve"))

    await house.until("staff", "Helen Brandt, given it by Maria Ortiz")


async def test_a_stand_in_is_named_from_the_list_and_gets_what_waits(house: Rehearsal) -> None:
    _, standing = await waiting(house)
    assert "Nobody stands in for you." in standing
    name = button(standing, "Name somebody")
    form = (await house.press("principal", *name))["form"]
    starts = first_day(form)
    ends = date.fromisoformat(starts) + timedelta(days=3)
    values = {"person": option(form, "Helen Brandt"), "starts": starts, "ends": ends.isoformat()}

    assert "Helen Brandt stands in for you until" in (await house.submit("principal", *name, values))["whisper"]

    hers = await house.until("records", "Helen Brandt stands in for Maria Ortiz until")
    await house.press("records", *button(hers, "Approve"))
    await house.until("principal", "in place of Maria Ortiz, who asked Helen Brandt to stand in")


def first_day(form: str) -> str:
    """The day that the form proposes."""
    found = re.search(r'name="starts"[^>]* value="([0-9-]+)"', form)
    assert found
    return found[1]
