"""What Teams would not show of an Adaptive Card, and what nobody could use of it; each finding says where. Pure."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.loopback.teams.records import Json
from tests.loopback.teams.schema import (
    ACTIONS,
    CARD_PROPERTIES,
    ELEMENTS,
    INSIDE_ONLY,
    NESTED,
    REQUIRED,
    SINCE,
    TEXT_RUN,
    Shape,
    fits,
)

_VERSIONS = {f"1.{minor}" for minor in range(6)}
_MOST_ACTIONS = 6  # design guidelines for Adaptive Cards in Teams: six buttons at most
_MOST_VIEWERS = 60  # msteams-docs: User-Specific-Views.md
_MENTION = re.compile(r"<at>.*?</at>")
_NOT_DRAWN = {"data", "fallback", "refresh", "msteams", "requires"}
_DATES = {"date": r"\d{4}-\d\d-\d\d", "time": r"\d\d:\d\d"}


def in_card(card: object, *, dialog: bool = False, inner: bool = False) -> list[str]:
    """Everything wrong with a card. In a dialog only Action.Submit sends; `inner` is the card of an Action.ShowCard."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        return ["a card is an object of type AdaptiveCard [at /]"]
    version = "1.5" if inner else card.get("version")
    if version not in _VERSIONS:
        return [f"version {version!r} is unknown to Teams, which draws up to 1.5 [at /version]"]
    look = _Look(tuple(int(part) for part in version.split(".")), dialog=dialog)
    found = [*look.properties(card, "AdaptiveCard", CARD_PROPERTIES, ""), *_frame(card, look)]
    return found if inner else [*found, *_doubled(card), *_mentions(card)]


def _frame(card: Json, look: "_Look") -> Iterator[str]:
    """The parts of a card that are neither its body nor its buttons."""
    if not card.get("body") and not card.get("actions"):
        yield "nothing to show [at /body]"
    refresh = card.get("refresh")
    if isinstance(refresh, dict):
        yield from _refresh(refresh, look)
    for key in sorted(set(card.get("msteams") or {}) - {"width", "entities", "allowExpand"}):
        yield f"unknown property {key} [at /msteams]"


def _refresh(refresh: Json, look: "_Look") -> Iterator[str]:
    at, action, viewers = "/refresh", refresh.get("action"), refresh.get("userIds", [])
    if not isinstance(action, dict) or action.get("type") != "Action.Execute" or not action.get("verb"):
        yield f"a refresh is an Action.Execute with a verb [at {at}/action]"
    else:
        yield from look.properties(action, "Action.Execute", ACTIONS["Action.Execute"], f"{at}/action", required=("verb",))
    if not isinstance(viewers, list) or len(viewers) > _MOST_VIEWERS or len(set(viewers)) < len(viewers):
        yield f"at most {_MOST_VIEWERS} different people [at {at}/userIds]"
    elif not all(isinstance(one, str) and one.startswith("29:") for one in viewers):
        yield f"userIds are ids that begin with 29: [at {at}/userIds]"
    for key in sorted(set(refresh) - {"action", "userIds", "expires"}):
        yield f"unknown property {key} [at {at}]"


class _Look:
    """Walks through one card."""

    def __init__(self, version: tuple[int, ...], *, dialog: bool) -> None:
        self.version, self.dialog = version, dialog

    def properties(
        self, thing: Json, kind: str, known: dict[str, Shape], at: str, required: tuple[str, ...] | None = None
    ) -> Iterator[str]:
        """Properties that are unknown, misshapen, too new for the card's version, or missing; then what they hold."""
        for key in REQUIRED.get(kind, ()) if required is None else required:
            if not thing.get(key):
                yield f"{kind} needs {key} [at {at}]"
        for key, value in thing.items():
            here = f"{at}/{key}"
            if key not in known:
                yield f"unknown property {key} of {kind} [at {at}]"
            elif not fits(value, known[key]):
                yield f"{value!r} will not do for {key} of {kind} [at {here}]"
            else:
                yield from self._since(key, here)
                yield from self._held(value, known[key], here, kind)

    def _since(self, what: str, at: str) -> Iterator[str]:
        if self.version < SINCE.get(what, (1, 0)):
            yield f"{what} needs version {'.'.join(map(str, SINCE[what]))} [at {at}]"

    def _held(self, value: Any, shape: Shape, at: str, kind: str) -> Iterator[str]:
        if shape == "elements":
            for index, one in enumerate(value):
                yield from self.element(one, f"{at}/{index}", kind)
        elif shape in {"actions", "action", "inlines"}:
            yield from self._parts(value, str(shape), at)
        elif shape in {"facts", "choices"}:
            yield from _pairs(value, at)
        elif shape in {"date", "time"} and not re.fullmatch(_DATES[str(shape)], value):
            yield f"{value!r} is no {shape} [at {at}]"

    def _parts(self, value: Any, shape: str, at: str) -> Iterator[str]:
        if shape == "actions":
            yield from self.actions(value, at)
        elif shape == "action":
            yield from self.action(value, at, pressed=False)
        else:
            yield from self._inlines(value, at)

    def element(self, one: object, at: str, parent: str) -> Iterator[str]:
        kind = one.get("type") if isinstance(one, dict) else None
        if parent == "ColumnSet" and isinstance(one, dict):
            kind = one.get("type", "Column")
        allowed = NESTED.get(parent, set(ELEMENTS) - INSIDE_ONLY)
        if not isinstance(one, dict) or kind not in allowed:
            yield f"unknown element {kind!r} [at {at}]"
            return
        yield from self._since(str(kind), at)
        yield from self.properties(one, str(kind), ELEMENTS[str(kind)], at)
        if str(kind).startswith("Input."):
            yield from _input(one, at)

    def _inlines(self, runs: list[object], at: str) -> Iterator[str]:
        for index, run in enumerate(runs):
            if isinstance(run, dict) and run.get("type") == "TextRun":
                yield from self.properties(run, "TextRun", TEXT_RUN, f"{at}/{index}", required=("text",))
            elif not isinstance(run, str):
                yield f"unknown inline [at {at}/{index}]"

    def actions(self, some: list[object], at: str) -> Iterator[str]:
        shown = [one for one in some if not isinstance(one, dict) or one.get("mode") != "secondary"]
        if not some or len(shown) > _MOST_ACTIONS:
            yield f"1 to {_MOST_ACTIONS} buttons are shown [at {at}]"
        for index, one in enumerate(some):
            yield from self.action(one, f"{at}/{index}")

    def action(self, one: object, at: str, *, pressed: bool = True) -> Iterator[str]:
        """`pressed`: a button with words on it; otherwise what a tap on an element does."""
        kind = one.get("type") if isinstance(one, dict) else None
        if not isinstance(one, dict) or kind not in ACTIONS or (not pressed and kind == "Action.ShowCard"):
            yield f"unknown action {kind!r} [at {at}]"
            return
        yield from self._since(str(kind), at)
        needed = tuple(key for key in REQUIRED[str(kind)] if pressed or key not in {"title", "fallback"})
        yield from self.properties(one, str(kind), ACTIONS[str(kind)], at, required=needed)
        if kind == "Action.Execute":
            yield from self._execute(one, at)
        if kind == "Action.OpenUrl" and not re.match(r"(https?|mailto|msteams):", str(one.get("url"))):
            yield f"{one.get('url')!r} cannot be opened [at {at}/url]"
        if kind == "Action.ShowCard":
            yield from (f"{line} [in {at}/card]" for line in in_card(one.get("card"), dialog=self.dialog, inner=True))

    def _execute(self, one: Json, at: str) -> Iterator[str]:
        """Older clients draw the fallback (Work-with-universal-actions-for-adaptive-cards.md); dialogs are submitted."""
        fallback = one.get("fallback")
        if self.dialog:
            yield f"a dialog is sent by Action.Submit [at {at}]"
        elif fallback is not None and (not isinstance(fallback, dict) or fallback.get("type") != "Action.Submit"):
            yield f"the fallback is an Action.Submit [at {at}/fallback]"
        elif isinstance(fallback, dict):
            yield from self.action(fallback, f"{at}/fallback")


def _input(one: Json, at: str) -> Iterator[str]:
    """What holds for every input: a name for the bot, a name for people, and words for when it stays empty."""
    for key in ("id", "label"):
        if not one.get(key):
            yield f"{one['type']} needs {key} [at {at}]"
    checked = one.get("isRequired") or any(key in one for key in ("regex", "min", "max"))
    if checked and not one.get("errorMessage"):
        yield f"{one['type']} needs errorMessage: it may be left wrong [at {at}]"
    values = [choice.get("value") for choice in one.get("choices") or () if isinstance(choice, dict)]
    if len(set(values)) < len(values):
        yield f"two choices of the same value [at {at}/choices]"
    chosen = str(one.get("value") or "").split(",") if one.get("isMultiSelect") else [one.get("value")]
    if one["type"] == "Input.ChoiceSet" and one.get("value") and not set(chosen) <= set(values):
        yield f"{one['value']!r} is no choice [at {at}/value]"


def _pairs(some: list[object], at: str) -> Iterator[str]:
    """Facts and choices: a title and a value, both words, nothing else."""
    if not some:
        yield f"it is empty [at {at}]"
    for index, one in enumerate(some):
        if not isinstance(one, dict) or set(one) - {"type"} != {"title", "value"}:
            yield f"title and value, nothing else [at {at}/{index}]"
        elif not all(isinstance(one[key], str) and one[key] for key in ("title", "value")):
            yield f"title and value are words [at {at}/{index}]"


def _doubled(card: Json) -> Iterator[str]:
    ids = [one["id"] for one in everything(card) if isinstance(one.get("id"), str)]
    for double in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"two things have the id {double} [at /]"


def _mentions(card: Json) -> Iterator[str]:
    """An `<at>` is a mention only with its entity (cards-format.md: mention support within Adaptive Cards)."""
    entities = (card.get("msteams") or {}).get("entities") or []
    drawn = json.dumps({key: value for key, value in card.items() if key != "msteams"}, ensure_ascii=False)
    yield from unmatched(drawn, entities, "/msteams/entities")


def unmatched(text: str, entities: list[Json], at: str) -> Iterator[str]:
    """Mentions without entity, and entities without mention."""
    named = {str(one.get("text")) for one in entities if one.get("type") == "mention"}
    for one in sorted(set(_MENTION.findall(text)) ^ named):
        yield f"{one} stands in the text or among the entities, not in both [at {at}]"


def everything(thing: object) -> Iterator[Json]:
    """Each object that is drawn, in order; not what a button sends, nor the fallbacks."""
    if isinstance(thing, list):
        for one in thing:
            yield from everything(one)
    elif isinstance(thing, dict):
        if thing.get("type", "AdaptiveCard") != "AdaptiveCard":
            yield thing
        for part in (value for key, value in thing.items() if key not in _NOT_DRAWN):
            yield from everything(part)
