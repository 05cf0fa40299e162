"""A posted card, looked at again: as it has to look now, for whom it is today."""

from dataclasses import replace

import pytest

from handlers.cards import Card
from handlers.people import DistrictKey, Person
from handlers.wording.leaving import Leaves
from handlers.wording.posted import Posted
from tests.house import House, button, whispered
from tests.samples import DANA, HELEN, LEE, MARIA, RAVI
from tests.scenes import both_have_agreed, has_sent, seat


@pytest.fixture
async def card(house: House) -> Card:
    """What Maria has to decide."""
    await has_sent(house)
    await house.post_is_out()
    return house.sees(MARIA)[0]


async def test_a_card_is_drawn_as_it_has_to_look_now(house: House, card: Card) -> None:
    first = whispered(await house.desk.see(card.again, MARIA))
    await house.presses(DANA, button(house.sees(DANA)[0], "Withdraw"))
    now = whispered(await house.desk.see(card.again, MARIA))

    assert [one.label for one in first.buttons] == [one.label for one in card.buttons]
    assert first.again == now.again == card.again
    assert now.buttons == ()
    assert now.title.startswith("Withdrawn")


@pytest.mark.parametrize("other", [LEE, RAVI, HELEN, replace(MARIA, district=DistrictKey("elsewhere"))])
async def test_a_card_is_drawn_for_nobody_whose_it_is_not(house: House, card: Card, other: Person) -> None:
    shown = whispered(await house.desk.see(card.again, other))

    assert shown.title == "This is no longer with you."


async def test_every_card_that_left_is_drawn_again_for_its_reader(house: House) -> None:
    await both_have_agreed(house)
    await house.post_is_out()

    seen = [(who, card) for who in (DANA, MARIA, RAVI, HELEN, LEE) for card in house.sees(who)]
    for who, card in seen:
        assert whispered(await house.desk.see(card.again, who)).title == card.title
    assert {Leaves.decide, Leaves.follow, Leaves.outcome, Leaves.duty} <= {posted_of(card).kind for _, card in seen}


async def test_news_is_drawn_for_whoever_had_it_and_still_is_here(house: House) -> None:
    await both_have_agreed(house)
    await house.post_is_out()
    news = next(card for card in house.sees(DANA) if posted_of(card).kind is Leaves.outcome)
    await seat(house, MARIA, RAVI, HELEN, LEE)
    left = await house.store.read(lambda work: work.directory.get(DANA.id))
    assert left is not None

    for who in (left, MARIA, replace(DANA, district=DistrictKey("elsewhere"))):
        assert whispered(await house.desk.see(news.again, who)).title == "This is no longer with you."


@pytest.mark.parametrize("typed", ["", "decide", "decide:r1", "unknown:r1:r1.s1", "outcome:none:none"])
async def test_what_names_no_card_shows_none(house: House, typed: str) -> None:
    shown = whispered(await house.desk.see(typed, MARIA))

    assert shown.title in {"I do not know that button.", "This is no longer with you."}


def test_only_the_last_part_of_a_name_may_hold_a_colon() -> None:
    posted = Posted.read("undelivered:r1:left:2026-03-02::p1")

    assert posted is not None
    assert posted.about == "left:2026-03-02::p1"
    assert Posted.read(str(posted)) == posted


def posted_of(card: Card) -> Posted:
    posted = Posted.read(card.again)
    assert posted is not None
    return posted
