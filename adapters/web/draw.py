"""How a card and a form look in the page: values in, escaped HTML fragments out. Not here: sentences, which facts to show, colours."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import escape, unescape
from typing import assert_never

from handlers.actions import Action
from handlers.cards import TICKED, Block, Button, Card, Facts, Field, Form, Kind, Link, Listing, Note, Quote, Text
from handlers.spelling import spell

# Of an <input>; the other kinds have elements of their own.
INPUTS = {Kind.line: "text", Kind.date: "date", Kind.url: "url"}


def draw(card: Card) -> str:
    """Return the card as one <article>; `data-summary` is what the page announces."""
    return "\n".join(
        (
            f'<article class="card" data-tone="{card.tone}" data-summary="{escape(card.summary or card.title)}">',
            f"<h3>{escape(card.title)}</h3>",
            *_blocks(card.blocks, under=3),
            *_buttons(card.buttons),
            "</article>",
        )
    )


def draw_form(form: Form) -> str:
    """Return the form as one <form>; each field has room for its fault beside it."""
    return "\n".join(
        (
            f'<form class="sheet" {_spelled(form.action)} novalidate>',
            f'<h2 id="sheet-title" tabindex="-1">{escape(form.title)}</h2>',
            *_blocks(form.blocks, under=2),
            *(_field(field, place) for place, field in enumerate(form.fields)),
            '<p class="trouble" role="alert"></p>',
            '<div class="buttons">',
            f'<button type="submit" data-tone="good">{escape(form.send)}</button>',
            '<button type="button" data-close>Cancel</button>',
            "</div>",
            "</form>",
        )
    )


def draw_said(text: str) -> str:
    """Return a person's own words: never a card, never markup."""
    return f'<p class="said">{escape(text)}</p>'


def draw_divider(topic: int) -> str:
    """Return the line under which a new topic begins; the page reads the topic's number from it."""
    return f'<p class="divider" data-topic="{topic}">New question</p>'


def label(body: str, action: Action) -> str:
    """Return what stands on the action's button in a drawn card, which is what pressing it says; nothing where it is not."""
    found = re.search(rf"{re.escape(_spelled(action))}[^>]*>([^<]*)</button>", body)
    return unescape(found[1]) if found else ""


def _blocks(blocks: Iterable[Block], *, under: int) -> Iterator[str]:
    """`under` is the level of the heading above, so that no level is skipped."""
    return (_block(block, under + 1) for block in blocks)


def _block(block: Block, level: int) -> str:
    match block:
        case Text(text):
            return f"<p>{escape(text)}</p>"
        case Facts(rows):
            return "\n".join(('<dl class="facts">', *(_row(label, value) for label, value in rows), "</dl>"))
        case Quote(text, source):
            said = f"<blockquote>{escape(text)}</blockquote>"
            return f'<figure class="quote">{said}<figcaption>{escape(source)}</figcaption></figure>'
        case Listing(heading, items):
            listed = "".join(f"<li>{escape(item)}</li>" for item in items)
            return f'<section class="listing"><h{level}>{escape(heading)}</h{level}><ul>{listed}</ul></section>'
        case Note(text):
            return f'<p class="note">{escape(text)}</p>'
        case Link(label, url):
            return f'<p><a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(label)}</a></p>'
        case _:
            assert_never(block)


def _row(label: str, value: str | datetime) -> str:
    shown = _moment(value) if isinstance(value, datetime) else escape(value)
    return f"<div><dt>{escape(label)}</dt><dd>{shown}</dd></div>"


def _moment(moment: datetime) -> str:
    """The page rewrites the words in the reader's own zone; without it, UTC is said."""
    utc = moment.astimezone(UTC)
    return f'<time datetime="{utc:%Y-%m-%dT%H:%M:%SZ}">{utc.day} {utc:%b %Y, %H:%M} UTC</time>'


def _buttons(buttons: tuple[Button, ...]) -> Iterator[str]:
    if buttons:
        yield '<div class="buttons">'
        yield from (_button(button) for button in buttons)
        yield "</div>"


def _button(button: Button) -> str:
    confirm = f' data-confirm="{escape(button.confirm)}"' if button.confirm else ""
    return f'<button type="button" {_spelled(button.action)} data-tone="{button.tone}"{confirm}>{escape(button.label)}</button>'


def _spelled(action: Action) -> str:
    verb, value = spell(action)
    return f'data-verb="{escape(verb)}" data-value="{escape(value)}"'


def _field(field: Field, place: int) -> str:
    """One labelled input, its hint above it, and the place for its fault below."""
    hint = f'<p class="hint" id="hint-{place}">{escape(field.hint)}</p>' if field.hint else ""
    described = f"hint-{place} fault-{place}" if field.hint else f"fault-{place}"
    common = f'id="field-{place}" name="{escape(field.name)}" aria-describedby="{described}"' + (" required" if field.required else "")
    optional = "" if field.required else ' <span class="optional">(optional)</span>'
    label = f'<label for="field-{place}">{escape(field.label)}{optional}</label>'
    fault = f'<p class="fault" id="fault-{place}"></p>'
    when = f' data-when="{escape(json.dumps(dict(field.when)))}"' if field.when else ""
    if field.kind is Kind.check:
        return f'<div class="field check"{when}><div>{_input(field, common)}{label}</div>{hint}{fault}</div>'
    return f'<div class="field"{when}>{label}{hint}{_input(field, common)}{fault}</div>'


def _input(field: Field, common: str) -> str:
    match field.kind:
        case Kind.text:
            # The line break after the tag is the parser's to eat; a value that begins with one keeps it.
            return f'<textarea {common} rows="4" maxlength="{field.longest}">\n{escape(field.value)}</textarea>'
        case Kind.choice:
            options = "".join(_option(*choice, field.value) for choice in field.choices)
            return f'<select {common}><option value="">Choose…</option>{options}</select>'
        case Kind.check:
            return f'<input type="checkbox" {common} value="{TICKED}"{" checked" if field.value == TICKED else ""}>'
        case Kind.line | Kind.date | Kind.url:
            longest = "" if field.kind is Kind.date else f' maxlength="{field.longest}"'
            return f'<input type="{INPUTS[field.kind]}" {common} value="{escape(field.value)}"{longest} autocomplete="off">'
        case _:
            assert_never(field.kind)


def _option(option: str, called: str, chosen: str) -> str:
    return f'<option value="{escape(option)}"{" selected" if option == chosen else ""}>{escape(called)}</option>'
