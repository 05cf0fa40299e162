"""Which elements and actions Teams draws, with which properties of which shape: Adaptive Cards 1.5 (schema explorer). A table only."""

from typing import Any

# What a value has to be: a type's name, or the set of words it may be one of.
Shape = str | frozenset[str]

SPACING = frozenset({"default", "none", "small", "medium", "large", "extralarge", "padding"})
ALIGNED = frozenset({"left", "center", "right"})
VERTICAL = frozenset({"top", "center", "bottom"})
STYLES = frozenset({"default", "emphasis", "good", "attention", "warning", "accent"})
COLORS = frozenset({"default", "dark", "light", "accent", "good", "warning", "attention"})
SIZES = frozenset({"default", "small", "medium", "large", "extralarge"})
WEIGHTS = frozenset({"default", "lighter", "bolder"})
FONTS = frozenset({"default", "monospace"})
ACTION_STYLES = frozenset({"default", "positive", "destructive"})

_ELEMENT: dict[str, Shape] = {
    "type": "str",
    "id": "str",
    "isVisible": "bool",
    "separator": "bool",
    "spacing": SPACING,
    "height": frozenset({"auto", "stretch"}),
    "fallback": "any",
    "requires": "dict",
}
_FONT: dict[str, Shape] = {"color": COLORS, "fontType": FONTS, "isSubtle": "bool", "size": SIZES, "weight": WEIGHTS}
_BOX: dict[str, Shape] = {
    "style": STYLES,
    "bleed": "bool",
    "minHeight": "str",
    "rtl": "bool",
    "selectAction": "action",
    "verticalContentAlignment": VERTICAL,
    "backgroundImage": "any",
}
_INPUT: dict[str, Shape] = {**_ELEMENT, "label": "str", "isRequired": "bool", "errorMessage": "str"}

ELEMENTS: dict[str, dict[str, Shape]] = {
    "TextBlock": {
        **_ELEMENT,
        **_FONT,
        "text": "str",
        "wrap": "bool",
        "maxLines": "int",
        "horizontalAlignment": ALIGNED,
        "style": frozenset({"default", "heading", "columnheader"}),
    },
    "RichTextBlock": {**_ELEMENT, "inlines": "inlines", "horizontalAlignment": ALIGNED},
    "Image": {
        **_ELEMENT,
        "url": "str",
        "altText": "str",
        "backgroundColor": "str",
        "height": "str",
        "width": "str",
        "horizontalAlignment": ALIGNED,
        "selectAction": "action",
        "size": frozenset({"auto", "stretch", "small", "medium", "large"}),
        "style": frozenset({"default", "person"}),
    },
    "ImageSet": {**_ELEMENT, "images": "elements", "imageSize": frozenset({"auto", "stretch", "small", "medium", "large"})},
    "Container": {**_ELEMENT, **_BOX, "items": "elements"},
    "ColumnSet": {**_ELEMENT, **_BOX, "columns": "elements", "horizontalAlignment": ALIGNED},
    "Column": {**_ELEMENT, **_BOX, "items": "elements", "width": "any"},
    "FactSet": {**_ELEMENT, "facts": "facts"},
    "ActionSet": {**_ELEMENT, "actions": "actions"},
    "Table": {
        **_ELEMENT,
        "columns": "list",
        "rows": "elements",
        "firstRowAsHeader": "bool",
        "showGridLines": "bool",
        "gridStyle": STYLES,
        "horizontalCellContentAlignment": ALIGNED,
        "verticalCellContentAlignment": VERTICAL,
    },
    "TableRow": {"type": "str", "cells": "elements", "style": STYLES, "horizontalCellContentAlignment": ALIGNED},
    "TableCell": {**_BOX, "type": "str", "items": "elements"},
    "Input.Text": {
        **_INPUT,
        "isMultiline": "bool",
        "maxLength": "int",
        "placeholder": "str",
        "regex": "str",
        "style": frozenset({"text", "tel", "url", "email", "password"}),
        "inlineAction": "action",
        "value": "str",
    },
    "Input.Number": {**_INPUT, "max": "number", "min": "number", "placeholder": "str", "value": "number"},
    "Input.Date": {**_INPUT, "max": "date", "min": "date", "placeholder": "str", "value": "date"},
    "Input.Time": {**_INPUT, "max": "time", "min": "time", "placeholder": "str", "value": "time"},
    "Input.Toggle": {**_INPUT, "title": "str", "value": "str", "valueOff": "str", "valueOn": "str", "wrap": "bool"},
    "Input.ChoiceSet": {
        **_INPUT,
        "choices": "choices",
        "isMultiSelect": "bool",
        "style": frozenset({"compact", "expanded", "filtered"}),
        "value": "str",
        "placeholder": "str",
        "wrap": "bool",
    },
}
NESTED = {"ColumnSet": {"Column"}, "Table": {"TableRow"}, "TableRow": {"TableCell"}, "ImageSet": {"Image"}}  # these hold nothing else
INSIDE_ONLY = {"Column", "TableRow", "TableCell"}  # and these stand nowhere else
REQUIRED = {
    "TextBlock": ("text",),
    "RichTextBlock": ("inlines",),
    "Image": ("url", "altText"),
    "ImageSet": ("images",),
    "Container": ("items",),
    "FactSet": ("facts",),
    "ActionSet": ("actions",),
    "Input.Toggle": ("title",),
    "Input.ChoiceSet": ("choices",),
    "Action.Execute": ("title", "verb", "fallback"),
    "Action.Submit": ("title",),
    "Action.OpenUrl": ("title", "url"),
    "Action.ShowCard": ("title", "card"),
    "Action.ToggleVisibility": ("title", "targetElements"),
}
TEXT_RUN: dict[str, Shape] = {
    **_FONT,
    "type": "str",
    "text": "str",
    "highlight": "bool",
    "italic": "bool",
    "selectAction": "action",
    "strikethrough": "bool",
    "underline": "bool",
}

_ACTION: dict[str, Shape] = {
    "type": "str",
    "id": "str",
    "title": "str",
    "iconUrl": "str",
    "style": ACTION_STYLES,
    "fallback": "any",
    "tooltip": "str",
    "mode": frozenset({"primary", "secondary"}),
    "requires": "dict",
}
_GATHERS: dict[str, Shape] = {"data": "dict", "associatedInputs": frozenset({"auto", "none"})}
ACTIONS: dict[str, dict[str, Shape]] = {
    "Action.Execute": {**_ACTION, **_GATHERS, "verb": "str", "isEnabled": "bool"},
    "Action.Submit": {**_ACTION, **_GATHERS},  # msteams-docs cards-format.md: isEnabled is not supported here
    "Action.OpenUrl": {**_ACTION, "url": "str", "isEnabled": "bool"},
    "Action.ShowCard": {**_ACTION, "card": "any", "isEnabled": "bool"},
    "Action.ToggleVisibility": {**_ACTION, "targetElements": "list", "isEnabled": "bool"},
}
CARD_PROPERTIES: dict[str, Shape] = {
    "type": "str",
    "$schema": "str",
    "version": "str",
    "body": "elements",
    "actions": "actions",
    "refresh": "dict",
    "selectAction": "action",
    "fallbackText": "str",
    "speak": "str",
    "lang": "str",
    "rtl": "bool",
    "minHeight": "str",
    "backgroundImage": "any",
    "verticalContentAlignment": VERTICAL,
    "msteams": "dict",
}
SINCE: dict[str, tuple[int, int]] = {  # the version of the card that these need
    "Action.Execute": (1, 4),
    "refresh": (1, 4),
    "label": (1, 3),
    "isRequired": (1, 3),
    "errorMessage": (1, 3),
    "Action.ToggleVisibility": (1, 2),
    "ActionSet": (1, 2),
    "RichTextBlock": (1, 2),
    "Table": (1, 5),
    "tooltip": (1, 5),
    "mode": (1, 5),
    "isEnabled": (1, 5),
}


def fits(value: Any, shape: Shape) -> bool:
    """Whether a value has this shape; what holds more is looked into elsewhere."""
    if isinstance(shape, frozenset):
        return isinstance(value, str) and value.lower() in shape
    if shape == "int":
        return isinstance(value, int) and not isinstance(value, bool)
    if shape == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    kind = _KINDS.get(shape)
    return kind is None or isinstance(value, kind)


_KINDS: dict[str, type] = {
    "str": str,
    "bool": bool,
    "dict": dict,
    "list": list,
    "date": str,
    "time": str,
    "action": dict,
    "elements": list,
    "actions": list,
    "inlines": list,
    "facts": list,
    "choices": list,
}
