"""`make picture`: plays a story and keeps what a reader of the README sees first, .github/rehearsal.png. Not a test."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import expect

from tests.browser import a_chromium
from tests.rehearsal import Rehearsal, button

DISTRICT = "west-st-francois-r4"
PICTURE = Path(__file__).parents[2] / ".github" / "rehearsal.png"
FRIENDS = "May I be friends with my students on Instagram?"
NETWORK = {"students": "The yearbook staff", "reason": "They post the photos for the yearbook there.", "channel": "a social network"}
CHURCH = "I coach a church basketball team, and some of my players go to our school. May I text them from my own phone?"
TEXTS = {"students": "Jordan P.\nSam K.", "reason": "Practice times change on short notice.", "channel": "text messages"}


async def picture() -> None:
    """One request approved by both, a second one just sent, and the question it came from."""
    with TemporaryDirectory() as folder:
        async with Rehearsal(Path(folder), DISTRICT) as house, a_chromium() as chromium:
            card = await _asks(house, FRIENDS, NETWORK)
            await house.press("principal", *button(card, "Approve"))
            await house.press("technology", *button(await house.until("technology", NETWORK["reason"]), "Approve"))
            await house.until("staff", "You may go ahead")
            await _asks(house, CHURCH, TEXTS)

            page = await chromium.open(f"http://127.0.0.1:{house.port}/?district={DISTRICT}")
            await expect(page.get_by_role("button", name="Approve", exact=True)).to_be_visible()
            await page.get_by_role("listitem").filter(has_text=CHURCH).first.evaluate("one => one.scrollIntoView()")
            await page.screenshot(path=PICTURE)


async def _asks(house: Rehearsal, question: str, form: dict[str, str]) -> str:
    """The coach asks and sends; return the principal's card."""
    await house.say("staff", question)
    answer = (await house.thread("staff"))[-1]
    await house.submit("staff", *button(answer, "Ask for approval"), form)
    return await house.until("principal", form["reason"])


if __name__ == "__main__":
    asyncio.run(picture())
