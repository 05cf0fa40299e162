"""The one clear sentence, and what to do, for each way in which a value can have the wrong shape. Not here: finding it."""

from collections.abc import Callable, Mapping

from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]

_EXPECTED: Mapping[str, tuple[str, str]] = {
    "string_type": ("has to be text", "Write words there, in quotation marks if they look like a number."),
    "bool_type": ("has to be true or false", "Write true or false."),
    "bool_parsing": ("has to be true or false", "Write true or false."),
    "int_type": ("has to be a whole number", "Write a whole number."),
    "int_parsing": ("has to be a whole number", "Write a whole number."),
    "tuple_type": ("has to be a list", "Put the values in square brackets, or each on its own line after a dash."),
    "dict_type": ("has to be a table of names and values", "Write `name: value` lines under it."),
    "model_type": ("has to be a table of names and values", "Write `name: value` lines under it."),
    "too_short": ("is empty", "Write at least one entry."),
}

_PATTERNS: Mapping[str, tuple[str, str]] = {
    "^[a-z0-9][a-z0-9_-]*$": ("is not a key", "Use small letters, digits, - and _ only."),
    "^[A-Z][A-Za-z0-9]{0,7}$": ("is not a rule id", "Use a capital letter, then up to seven letters or digits, such as C3a."),
    "^[0-9a-f]{64}$": ("is not a fingerprint", "Write the 64 characters that `hallpass policy show KEY` prints for the text."),
}


def told(error: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong, to be read after the place's name, and what to do."""
    say = _SAY.get(error["type"])
    return say(error) if say else _EXPECTED.get(error["type"], ("cannot be used as it is", "Compare it with another pack."))


def _missing(_: ErrorDetails) -> tuple[str, str]:
    return "is missing", "Add it."


def _unknown(_: ErrorDetails) -> tuple[str, str]:
    return "is not something a pack can say", "Check the spelling, or take it out."


def _choice(error: ErrorDetails) -> tuple[str, str]:
    choices = error.get("ctx", {}).get("expected", "").replace("'", "").replace(" or ", ", ")
    return f"says {error['input']!r}, which means nothing here", f"Write one of {choices}."


def _pattern(error: ErrorDetails) -> tuple[str, str]:
    what, todo = _PATTERNS.get(error.get("ctx", {}).get("pattern", ""), ("is not written as it should be", "Compare it with another pack."))
    return f"says {error['input']!r}, which {what}", todo


def _too_short(error: ErrorDetails) -> tuple[str, str]:
    return "says too little", f"Write at least {error['ctx']['min_length']} characters."


def _too_long(error: ErrorDetails) -> tuple[str, str]:
    return "is too long", f"Keep it to {error['ctx']['max_length']} characters."


def _range(error: ErrorDetails) -> tuple[str, str]:
    (limit,) = error["ctx"].values()
    return f"says {error['input']!r}, which is out of range", f"The limit is {limit}."


def _own(error: ErrorDetails) -> tuple[str, str]:
    return f"is not consistent: {error['ctx']['error']}", "Change it accordingly."


_SAY: Mapping[str, Callable[[ErrorDetails], tuple[str, str]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "enum": _choice,
    "literal_error": _choice,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "less_than_equal": _range,
    "greater_than_equal": _range,
    "value_error": _own,
}
