"""What stands in the inputs of a view or a message, in Slack's own shapes, and what Slack's client itself would not send. Pure."""

import re
from collections.abc import Iterator
from datetime import date

from tests.loopback.slack.records import Json

_KEYS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
_WRONG = {"url_text_input": r"https?://\S+\.\S+", "email_text_input": r"[^@\s]+@[^@\s]+\.[^@\s]+", "number_input": r"-?\d+(\.\d+)?"}


def inputs(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each block with each element in it that holds a value."""
    for block in blocks:
        for one in (block.get("element"), block.get("accessory"), *(block.get("elements") or ())):
            if isinstance(one, dict) and one.get("type") in _KEYS and one["type"] != "overflow":
                yield block, one


def kept_inputs(blocks: list[Json], before: dict[tuple[str, str], Json]) -> dict[tuple[str, str], Json]:
    """What stands in each input: what was there before, else what it begins with."""
    found = {}
    for block, one in inputs(blocks):
        key = (block["block_id"], one["action_id"])
        old = before.get(key)
        found[key] = old if old and old["type"] == one["type"] else _first(one)
    return found


def _first(one: Json) -> Json:
    key = _KEYS[one["type"]]
    begins = one.get("initial_" + key.removeprefix("selected_").removeprefix("rich_text_"))
    return {"type": one["type"], key: begins if begins is not None or not key.endswith("s") else []}


def options_of(one: Json) -> list[Json]:
    groups = one.get("option_groups") or ()
    return [*(one.get("options") or ()), *(option for group in groups for option in group["options"])]


def _option(one: Json, wanted: object) -> Json:
    """The option with this value, or with this text on it."""
    for option in options_of(one):
        if wanted in {option["value"], option["text"]["text"]}:
            shown: Json = {key: option[key] for key in ("text", "value", "description") if key in option}
            return shown
    offered = [(option["value"], option["text"]["text"]) for option in options_of(one)]
    raise AssertionError(f"{wanted!r} cannot be chosen: {offered}")


def filled(one: Json, given: object) -> Json:
    """This element as somebody filled it in: a text, an option's value or text, a list of them, a date; None empties it."""
    key = _KEYS[one["type"]]
    many = key.endswith("s")
    if given is None:
        return {"type": one["type"], key: [] if many else None}
    if key == "selected_option":
        return {"type": one["type"], key: _option(one, given)}
    if key == "selected_options":
        assert isinstance(given, list | tuple | set), f"several are chosen here, not {given!r}"
        return {"type": one["type"], key: [_option(one, each) for each in given]}
    return {"type": one["type"], key: given.isoformat() if isinstance(given, date) else given}


def fill(blocks: list[Json], typed: dict[tuple[str, str], Json], answers: Json) -> dict[tuple[str, str], Json]:
    """The inputs after these answers, which are by block_id or by action_id; an answer without an input is a test's mistake."""
    found, used = dict(typed), set()
    for block, one in inputs(blocks):
        for name in (block["block_id"], one["action_id"]):
            if name in answers and name not in used:
                found[block["block_id"], one["action_id"]] = filled(one, answers[name])
                used.add(name)
                break
    assert used == set(answers), f"no input for {set(answers) - used}; there are {sorted(found)}"
    return found


def unsent(blocks: list[Json], typed: dict[tuple[str, str], Json]) -> dict[str, str]:
    """What Slack's client complains of by itself, by block_id: the app never hears of it."""
    found = {}
    for block, one in inputs(blocks):
        value = typed[block["block_id"], one["action_id"]][_KEYS[one["type"]]]
        if block["type"] == "input" and (told := _complaint(block, one, value)):
            found[block["block_id"]] = told
    return found


def _complaint(block: Json, one: Json, value: object) -> str | None:
    if value in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    if (shape := _WRONG.get(one["type"])) and not re.fullmatch(shape, str(value)):
        return f"This is not a valid {one['type'].split('_')[0]}."
    if one["type"] == "plain_text_input" and not one.get("min_length", 0) <= len(str(value)) <= one.get("max_length", 3000):
        return f"Please enter {one.get('min_length', 0)} to {one.get('max_length', 3000)} characters."
    return None
