"""How a form looks as a Slack modal, and how what was filled in is read from it. Not here: which fields there are, what is wrong.

Limits: docs.slack.dev/reference/views. Every input's block_id and action_id is the pack's own name of the field.
"""

from collections.abc import Mapping
from typing import Any, assert_never

from adapters.slack.draw import Json, blocks_of, plain, shortened
from handlers.actions import Action
from handlers.cards import TICKED, Field, Form, Kind
from handlers.spelling import read, spell

LONGEST_TITLE = 24
LONGEST_OPTION = 75
LONGEST_HINT = 2000
LONGEST_INPUT = 3000
APART = "|"  # between the id and the place in private_metadata; ids hold no such sign


def draw_form(form: Form, place: str = "") -> Json:
    """Return the modal; `place` is where it was opened from, and comes back when it is sent."""
    verb, value = spell(form.action)
    named = len(form.title) <= LONGEST_TITLE
    head = [] if named else [{"type": "header", "text": plain(shortened(form.title, 150))}]
    return {
        "type": "modal",
        "callback_id": verb,
        "private_metadata": f"{value}{APART}{place}",
        "title": plain(form.title if named else "Hallpass"),
        "submit": plain(shortened(form.send, LONGEST_TITLE)),
        "close": plain("Cancel"),
        "blocks": [*head, *blocks_of(form.blocks), *(_input(field, turns=field.name in form.turning) for field in form.asked())],
    }


def told(title: str, blocks: list[Json]) -> Json:
    """Return a modal that only tells something."""
    return {"type": "modal", "title": plain(shortened(title, LONGEST_TITLE)), "close": plain("Close"), "blocks": blocks}


def waiting() -> Json:
    """Return what is shown while a form is being made ready: Slack gives three seconds to open one."""
    return told("Hallpass", [{"type": "section", "text": plain("One moment …")}])


def sent(view: Mapping[str, Any]) -> tuple[Action | None, dict[str, str], str]:
    """Return what a modal that was sent asks for, its fields' values, and where it was opened from."""
    value, _, place = str(view.get("private_metadata", "")).partition(APART)
    state = view.get("state", {}).get("values", {})
    values = {block: _value(next(iter(inputs.values()))) for block, inputs in state.items() if inputs}
    return read(str(view.get("callback_id", "")), value), values, place


def _input(field: Field, *, turns: bool = False) -> Json:
    """`turns`: other fields hang on this one, so that Slack has to tell when it changes."""
    drawn: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain(shortened(field.label, LONGEST_HINT)),
        "element": {**_element(field), "action_id": field.name},
        "optional": not field.required,
        **({"dispatch_action": True} if turns else {}),
    }
    return {**drawn, "hint": plain(shortened(field.hint, LONGEST_HINT))} if field.hint else drawn


def _element(field: Field) -> Json:
    match field.kind:
        case Kind.line | Kind.text:
            longest = {"max_length": min(field.longest, LONGEST_INPUT)}
            return {"type": "plain_text_input", "multiline": field.kind is Kind.text, **longest, **_given(field, "initial_value")}
        case Kind.url:
            return {"type": "url_text_input", **_given(field, "initial_value")}
        case Kind.date:
            return {"type": "datepicker", **_given(field, "initial_date")}
        case Kind.choice:
            options = {value: _option(value, called) for value, called in field.choices}
            initial: Json = {"initial_option": options[field.value]} if field.value in options else {}
            return {"type": "static_select", "options": [*options.values()], **initial}
        case Kind.check:
            initial = {"initial_options": [_ticked()]} if field.value == TICKED else {}
            return {"type": "checkboxes", "options": [_ticked()], **initial}
        case _:
            assert_never(field.kind)


def _given(field: Field, name: str) -> Json:
    return {name: field.value} if field.value else {}


def _option(option: str, called: str) -> Json:
    return {"text": plain(shortened(called, LONGEST_OPTION)), "value": option}


def _ticked() -> Json:
    return {"text": plain("Yes"), "value": TICKED}


def _value(given: Mapping[str, Any]) -> str:
    """Return what stands in an input, whatever its kind; nothing is an empty text."""
    if given.get("selected_option"):
        return str(given["selected_option"]["value"])
    if given.get("selected_options"):
        return str(given["selected_options"][0]["value"])
    return str(given.get("value") or given.get("selected_date") or "")
