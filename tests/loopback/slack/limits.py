"""What Slack refuses in messages and views: the documented limits, then whatever the SDK's own models find. Not here: elements."""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as ViewModel

from tests.loopback.slack.elements import PICKERS, PRESSED, SELECTS, WRITTEN, element, longer, picture, text_of_kind, unknown_keys
from tests.loopback.slack.records import Json

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
_EVERYWHERE = {"section", "divider", "header", "context", "actions", "image", "input", "rich_text", "video", "card", "carousel", "alert"}
_MESSAGES_ONLY = {"markdown", "table", "file", "call", "context_actions", "task_card", "plan", "container"}


def in_message(blocks: object) -> list[str]:
    """What is wrong with the blocks of a message."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["blocks must be a list of objects [json-pointer:/blocks]"]
    return list(_blocks(blocks, MESSAGE_BLOCKS, _EVERYWHERE | _MESSAGES_ONLY, "/blocks"))


def in_view(view: object) -> list[str]:
    """What is wrong with a modal or a home tab."""
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        return ["must be a valid enum value [json-pointer:/view/type]"]
    if not isinstance(view.get("blocks"), list) or not view["blocks"]:
        return ["missing required field: blocks [json-pointer:/view]"]
    return [*_frame(view), *_blocks(view["blocks"], VIEW_BLOCKS, _EVERYWHERE, "/view/blocks"), *_by_model(view)]


def _frame(view: Json) -> Iterator[str]:
    """All of a view but its blocks."""
    for key, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        yield from longer(view, key, most, "/view")
    modal = view["type"] == "modal"
    if modal:
        yield from text_of_kind(view.get("title"), "/view/title", 24, plain=True)
    for key in ("submit", "close"):
        if view.get(key) is not None:
            yield from text_of_kind(view[key], f"/view/{key}", 24, plain=True)
    if modal and view.get("submit") is None and any(block.get("type") == "input" for block in view["blocks"]):
        yield "missing required field: submit [json-pointer:/view]"
    common = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    own = {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"} if modal else set()
    yield from unknown_keys(view, common | own, "/view")


def _by_model(view: Json) -> Iterator[str]:
    """The SDK's model of a view knows some limits too."""
    try:
        ViewModel(**view).validate_json()
    except (SlackObjectFormationError, TypeError, ValueError, AttributeError) as wrong:
        yield f"{wrong} [json-pointer:/view]"


def _blocks(blocks: list[Json], most: int, allowed: set[str], at: str) -> Iterator[str]:
    if len(blocks) > most:
        yield f"no more than {most} items allowed [json-pointer:{at}]"
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    for double in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"`block_id` {double} already exists [json-pointer:{at}]"
    for index, block in enumerate(blocks):
        here = f"{at}/{index}"
        if block.get("type") not in allowed:
            yield f"unsupported type: {block.get('type')} [json-pointer:{here}/type]"
            continue
        found = list(_block(block, here))
        yield from found or _modelled(json.dumps(block), here)
        actions = [one["action_id"] for one in _acting(block) if one.get("action_id")]
        if len(set(actions)) < len(actions):
            yield f"`action_id` already exists in this block [json-pointer:{here}]"


def _acting(block: Json) -> list[Json]:
    """Whatever in this block may have an action_id."""
    inner = [*(block.get("elements") or ()), block.get("accessory"), block.get("element")]
    return [one for one in inner if isinstance(one, dict)]


@lru_cache(4096)  # half of what this Slack costs a benchmark, and most blocks come again
def _modelled(written: str, at: str) -> tuple[str, ...]:
    """What the SDK's model of the block finds, its unknown properties among it."""
    found: list[str] = []
    try:
        model = Block.parse(json.loads(written))
        if model is not None:
            found += unknown_keys(json.loads(written), model.attributes | {"type", "block_id"}, at)
            model.to_dict()
    except (SlackObjectFormationError, TypeError, ValueError, AttributeError) as wrong:
        found.append(f"{wrong} [json-pointer:{at}]")
    return tuple(found)


def _block(block: Json, at: str) -> Iterator[str]:
    yield from longer(block, "block_id", 255, at)
    if block["type"] in _KINDS:
        yield from _KINDS[block["type"]](block, at)


def _header(block: Json, at: str) -> Iterator[str]:
    yield from text_of_kind(block.get("text"), f"{at}/text", 150, plain=True)


def _markdown(block: Json, at: str) -> Iterator[str]:
    if not block.get("text"):
        yield f"missing required field: text [json-pointer:{at}]"
    yield from longer(block, "text", 12000, at)


def _section(block: Json, at: str) -> Iterator[str]:
    fields = block.get("fields")
    if block.get("text") is None and not fields:
        yield f"missing required field: text or fields [json-pointer:{at}]"
    if block.get("text") is not None:
        yield from text_of_kind(block["text"], f"{at}/text", 3000)
    if fields is not None and not 1 <= len(fields) <= 10:
        yield f"must have 1 to 10 items [json-pointer:{at}/fields]"
    for index, one in enumerate(fields or ()):
        yield from text_of_kind(one, f"{at}/fields/{index}", 2000)
    if block.get("accessory") is not None:
        yield from element(block["accessory"], PRESSED | PICKERS | SELECTS | {"image"}, f"{at}/accessory")


def _row(block: Json, most: int, allowed: set[str], at: str) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= most:
        yield f"must have 1 to {most} items [json-pointer:{at}/elements]"
        return
    for index, one in enumerate(elements):
        here = f"{at}/elements/{index}"
        if isinstance(one, dict) and one.get("type") in {"plain_text", "mrkdwn"} & allowed:
            yield from text_of_kind(one, here, 3000)
        else:
            yield from element(one, allowed, here)


def _input(block: Json, at: str) -> Iterator[str]:
    yield from text_of_kind(block.get("label"), f"{at}/label", 2000, plain=True)
    if block.get("hint") is not None:
        yield from text_of_kind(block["hint"], f"{at}/hint", 2000, plain=True)
    yield from element(block.get("element"), WRITTEN | PICKERS | SELECTS, f"{at}/element")


_KINDS: dict[str, Callable[[Json, str], Iterator[str]]] = {
    "section": _section,
    "header": _header,
    "context": lambda block, at: _row(block, 10, {"image", "plain_text", "mrkdwn"}, at),
    "actions": lambda block, at: _row(block, 25, PRESSED | PICKERS | SELECTS | {"rich_text_input"}, at),
    "input": _input,
    "image": picture,
    "markdown": _markdown,
}
