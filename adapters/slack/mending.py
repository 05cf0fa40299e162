"""A modal that was sent, shown again with what was typed in it and what is to be mended beneath each field. Not here: what that is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from adapters.slack.draw import Json, plain
from adapters.slack.modal import sent

KEPT = ("type", "callback_id", "private_metadata", "title", "submit", "close")  # the rest of a view is Slack's own
MARK = ".fault"  # ends the block_id of a sentence; no field's name holds a dot
INITIAL = {"datepicker": "initial_date"}


def again(view: Mapping[str, Any], sentences: Iterable[tuple[str, str]]) -> Json:
    """Return the view as it was sent, each sentence beneath its field, or at the end where there is no such field."""
    _, values, _ = sent(view)
    told = dict(sentences)
    blocks = [one for block in view["blocks"] if not _is_fault(block) for one in _refilled(block, values, told)]
    return {key: view[key] for key in KEPT if view.get(key)} | {"blocks": [*blocks, *(_fault(name, why) for name, why in told.items())]}


def answer(view: Mapping[str, Any], sentences: Iterable[tuple[str, str]]) -> Json:
    """Return what Slack, still waiting, is answered: in its own way, unless older sentences stand in the view and would stay there."""
    if any(_is_fault(block) for block in view["blocks"]):
        return {"response_action": "update", "view": again(view, sentences)}
    return {"response_action": "errors", "errors": dict(sentences)}


def _refilled(block: Json, values: Mapping[str, str], told: dict[str, str]) -> Iterator[Json]:
    name = str(block.get("block_id", ""))
    if block["type"] != "input":
        yield block
        return
    yield {**block, "element": _with(block["element"], values.get(name, ""))}
    if name in told:
        yield _fault(name, told.pop(name))


def _with(element: Json, value: str) -> Json:
    bare = {key: given for key, given in element.items() if not key.startswith("initial_")}
    chosen = [option for option in element.get("options", ()) if option["value"] == value]
    match element["type"]:
        case "static_select":
            return bare | ({"initial_option": chosen[0]} if chosen else {})
        case "checkboxes":
            return bare | ({"initial_options": chosen} if chosen else {})
        case kind:
            return bare | ({INITIAL.get(kind, "initial_value"): value} if value else {})


def _fault(name: str, why: str) -> Json:
    return {"type": "context", "block_id": f"{name}{MARK}", "elements": [plain(f"Please mend. {why}")]}


def _is_fault(block: Json) -> bool:
    return str(block.get("block_id", "")).endswith(MARK)
