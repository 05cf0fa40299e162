"""What stands in a card's inputs, what is sent of it, and what Teams' client itself would not send. Pure."""

import re
from collections.abc import Iterator
from datetime import date

from tests.loopback.teams.cards import everything
from tests.loopback.teams.records import Json

_MISSING = "Please complete this required field."


def inputs_of(card: Json) -> list[Json]:
    """Its inputs, in the order in which they are drawn."""
    return [one for one in everything(card) if str(one.get("type")).startswith("Input.")]


def fill(card: Json, answers: Json) -> dict[str, str]:
    """What is sent: every value as a string, what is empty not at all; an answer without an input is a test's mistake."""
    there = {one["id"]: one for one in inputs_of(card)}
    assert set(answers) <= set(there), f"no input for {set(answers) - set(there)}; there are {sorted(there)}"
    found = {key: _value(one, answers[key]) if key in answers else _first(one) for key, one in there.items()}
    return {key: value for key, value in found.items() if value != ""}


def _first(one: Json) -> str:
    """What it begins with."""
    return str(one.get("value", one.get("valueOff", "false") if one["type"] == "Input.Toggle" else ""))


def _value(one: Json, given: object) -> str:
    """As somebody filled it in: a text, a choice's value or title, several of them, a date, whether it is on; None empties it."""
    if one["type"] == "Input.Toggle":
        return str(one.get("valueOn", "true") if given in {True, one.get("valueOn", "true")} else one.get("valueOff", "false"))
    if given is None:
        return ""
    if one["type"] == "Input.ChoiceSet":
        several = given if isinstance(given, list | tuple | set) else [given]
        assert len(several) == 1 or one.get("isMultiSelect"), f"one is chosen here, not {given!r}"
        return ",".join(_chosen(one, each) for each in several)
    return given.isoformat() if isinstance(given, date) else str(given)


def _chosen(one: Json, wanted: object) -> str:
    for choice in one["choices"]:
        if wanted in {choice["value"], choice["title"]}:
            return str(choice["value"])
    raise AssertionError(f"{wanted!r} cannot be chosen: {[(choice['value'], choice['title']) for choice in one['choices']]}")


def unsent(card: Json, sent: dict[str, str]) -> dict[str, str]:
    """What the client complains of by itself, by input id: the bot never hears of it."""
    told = {one["id"]: _complaint(one, sent.get(one["id"], "")) for one in inputs_of(card)}
    return {key: line for key, line in told.items() if line}


def _complaint(one: Json, value: str) -> str:
    words = str(one.get("errorMessage") or _MISSING)
    empty = value in {"", one.get("valueOff", "false")} if one["type"] == "Input.Toggle" else value == ""
    if empty:
        return words if one.get("isRequired") else ""
    return words if any(_faults(one, value)) else ""


def _faults(one: Json, value: str) -> Iterator[bool]:
    yield bool(one.get("regex")) and not re.fullmatch(str(one["regex"]), value)
    yield one["type"] == "Input.Text" and len(value) > one.get("maxLength", len(value))
    if one["type"] == "Input.Number":
        yield not re.fullmatch(r"-?\d+(\.\d+)?", value) or not one.get("min", float(value)) <= float(value) <= one.get("max", float(value))
    if one["type"] in {"Input.Date", "Input.Time"}:
        yield not one.get("min", value) <= value <= one.get("max", value)
