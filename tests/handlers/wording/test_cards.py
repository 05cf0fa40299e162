"""Every card and form of the product, photographed; and what holds for all of them."""

import re
from collections.abc import Iterator

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from handlers.actions import Answer, Done, Helpful, Unhelpful
from handlers.cards import Block, Button, Card, Facts, Faults, Field, Form, Link, Listing, Note, Quote, Text
from handlers.spelling import read, spell
from tests.gallery import MARKED_UP, STUDENTS, gallery

GALLERY = gallery()
CARDS = {name: card for name, card in GALLERY.items() if isinstance(card, Card)}
FORMS = {name: form for name, form in GALLERY.items() if isinstance(form, Form)}
REFUSALS = {name: card for name, card in CARDS.items() if name.startswith(("refused-", "nobody-"))}
VERBS = {
    *("Answer", "Approve", "Ask", "Change", "Confirm", "Correct", "Deny", "Draft", "End", "Give", "Hand", "Leave", "Name"),
    *("Pass", "Record", "Renew", "Revoke", "Say", "Send", "Take", "Tell", "Withdraw"),
}
LONGEST_SENTENCE = 300


@pytest.mark.parametrize("name", GALLERY)
def test_card(name: str, snapshot: SnapshotAssertion) -> None:
    assert _readable(GALLERY[name]) == snapshot(name=name).use_extension(JSONSnapshotExtension)


@pytest.mark.parametrize("name", CARDS)
def test_a_notification_never_names_a_student(name: str) -> None:
    card = CARDS[name]

    assert not any(student in f"{card.title} {card.summary}" for student in (*STUDENTS, MARKED_UP))


@pytest.mark.parametrize("name", FORMS)
def test_a_forms_title_never_names_a_student(name: str) -> None:
    assert not any(student in FORMS[name].title for student in STUDENTS)


@pytest.mark.parametrize("name", GALLERY)
def test_nobody_is_shouted_at(name: str) -> None:
    assert not any("!" in words for words in _words(GALLERY[name]))


@pytest.mark.parametrize("name", GALLERY)
def test_every_sentence_can_be_read_in_one_breath(name: str) -> None:
    sentences = [sentence for words in _words(GALLERY[name]) for sentence in re.split(r"(?<=[.?:;])\s", words)]

    assert max(map(len, sentences)) <= LONGEST_SENTENCE


@pytest.mark.parametrize("name", GALLERY)
def test_nobody_reads_a_word_of_the_code(name: str) -> None:
    assert not any(re.search(r"\w_\w|None|\{|\}|\[\]|<(?!b>|script|/)", words) for words in _words(GALLERY[name]))


@pytest.mark.parametrize("name", CARDS)
def test_every_button_says_what_it_does(name: str) -> None:
    """The choices of the bot's question are the person's own words; a done button says what the person did, a verdict what she thinks."""
    said = Answer | Done | Helpful | Unhelpful
    buttons = [button for button in CARDS[name].buttons if not isinstance(button.action, said)]

    assert all(button.label.split()[0] in VERBS for button in buttons)


@pytest.mark.parametrize("name", CARDS)
def test_every_button_comes_back_as_it_was_drawn(name: str) -> None:
    assert all(read(*spell(button.action)) == button.action for button in CARDS[name].buttons)


@pytest.mark.parametrize("name", REFUSALS)
def test_every_refusal_says_that_nothing_was_changed(name: str) -> None:
    said = " ".join(_words(REFUSALS[name]))

    assert "Nothing was changed" in said or "Nothing was sent" in said


@pytest.mark.parametrize("name", [name for name in CARDS if name.startswith(("decide-", "know-", "handed-in", "duty-", "record"))])
def test_nobody_else_is_told_of_their_own_supervisor(name: str) -> None:
    """“Your supervisor” is the requester's; a rule's or a duty's words are quoted as they stand in the pack."""
    ours = [row for block in CARDS[name].blocks if isinstance(block, Facts) for row in block.rows]

    assert not any("your supervisor" in str(value) for _, value in ours)


@pytest.mark.parametrize("name", [name for name in CARDS if "notice" in name])
def test_a_notice_is_never_called_approved(name: str) -> None:
    assert not any("approved" in words.lower() for words in _words(CARDS[name]))


def test_a_pending_request_never_reads_as_a_yes() -> None:
    pending = [GALLERY[name] for name in ("outcome-one-agreed", "decide-approved-not-final", "outcome-denied-afterwards")]

    assert not any("You may go ahead" in " ".join(_words(card)) for card in pending)


def _words(shown: Card | Form | Faults) -> Iterator[str]:
    """Yield everything of ours that a person reads; what people wrote themselves is theirs."""
    match shown:
        case Faults(sentences):
            yield from (sentence for _, sentence in sentences)
        case Form(title, _, fields, blocks, send):
            yield from (title, send, *(f"{field.label}. {field.hint}" for field in fields))
            yield from (words for block in blocks for words in _of_block(block))
        case Card(title, blocks, buttons, _, summary):
            yield from (title, summary, *(f"{button.label}. {button.confirm}" for button in buttons))
            yield from (words for block in blocks for words in _of_block(block) if MARKED_UP not in words)


def _of_block(block: Block) -> list[str]:
    match block:
        case Text(text) | Note(text):
            return [text]
        case Quote(_, source):
            return [source]
        case Facts(rows):
            return [str(part) for row in rows for part in row]
        case Listing(heading, items):
            return [heading, *items]
        case Link(label, url):
            return [label, url]


def _readable(shown: Card | Form | Faults) -> dict[str, object]:
    match shown:
        case Faults(sentences):
            return {"faults": [f"{name}: {sentence}" for name, sentence in sentences]}
        case Form(title, action, fields, blocks, send):
            does = " ".join(spell(action))
            return {"title": title, "blocks": [_block(one) for one in blocks], "fields": [_field(one) for one in fields], send: does}
        case Card(title, blocks, buttons, tone, summary):
            drawn = {"title": title, "summary": summary, "tone": str(tone), "blocks": [_block(one) for one in blocks]}
            return {**drawn, "buttons": [_button(one) for one in buttons]}


def _block(block: Block) -> dict[str, object]:
    match block:
        case Text(text) | Note(text):
            return {type(block).__name__.lower(): text}
        case Quote(text, source):
            return {"quote": text, "source": source}
        case Facts(rows):
            return {"facts": [f"{label}: {value}" for label, value in rows]}
        case Listing(heading, items):
            return {"listing": heading, "items": list(items)}
        case Link(label, url):
            return {"link": label, "to": url}


def _field(field: Field) -> dict[str, object]:
    told = {"hint": field.hint, "options": list(field.options), "filled in": field.value}
    needed = "required" if field.required else "optional"
    return {
        "label": field.label,
        "takes": f"{field.kind}, {needed}, at most {field.longest}" + "".join(f", where {name} is {wanted}" for name, wanted in field.when),
        **{key: one for key, one in told.items() if one},
    }


def _button(button: Button) -> dict[str, str]:
    asked_back = {"asks back": button.confirm} if button.confirm else {}
    return {"label": button.label, "does": " ".join(spell(button.action)), "tone": str(button.tone), **asked_back}
