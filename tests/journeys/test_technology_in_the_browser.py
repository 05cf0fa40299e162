"""A notice, and the technology department's task, in the page: taken, done with what was found, opened again and done once more."""

import signal

import pytest
from playwright.async_api import Page, expect

from bot.verbs.rehearse import KEPT_IN
from tests.browser import Chromium, barriers
from tests.journeys.later import aged
from tests.journeys.test_in_the_browser import address, approve, at_their_desks, card, fill_in, thread, unfold
from tests.rehearsal import Rehearsal

pytestmark = pytest.mark.browser

DISTRICT = "chsd-230"
SITE = {"Which class, activity or sport": "Debate club", "Which platform": "Instagram", "What the site is for": "Results and dates"}
ADDRESS = "https://www.example.com/maplegrovedebate"
TASK = "Close what nobody confirmed"


async def begins(page: Page, title: str) -> None:
    """The staff member chooses from the list what to start."""
    form = page.get_by_role("dialog")
    await at_their_desks(page).dana.get_by_role("button", name="Start without a question").click()
    await form.get_by_label("Or choose what to start").select_option(title)
    await form.get_by_role("button", name="Ask", exact=True).click()


async def time_passes(page: Page, house: Rehearsal, *spans: int) -> None:
    """So many days go by, and once more: what is due is done in between."""
    for days in spans:
        await house.die(signal.SIGTERM)
        aged(house.folder / KEPT_IN, days)
        await house.start()
        await expect(page.get_by_text("No connection to the server.")).to_be_hidden()
        if days > 300:
            await expect(card(thread(at_their_desks(page).dana), "Is this still used?").last).to_be_visible()


async def a_site_nobody_confirms(page: Page, house: Rehearsal) -> None:
    """Dana has a site with an address, and says nothing when she is asked whether it is still used."""
    dana, maria, *_ = at_their_desks(page)
    dialog = page.get_by_role("dialog")
    await begins(page, "Social media site for a class, activity or sport")
    await fill_in(dialog, "Send request", SITE)
    await approve(thread(maria), "Debate club")
    await card(thread(dana), "To do: Hand in the web address").get_by_role("button", name="Hand in the address").click()
    await fill_in(dialog, "Hand in the address", {"Web address": ADDRESS})
    await expect(card(thread(dana), "Done: Hand in the web address")).to_be_visible()
    await time_passes(page, house, 370, 45)


async def test_the_technology_departments_task_is_taken_done_and_opened_again(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, DISTRICT))
    dana, _, ravi, helen = at_their_desks(page)
    dialog = page.get_by_role("dialog")
    await a_site_nobody_confirms(page, house)
    await unfold(ravi)

    await card(thread(ravi), f"To do: {TASK}").get_by_role("button", name="Take", exact=True).click()
    task = card(thread(ravi), TASK)
    await expect(task).to_contain_text("Taken by")
    await expect(task).to_contain_text(ADDRESS)
    await task.get_by_role("button", name="Record that it is closed").click()
    assert await barriers(page) == []
    await dialog.get_by_role("button", name="Record that it is closed").click()
    await expect(dialog).to_be_visible()  # without a word of what was done it is not
    await fill_in(dialog, "Record that it is closed", {"What was done": "The club says it is offline"})
    await expect(card(thread(ravi), f"Done: {TASK}")).to_contain_text("The club says it is offline")

    await card(thread(dana), "Your request").get_by_role("button", name="Say not done").click()
    await fill_in(dialog, "Open it again", {"What is not done": "The page still opens"})
    again = card(thread(ravi), f"To do again: {TASK}").last
    await expect(again).to_contain_text("The page still opens")
    await again.get_by_role("button", name="Record that it is closed").click()
    await fill_in(dialog, "Record that it is closed", {"What was done": f"Taken down: {ADDRESS}"})

    await expect(card(thread(ravi), f"Done: {TASK}").last).to_contain_text(f"Taken down: {ADDRESS}")
    story = card(helen.locator("details"), "said that")
    for words in ("Ravi Menon took", "Ravi Menon recorded a duty as done", "is not done after all (reason: The page still opens)"):
        await expect(story).to_contain_text(words)


async def test_a_notice_is_given_and_read(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, DISTRICT))
    dana, maria, *_ = at_their_desks(page)
    form = page.get_by_role("dialog")
    await begins(page, "Personal relationship with a student or parent")
    await form.get_by_label("How you are in touch").select_option("text messages")
    await fill_in(form, "Send notice", {"What the relationship is": "She is my niece", "Which students or parents": "Ada Finch"})

    await expect(dana.get_by_text("Your notice is given.")).to_be_visible()
    told = card(thread(maria), "She is my niece")
    await expect(told).to_contain_text("Ada Finch")
    await expect(told.get_by_role("button")).to_have_count(0)
