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


@pytest.fixture(scope="module")
def said() -> list[tuple[str, str]]:
    """Everything of ours that a person reads, each beside the name of what it stands on."""
    return [(name, words) for name, shown in GALLERY.items() for words in _words(shown)]


@pytest.mark.parametrize("name", GALLERY)
def test_card(name: str, snapshot: SnapshotAssertion) -> None:
    assert _readable(GALLERY[name]) == snapshot(name=name).use_extension(JSONSnapshotExtension)


def test_a_notification_never_names_a_student() -> None:
    noted = {name: f"{card.title} {card.summary}" for name, card in CARDS.items()}

    assert {name: words for name, words in noted.items() if any(student in words for student in (*STUDENTS, MARKED_UP))} == {}


def test_a_forms_title_never_names_a_student() -> None:
    assert [name for name, form in FORMS.items() if any(student in form.title for student in STUDENTS)] == []


def test_nobody_is_shouted_at(said: list[tuple[str, str]]) -> None:
    assert [(name, words) for name, words in said if "!" in words] == []


def test_every_sentence_can_be_read_in_one_breath(said: list[tuple[str, str]]) -> None:
    sentences = [(name, sentence) for name, words in said for sentence in re.split(r"(?<=[.?:;])\s", words)]

    assert {name for name, _ in sentences} == GALLERY.keys()
    assert [(name, sentence) for name, sentence in sentences if len(sentence) > LONGEST_SENTENCE] == []


def test_nobody_reads_a_word_of_the_code(said: list[tuple[str, str]]) -> None:
    assert [(name, words) for name, words in said if re.search(r"\w_\w|None|\{|\}|\[\]|<(?!b>|script|/)", words)] == []


def test_every_button_says_what_it_does() -> None:
    """The choices of the bot's question are the person's own words; a done button says what the person did, a verdict what she thinks."""
    said = Answer | Done | Helpful | Unhelpful
    labels = [(name, button.label) for name, card in CARDS.items() for button in card.buttons if not isinstance(button.action, said)]

    assert labels
    assert [(name, label) for name, label in labels if label.split()[0] not in VERBS] == []


def test_every_button_comes_back_as_it_was_drawn() -> None:
    actions = [(name, button.action) for name, card in CARDS.items() for button in card.buttons]

    assert [(name, action) for name, action in actions if read(*spell(action)) != action] == []


def test_every_refusal_says_that_nothing_was_changed() -> None:
    said = {name: " ".join(_words(card)) for name, card in REFUSALS.items()}

    assert said
    assert [name for name, words in said.items() if "Nothing was changed" not in words and "Nothing was sent" not in words] == []


def test_nobody_else_is_told_of_their_own_supervisor() -> None:
    """“Your supervisor” is the requester's; a rule's or a duty's words are quoted as they stand in the pack."""
    others = {name: card for name, card in CARDS.items() if name.startswith(("decide-", "know-", "handed-in", "duty-", "record"))}
    ours = [(name, row) for name, card in others.items() for block in card.blocks if isinstance(block, Facts) for row in block.rows]

    assert ours
    assert [(name, value) for name, (_, value) in ours if "your supervisor" in str(value)] == []


def test_a_notice_is_never_called_approved(said: list[tuple[str, str]]) -> None:
    noticed = [(name, words) for name, words in said if name in CARDS and "notice" in name]

    assert noticed
    assert [(name, words) for name, words in noticed if "approved" in words.lower()] == []


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
