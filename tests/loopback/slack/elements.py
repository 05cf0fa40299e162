"""What Slack refuses inside blocks: texts, buttons, choices, inputs; each finding says where. Not here: blocks (limits.py)."""

import re
from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import BlockElement, Option

from tests.loopback.slack.records import Json

SELECTS = {f"{many}{kind}_select" for many in ("", "multi_") for kind in ("static", "external", "users", "conversations", "channels")}
PICKERS = {"datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons"}
WRITTEN = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input"}
PRESSED = {"button", "overflow", "workflow_button", "feedback_buttons", "icon_button"}
_MOST_OPTIONS = {"checkboxes": 10, "radio_buttons": 10, "overflow": 5}
_SHAPES = {"initial_date": r"\d{4}-\d\d-\d\d", "initial_time": r"\d\d:\d\d"}


def _known() -> dict[str, set[str]]:
    """The SDK's models know which properties each element has."""
    found: dict[str, set[str]] = {}
    waiting: list[type[BlockElement]] = [BlockElement]
    while waiting:
        one = waiting.pop()
        waiting.extend(one.__subclasses__())
        properties = one.__dict__.get("attributes")
        if isinstance(kind := getattr(one, "type", None), str) and isinstance(properties, property) and properties.fget:
            bare = object.__new__(one)
            found.setdefault(kind, set()).update(properties.fget(bare))
    return found


_PROPERTIES = _known()


def text_of_kind(text: object, at: str, most: int, *, plain: bool = False) -> Iterator[str]:
    """A text object, within its length, plain where only plain text is shown."""
    if not isinstance(text, dict) or not isinstance(text.get("text"), str):
        yield f"must provide an object [json-pointer:{at}]"
        return
    kinds = {"plain_text"} if plain else {"plain_text", "mrkdwn"}
    if text.get("type") not in kinds:
        yield f"must be a valid enum value [json-pointer:{at}/type]"
    if not text["text"]:
        yield f"must be more than 0 characters [json-pointer:{at}/text]"
    if len(text["text"]) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{at}/text]"
    extra = {"emoji"} if text.get("type") == "plain_text" else {"verbatim"}
    yield from unknown_keys(text, {"type", "text"} | extra, at)


def unknown_keys(thing: Json, known: set[str], at: str) -> Iterator[str]:
    for key in sorted(set(thing) - known):
        yield f"invalid additional property: {key} [json-pointer:{at}]"


def longer(thing: Json, key: str, most: int, at: str) -> Iterator[str]:
    """A plain string that is too long, or no string at all."""
    value = thing.get(key)
    if value is not None and (not isinstance(value, str) or len(value) > most):
        yield f"must be a string of less than {most + 1} characters [json-pointer:{at}/{key}]"


def element(one: object, allowed: set[str], at: str) -> Iterator[str]:
    """An element that may stand here."""
    if not isinstance(one, dict) or one.get("type") not in allowed:
        yield f"unsupported type: {one.get('type') if isinstance(one, dict) else one} [json-pointer:{at}/type]"
        return
    kind = str(one["type"])
    yield from _common(one, kind, at)
    if kind == "button":
        yield from _button(one, at)
    elif kind == "image":
        yield from picture(one, at)
    elif kind in {"static_select", "multi_static_select", *_MOST_OPTIONS}:
        yield from _choices(one, kind, at)
    else:
        yield from _typed(one, kind, at)


def _common(one: Json, kind: str, at: str) -> Iterator[str]:
    """What holds for every element."""
    if kind in _PROPERTIES:
        yield from unknown_keys(one, _PROPERTIES[kind] | {"type", "action_id"}, at)
    yield from longer(one, "action_id", 255, at)
    if one.get("confirm") is not None:
        yield from _confirm(one["confirm"], f"{at}/confirm")
    if one.get("placeholder") is not None:
        yield from text_of_kind(one["placeholder"], f"{at}/placeholder", 150, plain=True)


def picture(one: Json, at: str) -> Iterator[str]:
    if not one.get("alt_text"):
        yield f"missing required field: alt_text [json-pointer:{at}]"
    if not one.get("image_url") and not one.get("slack_file"):
        yield f"missing required field: image_url [json-pointer:{at}]"
    yield from longer(one, "alt_text", 2000, at)
    yield from longer(one, "image_url", 3000, at)


def _button(one: Json, at: str) -> Iterator[str]:
    yield from text_of_kind(one.get("text"), f"{at}/text", 75, plain=True)
    for key, most in (("value", 2000), ("url", 3000), ("accessibility_label", 75)):
        yield from longer(one, key, most, at)
    if one.get("style") not in {None, "primary", "danger"}:
        yield f"must be a valid enum value [json-pointer:{at}/style]"


def _confirm(one: Json, at: str) -> Iterator[str]:
    yield from unknown_keys(one, {"title", "text", "confirm", "deny", "style"}, at)
    for key, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        if key in one or key != "deny":
            yield from text_of_kind(one.get(key), f"{at}/{key}", most, plain=key != "text")


def _choices(one: Json, kind: str, at: str) -> Iterator[str]:
    options, groups = one.get("options"), one.get("option_groups")
    most = _MOST_OPTIONS.get(kind, 100)
    if (options is None) == (groups is None):
        yield f"exactly one of options and option_groups [json-pointer:{at}]"
    for name, given in (("options", options), ("option_groups", groups)):
        if given is not None and not 1 <= len(given) <= most:
            yield f"must have 1 to {most} items [json-pointer:{at}/{name}]"
    all_options = [*(options or ()), *(option for group in groups or () for option in group.get("options", ()))]
    for index, group in enumerate(groups or ()):
        yield from text_of_kind(group.get("label"), f"{at}/option_groups/{index}/label", 75, plain=True)
    for index, option in enumerate(all_options):
        yield from _option(option, f"{at}/options/{index}", plain=kind not in {"checkboxes", "radio_buttons"})
    yield from _initial(one, all_options, at)


def _option(option: Json, at: str, *, plain: bool) -> Iterator[str]:
    yield from unknown_keys(option, {"text", "value", "description", "url"}, at)
    yield from text_of_kind(option.get("text"), f"{at}/text", Option.label_max_length, plain=plain)
    if not isinstance(option.get("value"), str) or len(option["value"]) > Option.value_max_length:
        yield f"must be a string of less than {Option.value_max_length + 1} characters [json-pointer:{at}/value]"
    if option.get("description") is not None:
        yield from text_of_kind(option["description"], f"{at}/description", 75, plain=plain)


def _initial(one: Json, options: Sequence[Json], at: str) -> Iterator[str]:
    """What is chosen at first has to be one of the options, to the letter."""
    given = [*([one["initial_option"]] if "initial_option" in one else []), *one.get("initial_options", ())]
    if any(choice not in options for choice in given):
        yield f"initial option(s) must exactly match provided options [json-pointer:{at}]"


def _typed(one: Json, kind: str, at: str) -> Iterator[str]:
    low, high = one.get("min_length", 0), one.get("max_length", 3000)
    if kind == "plain_text_input" and not 0 <= low <= high <= 3000:
        yield f"min_length and max_length must be within 0 and 3000 [json-pointer:{at}]"
    if kind == "plain_text_input" and len(one.get("initial_value", "")) > high:
        yield f"initial_value must be less than {high + 1} characters [json-pointer:{at}/initial_value]"
    if kind == "number_input" and not isinstance(one.get("is_decimal_allowed"), bool):
        yield f"missing required field: is_decimal_allowed [json-pointer:{at}]"
    for key, shape in _SHAPES.items():
        if key in one and not re.fullmatch(shape, str(one[key])):
            yield f"must match {shape} [json-pointer:{at}/{key}]"
