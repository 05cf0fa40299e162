"""Helpful or not, in the rehearsal: two small buttons last under an answer, a form for why, and a word of thanks."""

from playwright.async_api import expect

from tests.browser import Chromium
from tests.journeys.test_in_the_browser import address, ask, at_their_desks, card, fill_in
from tests.rehearsal import Rehearsal

QUESTION = "Can I text my players from my own phone?"


async def test_whoever_asked_says_whether_it_helped(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"))
    dana = at_their_desks(page)[0]
    await ask(page, QUESTION)
    answer = card(dana, "Only with approval")
    buttons = answer.get_by_role("button")

    assert await buttons.all_inner_texts() == ["Ask for approval", "Helpful", "Not helpful"]
    sizes = [box["height"] for one in await buttons.all() if (box := await one.bounding_box())]
    assert sizes[1] == sizes[2] < sizes[0]
    assert sizes[1] >= 24  # pixels: WCAG 2.2, target size

    await answer.get_by_role("button", name="Not helpful").click()
    await expect(page.get_by_role("dialog")).to_contain_text("No student's name should stand in them.")
    await fill_in(page.get_by_role("dialog"), "Send", {"What was wrong or missing?": "Which phone?"})
    await expect(page.get_by_text("will see that this answer did not help")).to_be_visible()

    await answer.get_by_role("button", name="Helpful", exact=True).click()
    await expect(page.get_by_text("Good to know that this helped.")).to_be_visible()
