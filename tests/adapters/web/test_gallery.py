"""Every card and form of the product as the page shows it: every word of ours, and every button with its verb."""

from html import escape

import pytest

from adapters.web.draw import draw, draw_form
from handlers.cards import Card, Form
from handlers.spelling import spell
from tests.gallery import gallery

GALLERY = gallery()
CARDS = {name: one for name, one in GALLERY.items() if isinstance(one, Card)}
FORMS = {name: one for name, one in GALLERY.items() if isinstance(one, Form)}


@pytest.mark.parametrize("name", CARDS)
def test_card(name: str) -> None:
    drawn = draw(CARDS[name])

    assert escape(CARDS[name].title) in drawn
    for button in CARDS[name].buttons:
        verb, value = spell(button.action)
        assert escape(button.label) in drawn
        assert f'"{verb}"' in drawn
        assert f'"{value}"' in drawn


@pytest.mark.parametrize("name", FORMS)
def test_form(name: str) -> None:
    drawn = draw_form(FORMS[name])

    assert escape(FORMS[name].title) in drawn
    for field in FORMS[name].fields:
        assert escape(field.label) in drawn
        assert f'name="{field.name}"' in drawn
