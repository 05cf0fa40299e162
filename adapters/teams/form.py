"""How a form looks in Teams, and how what was filled in is read from it. Not here: which fields there are, what is wrong.

Every input's id is the pack's own name of the field, so that a person's answers come back under it.
"""

from collections.abc import Mapping
from typing import Any, assert_never

from adapters.teams.draw import Json, adaptive, blocks_of, execute, words
from handlers.actions import Action
from handlers.cards import TICKED, Field, Form, Kind
from handlers.spelling import read, spell

SENT, BACK = "sent", "back"  # what a form's two buttons say they are
OURS = frozenset({"id", "form", "verb", "msteams"})  # what a button's data holds besides inputs
LONGEST_LABEL = 500
REQUIRED = "Please fill this in."


def draw_form(form: Form, values: Mapping[str, str] | None = None, faults: Mapping[str, str] | None = None) -> Json:
    """Return the card that asks; `values` are what was typed before, `faults` what is to be mended, shown where it is."""
    verb, value = spell(form.action)
    fields = [part for field in form.fields for part in _field(field, values or {}, (faults or {}).get(field.name, ""))]
    buttons = [execute(form.send, verb, {"id": value, "form": SENT}, "positive"), _not_now(verb, value)]
    return adaptive(form.title, [*blocks_of(form.blocks), *fields], buttons)


def sent(verb: str, data: Mapping[str, Any]) -> tuple[Action | None, Mapping[str, str] | None]:
    """Return what a button asks for, and the inputs' values where it sends a form (None where it does not).

    Whatever brings inputs along sends them, also where a client has dropped what else the button said.
    """
    action = read(verb, str(data.get("id", "")))
    values = {name: str(value) for name, value in data.items() if name not in OURS and value is not None}
    return action, values if data.get("form") == SENT or (values and data.get("form") != BACK) else None


def _not_now(verb: str, value: str) -> Json:
    """Leave the form without sending it: what is required need not be there."""
    back = execute("Not now", verb, {"id": value, "form": BACK})
    return {**back, "associatedInputs": "none", "fallback": {**back["fallback"], "associatedInputs": "none"}}


def _field(field: Field, values: Mapping[str, str], fault: str) -> list[Json]:
    """Draw one input. A card cannot hide it where another field makes it needless: then it says so, and the desk says what is missing."""
    required = field.required and not field.when
    drawn: Json = {
        "id": field.name,
        "label": field.label[:LONGEST_LABEL],
        "isRequired": required,
        **({"errorMessage": REQUIRED} if required else {}),
        **_input(field, values.get(field.name, field.value)),
    }
    said = " ".join(filter(None, (field.hint, _only(field))))
    hint = [{"type": "TextBlock", "text": words(said), "wrap": True, "size": "Small", "isSubtle": True}] if said else []
    wrong = [{"type": "TextBlock", "text": words(fault), "wrap": True, "color": "Attention"}] if fault else []
    return [drawn, *hint, *wrong]


def _only(field: Field) -> str:
    return f"Only where you chose {' and '.join(' or '.join(values) for _, values in field.when)} above." if field.when else ""


def _input(field: Field, value: str) -> Json:
    given: Json = {"value": value} if value else {}
    match field.kind:
        case Kind.line | Kind.text:
            return {"type": "Input.Text", "isMultiline": field.kind is Kind.text, "maxLength": field.longest, **given}
        case Kind.url:
            return {"type": "Input.Text", "style": "Url", "maxLength": field.longest, **given}
        case Kind.date:
            return {"type": "Input.Date", **given}
        case Kind.choice:
            options = [{"title": called, "value": option} for option, called in dict(field.choices).items()]
            return {"type": "Input.ChoiceSet", "style": "compact", "choices": options, **given}
        case Kind.check:
            return {"type": "Input.Toggle", "title": "Yes", "valueOn": TICKED, "valueOff": "", **given}
        case _:
            assert_never(field.kind)
