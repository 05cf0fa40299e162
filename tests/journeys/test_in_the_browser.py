"""What people see and do at the page: the real process, the real packs, a real Chromium, told by what stands on the screen."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Literal, NamedTuple

import pytest
from docx import Document
from playwright.async_api import Locator, Page, Route, expect

from tests.browser import Chromium, barriers, sideways
from tests.rehearsal import Rehearsal, button

pytestmark = pytest.mark.browser

WEST = "West St. Francois County R-IV"
CHURCH = "I coach a church basketball team, and some of my players go to our school. May I text them from my own phone?"
STUDENTS = "Jordan P.\nSam K."
REASON = "Practice times change on short notice."
FORM = {"students": STUDENTS, "reason": REASON, "channel": "text messages"}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDE = 1200  # pixels from which the desks stand side by side
DECISIONS = re.compile("^(Approve|Deny|Withdraw)")
WHEN = r"\s+[A-Z]\w+\s+\w{3} \d{1,2},( \d{4},)? \d{1,2}:\d{2}\s[AP]M"
HOSTILE = """<img src=x onerror="document.title='taken'"> <script>document.title='taken'</script> </textarea> & "quoted\'"""


class Desks(NamedTuple):
    """The four people of the page, each at a desk."""

    dana: Locator
    maria: Locator
    ravi: Locator
    helen: Locator


# ── stories ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.walks("W3")
async def test_a_newcomer_plays_the_whole_story_and_it_outlives_the_process(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house))
    await page.get_by_label("District").select_option(label=WEST)

    await she_asks_and_reads_the_answer(page)
    await she_fills_the_form_in_with_one_field_forgotten(page)
    await both_approve(page)

    await every_copy_says_who_decided_and_when(page)
    await all_of_it_is_there_after_a_kill(page, house)


async def she_asks_and_reads_the_answer(page: Page) -> None:
    await ask(page, CHURCH)

    answer = card(at_their_desks(page).dana, "Only with approval")
    await expect(answer).to_contain_text("approval of both the Building Principal and the Technology Department")
    await expect(answer).to_contain_text("paragraph 2, sentences 3 to 4")
    await expect(answer).to_contain_text("The building principal, then the technology department: both must agree")
    await answer.get_by_role("button", name="Ask for approval").click()


async def she_fills_the_form_in_with_one_field_forgotten(page: Page) -> None:
    dana, maria, ravi, helen = at_their_desks(page)
    form, reason = page.get_by_role("dialog"), page.get_by_label("Reason for the request")
    await expect(form).to_contain_text(re.compile(r"Maria Ortiz.+Ravi Menon", re.DOTALL))

    await fill_in(form, "Send request", {"Name of the student": STUDENTS})
    await expect(reason).to_be_focused()
    await expect(reason).to_have_accessible_description(re.compile("Please fill this in"))
    await expect(form.get_by_label("Name of the student")).to_have_value(STUDENTS)
    await fill_in(form, "Send request", {"Reason for the request": REASON})

    await expect(form).to_be_hidden()
    await expect(dana.get_by_text("Sent.", exact=True)).to_be_visible()
    await expect(card(thread(maria), REASON).get_by_role("button", name="Approve", exact=True)).to_be_visible()
    await expect(ravi.get_by_text("Nothing is waiting for you.")).to_be_visible()
    await expect(helen.get_by_text("Dana Whitlock sent the request")).to_be_visible()


async def both_approve(page: Page) -> None:
    dana, maria, ravi, _ = at_their_desks(page)

    await approve(thread(maria), REASON)
    await expect(card(thread(dana), "Approved by Maria Ortiz, not final yet")).to_contain_text("Ravi Menon")
    await expect(card(ravi.locator("details"), REASON).get_by_role("button", name="Approve", exact=True)).to_be_visible()
    await expect(card(thread(ravi), REASON)).to_be_hidden()
    await unfold(ravi)
    await expect(card(thread(ravi), REASON).get_by_role("button", name="Approve", exact=True)).to_be_visible()
    await approve(ravi.locator("details"), REASON)

    await expect(ravi.get_by_text("Nothing is waiting for you.")).to_be_visible()
    await expect(card(thread(dana), "You may go ahead").last).to_be_visible()


async def every_copy_says_who_decided_and_when(page: Page) -> None:
    dana, maria, ravi, helen = at_their_desks(page)

    for desk in (dana, maria, ravi):
        copy = card(thread(desk), REASON)
        await expect(copy).to_contain_text(re.compile(f"Approved by\\s+Maria Ortiz{WHEN}"), use_inner_text=True)
        await expect(copy).to_contain_text(re.compile(f"Approved by\\s+Ravi Menon{WHEN}"), use_inner_text=True)
        await expect(desk.get_by_role("button", name=DECISIONS)).to_have_count(0)
    story = card(helen.locator("details"), "Dana Whitlock sent the request")
    await expect(story).to_contain_text(re.compile(r"Approved.+Maria Ortiz approved it.+Ravi Menon approved it", re.DOTALL))


async def all_of_it_is_there_after_a_kill(page: Page, house: Rehearsal) -> None:
    dana, maria, ravi, helen = at_their_desks(page)
    lost = page.get_by_text("No connection to the server.")
    kept = [thread(dana), thread(maria), thread(ravi), helen.get_by_role("article")]
    shown = [await one.inner_text() for one in kept]

    await house.die()
    await expect(lost).to_be_visible()
    await house.start()
    await expect(lost).to_be_hidden()
    await page.reload()
    await unfold(ravi)

    for one, text in zip(kept, shown, strict=True):
        await expect(one).to_have_text(text, use_inner_text=True)


async def test_a_question_goes_to_the_district_that_was_just_picked(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "carthage-r9"))
    await expect(page.get_by_role("region", name="Dana Whitlock")).to_be_visible()
    asked = asyncio.Event()

    async def slowly(route: Route) -> None:
        await asked.wait()
        await route.continue_()

    await page.route("**/world?*", slowly)
    await page.get_by_label("District").select_option(label=WEST)
    await page.get_by_label("Your question").fill(CHURCH)
    await page.get_by_role("button", name="Ask", exact=True).click()
    asked.set()

    await expect(card(at_their_desks(page).dana, "Only with approval")).to_be_visible()


async def test_a_denial_gives_its_reason(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"))
    dana, maria, _, helen = at_their_desks(page)
    dialog = page.get_by_role("dialog")
    await she_asks_to_use_her_own_phone(page)

    await card(thread(maria), REASON).get_by_role("button", name="Deny").click()
    await fill_in(dialog, "Deny", {})
    await expect(dialog.get_by_label("Reason")).to_have_accessible_description(re.compile("Please fill this in"))
    await fill_in(dialog, "Deny", {"Reason": "The district's app does this."})

    await expect(card(thread(dana), "Denied by Maria Ortiz")).to_contain_text("The district's app does this.")
    denied = card(thread(maria), REASON)
    await expect(denied).to_contain_text(re.compile(f"Denied by\\s+Maria Ortiz{WHEN}"), use_inner_text=True)
    await expect(denied.get_by_role("button")).to_have_count(0)
    await expect(helen.get_by_text("Maria Ortiz denied it")).to_be_visible()


async def test_a_question_is_answered_then_the_terms_are_narrowed_and_the_permission_revoked(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"))
    dana, maria, _, helen = at_their_desks(page)
    dialog = page.get_by_role("dialog")
    await she_asks_to_use_her_own_phone(page)

    await card(thread(maria), REASON).get_by_role("button", name="Ask a question").click()
    await fill_in(dialog, "Ask", {"Your question": "Until when?"})
    await card(thread(dana), "has a question before deciding").get_by_role("button", name="Answer").click()
    await fill_in(dialog, "Answer", {"Your answer": "Until June"})
    await expect(card(thread(maria), REASON)).to_contain_text("Until June")

    await card(thread(maria), REASON).get_by_role("button", name="Approve with changes").click()
    await fill_in(dialog, "Approve with changes", {"What you change": "Only about the bus", "Until": "2099-06-05"})
    await expect(card(thread(dana), "Approved with changes:")).to_contain_text("June 5, 2099")

    await card(thread(maria), REASON).get_by_role("button", name="Revoke").click()
    await fill_in(dialog, "Revoke", {"Reason for revoking": "The number was passed on"})
    await expect(card(thread(dana), "Revoked by Maria Ortiz:")).to_contain_text("The number was passed on")
    await expect(helen.get_by_text("Maria Ortiz revoked it")).to_be_visible()


@pytest.mark.walks("W5", "W6", "W7")
async def test_a_yes_brings_duties_that_are_done_with_a_button(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"))
    dana, maria, _, helen = at_their_desks(page)
    await she_asks_to_use_her_own_phone(page)
    await approve(thread(maria), REASON)

    await card(thread(dana), "To do: Send every message to your supervisor").get_by_role("button", name="I copy my supervisor").click()
    copying = card(thread(dana), "Done: Send every message to your supervisor")
    await expect(copying).to_contain_text(re.compile(f"Done by\\s+Dana Whitlock{WHEN}"), use_inner_text=True)
    await card(thread(maria), "To do: Inform the parents").get_by_role("button", name="Parents were informed").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("To the parents of which class or activity")).to_have_value(re.compile("."))
    await dialog.get_by_label("How", exact=True).select_option("on paper")
    await fill_in(dialog, "Parents were informed", {"Who sent the letter": "Ngozi Okafor", "On which day": "2026-09-01"})

    await expect(copying.get_by_role("button", name="I copy my supervisor")).to_have_count(0)
    await expect(card(thread(maria), "Done: Inform the parents")).to_contain_text(re.compile("On which day.*2026", re.DOTALL))
    await expect(helen.get_by_text("recorded a duty as done")).to_have_count(2)


async def test_the_letter_to_parents_is_read_and_fetched_as_a_file(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"))
    _, maria, *_ = at_their_desks(page)
    await she_asks_to_use_her_own_phone(page)
    await approve(thread(maria), REASON)

    await card(thread(maria), "To do: Inform the parents").get_by_role("button", name="Draft the letter to parents").click()
    draft = card(maria, "Letter to parents: draft")
    await expect(draft).to_contain_text("To the parents and guardians of students in Basketball")
    async with page.expect_download() as fetching:
        await draft.get_by_role("link", name="Open it as a Word file").click()

    file = await fetching.value
    assert file.suggested_filename == "letter-to-parents.docx"
    words = "\n".join(one.text for one in Document(str(await file.path())).paragraphs)
    assert "Dana Whitlock" in words
    assert not [name for name in STUDENTS.split("\n") if name in words]


@pytest.mark.walks("H7", "H7b")
async def test_a_clubs_page_is_approved_and_its_address_handed_in(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "chsd-230"))
    dana, maria, ravi, helen = at_their_desks(page)
    dialog, where = page.get_by_role("dialog"), page.get_by_label("Web address")

    await ask(page, "Can I set up an Instagram page for the debate club?")
    await card(dana, "Only with approval from the building principal").get_by_role("button", name="Ask for approval").click()
    await expect(dialog).to_contain_text("Maria Ortiz")
    site = {"Which class, activity or sport": "Debate club", "Which platform": "Instagram", "What the site is for": "Results and dates"}
    await fill_in(dialog, "Send request", site)
    await approve(thread(maria), "Debate club")

    await card(thread(dana), "To do: Hand in the web address").get_by_role("button", name="Hand in the address").click()
    await fill_in(dialog, "Hand in the address", {"Web address": "debate club on instagram"})
    await expect(where).to_have_accessible_description(re.compile("full web address"))
    await expect(where).to_have_value("debate club on instagram")
    await fill_in(dialog, "Hand in the address", {"Web address": "https://www.example.com/maplegrovedebate"})

    await expect(dialog).to_be_hidden()
    await unfold(ravi)
    for desk in (dana, maria, ravi):
        await expect(card(thread(desk), "https://www.example.com/maplegrovedebate")).to_contain_text("Dana Whitlock")
    await expect(card(thread(dana), "Done: Hand in the web address").get_by_role("button", name="Hand in")).to_have_count(0)
    story = card(helen.locator("details"), "Maria Ortiz approved it")
    await expect(story).to_contain_text("Dana Whitlock recorded a duty as done")


async def test_everything_can_be_done_from_the_keyboard(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"), width=400, height=600)

    await arrow_keys_go_from_desk_to_desk(page)
    await she_asks_with_enter_and_escape_takes_her_back(page)
    await she_sends_with_the_tab_key(page)
    await the_principal_approves_with_enter(page)


async def arrow_keys_go_from_desk_to_desk(page: Page) -> None:
    await walk(page, "Tab", page.get_by_role("tab", name="Staff"))
    await expect(page.get_by_role("tabpanel")).to_contain_text("Dana Whitlock")

    for key, name, who in (
        ("ArrowRight", "Principal", "Maria Ortiz"),
        ("End", "Records", "Helen Brandt"),
        ("ArrowRight", "Staff", "Dana Whitlock"),
        ("ArrowLeft", "Records", "Helen Brandt"),
        ("Home", "Staff", "Dana Whitlock"),
    ):
        await page.keyboard.press(key)
        await expect(page.get_by_role("tab", name=name, selected=True)).to_be_focused()
        await expect(page.get_by_role("tabpanel")).to_contain_text(who)


async def she_asks_with_enter_and_escape_takes_her_back(page: Page) -> None:
    question, opener = page.get_by_label("Your question"), page.get_by_role("button", name="Ask for approval")
    await walk(page, "Tab", question)
    await page.keyboard.type(CHURCH)
    await page.keyboard.press("Enter")
    await expect(opener).to_be_visible()
    await expect(question).to_have_value("")

    await walk(page, "Shift+Tab", opener)
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Name of the student")).to_be_focused()
    await page.keyboard.type("Jordan P.")
    await page.keyboard.press("Escape")

    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(opener).to_be_focused()


async def she_sends_with_the_tab_key(page: Page) -> None:
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Name of the student")).to_have_value("Jordan P.")

    await walk(page, "Tab", page.get_by_label("Reason for the request"))
    await page.keyboard.type(REASON)
    await walk(page, "Tab", page.get_by_role("button", name="Send request"))
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.get_by_role("tab", name="Principal 1 new")).to_be_visible()


async def the_principal_approves_with_enter(page: Page) -> None:
    await walk(page, "Shift+Tab", page.get_by_role("tab", name="Staff"))
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("heading", name="Dana Whitlock asks for your decision")).to_be_in_viewport()
    await walk(page, "Tab", page.get_by_role("button", name="Approve", exact=True))

    asks_back = await page.get_by_role("button", name="Approve", exact=True).get_attribute("data-confirm")
    await page.keyboard.press("Enter")
    if asks_back:
        await walk(page, "Tab", page.get_by_role("dialog").get_by_role("button", name="Approve", exact=True))
        await page.keyboard.press("Enter")

    await expect(page.get_by_role("tabpanel")).to_contain_text("Approved, not final yet")
    await expect(page.get_by_role("listitem").filter(has_text="Approved, not final yet")).to_be_focused()


async def test_a_notice_goes_when_it_is_old(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"))
    dana, maria, ravi, _ = at_their_desks(page)
    await ask(page, CHURCH)
    await dana.get_by_role("button", name="Ask for approval").click()
    await fill_in(page.get_by_role("dialog"), "Send request", {"Name of the student": STUDENTS, "Reason for the request": REASON})
    hers, principals = dana.get_by_text("Only you see this"), maria.get_by_text("Only you see this")
    await expect(hers).to_be_visible()

    await approve(thread(maria), REASON)
    await expect(hers).to_have_count(0)
    await expect(principals).to_be_visible()

    await card(ravi.locator("details"), REASON).get_by_role("button", name="Deny").click()
    await fill_in(page.get_by_role("dialog"), "Deny", {"Reason": "The district's app does this."})
    await expect(card(thread(maria), "The district's app does this.")).to_be_visible()
    await expect(principals).to_have_count(0)
    await ravi.get_by_role("button", name="Put away").click()
    await expect(ravi.get_by_text("Only you see this")).to_have_count(0)


async def test_what_comes_while_a_button_is_held_down_takes_no_press_away(house: Rehearsal, chromium: Chromium) -> None:
    """The thread would scroll, and the button be let go beside itself."""
    page, elsewhere = await chromium.open(address(house, "west-st-francois-r4")), await chromium.open(address(house, "west-st-francois-r4"))
    await ask(page, CHURCH)
    held = card(at_their_desks(page).dana, "Only with approval").get_by_role("button", name="Ask for approval")
    await held.hover()

    await page.mouse.down()
    for _ in range(3):
        await ask(elsewhere, "Can I text my players from my own phone?")
    await expect(at_their_desks(elsewhere).dana.get_by_role("article")).to_have_count(4)
    await page.mouse.up()

    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(at_their_desks(page).dana.get_by_role("article")).to_have_count(4)


async def test_a_new_question_leaves_the_old_ones_behind(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"))
    conversation, anew = thread(at_their_desks(page).dana), page.get_by_role("button", name="New question")
    await expect(anew).to_be_hidden()
    await ask(page, CHURCH)

    await anew.click()
    await expect(page.get_by_label("Your question")).to_be_focused()
    await ask(page, "May I be friends with my students on Instagram?")

    await expect(conversation.get_by_text("New question", exact=True)).to_have_count(1)
    await expect(conversation.get_by_role("article")).to_have_count(2)
    await expect(conversation.get_by_role("article").last).not_to_contain_text("church")
    await page.reload()
    await ask(page, "And what about parents?")
    await expect(conversation.get_by_text("New question", exact=True)).to_have_count(1)


async def test_what_broke_can_be_tried_again_and_stands_once(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"))
    dana = at_their_desks(page).dana

    async def breaks(route: Route) -> None:
        await route.fetch()
        await route.fulfill(status=503, json={"error": "The server rests."})

    await page.route("**/say", breaks, times=1)
    await page.get_by_label("Your question").fill(CHURCH)
    await page.get_by_role("button", name="Ask", exact=True).click()
    await expect(dana.get_by_role("alert")).to_have_text("The server rests.")
    await page.get_by_role("button", name="Try again").click()

    await expect(page.get_by_label("Your question")).to_have_value("")
    await expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    await expect(thread(dana).get_by_text(CHURCH, exact=True)).to_have_count(1)
    await expect(thread(dana).get_by_role("article")).to_have_count(1)
    chromium.complaints.clear()  # the browser notes every 503


# ── pages that everybody can use ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("width", [360, 1920])
async def test_nothing_keeps_anybody_out(width: int, house: Rehearsal, chromium: Chromium) -> None:
    await somebody_has_asked(house)
    page = await chromium.open(address(house, "west-st-francois-r4"), width=width, height=800)
    dialog, opener = page.get_by_role("dialog"), page.get_by_role("button", name="Ask for approval")
    await expect(opener).to_be_visible()

    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        async for _ in each_desk(page):
            assert await barriers(page) == []
        await opener.click()
        await expect(dialog).to_be_visible()
        assert await barriers(page) == []
        await dialog.get_by_role("button", name="Send request").click()
        await expect(dialog.get_by_label("Name of the student")).to_have_accessible_description(re.compile("Please fill this in"))
        assert await barriers(page) == []
        await page.keyboard.press("Escape")
        await expect(dialog).to_be_hidden()


async def test_nothing_scrolls_sideways(house: Rehearsal, chromium: Chromium) -> None:
    await house.say("staff", f"https://www.example.org/{'long' * 60}")
    await somebody_has_asked(house)
    page = await chromium.open(address(house, "west-st-francois-r4"))
    opener = page.get_by_role("button", name="Ask for approval")
    await expect(page.get_by_role("button", name="Approve", exact=True)).to_be_visible()

    for width in (360, 414, 768, 1199, 1200, 1366, 1920, 2560):
        await page.set_viewport_size({"width": width, "height": 800})
        async for _ in each_desk(page):
            assert await sideways(page) == []
        await opener.click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await sideways(page) == []
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_an_old_card_shows_what_was_decided_and_its_button_says_so(house: Rehearsal, chromium: Chromium) -> None:
    old = button(await somebody_has_asked(house), "Approve")
    one, other = [await chromium.open(address(house, "west-st-francois-r4")) for _ in range(2)]
    await expect(at_their_desks(other).maria.get_by_role("button", name=DECISIONS)).to_have_count(3)

    await approve(thread(at_their_desks(one).maria), REASON)

    decided = card(thread(at_their_desks(other).maria), REASON)
    await expect(decided).to_contain_text(re.compile(f"Approved by\\s+Maria Ortiz{WHEN}"), use_inner_text=True)
    await expect(decided.get_by_role("button")).to_have_count(0)
    answer = await house.press("principal", *old)
    assert "This one was already answered." in answer["whisper"]
    assert "Maria Ortiz" in answer["whisper"]


async def test_hostile_words_stay_words(house: Rehearsal, chromium: Chromium) -> None:
    page = await chromium.open(address(house, "west-st-francois-r4"))
    dana, maria, *_ = at_their_desks(page)

    await ask(page, HOSTILE)
    await expect(thread(dana).get_by_text(HOSTILE, exact=True)).to_be_visible()
    await ask(page, CHURCH)
    await dana.get_by_role("button", name="Ask for approval").click()
    await fill_in(page.get_by_role("dialog"), "Send request", {"Name of the student": STUDENTS, "Reason for the request": HOSTILE})

    for desk in (dana, maria):
        await expect(card(thread(desk), STUDENTS.splitlines()[0]).get_by_text(HOSTILE, exact=True)).to_be_visible()
    await expect(page.get_by_role("main").locator("img, script")).to_have_count(0)
    assert "taken" not in await page.title()


# ── what a person can point at ────────────────────────────────────────────────────────────────────


def address(house: Rehearsal, district: str = "") -> str:
    return f"http://127.0.0.1:{house.port}/" + (f"?district={district}" if district else "")


def at_their_desks(page: Page) -> Desks:
    return Desks(*(page.get_by_role("region", name=name) for name in ("Dana Whitlock", "Maria Ortiz", "Ravi Menon", "Helen Brandt")))


def thread(desk: Locator) -> Locator:
    """The desk's conversation: the one list that has a name."""
    return desk.get_by_role("list", name=re.compile("Conversation|Messages to"))


def card(where: Locator, words: str) -> Locator:
    return where.get_by_role("article").filter(has_text=words)


async def each_desk(page: Page) -> AsyncIterator[None]:
    """On a narrow screen one after the other, the staff member's last; on a wide one all of them are there at once."""
    tabs = page.get_by_role("tab")
    narrow = page.viewport_size is not None and page.viewport_size["width"] < WIDE
    await expect(tabs).to_have_count(4 if narrow else 0)
    for place in range(3, -1, -1) if narrow else ():
        await tabs.nth(place).click()
        yield
    if not narrow:
        yield


async def unfold(desk: Locator) -> None:
    """Open the messages that lie folded below what waits."""
    folder = desk.get_by_role("button", name="Messages")
    await expect(folder).to_have_accessible_name(re.compile(r"Messages\s*\d"))
    if await folder.get_attribute("aria-expanded") == "false":
        await folder.click()


async def ask(page: Page, question: str) -> None:
    await page.get_by_label("Your question").fill(question)
    await page.get_by_role("button", name="Ask", exact=True).click()
    await expect(page.get_by_label("Your question")).to_have_value("")


async def fill_in(form: Locator, send: str, answers: dict[str, str]) -> None:
    for label, words in answers.items():
        await form.get_by_label(label).fill(words)
    await form.get_by_role("button", name=send).click()


async def approve(where: Locator, words: str) -> None:
    button = card(where, words).get_by_role("button", name="Approve", exact=True)
    asks_back = await button.get_attribute("data-confirm")
    await button.click()
    if asks_back:
        await where.page.get_by_role("dialog", name=asks_back).get_by_role("button", name="Approve", exact=True).click()


async def she_asks_to_use_her_own_phone(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    await page.get_by_role("button", name="Can I text my players from my own phone?").click()
    await page.get_by_role("button", name="Ask", exact=True).click()
    await page.get_by_role("button", name="Ask for approval").click()
    await expect(dialog).to_contain_text("Maria Ortiz")
    await dialog.get_by_label("The district offers no way of its own").check()
    answers = {"Which students": STUDENTS, "Which class or activity": "Basketball", "Why this is necessary": REASON}
    await fill_in(dialog, "Send request", answers)
    await expect(dialog).to_be_hidden()


async def walk(page: Page, key: str, to: Locator) -> None:
    """Press the key until the focus is there, as somebody without a mouse does."""
    for _ in range(30):
        await page.keyboard.press(key)
        if await to.evaluate("one => one === document.activeElement"):
            return
    await expect(to).to_be_focused()


async def somebody_has_asked(house: Rehearsal) -> str:
    """Let the coach ask and send her request without the page; return the principal's card."""
    await house.say("staff", CHURCH)
    await house.submit("staff", *button(await house.until("staff", "Ask for approval"), "Ask"), FORM)
    return await house.until("principal", REASON)
