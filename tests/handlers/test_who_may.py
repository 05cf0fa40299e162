"""Everybody presses everything in every state: what comes of it is what the table says, and a refusal changes nothing."""

from collections import Counter
from collections.abc import AsyncIterator
from itertools import groupby

import pytest

from handlers.cards import Faults, Open, Reply, Say, Whisper
from handlers.spelling import ANSWER, VERBS
from handlers.wording.refusals import nothing_done
from handlers.workflow.request import Status
from tests.handlers.conftest import a_folder
from tests.handlers.who_may import FORMS, PAGE, PEOPLE, SAID, STATES, Cell, Place, a_place, cells, form_of, page

CELLS = sorted(cells(), key=lambda cell: cell.state)
BY_STATE = {state: list(found) for state, found in groupby(CELLS, key=lambda cell: cell.state)}
STRANGERS = {"keeper", "elsewhere", "director", "colleague", "outsider"}  # they are shown no card of it either


@pytest.fixture
async def place(state: str) -> AsyncIterator[Place]:
    with a_folder() as folder:
        async with a_place(folder, state) as place:
            yield place


def test_every_press_has_its_rows_and_no_cell_stands_twice() -> None:
    assert {cell.verb for cell in CELLS} == {*VERBS, ANSWER}, "a new action needs its rows in who_may.csv, then `make rows`"
    twice = Counter((cell.verb, cell.about, cell.state, cell.who) for cell in CELLS)
    assert [cell for cell, times in twice.items() if times > 1] == []


def test_every_state_is_one_of_the_table_and_every_status_is_reached() -> None:
    assert BY_STATE.keys() == STATES.keys()
    assert {one.value for one in Status} - STATES.keys() == {"pending"}  # which is `first`, `given` and `second`


def test_every_word_of_the_table_means_something() -> None:
    assert {cell.expected.rstrip("!") for cell in CELLS} == {"yes", *SAID.values()}


def test_the_page_is_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make rows`, and read what changed"


@pytest.mark.parametrize("state", STATES)
async def test_what_anybody_may_do_is_what_the_table_says(place: Place, state: str) -> None:
    wrong = [f"{cell}: {how} came to {came}" for cell in BY_STATE[state] async for how, came in unlike(place, cell)]

    assert wrong == []


async def unlike(place: Place, cell: Cell) -> AsyncIterator[tuple[str, str]]:
    """Press the button, and send the form that it opens or one that was opened before: yield what was not as expected."""
    for how in ("press", "form") if cell.verb in FORMS else ("press",):
        came = await tried(place, cell, how)
        if came != cell.expected:
            yield how, came


async def tried(place: Place, cell: Cell, how: str) -> str:
    """Return what came of it in a word of the table, after putting everything back."""
    who, action = PEOPLE[cell.who], place.action(cell.verb, cell.about)
    if how == "press":
        reply = await place.house.presses(who, action)
    else:
        reply = await place.house.sends(who, action, form_of(cell))
    word, left = in_a_word(reply), left_behind(place)
    if word == "unknown" and cell.who in STRANGERS and (cell.who, cell.state) != ("elsewhere", "given"):
        assert await place.house.desk.again(action, who) == Whisper(nothing_done()), cell
    return word if word == "yes" else word + left


def in_a_word(reply: Reply) -> str:
    match reply:
        case Whisper(card):
            return SAID.get(card.title, "yes")
        case Open() | Say():
            return "yes"
        case Faults():
            return str(reply)


def left_behind(place: Place) -> str:
    """Say what is kept of it: nothing, a line of the record, or what no refusal may leave; all is as before then."""
    if not place.changed():
        return ""
    after = place.rows()
    place.comes_back()
    differing = [*(row for row in after if row not in place.before), *(row for row in place.before if row not in after)]
    if not differing:
        return ""
    tried = "refused" in differing[0] and all(str(table).startswith("record") for table, *_ in differing)
    return "!" if tried else f" and changed {differing}"
