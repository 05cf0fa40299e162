"""A form in the page whose fields come and go with what is chosen above them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser import Chromium, barriers
from tests.journeys.test_in_the_browser import address, ask, at_their_desks, card, fill_in, thread
from tests.rehearsal import Rehearsal

pytestmark = pytest.mark.browser

DISTRICT = "carthage-r9"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Rehearsal]:
    """The district whose form asks for a page or an account only where one would be used."""
    async with Rehearsal(tmp_path, DISTRICT) as running:
        yield running


async def test_a_field_is_asked_only_where_it_matters(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, DISTRICT))
    _, maria, *_ = at_their_desks(page)
    form, account = page.get_by_role("dialog"), page.get_by_label("Which page or account")

    await ask(page, "Can I text my players from my own phone?")
    await page.get_by_role("button", name="Ask for approval").click()
    await expect(form).to_be_visible()
    await expect(account).to_be_hidden()

    await form.get_by_label("How you would be in touch").select_option("a social network")
    await account.fill("The team's page")
    assert await barriers(page) == []
    await form.get_by_label("How you would be in touch").select_option("text messages")
    await expect(account).to_be_hidden()

    await fill_in(form, "Send request", {"Which students": "Jordan P.", "Which class or activity": "Soccer", "Why this is": "Bus times"})
    await expect(form).to_be_hidden()
    sent = card(thread(maria), "Jordan P.")
    await expect(sent).to_be_visible()
    await expect(sent).not_to_contain_text("team's page")
