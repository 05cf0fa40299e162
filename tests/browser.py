"""A real Chromium for journeys: opened at a size, asked what it complains of. Skipped, with the reason, where there is none."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000.0  # milliseconds until a condition holds, on a busy machine
UNREACHED = "net::ERR_"  # said of a server that was killed on purpose

# What is cut off or scrolls sideways. A row of suggestions on a phone may: it is swiped.
SIDEWAYS = """() => [...document.querySelectorAll("*")]
  .filter((one) => one === document.documentElement || getComputedStyle(one).overflowX !== "visible")
  .filter((one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && one.ariaLabel !== "Suggested questions")
  .map((one) => `${one.outerHTML.slice(0, 60)}: ${one.scrollWidth} in ${one.clientWidth}`)"""

expect.set_options(timeout=PATIENCE)


@dataclass
class Chromium:
    """A running Chromium; whatever its pages complain of is kept."""

    browser: Browser
    complaints: list[str] = field(default_factory=list)

    async def open(self, address: str, *, width: int = 1600, height: int = 1000) -> Page:
        """Open the address in a window of its own."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="light",
            reduced_motion="reduce",
            locale="en-US",
            timezone_id="America/Chicago",
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        await page.goto(address)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and UNREACHED not in message.text:
            self.complaints.append(message.text)


@asynccontextmanager
async def a_chromium() -> AsyncIterator[Chromium]:
    """Run a Chromium for as long as the block lasts."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (looked for chromium and chromium-browser)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield Chromium(browser)
        finally:
            await browser.close()


async def barriers(page: Page) -> list[str]:
    """Return what axe-core finds: what keeps somebody out, and where."""
    found = await Axe().run(page)
    return [f"{one['id']}: {node['html'][:120]}" for one in found.response["violations"] for node in one["nodes"]]


async def sideways(page: Page) -> list[str]:
    """Return what is wider than its place."""
    return [str(one) for one in await page.evaluate(SIDEWAYS)]
